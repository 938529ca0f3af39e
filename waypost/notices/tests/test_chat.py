"""Chats through Apprise, against a server that takes JSON."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.kit.secrets import seal
from waypost.notices import actions, sending
from waypost.notices.kinds import Kind
from waypost.notices.models import Address, Dispatch
from waypost.notices.tests.conftest import Chat
from waypost.notices.tests.test_telling import tell


@pytest.fixture
def address(chat: Chat, editor: User) -> Address:
    return actions.add_address(editor, url=chat.url)


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"notices:{name}", args=[business.slug, *args])


def test_an_urgent_notice_arrives_in_the_chat_once(
    business: Business, editor: User, address: Address, chat: Chat
) -> None:
    tell(business, editor, kind=Kind.BROKEN, thing="Bluesky sveca")
    for _ in range(2):
        sending.send_due(timezone.now())
    (got,) = chat.got
    assert got["title"] == "Candle shop: Bluesky sveca must be connected again"
    assert got["message"] == "http://127.0.0.1:8000/b/candle-shop/"


def test_a_quiet_one_does_not(
    business: Business, editor: User, address: Address, chat: Chat
) -> None:
    tell(business, editor, kind=Kind.MENTIONED)
    sending.send_due(timezone.now())
    assert chat.got == []


def test_a_service_that_refuses_is_named_to_its_owner_and_tried_again(
    business: Business, editor: User, address: Address, chat: Chat
) -> None:
    chat.status = 500
    tell(business, editor, kind=Kind.BROKEN)
    sending.send_due(timezone.now())
    address.refresh_from_db()
    assert address.broken_reason == (
        "JSON did not take the message. Look whether the address still holds."
    )
    row = Dispatch.objects.get(way="chat")
    chat.status = 200
    assert row.due_at is not None
    sending.send_due(row.due_at)
    address.refresh_from_db()
    assert (address.broken_reason, len(chat.got)) == ("", 2)


def test_addresses_are_kept_encrypted_and_never_shown(
    business: Business, owner: User, page: Client, settings: Any
) -> None:
    secret = "json://user:hunter-two@127.0.0.1:9/"
    page.post(url(business, "address_add"), {"url": secret})
    row = owner.chat_addresses.get()
    assert "hunter-two" not in row.sealed_url
    assert "hunter-two" not in page.get(url(business, "choose")).content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("file:///etc/passwd", "We do not know this kind of address."),
        ("exec://ls", "We do not know this kind of address."),
        ("mailto://me@example.com", "We do not know this kind of address."),
        ("nonsense", "We do not know this kind of address."),
        ("slack://", "This address is not complete."),
    ],
)
def test_what_is_no_chat_is_told_beside_the_field_and_stays(
    business: Business, page: Client, typed: str, told: str
) -> None:
    answer = page.post(url(business, "address_add"), {"url": typed})
    (error,) = answer.context["address_form"].errors["url"]
    assert (answer.status_code, str(error)[: len(told)]) == (422, told)
    assert f'value="{typed}"' in answer.content.decode()
    assert Address.objects.count() == 0


@pytest.mark.parametrize("host", ["127.0.0.1:1", "10.0.0.5", "169.254.169.254", "localhost"])
def test_a_private_address_is_refused(editor: User, host: str, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    with pytest.raises(Refusal) as refusal:
        actions.add_address(editor, url=f"json://{host}/")
    assert "private network" in refusal.value.message


def test_an_address_that_became_private_is_not_spoken_to(
    editor: User, chat: Chat, address: Address, settings: Any
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    assert "private network" in sending.send_chat(address, "Title", "Body")
    assert chat.got == []


def test_services_in_the_cloud_are_known_by_their_word(editor: User, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    made = actions.add_address(editor, url="tgram://123456789:abcdefg_hijklmnop/12315544/")
    assert made.service == "Telegram"


def test_a_test_message_says_whether_it_arrived(
    business: Business, owner: User, page: Client, chat: Chat
) -> None:
    address = actions.add_address(owner, url=chat.url)
    answer: Any = page.post(url(business, "address_try", address.pk))
    assert chat.got[0]["message"] == "This is a test. Notices arrive here."
    told = [str(message) for message in answer.wsgi_request._messages]
    assert told == ["The message was sent. Look whether it has arrived."]


def test_nobody_touches_the_address_of_somebody_else(
    business: Business, address: Address, page: Client
) -> None:
    for name in ("address_try", "address_remove"):
        assert page.post(url(business, name, address.pk)).status_code == 404
    assert Address.objects.count() == 1


def test_a_key_that_was_lost_is_told(address: Address) -> None:
    Address.objects.update(sealed_url=seal({"url": "x"})[:-4] + "AAAA")
    address.refresh_from_db()
    assert sending.send_chat(address, "T", "B") == (
        "The address cannot be read any more. Add it anew."
    )

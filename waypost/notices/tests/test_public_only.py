"""A chat's server is looked at when it is spoken to, not only when its address is typed."""

from typing import Any

import pytest
import requests

from waypost.accounts.models import User
from waypost.notices import actions, public_only, sending
from waypost.notices import chat as chats
from waypost.notices.tests.conftest import Chat

PUBLIC, HERE = "93.184.216.34", "127.0.0.1"


def web(server: Chat) -> str:
    return server.url.replace("json://", "http://")


@pytest.mark.django_db
def test_a_name_that_means_another_address_by_now_is_not_spoken_to(
    editor: User, chat: Chat, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = actions.add_address(editor, url=chat.url)
    settings.ALLOW_PRIVATE_HOSTS = False
    monkeypatch.setattr(chats, "resolve", lambda *_: [PUBLIC])  # what the first look finds
    assert "did not take the message" in sending.send_chat(address, "Title", "Body")
    assert chat.got == []


def test_a_private_address_behaves_like_one_where_nobody_answers(chat: Chat, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    with public_only.public_only(), pytest.raises(requests.ConnectionError, match="private"):
        requests.post(web(chat), json={}, timeout=5)
    assert chat.got == []


@pytest.mark.parametrize("allowed", [True, False])
def test_outside_of_it_and_with_leave_everything_is_as_usual(
    chat: Chat, settings: Any, allowed: bool
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = allowed
    if allowed:
        with public_only.public_only():
            requests.post(web(chat), json={"n": 1}, timeout=5)
    else:
        with public_only.public_only():
            pass
        requests.post(web(chat), json={"n": 1}, timeout=5)
    assert chat.got == [{"n": 1}]


def test_it_connects_to_the_address_that_it_looked_at(
    chat: Chat, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    asked = []

    def look_up(host: str, _port: int) -> list[str]:
        asked.append(host)
        return [HERE]

    monkeypatch.setattr(public_only, "resolve", look_up)
    monkeypatch.setattr(public_only, "is_public", lambda address: address == HERE)
    with public_only.public_only():
        requests.post(web(chat).replace(HERE, "chat.example"), json={"n": 2}, timeout=5)
    assert (asked, chat.got) == (["chat.example"], [{"n": 2}])


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    chat: Chat, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    monkeypatch.setattr(public_only, "resolve", lambda *_: [PUBLIC, HERE])
    with public_only.public_only(), pytest.raises(requests.ConnectionError, match="private"):
        requests.post("http://chat.example/", json={}, timeout=5)
    assert chat.got == []

"""Invitations: who comes in, who does not, and what each is told."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import inviting
from waypost.accounts.models import Business, Invitation, Thing, User
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal
from waypost.kit.tokens import fingerprint
from waypost.tests.factories import make_user

SignIn = Callable[[User], Client]
ASKED = {"email": "Nina@Example.com", "role": Role.CONTRIBUTOR, "days": 7}
PERSON = {"name": "Nina Nova", "password": "seven brown bees"}
HOST = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=[business.slug, *args])


def shown_link(page: Client, business: Business) -> str:
    """The path of the link on the page of people; empty when there is none."""
    html = page.get(url(business, "people")).content.decode()
    found = re.search(r'id="invitation-link">\s*(\S+?)\s*<', html)
    return found[1].removeprefix(HOST) if found else ""


def invite(page: Client, business: Business, **changes: Any) -> str:
    """The path of a link that an owner made."""
    page.post(url(business, "add"), {**ASKED, **changes})
    return shown_link(page, business)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


# --- making ---


def test_the_link_is_shown_once_and_only_its_fingerprint_is_kept(
    page: Client, business: Business
) -> None:
    link = invite(page, business)
    token = link.removeprefix("/join/").rstrip("/")
    invitation = business.invitations.get()
    assert invitation.token_hash == fingerprint(token)
    assert (invitation.email, invitation.role) == ("nina@example.com", Role.CONTRIBUTOR)
    assert shown_link(page, business) == ""


def test_the_link_is_mailed_in_the_language_of_the_business(
    page: Client, business: Business
) -> None:
    Business.objects.update(language="sl")
    link = invite(page, business)
    (letter,) = mail.outbox
    assert letter.to == ["nina@example.com"]
    assert letter.subject == "Vabilo v Candle shop (Olga Owner)"
    assert f"{HOST}{link}" in letter.body


def test_without_a_mail_server_the_owner_hands_the_link_over(
    page: Client, business: Business, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page.post(url(business, "add"), ASKED)
    html = words(page.get(url(business, "people")))
    assert "Send this link to nina@example.com." in html
    assert mail.outbox == []


def test_a_link_without_an_address_is_mailed_to_nobody(page: Client, business: Business) -> None:
    assert invite(page, business, email="") != ""
    assert mail.outbox == []


def test_somebody_who_is_here_is_not_invited(
    page: Client, business: Business, editor: User
) -> None:
    answer = page.post(url(business, "add"), {**ASKED, "email": editor.email.upper()})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email": ["Ed Editor is in this business already."]}
    assert business.invitations.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("role", "emperor"), ("role", ""), ("days", "400")]
)
def test_what_is_wrong_stands_beside_its_field(
    page: Client, business: Business, field: str, value: str
) -> None:
    answer = page.post(url(business, "add"), {**ASKED, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert business.invitations.count() == 0


def test_a_second_invitation_ends_the_first(page: Client, business: Business) -> None:
    first, second = invite(page, business), invite(page, business)
    assert "The invitation was taken back." in words(Client().get(first))
    assert Client().get(second).status_code == 200


def test_an_owner_makes_thirty_invitations_an_hour_and_is_then_told_to_wait(
    page: Client, business: Business
) -> None:
    for number in range(30):
        page.post(url(business, "add"), {**ASKED, "email": f"p{number}@example.com"})
    answer = page.post(url(business, "add"), ASKED)
    assert answer.status_code == 429
    assert business.invitations.count() == 30


def test_there_is_an_end_to_open_invitations(business: Business, owner: User) -> None:
    values: dict[str, Any] = {"role": Role.VIEWER, "days": 7, "by": owner}
    for _ in range(inviting.OPEN_AT_MOST):
        inviting.invite(business, email="", **values)
    with pytest.raises(Refusal):
        inviting.invite(business, email="", **values)


# --- coming in ---


def test_a_new_person_makes_an_account_and_is_inside(page: Client, business: Business) -> None:
    link = invite(page, business)
    nina = Client()
    form = nina.get(link).context["form"]
    assert list(form.fields) == ["name", "password"]
    answer = nina.post(link, PERSON)
    assert answer.headers["Location"] == reverse("home:today", args=[business.slug])
    member = business.members.get(user__email="nina@example.com")
    assert (member.role, member.user.name) == (Role.CONTRIBUTOR, "Nina Nova")
    assert member.user.check_password("seven brown bees")
    assert nina.session["_auth_user_id"] == str(member.user.pk)
    assert nina.get(reverse("home:today", args=[business.slug])).status_code == 200


def test_an_invitation_works_once_and_says_so_the_second_time(
    page: Client, business: Business
) -> None:
    link = invite(page, business, email="")
    Client().post(link, {**PERSON, "email": "nina@example.com"})
    answer = Client().post(link, {**PERSON, "email": "tine@example.com"})
    assert answer.status_code == 410
    assert "Somebody came in with this link already. It works only once." in words(answer)
    assert User.objects.filter(email="tine@example.com").exists() is False


def test_of_two_who_come_at_once_one_comes_in(page: Client, business: Business) -> None:
    invite(page, business, email="")
    first, second = Invitation.objects.get(), Invitation.objects.get()
    inviting.accept(first, user=make_user())
    with pytest.raises(Refusal) as refusal:
        inviting.accept(second, user=make_user())
    assert refusal.value.message == "Somebody came in with this link already. It works only once."
    assert business.members.count() == 2


def test_an_invitation_ends_with_its_day(page: Client, business: Business) -> None:
    link = invite(page, business)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        answer = Client().get(link)
    assert answer.status_code == 410
    assert "The invitation ended on" in words(answer)


def test_an_invitation_that_was_taken_back_lets_nobody_in(page: Client, business: Business) -> None:
    link = invite(page, business)
    pk = business.invitations.get().pk
    page.post(url(business, "invitation_take_back", pk))
    answer = Client().post(link, PERSON)
    assert answer.status_code == 410
    assert "The invitation was taken back." in words(answer)
    assert User.objects.filter(email="nina@example.com").exists() is False


def test_a_link_that_nobody_made_is_explained(db: None) -> None:
    answer = Client().get("/join/never-made/")
    assert answer.status_code == 404
    assert "We do not know this link." in words(answer)


def test_a_new_link_ends_the_old_one(page: Client, business: Business) -> None:
    old = invite(page, business)
    page.post(url(business, "invitation_renew", business.invitations.get().pk))
    new = shown_link(page, business)
    assert new not in {"", old}
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)


def test_a_used_invitation_is_neither_renewed_nor_taken_back(
    page: Client, business: Business
) -> None:
    link = invite(page, business)
    Client().post(link, PERSON)
    pk = business.invitations.get().pk
    for name in ("invitation_renew", "invitation_take_back"):
        answer: Any = page.post(url(business, name, pk))
        told = [str(message) for message in answer.wsgi_request._messages]
        assert told == ["This invitation was used or taken back meanwhile."]
        page.get(url(business, "people"))  # shows and so forgets the message
    assert business.invitations.get().revoked_at is None


def test_who_has_an_account_signs_in_and_joins(
    page: Client, business: Business, stranger: User, sign_in: SignIn
) -> None:
    link = invite(page, business, email=stranger.email)
    outside = words(Client().get(link))
    assert f"{stranger.email} has an account here." in outside
    browser = sign_in(stranger)
    assert "Join business" in words(browser.get(link))
    assert business.members.filter(user=stranger).exists() is False
    browser.post(link)
    assert business.members.get(user=stranger).role == Role.CONTRIBUTOR


def test_nobody_takes_an_account_over_by_making_it_again(
    page: Client, business: Business, stranger: User
) -> None:
    known = stranger.password
    answer = Client().post(invite(page, business, email=stranger.email), PERSON)
    assert answer.status_code == 200
    link = invite(page, business, email="")
    answer = Client().post(link, {**PERSON, "email": stranger.email})
    assert answer.status_code == 422
    assert "There is an account with this e-mail already." in words(answer)
    assert 'value="Nina Nova"' in answer.content.decode()
    stranger.refresh_from_db()
    assert stranger.password == known
    assert Invitation.objects.open().count() == 2


def test_another_address_than_the_invited_one_is_told_and_the_link_stays_good(
    page: Client, business: Business, stranger: User, sign_in: SignIn
) -> None:
    link = invite(page, business)
    browser = sign_in(stranger)
    told = f"This invitation is for nina@example.com, and you are signed in as {stranger.email}."
    assert told in words(browser.get(link))
    answer = browser.post(link)
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert business.members.filter(user=stranger).exists() is False
    assert Client().post(link, PERSON).status_code == 302


def test_a_member_who_opens_a_link_does_not_use_it_up(
    page: Client, business: Business, editor: User, sign_in: SignIn
) -> None:
    link = invite(page, business, email="")
    browser = sign_in(editor)
    assert "You are in this business already." in words(browser.get(link))
    assert browser.post(link).status_code == 422
    assert Invitation.objects.open().count() == 1


def test_a_weak_password_is_told_and_the_name_stays(page: Client, business: Business) -> None:
    link = invite(page, business)
    answer = Client().post(link, {"name": "Nina", "password": "12345"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["password"])
    assert 'value="Nina"' in answer.content.decode()
    assert Invitation.objects.open().count() == 1


def test_links_cannot_be_tried_out_at_speed(db: None) -> None:
    browser = Client()
    seen = [browser.get(f"/join/guess{number}/").status_code for number in range(31)]
    assert (set(seen[:30]), seen[30]) == ({404}, 429)


# --- who may ---


@pytest.mark.parametrize("name", ["invitation_renew", "invitation_take_back"])
def test_only_owners_touch_invitations_of_their_own_business(
    name: str,
    page: Client,
    business: Business,
    editor: User,
    stranger: User,
    sign_in: SignIn,
) -> None:
    invite(page, business)
    pk = business.invitations.get().pk
    other = stranger.memberships.get().business
    assert sign_in(editor).post(url(business, name, pk)).status_code == 403
    assert sign_in(stranger).post(url(business, name, pk)).status_code == 404
    assert sign_in(stranger).post(url(other, name, pk)).status_code == 404
    assert Invitation.objects.open().count() == 1


def test_a_viewer_does_not_see_who_is_invited(
    page: Client, business: Business, viewer: User, sign_in: SignIn
) -> None:
    invite(page, business)
    assert "nina@example.com" in words(page.get(url(business, "people")))
    assert "nina@example.com" not in words(sign_in(viewer).get(url(business, "people")))


def test_the_log_says_who_invited_and_who_came(page: Client, business: Business) -> None:
    Client().post(invite(page, business), PERSON)
    told = [(row.by_name, row.thing, row.deed, row.name) for row in business.log.all()]
    assert told == [
        ("Nina Nova", Thing.PERSON, "joined", "Nina Nova"),
        ("Olga Owner", Thing.INVITATION, "invited", "nina@example.com"),
    ]

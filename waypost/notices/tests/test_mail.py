"""Mail: at once and once a day, each only once, and easy to stop."""

import datetime as dt
import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from waypost.accounts.models import Business, User
from waypost.notices import actions, sending
from waypost.notices.actions.choosing import grid
from waypost.notices.kinds import Kind, Way
from waypost.notices.models import Dispatch, Notice
from waypost.notices.tests.test_telling import tell
from waypost.tests.factories import make_business

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)  # 14:00 in Ljubljana
MORNING = datetime(2026, 5, 4, 5, 59, tzinfo=UTC)  # 7:59
EIGHT = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no")


def off_path(letter: Any) -> str:
    """The path of the link that stops such mail."""
    (path,) = re.findall(r"http://127.0.0.1:8000(/notices/off/\S+)", letter.body)
    return str(path)


@pytest.fixture
def told(business: Business, editor: User) -> Notice:
    with time_machine.travel(NOON, tick=False):
        tell(business, editor, kind=Kind.BROKEN, thing="Bluesky sveca", why="Password changed.")
    return Notice.objects.get()


# --- at once ---


def test_an_urgent_notice_is_mailed_once_in_the_language_of_the_reader(
    told: Notice, editor: User
) -> None:
    User.objects.filter(pk=editor.pk).update(language="sl")
    sending.send_due(NOON)
    sending.send_due(NOON + dt.timedelta(hours=9))
    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    assert letter.subject == "Candle shop: Račun Bluesky sveca je treba znova povezati"
    assert "Password changed." in letter.body
    assert "http://127.0.0.1:8000/b/candle-shop/" in letter.body


def test_of_two_workers_one_sends(told: Notice) -> None:
    first, second = Dispatch.objects.get(), Dispatch.objects.get()
    assert [first.take(), second.take()] == [True, False]


def test_a_worker_that_dies_in_between_sends_nothing_twice(told: Notice) -> None:
    Dispatch.objects.get().take()
    sending.send_due(NOON + dt.timedelta(days=1))
    assert mail.outbox == []


def test_a_mail_server_that_refuses_is_asked_again_later_and_not_for_ever(
    told: Notice, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    now, tries = NOON, 0
    while Dispatch.objects.get().due_at:
        row = Dispatch.objects.get()
        assert row.due_at is not None
        now = max(now, row.due_at)
        sending.send_due(now)
        tries += 1
    assert tries == sending.GIVE_UP
    assert "ConnectionRefusedError" in Dispatch.objects.get().error


def test_it_arrives_when_the_mail_server_is_back(told: Notice, settings: Any) -> None:
    known = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    sending.send_due(NOON)
    settings.EMAIL_BACKEND = known
    sending.send_due(NOON)
    assert mail.outbox == []
    sending.send_due(NOON + dt.timedelta(hours=4))
    assert len(mail.outbox) == 1


def test_without_a_mail_server_nothing_is_kept_for_later(told: Notice, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    sending.send_due(NOON)
    assert Dispatch.objects.get().due_at is None


def test_a_name_with_a_line_break_writes_no_header(business: Business, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(name="Ed\nBcc: all@example.com")
    tell(business, editor, kind=Kind.BROKEN, thing="Two\nlines")
    sending.send_due(datetime.now(UTC))
    (letter,) = mail.outbox
    assert letter.message()["Bcc"] is None
    assert letter.subject == "Candle shop: Two lines must be connected again"


# --- once a day ---


def test_the_daily_mail_comes_at_its_hour_once_with_all_that_is_new(
    business: Business, editor: User, owner: User
) -> None:
    for number in range(2):
        tell(business, editor, key=f"{number}", thing=f"Post {number}", by=owner)
    sending.send_digests(MORNING)
    assert mail.outbox == []
    sending.send_digests(EIGHT)
    tell(business, editor, key="later", thing="Post later")
    sending.send_digests(EIGHT + dt.timedelta(minutes=1))
    (letter,) = mail.outbox
    assert letter.subject == "Waypost: 2 things are new"
    assert re.findall(r"• (.+)", str(letter.body)) == [
        "Olga Owner asks you to review: Post 0",
        "Olga Owner asks you to review: Post 1",
    ]
    sending.send_digests(EIGHT + dt.timedelta(days=1))
    assert "Post later" in mail.outbox[1].body
    assert "Post 0" not in mail.outbox[1].body


@pytest.mark.parametrize(
    ("zone", "at", "moment"),
    [
        ("Pacific/Auckland", dt.time(7), datetime(2026, 5, 3, 19, 0, tzinfo=UTC)),
        ("America/New_York", dt.time(18, 30), datetime(2026, 5, 4, 22, 30, tzinfo=UTC)),
        ("", dt.time(8), EIGHT),
    ],
)
def test_the_hour_is_that_of_the_person(
    business: Business, editor: User, zone: str, at: dt.time, moment: datetime
) -> None:
    actions.set_habit(editor, digest_at=at, time_zone=zone)
    tell(business, editor)
    sending.send_digests(moment - dt.timedelta(minutes=1))
    assert mail.outbox == []
    sending.send_digests(moment)
    assert len(mail.outbox) == 1


def test_what_was_read_needs_no_mail(business: Business, editor: User) -> None:
    tell(business, editor)
    actions.read_all(editor, business)
    sending.send_digests(NOON)
    assert mail.outbox == []


def test_one_mail_tells_of_all_businesses(business: Business, editor: User) -> None:
    tell(business, editor)
    tell(make_business(owner=editor, name="Bakery"), editor)
    sending.send_digests(NOON)
    (letter,) = mail.outbox
    assert [name in letter.body for name in ("Candle shop", "Bakery")] == [True, True]


def test_a_daily_mail_that_could_not_go_out_comes_later_the_same_day(
    business: Business, editor: User, settings: Any
) -> None:
    tell(business, editor)
    known = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    sending.send_digests(NOON)
    settings.EMAIL_BACKEND = known
    sending.send_digests(NOON)
    assert mail.outbox == []
    sending.send_digests(NOON + dt.timedelta(hours=3))
    sending.send_digests(NOON + dt.timedelta(hours=4))
    assert len(mail.outbox) == 1


# --- stopping it ---


def test_the_link_asks_and_then_stops_mail_of_this_kind(told: Notice, editor: User) -> None:
    sending.send_due(NOON)
    path = off_path(mail.outbox[0])
    assert "Stop this mail?" in Client().get(path).content.decode()
    assert grid(editor)[Kind.BROKEN, Way.MAIL] is True
    Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    kept = grid(editor)
    assert (kept[Kind.BROKEN, Way.MAIL], kept[Kind.FAILED, Way.MAIL]) == (False, True)
    assert mail.outbox[0].extra_headers["List-Unsubscribe"].endswith(f"{path}>")


def test_the_link_of_the_daily_mail_stops_the_daily_mail(business: Business, editor: User) -> None:
    tell(business, editor)
    sending.send_digests(NOON)
    Client().post(off_path(mail.outbox[0]))
    assert {on for (_kind, way), on in grid(editor).items() if way == Way.DIGEST} == {False}
    assert grid(editor)[Kind.BROKEN, Way.MAIL] is True


def test_a_link_that_nobody_made_stops_nothing(db: None) -> None:
    answer = Client().post("/notices/off/made-up/")
    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()

"""Who hears of a task: when they get it, and when it is late."""

import datetime as dt

import pytest

from waypost.accounts.models import Business, User
from waypost.board.actions import add_card, change_card, finish
from waypost.board.actions.telling import tell_late
from waypost.board.models import Task
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 10, 8, 0, tzinfo=dt.UTC)
YESTERDAY = dt.date(2026, 6, 9)


def told(kind: str) -> list[tuple[User, str]]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [(notice.user, notice.thing) for notice in rows]


@pytest.fixture
def task(business: Business, owner: User, editor: User) -> Task:
    return add_card(business, by=owner, title="Buy wax", assignee=editor, due_date=YESTERDAY)


def test_who_gets_a_task_with_its_beginning_is_told(task: Task, editor: User) -> None:
    assert told(Kind.ASSIGNED) == [(editor, "Buy wax")]


def test_who_takes_a_task_themselves_is_told_nothing(business: Business, owner: User) -> None:
    add_card(business, by=owner, title="Buy wax", assignee=owner)
    assert told(Kind.ASSIGNED) == []


def test_a_late_task_is_told_once(task: Task, editor: User) -> None:
    for hour in range(3):
        tell_late(NOW + dt.timedelta(hours=hour))
    assert told(Kind.LATE) == [(editor, "Buy wax")]
    assert Notice.objects.get(kind=Kind.LATE).url.endswith(f"/tasks/{task.pk}/")


def test_a_task_that_is_late_again_after_it_was_put_off_is_told_again(
    task: Task, owner: User, editor: User
) -> None:
    tell_late(NOW)
    change_card(task, {"due_date": dt.date(2026, 6, 12)}, by=owner)
    tell_late(NOW + dt.timedelta(days=1))
    tell_late(NOW + dt.timedelta(days=3))
    assert told(Kind.LATE) == [(editor, "Buy wax")] * 2


@pytest.mark.parametrize("days", [0, 1, 30])
def test_what_is_due_today_or_later_is_not_late(task: Task, owner: User, days: int) -> None:
    change_card(task, {"due_date": YESTERDAY + dt.timedelta(days=1 + days)}, by=owner)
    tell_late(NOW)
    assert told(Kind.LATE) == []


def test_whether_it_is_late_is_decided_by_the_clock_of_the_business(
    task: Task, business: Business
) -> None:
    business.time_zone = "Pacific/Honolulu"  # still the 9th at eight in London
    business.save()
    tell_late(NOW)
    assert told(Kind.LATE) == []
    tell_late(NOW + dt.timedelta(hours=12))
    assert len(told(Kind.LATE)) == 1


def test_a_task_that_was_late_long_ago_is_not_dug_up(task: Task, owner: User) -> None:
    change_card(task, {"due_date": dt.date(2026, 5, 1)}, by=owner)
    tell_late(NOW)
    assert told(Kind.LATE) == []


def test_a_task_that_is_done_is_not_late(task: Task, owner: User) -> None:
    finish(task, by=owner)
    tell_late(NOW)
    assert told(Kind.LATE) == []

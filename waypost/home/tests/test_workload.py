"""Who has how much to do, week by week."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Absence, Business, Member, User
from waypost.board.models import Status as TaskStatus
from waypost.content.models import Kind, Status
from waypost.home.workload import WEEKS, Cell, Workload, _week, gather
from waypost.market.workload import minutes_of
from waypost.tests import factories

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 5, 6)
MONDAY = date(2026, 5, 4)


def row_of(workload: Workload, user: User) -> list[Cell]:
    return next(row for member, row in workload.rows if member.user == user)


def task(business: Business, user: User | None, day: date | None, **fields: Any) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal)
    factories.make_task(initiative, assignee=user, due_date=day, **fields)


def member_with(business: Business, user: User, hours: int) -> Member:
    member = business.members.get(user=user)
    member.hours_a_week = Decimal(hours)
    member.save()
    return member


def test_tasks_and_posts_count_in_the_week_of_their_day(business: Business, editor: User) -> None:
    task(business, editor, date(2026, 5, 10))  # Sunday of the first week
    task(business, editor, date(2026, 5, 11))
    at = datetime(2026, 5, 10, 22, 30, tzinfo=UTC)  # Monday, half past midnight in Ljubljana
    factories.make_item(business, owner=editor, kind=Kind.POST, due_at=at)
    row = row_of(gather(business, WEDNESDAY), editor)
    assert [(cell.tasks, cell.posts) for cell in row[:3]] == [(1, 0), (1, 1), (0, 0)]
    assert row[1].minutes == 60 + minutes_of(business)[Kind.POST]


def test_what_is_late_counts_now_and_what_is_far_does_not(business: Business, editor: User) -> None:
    task(business, editor, date(2026, 4, 1))
    task(business, editor, MONDAY + timedelta(weeks=WEEKS))
    row = row_of(gather(business, WEDNESDAY), editor)
    assert [cell.tasks for cell in row] == [1, 0, 0, 0, 0, 0]


def test_what_is_done_or_has_no_day_is_no_work(business: Business, editor: User) -> None:
    task(business, editor, WEDNESDAY, status=TaskStatus.DONE)
    task(business, editor, None)
    at = datetime(2026, 5, 6, 10, tzinfo=UTC)
    factories.make_item(business, owner=editor, due_at=at, status=Status.SCHEDULED)
    assert gather(business, WEDNESDAY).has_work is False


def test_what_is_nobodys_stands_in_a_row_of_its_own(business: Business, stranger: User) -> None:
    task(business, None, WEDNESDAY)
    task(business, stranger, WEDNESDAY)
    assert gather(business, WEDNESDAY).unassigned[0].tasks == 2


def test_days_off_take_hours_away(business: Business, editor: User) -> None:
    member = member_with(business, editor, 10)
    Absence.objects.create(
        member=member, from_date=date(2026, 5, 8), until_date=date(2026, 5, 12)
    )  # Friday to Tuesday
    row = row_of(gather(business, WEDNESDAY), editor)
    assert [(cell.days_off, cell.available) for cell in row[:3]] == [
        (1, Decimal(8)),
        (2, Decimal(6)),
        (0, Decimal(10)),
    ]


def test_who_has_more_than_their_hours_is_named(
    page: Client, business: Business, editor: User
) -> None:
    member_with(business, editor, 1)
    with time_machine.travel(datetime(2026, 5, 6, 10, tzinfo=UTC)):
        for _ in range(2):
            task(business, editor, WEDNESDAY)
        html = page.get(reverse("home:workload", args=[business.slug])).content.decode()
    assert "Ed Editor has more to do than hours in 1 week." in html


def test_who_never_said_their_hours_has_never_too_much() -> None:
    assert Cell(minutes=10_000).is_too_much is False


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1)))
def test_every_day_falls_into_one_week_or_beyond(day: date) -> None:
    weeks = [MONDAY + timedelta(weeks=number) for number in range(WEEKS)]
    number = _week(day, weeks)
    if day < MONDAY:
        assert number == 0
    elif number is None:
        assert day >= MONDAY + timedelta(weeks=WEEKS)
    else:
        assert weeks[number] <= day < weeks[number] + timedelta(weeks=1)


def test_an_empty_page_says_how_to_begin(page: Client, business: Business) -> None:
    html = page.get(reverse("home:workload", args=[business.slug])).content.decode()
    assert "Give tasks a due date and posts a day." in html


def test_it_costs_the_same_for_many(
    business: Business, editor: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        task(business, editor, WEDNESDAY)
    with django_assert_max_num_queries(6):
        gather(business, WEDNESDAY)

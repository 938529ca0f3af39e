"""Periods that close, tasks that come again, templates that make many."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.hat_actions import wear_all
from waypost.accounts.models import Business, User
from waypost.board import actions
from waypost.board.actions.cooking import cook, keep_recipe
from waypost.board.actions.periods import close_period, close_what_is_over, reopen_period
from waypost.board.models import BoardSettings, Status, Task
from waypost.board.periods import period_of
from waypost.board.recipes import LAUNCH, recipes_of
from waypost.board.repeating import next_day, rule_for
from waypost.kit.errors import Refusal

pytestmark = pytest.mark.django_db


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(BoardSettings.Period.values))
def test_periods_follow_each_other_without_a_gap(day: date, kind: str) -> None:
    start, end = period_of(day, kind)
    assert start <= day <= end
    assert period_of(end + timedelta(days=1), kind)[0] == end + timedelta(days=1)
    assert period_of(start, kind) == (start, end)


def test_what_is_done_is_put_away_and_the_rest_moves_on(business: Business, owner: User) -> None:
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=UTC), tick=False):
        over = actions.add_card(business, by=owner, title="Over", assignee=owner)
        actions.finish(over, by=owner)
        stays = actions.add_card(business, by=owner, title="Stays")
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        new = actions.add_card(business, by=owner, title="New")
        assert close_what_is_over() == 1
        assert close_what_is_over() == 0
    [period] = business.board_periods.all()
    assert (period.start_date, period.end_date) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (period.added, period.done, period.moved_on) == (2, 1, 1)
    assert period.people == {"Olga Owner": 1}
    assert list(business.tasks.on_board()) == [stays, new]
    assert [each.moved_on for each in business.tasks.on_board()] == [1, 0]
    with pytest.raises(Refusal):
        close_period(business, on=date(2026, 10, 5), by=owner)
    assert reopen_period(period, by=owner) == 1
    assert business.tasks.on_board().count() == 3


def test_a_business_that_closes_by_hand_is_left_alone(business: Business, owner: User) -> None:
    BoardSettings.objects.create(business=business, closes_itself=False)
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=UTC), tick=False):
        actions.add_card(business, by=owner, title="Old")
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        assert close_what_is_over() == 0


@pytest.mark.parametrize(
    ("rule", "due", "following"),
    [
        ("FREQ=DAILY", date(2026, 11, 30), date(2026, 12, 1)),
        ("FREQ=WEEKLY", date(2026, 11, 30), date(2026, 12, 7)),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", date(2026, 11, 27), date(2026, 11, 30)),
        ("FREQ=MONTHLY", date(2026, 1, 31), date(2026, 2, 28)),
        ("FREQ=MONTHLY", date(2026, 2, 15), date(2026, 3, 15)),
        ("FREQ=YEARLY", date(2026, 5, 1), date(2027, 5, 1)),
    ],
)
def test_the_next_day_of_a_rule(rule: str, due: date, following: date) -> None:
    assert next_day(rule_for(rule, due), due, after=due - timedelta(days=1)) == following


def test_the_next_one_is_made_when_this_one_is_done_and_only_once(
    business: Business, owner: User
) -> None:
    with time_machine.travel(datetime(2026, 11, 9, 9, tzinfo=UTC), tick=False):
        task = actions.add_card(business, by=owner, title="Report", assignee=owner)
        changes = {"due_date": date(2026, 11, 9), "repeats": "FREQ=WEEKLY"}
        actions.change_card(task, changes, by=owner)
        actions.tick_step(actions.add_step(task, text="Numbers", by=owner), done=True, by=owner)
        actions.finish(task, by=owner)
        actions.reopen(task, by=owner)
        actions.finish(task, by=owner)
    done, following = business.tasks.order_by("pk")
    assert (done.repeats, following.repeats) == ("", "FREQ=WEEKLY")
    assert (following.due_date, following.status) == (date(2026, 11, 16), "next")
    assert [step.is_done for step in following.steps.all()] == [False]


def test_what_repeats_at_its_day_comes_though_the_last_one_is_open(
    business: Business, owner: User
) -> None:
    task = actions.add_card(business, by=owner, title="Post", due_date=date(2026, 11, 9))
    changes = {"repeats": "FREQ=DAILY", "repeats_when": Task.RepeatWhen.DATE}
    actions.change_card(task, changes, by=owner)
    with time_machine.travel(datetime(2026, 11, 9, 12, tzinfo=UTC), tick=False):
        assert actions.bring_due(date(2026, 11, 8)) == 0
        assert actions.bring_due(date(2026, 11, 9)) == 1
        assert actions.bring_due(date(2026, 11, 9)) == 0
    assert [each.due_date for each in business.tasks.order_by("pk")] == [
        date(2026, 11, 9),
        date(2026, 11, 10),
    ]


def test_a_launch_makes_twelve_tasks_for_whoever_wears_the_hat(
    business: Business, owner: User
) -> None:
    event = date(2027, 1, 15)
    tasks = cook(business, LAUNCH, event=event, initiative=None, by=owner)
    assert len(tasks) == 12
    assert {task.status for task in tasks} == {Status.BACKLOG}
    assert tasks[0].due_date == event - timedelta(days=42)
    wear_all(business, business.members.get(), by=owner)
    again = cook(business, LAUNCH, event=event, initiative=None, by=owner)
    assert {(task.assignee, task.status) for task in again} == {(owner, Status.NEXT)}


def test_cards_become_a_template_and_tasks_again(
    page: Client, business: Business, owner: User
) -> None:
    for title, day in (("Write", 1), ("Post", 11)):
        task = actions.add_card(business, by=owner, title=title, due_date=date(2026, 12, day))
        actions.add_step(task, text=f"{title} it", by=owner)
    address = reverse("board:recipe_new", args=[business.slug])
    assert page.post(address, {"name": " "}).status_code == 422
    page.post(address, {"name": "A post"})
    own = recipes_of(business)[-1]
    assert [(line.title, line.days, line.steps) for line in own.tasks] == [
        ("Write", -10, ("Write it",)),
        ("Post", 0, ("Post it",)),
    ]
    use = reverse("board:recipe_use", args=[business.slug, own.key])
    page.post(use, {"event": "2027-02-11", "initiative": ""})
    made = business.tasks.get(title="Write", due_date=date(2027, 2, 1))
    assert [str(step) for step in made.steps.all()] == ["Write it"]
    page.post(reverse("board:recipe_remove", args=[business.slug, own.key]))
    assert not business.recipes.exists()
    with pytest.raises(Refusal):
        keep_recipe(business, [], name="Nothing", by=owner)


def test_a_period_is_closed_by_hand_and_opened_again(page: Client, business: Business) -> None:
    address = reverse("board:periods", args=[business.slug])
    assert "No period was closed yet." in page.get(address).content.decode()
    page.post(reverse("board:period_close", args=[business.slug]))
    period = business.board_periods.get()
    page.post(reverse("board:period_reopen", args=[business.slug, period.pk]))
    assert not business.board_periods.exists()

"""What the log of who changed what says about goals and initiatives."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, Deed, Thing, User
from waypost.goals import actions
from waypost.goals.actions import moves
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.tests import factories

pytestmark = pytest.mark.time_machine(dt.datetime(2026, 10, 12, 9, tzinfo=dt.UTC))
GOAL = {
    "title": "Followers",
    "why": "Reach",
    "metric": "followers",
    "unit": "",
    "baseline": Decimal(1000),
    "target": Decimal(2000),
    "start_date": dt.date(2026, 10, 1),
    "deadline_date": dt.date(2026, 12, 31),
    "owner": None,
    "connection": None,
}
STEP = {
    "title": "Advent",
    "measure": "",
    "resources": "",
    "start_date": dt.date(2026, 10, 1),
    "end_date": dt.date(2026, 11, 1),
    "status": "planned",
    "risk": "low",
    "progress": 0,
    "expected_contribution": None,
    "owner": None,
}


def goal_of(business: Business, by: User | None = None) -> Goal:
    return actions.create_goal(business, by=by, **GOAL)  # type: ignore[arg-type]


def step_of(goal: Goal, by: User | None = None, **more: object) -> Initiative:
    return actions.create_initiative(goal, by=by, **{**STEP, **more})  # type: ignore[arg-type]


def told(business: Business) -> list[tuple[str, str, str, str, list[tuple[str, str, str]]]]:
    """The lines of the log, the first one first."""
    return [
        (row.by_name, row.thing, row.deed, row.name, row.changed)
        for row in business.log.order_by("pk")
    ]


def test_a_new_goal_and_what_was_changed_of_it(business: Business, owner: User) -> None:
    goal = goal_of(business, owner)
    new = {**GOAL, "target": Decimal("2500.50"), "owner": owner}
    actions.edit_goal(goal, by=owner, **new)  # type: ignore[arg-type]
    assert told(business) == [
        ("Olga Owner", Thing.GOAL, Deed.ADDED, "Followers", []),
        (
            "Olga Owner",
            Thing.GOAL,
            Deed.CHANGED,
            "Followers",
            [("target value", "2000", "2500.5"), ("owner", "", "Olga Owner")],
        ),
    ]


def test_saving_a_goal_as_it_is_writes_nothing(business: Business, owner: User) -> None:
    goal = goal_of(business, owner)
    actions.edit_goal(goal, by=owner, **GOAL)  # type: ignore[arg-type]
    assert business.log.count() == 1


def test_putting_a_goal_away_and_bringing_it_back(business: Business, owner: User) -> None:
    goal = factories.make_goal(business, title="Followers")
    actions.archive(goal, by=owner)
    actions.restore(goal, by=owner)
    assert [row[1:4] for row in told(business)] == [
        (Thing.GOAL, Deed.CLOSED, "Followers"),
        (Thing.GOAL, Deed.REOPENED, "Followers"),
    ]


def test_a_typed_value_and_taking_it_back(business: Business, owner: User) -> None:
    goal, day = factories.make_goal(business, title="Followers"), dt.date(2026, 10, 12)
    typed = GoalValue.Source.TYPED
    before = actions.record_value(goal, date=day, value=Decimal(1200), source=typed, by=owner)
    actions.put_back(goal, date=day, before=before, by=owner)
    assert [row[2:] for row in told(business)] == [
        (Deed.CHANGED, "Followers", [("value", "", "2026-10-12: 1200")]),
        (Deed.CHANGED, "Followers", [("value", "2026-10-12: 1200", "")]),
    ]


def test_a_measured_value_was_changed_by_nobody(business: Business) -> None:
    goal = factories.make_goal(business)
    measured = GoalValue.Source.MEASURED
    actions.record_value(goal, date=dt.date(2026, 10, 12), value=Decimal(5), source=measured)
    assert business.log.count() == 0


def test_an_initiative_with_its_status_in_words(business: Business, owner: User) -> None:
    step = step_of(goal_of(business), owner)
    actions.set_status(step, status="done", by=owner)
    assert told(business)[1:] == [
        ("Olga Owner", Thing.INITIATIVE, Deed.ADDED, "Advent", []),
        (
            "Olga Owner",
            Thing.INITIATIVE,
            Deed.CHANGED,
            "Advent",
            [
                ("status", "Planned", "Done"),
                ("progress", "0", "100"),
                ("day it was done", "", "2026-10-12"),
            ],
        ),
    ]


def test_what_an_initiative_waits_for_is_told(business: Business, owner: User) -> None:
    goal = goal_of(business)
    first, second = step_of(goal, title="Candles"), step_of(goal)
    actions.edit_initiative(second, by=owner, **{**STEP, "depends_on": [first]})  # type: ignore[arg-type]
    assert told(business)[-1][4] == [("begins after", "", "Candles")]


def test_a_move_on_the_roadmap_tells_everything_that_moved(business: Business, owner: User) -> None:
    goal = goal_of(business)
    first = step_of(goal, title="Candles")
    second = step_of(
        goal, depends_on=[first], start_date=dt.date(2026, 11, 2), end_date=dt.date(2026, 11, 9)
    )
    business.log.model._base_manager.all()._raw_delete("default")
    move = moves.look_ahead(first, start=dt.date(2026, 10, 2), end=dt.date(2026, 11, 2))
    moves.carry_out(move, by=owner)
    assert [(row[3], row[4]) for row in told(business)] == [
        ("Candles", [("start", "2026-10-01", "2026-10-02"), ("end", "2026-11-01", "2026-11-02")]),
        ("Advent", [("start", "2026-11-02", "2026-11-03"), ("end", "2026-11-09", "2026-11-10")]),
    ]
    moves.put_back(business, move.was, by=owner)
    assert {row[3] for row in told(business)[2:]} == {"Candles", "Advent"}
    assert second.title == "Advent"


def test_words_are_those_of_the_reader_and_values_those_of_the_business(
    business: Business, owner: User
) -> None:
    business.language = "sl"
    business.save()
    step = factories.make_initiative(factories.make_goal(business))
    actions.set_status(step, status="on_hold", by=owner)
    assert business.log.get().changes == [["status", "Načrtovano", "Na čakanju"]]


def test_the_pages_say_who_did_it(page: Client, business: Business, owner: User) -> None:
    goal = factories.make_goal(business, title="Followers")
    step = factories.make_initiative(goal, title="Advent")
    slug = business.slug
    page.post(reverse("goals:archive", args=[slug, goal.pk]))
    page.post(reverse("goals:restore", args=[slug, goal.pk]))
    page.post(reverse("goals:initiative_status", args=[slug, step.pk]), {"status": "done"})
    page.post(reverse("goals:approve_plan", args=[slug]))
    assert [(row[0], row[2], row[3]) for row in told(business)] == [
        ("Olga Owner", Deed.CLOSED, "Followers"),
        ("Olga Owner", Deed.REOPENED, "Followers"),
        ("Olga Owner", Deed.CHANGED, "Advent"),
        ("Olga Owner", Deed.APPROVED, "Roadmap"),
    ]


def test_goals_can_be_asked_for_and_taken_out(
    page: Client, business: Business, owner: User
) -> None:
    goal_of(business, owner)
    step_of(business.goals.get(), owner)
    answer = page.get(reverse("accounts:log_file", args=[business.slug]), {"thing": "goal"})
    lines = answer.content.decode().splitlines()
    assert [line.split(",")[1:5] for line in lines[1:]] == [
        ["Olga Owner", "Goal", "added", "Followers"]
    ]

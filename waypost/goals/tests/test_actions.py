"""Verbs on goals, values and initiatives."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from waypost.accounts.models import Business, User
from waypost.goals import actions
from waypost.goals.actions import Before, GoalFields, InitiativeFields
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.kit.errors import Refusal
from waypost.tests import factories

TYPED, MEASURED = GoalValue.Source.TYPED, GoalValue.Source.MEASURED


def goal_fields(**changes: object) -> GoalFields:
    today = date.today()
    fields = {
        "title": "More followers",
        "why": "",
        "metric": "Followers",
        "unit": "followers",
        "baseline": Decimal(100),
        "target": Decimal(200),
        "start_date": today,
        "deadline_date": today + timedelta(days=90),
        "owner": None,
        "connection": None,
    }
    return {**fields, **changes}  # type: ignore[typeddict-item]


def initiative_fields(**changes: object) -> InitiativeFields:
    fields = {
        "title": "Post every day",
        "measure": "",
        "resources": "",
        "start_date": date.today(),
        "end_date": date.today(),
        "status": Initiative.Status.PLANNED,
        "risk": Initiative.Risk.LOW,
        "progress": 0,
        "expected_contribution": None,
        "owner": None,
    }
    return {**fields, **changes}  # type: ignore[typeddict-item]


def history(goal: Goal) -> list[tuple[date, Decimal, str]]:
    return list(goal.values.values_list("date", "value", "source"))


def test_a_goal_that_counts_an_account_counts_its_followers(business: Business) -> None:
    connection = factories.make_connection(business)
    goal = actions.create_goal(business, **goal_fields(connection=connection))
    assert (goal.connection, goal.connection_metric) == (connection, "followers")
    actions.edit_goal(goal, **goal_fields())
    goal.refresh_from_db()
    assert (goal.connection, goal.connection_metric) == (None, "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": Decimal("100.00")}, "target"),
        ({"deadline_date": date.today()}, "deadline_date"),
        (
            {
                "start_date": date.today() - timedelta(days=9),
                "deadline_date": date.today() - timedelta(days=2),
            },
            "deadline_date",
        ),
    ],
)
def test_a_goal_that_makes_no_sense_is_not_created(
    business: Business, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as caught:
        actions.create_goal(business, **goal_fields(**changes))
    assert caught.value.field == field
    assert not Goal.objects.exists()


def test_an_old_goal_may_be_edited_although_its_deadline_has_passed(business: Business) -> None:
    goal = factories.make_goal(business)
    start, deadline = date(2020, 1, 1), date(2020, 6, 1)
    actions.edit_goal(goal, **goal_fields(start_date=start, deadline_date=deadline))
    goal.refresh_from_db()
    assert (goal.title, goal.deadline_date) == ("More followers", deadline)


def test_an_archived_goal_leaves_the_list_and_keeps_its_values(business: Business) -> None:
    goal = factories.make_goal(business)
    actions.record_value(goal, date=date.today(), value=Decimal(5), source=TYPED)
    actions.archive(goal)
    assert list(business.goals.open()) == []
    assert list(business.goals.archived()) == [goal]
    assert goal.values.count() == 1
    actions.restore(goal)
    assert list(business.goals.open()) == [goal]


def test_a_later_value_of_the_same_day_replaces_the_first(business: Business, owner: User) -> None:
    goal, today = factories.make_goal(business), date.today()
    assert actions.record_value(goal, date=today, value=Decimal(5), source=MEASURED) is None
    before = actions.record_value(goal, date=today, value=Decimal(6), source=TYPED, by=owner)
    assert before == Before(Decimal(5), MEASURED, None)
    assert history(goal) == [(today, Decimal(6), TYPED)]
    assert goal.values.get().recorded_by == owner


def test_a_measured_value_does_not_replace_what_a_person_typed(business: Business) -> None:
    goal, today = factories.make_goal(business), date.today()
    actions.record_value(goal, date=today, value=Decimal(5), source=TYPED)
    actions.record_value(goal, date=today, value=Decimal(6), source=MEASURED)
    assert history(goal) == [(today, Decimal(5), TYPED)]


def test_recording_can_be_taken_back(business: Business) -> None:
    goal, today = factories.make_goal(business), date.today()
    first = actions.record_value(goal, date=today, value=Decimal(5), source=MEASURED)
    second = actions.record_value(goal, date=today, value=Decimal(6), source=TYPED)
    actions.put_back(goal, date=today, before=second)
    assert history(goal) == [(today, Decimal(5), MEASURED)]
    actions.put_back(goal, date=today, before=first)
    assert history(goal) == []


@pytest.mark.parametrize("days", [1, -51])
def test_a_value_belongs_to_a_day_of_the_goal_that_has_come(business: Business, days: int) -> None:
    goal = factories.make_goal(business)
    day = date.today() + timedelta(days=days)
    with pytest.raises(Refusal) as caught:
        actions.record_value(goal, date=day, value=Decimal(5), source=TYPED)
    assert caught.value.field == "date"
    assert history(goal) == []


def test_the_standing_of_a_goal_reads_its_values(business: Business) -> None:
    goal, today = factories.make_goal(business), date.today()
    actions.record_value(goal, date=today, value=Decimal(150), source=TYPED)
    state = goal.standing(today)
    assert (state.status, state.pace, state.value_date) == ("on_track", Decimal(1), today)


def test_goals_that_count_an_account_are_those_under_way(business: Business) -> None:
    connection, today = factories.make_connection(business), date.today()
    running = factories.make_goal(business, connection=connection)
    factories.make_goal(business)
    factories.make_goal(business, connection=connection, start_date=today + timedelta(days=1))
    factories.make_goal(business, connection=connection, deadline_date=today - timedelta(days=1))
    actions.archive(factories.make_goal(business, connection=connection))
    assert list(Goal.objects.counting(connection, today)) == [running]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_date": date.today() - timedelta(days=1)}, "end_date"),
        ({"progress": 101}, "progress"),
        ({"expected_contribution": Decimal("-0.5")}, "expected_contribution"),
    ],
)
def test_an_initiative_that_makes_no_sense_is_not_created(
    business: Business, changes: dict[str, object], field: str
) -> None:
    goal = factories.make_goal(business)
    with pytest.raises(Refusal) as caught:
        actions.create_initiative(goal, **initiative_fields(**changes))
    assert caught.value.field == field
    assert not goal.initiatives.exists()


def test_what_is_done_is_done_completely(business: Business) -> None:
    goal = factories.make_goal(business)
    done = actions.create_initiative(goal, **initiative_fields(status="done", progress=40))
    assert (done.business, done.progress) == (business, 100)
    actions.edit_initiative(done, **initiative_fields(status="on_hold", progress=40))
    done.refresh_from_db()
    assert (done.status, done.progress) == ("on_hold", 40)
    actions.set_status(done, status="done")
    done.refresh_from_db()
    assert (done.status, done.progress) == ("done", 100)


def test_an_initiative_has_no_status_outside_of_the_list(business: Business) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    with pytest.raises(Refusal) as caught:
        actions.set_status(initiative, status="sleeping")
    assert caught.value.field == "status"
    initiative.refresh_from_db()
    assert initiative.status == "planned"

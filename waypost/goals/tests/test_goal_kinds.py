"""Pages of goals that keep a number, that lack something, or whose value is overdue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.goals import actions
from waypost.goals.models import Goal
from waypost.kit.errors import Refusal
from waypost.tests import factories

TODAY = date.today()


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"goals:{name}", args=[business.slug, *args])


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Answer within 3 hours",
        "kind": "keep_below",
        "metric": "Median reply time",
        "unit": "hours",
        "baseline": "3",
        "target": "3",
        "start_date": TODAY.isoformat(),
        "deadline_date": (TODAY + timedelta(days=90)).isoformat(),
        **changes,
    }


def measured(goal: Goal, **values: int) -> None:
    """``d3=5``: the number was 5 three days ago."""
    for ago, value in values.items():
        day = TODAY - timedelta(days=int(ago[1:]))
        actions.record_value(goal, date=day, value=Decimal(value), source="typed")


def page_text(page: Client, goal: Goal) -> str:
    return page.get(url(goal.business, "goal", goal.pk)).content.decode()


def test_a_number_that_is_kept_may_start_at_its_limit(page: Client, business: Business) -> None:
    told = entry(
        specific="No question waits",
        achievable="Two slots a day",
        resources="1 hour a day",
        why="Questions before purchase",
        checkpoints=["weekly", "monthly"],
    )
    assert page.post(url(business, "new"), told).status_code == 302
    goal = business.goals.get()
    assert (goal.kind, goal.checkpoints) == ("keep_below", ["weekly", "monthly"])
    assert (goal.specific, goal.achievable, goal.resources, goal.why) == (
        "No question waits",
        "Two slots a day",
        "1 hour a day",
        "Questions before purchase",
    )
    shown = page_text(page, goal)
    assert "SMART: 5 of 5" in shown
    assert "Every week · Every month" in shown
    assert "Stay at or below" in shown


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "reach"}, "target"),
        ({"kind": "double"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"checkpoints": ["hourly"]}, "checkpoints"),
        ({"deadline_date": TODAY.isoformat()}, "deadline_date"),
        ({"start_date": "2020-01-01", "deadline_date": "2020-02-01"}, "deadline_date"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    page: Client, business: Business, changes: dict[str, Any], field: str
) -> None:
    answer = page.post(url(business, "new"), entry(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not business.goals.exists()


def test_editing_back_to_a_number_to_reach_asks_for_another_target(business: Business) -> None:
    goal = factories.make_goal(business, kind="keep_above", target=Decimal(100))
    told: dict[str, Any] = {
        name: getattr(goal, name)
        for name in ("title", "why", "metric", "unit", "baseline", "target", "owner")
    }
    dates: dict[str, Any] = {"start_date": goal.start_date, "deadline_date": goal.deadline_date}
    actions.edit_goal(goal, **told, **dates, connection=None)
    assert goal.kind == "keep_above"
    with pytest.raises(Refusal) as caught:
        actions.edit_goal(goal, **told, **dates, connection=None, kind="reach")
    assert caught.value.field == "target"


def test_a_kept_number_says_met_or_not_and_no_pace(page: Client, business: Business) -> None:
    goal = factories.make_goal(business, kind="keep_above", target=Decimal(80))
    measured(goal, d9=85, d2=79)
    shown = page_text(page, goal)
    assert "Not met: 79 is below 80. 1 of 2 values kept to it." in shown
    assert "Behind" in shown
    assert "Pace –" not in shown
    listed = page.get(url(business, "list")).content.decode()
    assert "Now 79; stay at or above 80 followers" in listed


def test_what_a_goal_lacks_is_said_with_a_way_to_tell_it(page: Client, business: Business) -> None:
    goal = factories.make_goal(business)
    shown = page_text(page, goal)
    assert "SMART: 2 of 5" in shown
    assert "No resource: it does not say what it needs." in shown
    assert url(business, "edit", goal.pk) + "#id_specific" in shown


def test_an_overdue_value_is_asked_for(page: Client, business: Business) -> None:
    goal = factories.make_goal(business, checkpoints=["daily"])
    measured(goal, d3=120)
    assert "The daily value is missing since" in page_text(page, goal)
    measured(goal, d0=130)
    assert "The next daily value is due on" in page_text(page, goal)
    actions.archive(goal)
    assert "daily value" not in page_text(page, goal)


def test_a_viewer_is_not_asked_to_enter_the_value(
    viewer: User, business: Business, sign_in: Any
) -> None:
    goal = factories.make_goal(business, checkpoints=["daily"])
    shown = page_text(sign_in(viewer), goal)
    assert "The daily value is missing since" in shown
    assert "Enter the value" not in shown
    assert "Tell what is missing" not in shown


def test_a_trend_is_shown_where_it_differs(page: Client, business: Business) -> None:
    steady = factories.make_goal(business)
    measured(steady, d30=120, d20=130, d10=140)
    assert "values of the last 60 days" not in page_text(page, steady)
    faster = factories.make_goal(business)
    measured(faster, d30=100, d20=105, d10=130, d0=160)
    shown = page_text(page, faster)
    assert "If it goes on like this, it will be 220 followers" in shown
    assert "The values of the last 60 days alone point to 257 followers" in shown


def test_the_forecast_says_how_much_is_short(page: Client, business: Business) -> None:
    goal = factories.make_goal(business)
    measured(goal, d0=145)
    assert "That is 10 short of the target." in page_text(page, goal)
    ahead = factories.make_goal(business)
    measured(ahead, d0=160)
    assert "short of the target" not in page_text(page, ahead)


def test_initiatives_of_a_kept_number_have_no_gap_to_cover(
    page: Client, business: Business
) -> None:
    goal = factories.make_goal(business, kind="keep_above")
    factories.make_initiative(goal, expected_contribution=Decimal(5))
    shown = page_text(page, goal)
    assert "of the gap" not in shown
    assert "What you do to keep the number where it is." in shown

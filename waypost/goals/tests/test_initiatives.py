"""Initiatives: what they wait for, how late they are, how often they repeat."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.goals import actions
from waypost.goals.actions import InitiativeFields
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.tests import factories

TODAY = date.today()


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business)


def fields(**changes: Any) -> InitiativeFields:
    told: dict[str, Any] = {
        "title": "Post every day",
        "measure": "",
        "resources": "",
        "start_date": TODAY,
        "end_date": TODAY,
        "status": "planned",
        "risk": "low",
        "progress": 0,
        "expected_contribution": None,
        "owner": None,
    }
    return {**told, **changes}  # type: ignore[typeddict-item]


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Post in German",
        "start_date": TODAY.isoformat(),
        "end_date": (TODAY + timedelta(days=6)).isoformat(),
        "status": "planned",
        "progress": "0",
        "risk": "low",
        **changes,
    }


def page_of(name: str, goal: Goal, pk: int) -> str:
    return reverse(f"goals:{name}", args=[goal.business.slug, pk])


def chain(goal: Goal) -> list[Initiative]:
    """C waits for B, B for A."""
    rows = [factories.make_initiative(goal, title=word) for word in "ABC"]
    rows[1].depends_on.add(rows[0])
    rows[2].depends_on.add(rows[1])
    return rows


def test_a_circle_of_dependencies_is_refused_by_name(goal: Goal) -> None:
    first, _second, third = chain(goal)
    with pytest.raises(Refusal) as caught:
        actions.edit_initiative(first, **fields(title="New", depends_on=[third]))
    assert caught.value.field == "depends_on"
    named = caught.value.message.removeprefix("These would wait for each other: ")
    circle = named.removesuffix(". Leave one of them out.").split(" → ")
    assert (circle[0], set(circle), len(circle)) == (circle[-1], {"“A”", "“B”", "“C”"}, 4)
    waits_for = {"“A”": "“C”", "“C”": "“B”", "“B”": "“A”"}
    assert [waits_for[word] for word in circle[:-1]] == circle[1:]
    first.refresh_from_db()
    assert (first.title, first.depends_on.count()) == ("A", 0)


def test_nothing_waits_for_itself(goal: Goal) -> None:
    alone = factories.make_initiative(goal, title="A")
    with pytest.raises(Refusal) as caught:
        actions.edit_initiative(alone, **fields(depends_on=[alone]))
    assert "“A” → “A”" in caught.value.message


def test_a_new_one_waits_for_others_of_its_business_alone(goal: Goal, stranger: User) -> None:
    rows = chain(goal)
    made = actions.create_initiative(goal, **fields(depends_on=rows[1:]))
    assert list(made.depends_on.all()) == rows[1:]
    assert list(rows[2].dependants.all()) == [made]
    theirs = factories.make_initiative(factories.make_goal(stranger.memberships.get().business))
    with pytest.raises(Refusal) as caught:
        actions.create_initiative(goal, **fields(depends_on=[theirs]))
    assert caught.value.field == "depends_on"


def test_what_is_not_told_stays_as_it_was(goal: Goal) -> None:
    rows = chain(goal)
    actions.edit_initiative(rows[2], **fields())
    assert list(rows[2].depends_on.all()) == [rows[1]]


def test_the_circle_is_told_beside_the_boxes(page: Client, goal: Goal) -> None:
    first, second, third = chain(goal)
    answer = page.post(
        page_of("initiative_edit", goal, first.pk), entry(depends_on=[str(third.pk)])
    )
    assert answer.status_code == 422
    [message] = answer.context["form"].errors["depends_on"]
    assert message.startswith("These would wait for each other: ")
    offered = answer.context["form"].fields["depends_on"].queryset
    assert set(offered) == {second, third}
    assert "“A”" in answer.content.decode()


def test_initiatives_of_others_are_not_offered(page: Client, goal: Goal, stranger: User) -> None:
    theirs = factories.make_initiative(factories.make_goal(stranger.memberships.get().business))
    factories.make_initiative(goal)
    answer = page.post(page_of("initiative_new", goal, goal.pk), entry(depends_on=[str(theirs.pk)]))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["depends_on"])


def test_done_sets_the_day_and_undoing_clears_it(goal: Goal) -> None:
    row = factories.make_initiative(goal)
    actions.set_status(row, status="done")
    row.refresh_from_db()
    assert (row.actual_end_date, row.progress) == (actions.today_of(goal.business), 100)
    actions.set_status(row, status="in_progress")
    row.refresh_from_db()
    assert row.actual_end_date is None


def test_a_typed_day_of_the_end_is_kept_unless_it_lies_ahead(goal: Goal) -> None:
    day = TODAY - timedelta(days=4)
    done = actions.create_initiative(goal, **fields(status="done", actual_end_date=day))
    assert (done.actual_end_date, done.slip) == (day, -4)
    ahead = TODAY + timedelta(days=2)
    with pytest.raises(Refusal) as caught:
        actions.create_initiative(goal, **fields(status="done", actual_end_date=ahead))
    assert caught.value.field == "actual_end_date"


@pytest.mark.parametrize(
    ("status", "late"),
    [("planned", 3), ("in_progress", 3), ("on_hold", 3), ("done", 0), ("dropped", 0)],
)
def test_only_what_is_still_open_is_late(goal: Goal, status: str, late: int) -> None:
    row = factories.make_initiative(goal, end_date=TODAY - timedelta(days=3), status=status)
    assert (row.days_late(TODAY), row.is_late(TODAY)) == (late, late > 0)
    assert not row.is_late(row.end_date)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_date": TODAY - timedelta(days=1)}, "1 day late"),
        ({"end_date": TODAY - timedelta(days=3)}, "3 days late"),
        ({"end_date": TODAY}, ""),
        ({"end_date": TODAY, "status": "done", "actual_end_date": TODAY}, ""),
        (
            {"end_date": TODAY - timedelta(days=2), "status": "done", "actual_end_date": TODAY},
            "Done 2 days late",
        ),
        (
            {"end_date": TODAY + timedelta(days=1), "status": "done", "actual_end_date": TODAY},
            "Done 1 day early",
        ),
    ],
)
def test_lateness_is_told_in_words(goal: Goal, changes: dict[str, Any], words: str) -> None:
    assert factories.make_initiative(goal, **changes).timing(TODAY) == words


@pytest.mark.parametrize(
    ("repeats", "days", "times"),
    [("", 10, None), ("daily", 1, 1), ("daily", 170, 170), ("weekly", 7, 1), ("weekly", 8, 2)],
)
def test_how_often_something_repeats(repeats: str, days: int, times: int | None) -> None:
    end = TODAY + timedelta(days=days - 1)
    row = Initiative(start_date=TODAY, end_date=end, repeats=repeats)
    assert (row.repetitions, row.days, row.is_milestone) == (times, days, days == 1)


def test_what_goes_on_until_the_goal_ends_with_it(page: Client, goal: Goal) -> None:
    daily = entry(until_goal="on", end_date="", repeats="daily", repeats_what="a post in German")
    answer = page.post(page_of("initiative_new", goal, goal.pk), daily)
    assert answer.status_code == 302
    row = goal.initiatives.get()
    assert (row.until_goal, row.end_date) == (True, goal.deadline_date)
    shown = page.get(reverse("insights:initiative", args=[goal.business.slug, row.pk]))
    words = f"Every day: a post in German. That makes {row.days} in this time."
    assert words in shown.content.decode()
    later = goal.deadline_date + timedelta(days=10)
    told = {
        name: getattr(goal, name)
        for name in ("title", "why", "metric", "unit", "baseline", "target", "start_date", "owner")
    }
    actions.edit_goal(goal, **told, deadline_date=later, connection=None)
    row.refresh_from_db()
    assert row.end_date == later


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_date": ""}, "end_date"),
        ({"end_date": "2020-01-01"}, "end_date"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "much"}, "budget"),
        ({"repeats": "daily"}, "repeats_what"),
        ({"repeats": "hourly", "repeats_what": "x"}, "repeats"),
        ({"owner_role": "astronaut"}, "owner_role"),
        ({"actual_end_date": "2999-01-01"}, "actual_end_date"),
        ({"risk": ""}, "risk"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    page: Client, goal: Goal, changes: dict[str, Any], field: str
) -> None:
    answer = page.post(page_of("initiative_new", goal, goal.pk), entry(**changes))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not goal.initiatives.exists()


def test_every_field_of_an_initiative_is_kept(page: Client, goal: Goal) -> None:
    before = factories.make_initiative(goal, title="Before")
    told = entry(
        description="Nine posts first",
        owner_role="copy",
        measure="7 posts a week",
        resources="Canva",
        budget="1.400,50",
        risk="high",
        risk_note="Only one person writes German",
        depends_on=[str(before.pk)],
        status="done",
        actual_contribution="870",
    )
    page.post(page_of("initiative_new", goal, goal.pk), told)
    row = goal.initiatives.get(title="Post in German")
    kept = (row.description, row.owner_role, row.budget, row.risk_note, row.actual_contribution)
    assert kept == (
        "Nine posts first",
        "copy",
        Decimal("1400.50"),
        "Only one person writes German",
        Decimal(870),
    )
    assert list(row.depends_on.all()) == [before]
    listed = page.get(page_of("goal", goal, goal.pk)).content.decode()
    assert "After Before" in listed
    assert "Copywriting" in listed
    assert "870 so far" in listed
    shown = page.get(reverse("insights:initiative", args=[goal.business.slug, row.pk]))
    assert "Only one person writes German" in shown.content.decode()


def test_the_list_of_a_goal_says_what_is_late(page: Client, goal: Goal) -> None:
    factories.make_initiative(goal, end_date=TODAY - timedelta(days=2), risk="high")
    listed = page.get(page_of("goal", goal, goal.pk)).content.decode()
    assert "2 days late" in listed
    assert "High risk" in listed


def test_progress_that_is_counted_is_not_typed(page: Client, goal: Goal) -> None:
    row = factories.make_initiative(goal)
    actions.set_progress(row, 33)
    page.post(page_of("initiative_edit", goal, row.pk), entry(progress="90"))
    row.refresh_from_db()
    assert (row.title, row.progress) == ("Post in German", 33)
    actions.set_progress(row, None)
    page.post(page_of("initiative_edit", goal, row.pk), entry(progress="90"))
    row.refresh_from_db()
    assert row.progress == 90


def test_parts_of_the_form_that_hold_nothing_are_folded(page: Client, goal: Goal) -> None:
    empty = page.get(page_of("initiative_new", goal, goal.pk)).context["form"]
    assert empty.open_folds == set()
    row = factories.make_initiative(goal, risk_note="Ill", budget=Decimal(0))
    answer = page.get(page_of("initiative_edit", goal, row.pk))
    assert answer.context["form"].open_folds == {"risk", "needs"}
    folds = re.findall(r'<details class="fold[^>]*?( open)?[ ]*>', answer.content.decode())
    assert folds == [" open", " open", "", ""]


def test_a_goal_with_fifty_initiatives_asks_no_more_than_one_with_one(
    page: Client, goal: Goal, owner: User, django_assert_max_num_queries: Any
) -> None:
    rows = [factories.make_initiative(goal, owner=owner) for _number in range(50)]
    for row, other in zip(rows[1:], rows, strict=False):
        row.depends_on.add(other)
    with django_assert_max_num_queries(14):
        page.get(page_of("goal", goal, goal.pk))

"""The roadmap's words and its page."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.goals.actions import moves
from waypost.goals.actions.sharing import create_link
from waypost.goals.drawing import drawing
from waypost.goals.models import Goal, Initiative
from waypost.goals.roadmap import Scale, Wanted, flag, moved_sentence, roadmap
from waypost.goals.tests.roadmaps import TODAY, day, make, make_chain, post, url
from waypost.tests import factories

SignIn = Callable[[User], Client]
Status = Initiative.Status


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business, title="More readers", deadline_date=day(60))


@pytest.fixture
def chain(goal: Goal) -> list[Initiative]:
    return make_chain(goal)


# what is late, what slips


def test_what_should_have_ended_is_late_by_so_many_days(goal: Goal) -> None:
    late = flag(make(goal, "Flyer", -20, -3, status=Status.IN_PROGRESS, progress=90), TODAY)
    assert late is not None
    assert (late.name, late.word, late.tone) == ("late", "Late by 3 days", "bad")


@pytest.mark.parametrize("status", [Status.DONE, Status.DROPPED])
def test_what_is_over_is_neither_late_nor_slipping(goal: Goal, status: str) -> None:
    assert flag(make(goal, "Flyer", -20, -3, status=status), TODAY) is None


def test_what_should_have_begun_is_slipping(goal: Goal) -> None:
    slips = flag(make(goal, "Flyer", -1, 9), TODAY)
    assert slips is not None
    assert slips.word == "Slipping"
    assert slips.reason.startswith("It should have begun on ")


def test_what_begins_today_is_fine(goal: Goal) -> None:
    assert flag(make(goal, "Flyer", 0, 9), TODAY) is None


@pytest.mark.parametrize(("done", "name"), [(50, None), (40, None), (39, "slipping")])
def test_being_a_tenth_of_the_time_behind_is_no_slipping_yet(
    goal: Goal, done: int, name: str | None
) -> None:
    one = make(goal, "Flyer", -5, 4, status=Status.IN_PROGRESS, progress=done)
    found = flag(one, TODAY)
    assert (found.name if found else None) == name


def test_the_reason_says_how_much_is_done_of_how_much_time(goal: Goal) -> None:
    found = flag(make(goal, "Flyer", -5, 4, status=Status.IN_PROGRESS, progress=10), TODAY)
    assert found is not None
    assert found.reason == "10 % is done after 50 % of the time."


# what is shown


def titles(business: Business, wanted: Wanted) -> list[str]:
    return [row.initiative.title for row in roadmap(business, wanted, TODAY).rows]


def test_initiatives_stand_under_their_goal(business: Business, chain: list[Initiative]) -> None:
    other = factories.make_goal(business, deadline_date=day(20))
    make(other, "Newsletter", 0, 3)
    make(factories.make_goal(business, archived_at=timezone.now()), "Forgotten", 0, 3)
    plan = roadmap(business, Wanted(), TODAY)
    shown = [[row.initiative.title for row in group.rows] for group in plan.groups]
    assert shown == [["Newsletter"], ["Write texts", "Take pictures", "Launch"]]
    assert [other.title for other in plan.rows[2].after] == ["Write texts"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["Write texts", "Take pictures", "Launch"]),
        (Wanted(start=day(10)), ["Take pictures", "Launch"]),
        (Wanted(end=day(6)), ["Write texts", "Take pictures"]),
        (Wanted(start=day(6), end=day(10)), ["Take pictures"]),
        (Wanted(status="done"), []),
        (Wanted(goal=0), []),
    ],
)
def test_a_filter_shows_what_touches_it(
    business: Business, chain: list[Initiative], wanted: Wanted, expected: list[str]
) -> None:
    assert titles(business, wanted) == expected


def test_the_page_names_dates_words_and_what_is_waited_for(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    Initiative.objects.filter(pk=chain[0].pk).update(start_date=day(-9), end_date=day(-1))
    text = page.get(url(business, "roadmap")).content.decode()
    row = text.split(f'<tr id="initiative-{chain[0].pk}"')[1].split("</tr>")[0]
    assert "Late by 1 day." in row
    assert f'<time datetime="{day(-9):%Y-%m-%d}">' in row
    assert "Milestone" in text.split(f'<tr id="initiative-{chain[2].pk}"')[1].split("</tr>")[0]


def test_an_empty_roadmap_says_how_to_begin(page: Client, business: Business) -> None:
    text = page.get(url(business, "roadmap")).content.decode()
    assert "Nothing on the roadmap yet" in text
    assert "data-island" not in text


def test_filters_that_fit_nothing_lead_back(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    text = page.get(url(business, "roadmap") + "?status=done").content.decode()
    assert "Nothing fits these filters" in text


def test_a_wrong_day_in_the_address_is_said_beside_the_field(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    text = page.get(url(business, "roadmap") + "?start=2026-02-31").content.decode()
    assert 'id="filter_start_error"' in text
    assert "Write texts" in text
    before = f"?start={day(3)}&end={day(1)}"
    text = page.get(url(business, "roadmap") + before).content.decode()
    assert "This day comes before the first one." in text


@pytest.mark.parametrize("word", ["weeks", "months", "quarters", "nonsense"])
def test_the_scale_lives_in_the_address(
    page: Client, business: Business, chain: list[Initiative], word: str
) -> None:
    answer = page.get(url(business, "roadmap") + f"?scale={word}")
    assert answer.context["scale"] == (word if word in Scale.values else "months")


def test_a_viewer_sees_but_is_offered_no_move(
    business: Business, viewer: User, sign_in: SignIn, chain: list[Initiative]
) -> None:
    answer = sign_in(viewer).get(url(business, "roadmap"))
    text = answer.content.decode()
    assert "Write texts" in text
    assert "/move/" not in text.replace(json.dumps(answer.context["drawing"]), "").split("<h2")[1]
    assert answer.context["drawing"]["editable"] is False
    assert "Approve plan" not in text
    assert "Share roadmap" not in text


def test_two_hundred_initiatives_cost_no_more_queries_than_three(
    page: Client,
    business: Business,
    chain: list[Initiative],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    goal = chain[0].goal
    for number in range(60):
        make(goal, f"More {number}", number, number + 3).depends_on.add(chain[0])
    with django_assert_max_num_queries(10):
        page.get(url(business, "roadmap"))


# what the timeline is told


def test_the_timeline_knows_bars_marks_and_the_approved_plan(
    business: Business, owner: User, chain: list[Initiative]
) -> None:
    moves.approve_plan(business, by=owner)
    chain[1].refresh_from_db()
    moves.carry_out(moves.look_ahead(chain[1], start=day(8), end=day(12)))
    told = drawing(
        roadmap(business, Wanted(), TODAY),
        today=TODAY,
        scale=Scale.WEEKS,
        language="en",
        days=[],
        slug=business.slug,
        may_edit=True,
    )
    assert [line["title"] for line in told["lines"]] == [
        "More readers",
        "Write texts",
        "Take pictures",
        "Launch",
    ]
    assert told["lines"][2]["approved"] == [day(6).isoformat(), day(10).isoformat()]
    assert told["lines"][2]["start"] == day(8).isoformat()
    assert told["lines"][2]["after"] == [str(chain[0].pk)]
    assert json.loads(json.dumps(told)) == told


def test_a_timeline_without_a_business_address_leads_nowhere(
    business: Business, chain: list[Initiative]
) -> None:
    plan = roadmap(business, Wanted(), TODAY)
    told = drawing(plan, today=TODAY, scale=Scale.WEEKS, language="en", days=[])
    assert {line["url"] for line in told["lines"]} == {""}
    assert business.slug not in json.dumps(told)


# days


def test_the_roadmap_knows_the_holidays_and_shopping_days_of_the_market(
    page: Client, business: Business, goal: Goal
) -> None:
    business.places.create(name="Vienna", country="AT")
    factories.make_initiative(goal, start_date=dt.date(2026, 11, 1), end_date=dt.date(2026, 12, 20))
    shown = page.get(url(business, "roadmap")).context["drawing"]["holidays"]
    found = {each["day"]: each["words"] for each in shown}
    assert found["2026-12-05"] == "Krampus Night (AT)"
    assert found["2026-12-08"] == "Immaculate Conception (AT)"


def test_a_shared_roadmap_keeps_the_days_that_the_business_added_to_itself(
    page: Client, business: Business, goal: Goal, owner: User
) -> None:
    factories.make_initiative(goal)
    business.key_days.create(date=TODAY, name="The cook's birthday")
    _link, token = create_link(business, days=7, by=owner)
    shared = Client().get(reverse("shared_roadmap", args=[token])).content.decode()
    assert "birthday" in page.get(url(business, "roadmap")).content.decode()
    assert "birthday" not in shared


# the approved plan


def test_without_an_approved_plan_nothing_is_said_of_it(
    business: Business, chain: list[Initiative]
) -> None:
    assert moved_sentence(roadmap(business, Wanted(), TODAY)) == ""


def test_the_sentence_counts_what_moved_since_the_plan_was_approved(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    page.post(url(business, "approve_plan"))
    said = page.get(url(business, "roadmap")).context["sentence"]
    assert said.startswith("Nothing moved since the plan was approved on ")
    assert said.endswith("Approved by Olga Owner.")
    post(page, chain[0], day(1), day(7))
    said = page.get(url(business, "roadmap")).context["sentence"]
    assert said.startswith("3 initiatives moved since the plan was approved on ")


def test_approving_again_starts_the_count_anew(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    page.post(url(business, "approve_plan"))
    post(page, chain[0], day(1), day(7))
    page.post(url(business, "approve_plan"))
    plan = roadmap(business, Wanted(), TODAY)
    assert plan.moved == 0
    assert business.plan_approvals.count() == 2


def test_an_initiative_added_later_has_no_approved_dates(
    business: Business, owner: User, goal: Goal, chain: list[Initiative]
) -> None:
    moves.approve_plan(business, by=owner)
    make(goal, "New idea", 3, 4)
    plan = roadmap(business, Wanted(), TODAY)
    assert plan.moved == 0
    assert [row.drift for row in plan.rows] == [0, 0, 0, 0]


def test_the_row_says_what_was_approved(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    page.post(url(business, "approve_plan"))
    post(page, chain[2], day(20), day(20))
    row = roadmap(business, Wanted(), TODAY).row(chain[2].pk)
    assert row is not None
    assert row.drift == 9
    assert page.get(url(business, "roadmap")).content.decode().count("approved: ") == 1

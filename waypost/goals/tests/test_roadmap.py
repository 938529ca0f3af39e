"""The roadmap's words, its page, and moving on it."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.goals.actions import moves
from waypost.goals.actions.sharing import create_link
from waypost.goals.drawing import drawing
from waypost.goals.models import Goal, Initiative
from waypost.goals.roadmap import Scale, Wanted, flag, moved_sentence, roadmap
from waypost.kit.errors import Refusal
from waypost.tests import factories

SignIn = Callable[[User], Client]
TODAY = timezone.localdate()
Status = Initiative.Status


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"goals:{name}", args=[business.slug, *args])


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business, title="More readers", deadline_date=day(60))


def make(goal: Goal, title: str, start: int, end: int, **fields: Any) -> Initiative:
    return factories.make_initiative(
        goal, title=title, start_date=day(start), end_date=day(end), **fields
    )


@pytest.fixture
def chain(goal: Goal) -> list[Initiative]:
    """Three that wait for each other: texts, then pictures, then a launch of one day."""
    chain = [
        make(goal, "Write texts", 1, 5),
        make(goal, "Take pictures", 6, 10),
        make(goal, "Launch", 11, 11),
    ]
    chain[1].depends_on.add(chain[0])
    chain[2].depends_on.add(chain[1])
    return chain


def dates(initiative: Initiative) -> tuple[dt.date, dt.date]:
    initiative.refresh_from_db()
    return initiative.start_date, initiative.end_date


def post(client: Client, initiative: Initiative, start: object, end: object, **more: Any) -> Any:
    data = {"start": str(start), "end": str(end), **more.pop("data", {})}
    address = url(initiative.business, "roadmap_move", initiative.pk)
    return client.post(address, data, **more)


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


# moving


def test_a_move_without_anybody_behind_it_is_saved_at_once(
    page: Client, chain: list[Initiative]
) -> None:
    answer = post(page, chain[2], day(20), day(22), data={"preview": "1"})
    assert answer.status_code == 302
    assert dates(chain[2]) == (day(20), day(22))
    [message] = get_messages(answer.wsgi_request)
    assert str(message).startswith("“Launch” now runs from ")


def test_a_move_with_somebody_behind_it_is_shown_first(
    page: Client, chain: list[Initiative]
) -> None:
    answer = post(page, chain[0], day(1), day(7), data={"preview": "1"})
    assert answer.status_code == 200
    move = answer.context["move"]
    assert [words.split(" moves ")[1].split(":")[0] for words in move.effects] == [
        "2 days later",
        "2 days later",
    ]
    assert dates(chain[0]) == (day(1), day(5))
    assert dates(chain[1]) == (day(6), day(10))


def test_a_confirmed_move_takes_everybody_along(page: Client, chain: list[Initiative]) -> None:
    answer = post(page, chain[0], day(1), day(7))
    assert answer.status_code == 302
    assert [dates(each) for each in chain] == [
        (day(1), day(7)),
        (day(8), day(12)),
        (day(13), day(13)),
    ]


def test_undo_puts_everybody_back(
    page: Client, business: Business, chain: list[Initiative]
) -> None:
    answer = post(page, chain[0], day(3), day(9))
    [message] = get_messages(answer.wsgi_request)
    page.post(message.extra_tags.removeprefix("undo:"))
    assert [dates(each) for each in chain] == [
        (day(1), day(5)),
        (day(6), day(10)),
        (day(11), day(11)),
    ]


def test_an_undo_of_another_business_does_nothing(
    page: Client, stranger: User, sign_in: SignIn, chain: list[Initiative]
) -> None:
    answer = post(page, chain[2], day(20), day(22))
    [message] = get_messages(answer.wsgi_request)
    token = message.extra_tags.rstrip("/").split("/")[-1]
    theirs = stranger.memberships.get().business
    assert sign_in(stranger).post(url(theirs, "roadmap_undo", token)).status_code == 404
    assert dates(chain[2]) == (day(20), day(22))


def test_a_move_beyond_the_deadline_of_the_goal_is_said(
    page: Client, chain: list[Initiative]
) -> None:
    answer = post(page, chain[0], day(50), day(58), data={"preview": "1"})
    assert [words.split(" then ")[0] for words in answer.context["move"].warnings] == [
        "“Take pictures”",
        "“Launch”",
    ]


def test_the_buttons_move_by_a_week(page: Client, chain: list[Initiative]) -> None:
    post(page, chain[2], day(11), day(11), data={"by": "7"})
    assert dates(chain[2]) == (day(18), day(18))
    post(page, chain[2], day(18), day(18), data={"by": "-7"})
    assert dates(chain[2]) == (day(11), day(11))


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (day(5), day(4), "end"),
        ("2026-02-31", day(4), "start"),
        ("", day(4), "start"),
        (dt.date(1999, 12, 31), day(4), "start"),
        (day(5), dt.date(2100, 1, 1), "end"),
        (dt.date(2026, 1, 1), dt.date(2036, 12, 31), "end"),
    ],
)
def test_bad_dates_are_refused_beside_their_field(
    page: Client, chain: list[Initiative], start: object, end: object, field: str
) -> None:
    answer = post(page, chain[0], start, end)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert dates(chain[0]) == (day(1), day(5))


def test_nobody_moves_before_what_it_waits_for(page: Client, chain: list[Initiative]) -> None:
    answer = post(page, chain[1], day(4), day(8))
    assert answer.status_code == 422
    [words] = answer.context["form"].errors["start"]
    assert words.startswith("What it depends on ends on ")


def test_an_old_fault_may_be_made_smaller(page: Client, chain: list[Initiative]) -> None:
    Initiative.objects.filter(pk=chain[1].pk).update(start_date=day(2), end_date=day(3))
    post(page, chain[1], day(4), day(5))
    assert dates(chain[1]) == (day(4), day(5))


def test_a_circle_is_refused_with_its_names(page: Client, chain: list[Initiative]) -> None:
    chain[0].depends_on.add(chain[2])
    answer = post(page, chain[0], day(30), day(34))
    assert answer.status_code == 422
    [words] = answer.context["form"].errors["start"]
    assert words.startswith("These wait for each other: ")
    assert words.count("→") == 3


def test_what_was_dropped_holds_nobody_up(chain: list[Initiative]) -> None:
    Initiative.objects.filter(pk=chain[0].pk).update(status=Status.DROPPED)
    move = moves.look_ahead(chain[1], start=day(0), end=day(2))
    assert move.shifts == []


def test_what_is_done_stays_where_it_was(chain: list[Initiative]) -> None:
    Initiative.objects.filter(pk=chain[1].pk).update(status=Status.DONE)
    assert moves.look_ahead(chain[0], start=day(3), end=day(9)).shifts == []


def test_looking_ahead_writes_nothing(chain: list[Initiative]) -> None:
    moves.look_ahead(chain[0], start=day(3), end=day(9))
    assert [dates(each)[0] for each in chain] == [day(1), day(6), day(11)]
    with pytest.raises(Refusal):
        moves.look_ahead(chain[0], start=day(3), end=day(2))


def test_the_timeline_is_answered_with_the_rows_that_moved(
    page: Client, chain: list[Initiative]
) -> None:
    answer = post(page, chain[0], day(1), day(7), headers={"HX-Request": "true"})
    news = json.loads(answer.headers["HX-Trigger"])["roadmap:moved"]["lines"]
    assert [(line["title"], line["start"]) for line in news] == [
        ("Write texts", day(1).isoformat()),
        ("Take pictures", day(8).isoformat()),
        ("Launch", day(13).isoformat()),
    ]
    assert answer.headers["HX-Retarget"] == "#roadmap-said"
    text = answer.content.decode()
    assert text.count('hx-swap-oob="true"') == 4
    assert "Undo" in text


def test_the_timeline_is_answered_with_the_question_alone(
    page: Client, chain: list[Initiative]
) -> None:
    answer = post(
        page, chain[0], day(1), day(7), data={"preview": "1"}, headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert "<html" not in text
    assert "Move them all" in text


def test_the_filters_are_there_again_after_a_move(page: Client, chain: list[Initiative]) -> None:
    address = url(chain[2].business, "roadmap_move", chain[2].pk) + "?scale=weeks"
    answer = page.post(address, {"start": day(20), "end": day(22)})
    assert answer.headers["Location"] == url(chain[2].business, "roadmap") + "?scale=weeks"


@pytest.mark.parametrize("role", ["contributor", "viewer"])
def test_a_lesser_role_moves_nothing(
    request: pytest.FixtureRequest, sign_in: SignIn, chain: list[Initiative], role: str
) -> None:
    client = sign_in(request.getfixturevalue(role))
    assert post(client, chain[2], day(20), day(22)).status_code == 403
    assert dates(chain[2]) == (day(11), day(11))


def test_a_stranger_moves_nothing(stranger: User, sign_in: SignIn, chain: list[Initiative]) -> None:
    assert post(sign_in(stranger), chain[2], day(20), day(22)).status_code == 404
    theirs = url(stranger.memberships.get().business, "roadmap_move", chain[2].pk)
    data = {"start": str(day(20)), "end": str(day(22))}
    assert sign_in(stranger).post(theirs, data).status_code == 404
    assert dates(chain[2]) == (day(11), day(11))


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

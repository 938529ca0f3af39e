"""Moving on the roadmap, with everybody who waits."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from waypost.accounts.models import Business, User
from waypost.goals.actions import moves
from waypost.goals.models import Goal, Initiative
from waypost.goals.tests.roadmaps import dates, day, make_chain, post, url
from waypost.kit.errors import Refusal
from waypost.tests import factories

SignIn = Callable[[User], Client]
Status = Initiative.Status


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business, title="More readers", deadline_date=day(60))


@pytest.fixture
def chain(goal: Goal) -> list[Initiative]:
    return make_chain(goal)


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

"""The page of posts: told apart by what they have in common, and the best of them."""

from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Kind
from waypost.content.models import Status as ItemStatus
from waypost.insights.best_posts import best, shown
from waypost.insights.dashboards import WAYS
from waypost.insights.periods import month_of
from waypost.insights.post_sums import COLUMNS, NONE, Sums, added, read_sums
from waypost.insights.post_ways import Slice, Ways, sliced
from waypost.kit.figures import Figure
from waypost.market.models import Persona
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

SignIn = Callable[[User], Client]
D = Decimal
SEPTEMBER = month_of(date(2026, 9, 1))


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def neza(svit: Business, sign_in: SignIn) -> Client:
    return sign_in(svit.members.get(role="owner").user)


def publish(account: Connection, at: datetime, likes: int | None = None, **fields: Any) -> Delivery:
    totals = {key: fields.pop(key) for key in ("saves", "reach", "views") if key in fields}
    item = factories.make_item(account.business, status=ItemStatus.PUBLISHED, due_at=at, **fields)
    sent = factories.make_delivery(
        item, account, status=Status.PUBLISHED, published_at=at, remote_id="1"
    )
    if likes is not None:
        factories.make_snapshot(sent, taken_at=at, likes=likes, **totals)
    return sent


def moment(day: int, hour: int = 10, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def every(business: Business, way: str = "kind") -> Sums:
    return added(read_sums(business, SEPTEMBER, way).values())


# --- told apart ---


def test_each_way_of_the_page_has_its_column() -> None:
    assert list(COLUMNS) == list(WAYS)


def test_posts_are_told_apart_by_what_they_have_in_common(
    business: Business, account: Connection
) -> None:
    anna = Persona.objects.create(business=business, name="Anna")
    initiative = factories.make_initiative(
        factories.make_goal(business, title="Grow"), title="Loud"
    )
    publish(account, moment(1), 10, kind=Kind.PHOTO, persona=anna)
    publish(account, moment(8), 30, kind=Kind.PHOTO, initiative=initiative)
    publish(account, moment(9, 22), 90, kind=Kind.CAROUSEL)
    publish(account, moment(3, month=8), 8, kind=Kind.PHOTO)
    ways = Ways.of(business)

    def found(way: str) -> list[Slice]:
        times = (SEPTEMBER, SEPTEMBER.before)
        now, before = (read_sums(business, time, way) for time in times)
        return sliced(ways, way, now, before)

    def told(way: str) -> list[tuple[str, int, int | None]]:
        return [(each.label, each.now.posts, each.now.interactions) for each in found(way)]

    assert told("kind") == [("Carousel", 1, 90), ("Photo", 2, 40)]
    assert told("channel") == [(str(account), 3, 130)]
    assert told("persona") == [("none chosen", 2, 120), ("Anna", 1, 10)]
    assert told("goal") == [("none chosen", 2, 100), ("Grow", 1, 30)]
    assert told("initiative") == [("none chosen", 2, 100), ("Loud", 1, 30)]
    assert told("weekday") == [("Tuesday", 2, 40), ("Thursday", 1, 90)]
    assert told("hour") == [("00:00–00:59", 1, 90), ("12:00–12:59", 2, 40)]
    photo = found("kind")[1]
    assert (photo.each.value, photo.each_before.value, photo.change) == (D(20), D(8), D(12))


def test_the_goal_of_a_post_goes_before_that_of_its_initiative(
    business: Business, account: Connection
) -> None:
    sell, grow = (factories.make_goal(business, title=title) for title in ("Sell", "Grow"))
    publish(account, moment(1), 10, goal=sell, initiative=factories.make_initiative(grow))
    assert list(read_sums(business, SEPTEMBER, "goal")) == [sell.pk]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_loses_a_post_or_an_interaction(
    business: Business, account: Connection, way: str
) -> None:
    anna = Persona.objects.create(business=business, name="Anna")
    goal = factories.make_goal(business, title="Grow")
    publish(account, moment(1), 10, kind=Kind.PHOTO, persona=anna, goal=goal, reach=100)
    publish(account, moment(8), 30, saves=4, initiative=factories.make_initiative(goal), views=7)
    publish(factories.make_connection(business), moment(9, 22), 0, kind=Kind.CAROUSEL)
    publish(account, moment(9), kind=Kind.STORY)
    assert every(business, way) == Sums(4, 44, {"reach": (10, 100), "views": (34, 7)})


@pytest.mark.parametrize("way", WAYS)
def test_groups_of_posts_take_one_query(
    business: Business, account: Connection, way: str, django_assert_num_queries: Any
) -> None:
    publish(account, moment(1), 10)
    publish(account, moment(9), 20)
    with django_assert_num_queries(1):
        read_sums(business, SEPTEMBER, way)


def test_days_and_hours_stand_in_the_order_of_the_week_and_the_day() -> None:
    ways = Ways({}, {}, {}, {})
    days = sliced(ways, "weekday", dict.fromkeys((0, 6, 1), Sums(1, 1, {})), {})
    assert [each.label for each in days] == ["Monday", "Saturday", "Sunday"]
    hours = sliced(ways, "hour", dict.fromkeys((22, 7), Sums(1, 1, {})), {})
    assert [each.label for each in hours] == ["07:00–07:59", "22:00–22:59"]


def test_posts_without_numbers_are_counted_but_not_averaged(
    business: Business, account: Connection
) -> None:
    publish(account, moment(1))
    [slice_] = sliced(Ways.of(business), "kind", read_sums(business, SEPTEMBER, "kind"), {})
    assert slice_.now == Sums(1, None, {})
    assert slice_.each == Figure(None, "No interactions are known.")
    assert slice_.change is None


def test_posts_of_others_and_of_other_times_are_not_counted(
    business: Business, account: Connection
) -> None:
    publish(factories.make_connection(factories.make_business()), moment(2), 10)
    publish(account, moment(31, 22, month=8), 10)  # the first of September in Ljubljana
    publish(account, moment(31, 21, month=8), 20)
    publish(account, moment(30, 22), 40)
    assert every(business) == Sums(1, 10, {})


# --- rates ---


def test_a_rate_of_posts_is_the_ratio_of_their_totals(
    business: Business, account: Connection
) -> None:
    publish(account, moment(1), 10, reach=100)
    publish(account, moment(2), 10, reach=1000)
    publish(account, moment(3), 500)
    found = every(business)
    assert found.usual_base == "reach"
    assert found.rate("reach").value == D(20) / 1100
    assert found.rate("views") == Figure(None, "A number for it is not known.")


def test_what_nobody_saw_has_no_rate(business: Business, account: Connection) -> None:
    publish(account, moment(1), 0, views=0)
    found = every(business)
    assert found.usual_base == "views"
    assert found.rate("views").value is None


def test_without_any_number_the_base_is_the_first() -> None:
    assert NONE.usual_base == "reach"


numbers = st.one_of(st.none(), st.integers(0, 1000))
sums = st.builds(
    Sums,
    st.integers(0, 50),
    numbers,
    st.dictionaries(
        st.sampled_from(["reach", "impressions", "views"]),
        st.tuples(st.integers(0, 100), st.integers(0, 100)),
    ),
)


@given(st.lists(sums, max_size=6))
def test_sums_add_up_in_any_order_and_nothing_changes_them(each: list[Sums]) -> None:
    whole = added(each)
    assert added(reversed(each)) == whole
    assert added((NONE, whole)) == whole
    assert whole.posts == sum(one.posts for one in each)
    assert (whole.interactions or 0) == sum(one.interactions or 0 for one in each)
    assert (whole.interactions is None) == all(one.interactions is None for one in each)


@given(st.dictionaries(st.sampled_from(list(Kind.values)), sums, max_size=5))
def test_slices_stand_by_what_one_post_brought(groups: Mapping[Hashable, Sums]) -> None:
    slices = sliced(Ways({}, {}, {}, {}), "kind", groups, {})
    values = [-1 if each.each.value is None else each.each.value for each in slices]
    assert [value or -1 for value in values] == sorted((v or -1 for v in values), reverse=True)
    assert sum(each.now.posts for each in slices) == sum(one.posts for one in groups.values())


# --- the best ---


def test_the_best_posts_by_interactions_and_by_saves(
    business: Business, account: Connection
) -> None:
    publish(account, moment(1), 10, title="Saved", saves=9)
    publish(account, moment(2), 50, title="Liked", saves=0)
    publish(account, moment(3), title="Silent")
    found = shown(best(business, SEPTEMBER), Ways.of(business).channels)
    assert {key: [(row.title, row.value) for row in each] for key, each in found.items()} == {
        "interactions": [("Liked", 50), ("Saved", 19)],
        "saves": [("Saved", 9)],
        "own_clicks": [],
    }
    assert {(row.channel, row.at) for row in found["saves"]} == {(str(account), moment(1))}


def test_of_equals_the_newer_post_is_the_better_and_five_are_told(
    business: Business, account: Connection
) -> None:
    sent = [publish(account, moment(day), likes) for day, likes in enumerate([5, 7] * 4, 1)]
    ranked = best(business, SEPTEMBER)["interactions"]
    newest = [(sent[place].pk, 7) for place in (7, 5, 3, 1)]
    assert ranked == [*newest, (sent[6].pk, 5)]


def test_the_best_are_found_in_three_queries(
    business: Business, account: Connection, django_assert_num_queries: Any
) -> None:
    publish(account, moment(1), 10)
    with django_assert_num_queries(3):
        best(business, SEPTEMBER)


# --- the page ---


def test_the_page_tells_the_way_that_was_asked_for(neza: Client, svit: Business) -> None:
    address = reverse("insights:posts", args=[svit.slug])
    time = "from=2026-10-01&to=2026-10-12"
    answer = neza.get(f"{address}?{time}&way=weekday")
    assert answer.context["way"] == "weekday"
    assert "Day of the week" in answer.content.decode()
    assert neza.get(f"{address}?{time}&way=nonsense").context["way"] == "kind"


@pytest.mark.parametrize("way", WAYS)
def test_each_way_is_a_page_of_at_most_fifteen_queries(
    neza: Client, svit: Business, way: str, django_assert_max_num_queries: Any
) -> None:
    address = f"{reverse('insights:posts', args=[svit.slug])}?way={way}"
    neza.get(address)
    with django_assert_max_num_queries(15):
        answer = neza.get(address)
    assert answer.status_code == 200
    slices = [each for each, _share in answer.context["slices"]]
    assert sum(each.now.posts for each in slices) == answer.context["every"].posts > 0


def test_the_page_says_which_times_it_compares(neza: Client, svit: Business) -> None:
    answer = neza.get(reverse("insights:posts", args=[svit.slug]))
    words = "1 September 2026 to 30 September 2026, compared with 1 August 2026 to 31 August 2026."
    assert words in " ".join(answer.content.decode().split())
    every, before = answer.context["every"], answer.context["every_before"]
    assert (every.posts, before.posts) == (62, 59)

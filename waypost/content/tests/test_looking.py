"""The month, the list, and how much they ask of the database."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.content import bench
from waypost.content.calendar import Month
from waypost.content.models import Item, Status
from waypost.tests import factories

SignIn = Callable[[User], Client]
months = st.builds(Month, st.integers(1, 9999), st.integers(1, 12))


def at(day: int, hour: int = 8, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def show(browser: Client, business: Business, **query: Any) -> Any:
    address = reverse("content:calendar", args=[business.slug])
    return browser.get(address, {"month": "2026-10", **query})


def entries(response: Any) -> dict[str, str]:
    """Drawn entries by day."""
    return {f"{d.date:%m-%d}": d.entries for d in response.context["days"] if d.count}


def titles(response: Any, business: Business) -> set[str]:
    drawn = "".join(entries(response).values())
    return {item.title for item in business.items.all() if f">{item.title}<" in drawn}


@given(months)
def test_a_grid_is_whole_weeks_that_hold_the_month(month: Month) -> None:
    days = month.days()
    own = [day for day in days if Month.of(day) == month]
    assert own[0].day == 1
    assert len(own) in (28, 29, 30, 31) or month == Month(9999, 12)
    assert days[0].weekday() == 0 or month == Month(1, 1)
    assert len(days) <= 42


@given(months, st.integers(-30, 30))
def test_months_can_be_counted(month: Month, steps: int) -> None:
    there = month.plus(steps)
    assert 1 <= there.year <= 9999
    assert Month.read(str(there), otherwise=month) == there


@given(st.text(max_size=12))
def test_an_address_with_nonsense_shows_this_month(typed: str) -> None:
    this = Month(2026, 10)
    found = Month.read(typed, otherwise=this)
    assert found == this or typed.strip() != ""


def test_a_grid_begins_at_midnight_of_the_business() -> None:
    start, end = Month(2026, 10).bounds(ZoneInfo("Europe/Ljubljana"))
    assert (start, end) == (
        datetime(2026, 9, 27, 22, tzinfo=UTC),
        datetime(2026, 11, 1, 23, tzinfo=UTC),
    )


def test_an_item_stands_on_its_day_with_time_channels_state_and_ways_on(
    page: Client, business: Business
) -> None:
    channel = factories.make_connection(business, handle="svit", settings={"network": "instagram"})
    item = factories.make_item(
        business,
        channels=[channel],
        title="Candles <b>&",
        status=Status.SCHEDULED,
        due_at=at(14, 22, 10),
    )
    [(day, drawn)] = entries(show(page, business)).items()
    assert day == "10-15"  # already tomorrow in the business's zone
    wanted = [
        "<time>00:00</time>",
        'aria-label="Scheduled"',
        "Instagram svit",
        "Candles &lt;b&gt;&amp;",
        reverse("publishing:item", args=[business.slug, item.pk]),
        reverse("content:move", args=[business.slug, item.pk]),
    ]
    assert [piece for piece in wanted if piece not in drawn] == []


def test_items_of_other_months_and_businesses_stay_away(page: Client, business: Business) -> None:
    factories.make_item(business, title="September", due_at=at(10, month=9))
    factories.make_item(business, title="Sometime")
    factories.make_item(business, title="The edge", due_at=at(29, month=9))
    factories.make_item(factories.make_business(), title="Theirs", due_at=at(10))
    response = show(page, business)
    assert titles(response, business) == {"The edge"}
    assert b"Theirs" not in response.content


def test_filters_live_in_the_address(page: Client, business: Business) -> None:
    channel = factories.make_connection(business)
    initiative = factories.make_initiative(factories.make_goal(business))
    factories.make_item(business, title="By channel", channels=[channel], due_at=at(1))
    factories.make_item(business, title="By state", status=Status.FAILED, due_at=at(2))
    factories.make_item(business, title="By initiative", initiative=initiative, due_at=at(3))

    def found(**query: Any) -> set[str]:
        return titles(show(page, business, **query), business)

    assert found(channel=channel.pk) == {"By channel"}
    assert found(status="failed") == {"By state"}
    assert found(initiative=initiative.pk) == {"By initiative"}
    assert found(channel=channel.pk, status="failed") == set()
    everything = {"By channel", "By state", "By initiative"}
    assert found(status="nonsense", channel="x", initiative="9" * 30) == everything


def test_a_filter_offers_nothing_of_another_business(page: Client, business: Business) -> None:
    theirs = factories.make_connection(factories.make_business(), handle="their-account")
    factories.make_item(business, title="Ours", due_at=at(1))
    response = show(page, business, channel=theirs.pk)
    assert b"their-account" not in response.content
    assert titles(response, business) == {"Ours"}


def test_an_empty_month_says_how_to_begin_and_an_empty_search_how_to_end_it(
    page: Client, business: Business
) -> None:
    assert b"Nothing is planned here yet" in show(page, business).content
    assert b"Nothing fits these filters" in show(page, business, status="failed").content


def test_today_is_marked_in_the_zone_of_the_business(page: Client, business: Business) -> None:
    with time_machine.travel(datetime(2026, 10, 14, 22, 30, tzinfo=UTC), tick=False):
        address = reverse("content:calendar", args=[business.slug])
        today = [d.date for d in page.get(address).context["days"] if d.is_today]
    assert today == [date(2026, 10, 15)]


def test_each_day_offers_a_new_post(page: Client, business: Business) -> None:
    new = reverse("content:new", args=[business.slug])
    assert f'href="{new}?day=2026-10-05"' in show(page, business).content.decode()


def test_a_viewer_looks_at_the_month_and_cannot_begin_anything(
    viewer: User, sign_in: SignIn, business: Business
) -> None:
    factories.make_item(business, title="Ours", due_at=at(1))
    response = show(sign_in(viewer), business)
    assert titles(response, business) == {"Ours"}
    assert (b"cal-new" in response.content, b"cal-move" in response.content) == (False, False)


@pytest.mark.parametrize("name", ["calendar", "items"])
def test_a_stranger_finds_no_plan(
    stranger: User, sign_in: SignIn, business: Business, name: str
) -> None:
    address = reverse(f"content:{name}", args=[business.slug])
    assert sign_in(stranger).get(address).status_code == 404


def listed(browser: Client, business: Business, **query: Any) -> list[str]:
    response = browser.get(reverse("content:items", args=[business.slug]), query)
    return [item.title for item in response.context["page"]]


def test_the_list_holds_everything_newest_change_first(page: Client, business: Business) -> None:
    for title in ("One", "Two", "Three"):
        factories.make_item(business, title=title)
    factories.make_item(factories.make_business(), title="Theirs")
    Item.objects.get(title="One").save()
    assert listed(page, business) == ["One", "Three", "Two"]


def test_the_list_is_searched_by_title_and_text(page: Client, business: Business) -> None:
    factories.make_item(business, title="Beeswax", text="burns long")
    factories.make_item(business, title="Wicks", text="beeswax again", status=Status.IDEA)
    factories.make_item(business, title="Nothing", text="of this")
    assert set(listed(page, business, q="beeswax")) == {"Beeswax", "Wicks"}
    assert listed(page, business, q="beeswax LONG") == ["Beeswax"]
    assert listed(page, business, q="beeswax", status="idea") == ["Wicks"]
    assert listed(page, business, q="100% _") == []


def test_the_list_has_pages(page: Client, business: Business) -> None:
    Item.objects.bulk_create(
        Item(business=business, title=f"Item {n}", time_zone="UTC") for n in range(60)
    )
    assert [len(listed(page, business, page=n)) for n in (1, 2)] == [50, 10]


def test_the_list_asks_few_questions(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        channels = [factories.make_connection(business)]
        factories.make_item(business, channels=channels, due_at=at(1))
    with django_assert_max_num_queries(12):
        listed(page, business)


def test_an_empty_list_says_how_to_begin(page: Client, business: Business) -> None:
    address = reverse("content:items", args=[business.slug])
    assert b"No posts yet" in page.get(address).content
    assert b"Nothing was found" in page.get(address, {"q": "x"}).content


def test_the_bench_measures_a_month_of_a_thousand(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(bench, "RUNS", 1)
    monkeypatch.setattr(bench, "ALL", 1_100)
    monkeypatch.setattr(bench, "IDEAS", 100)
    rows = {row["name"]: row for row in bench.calendar_bench()}
    queries = rows["calendar_month_queries"]
    assert (queries["limit"], queries["unit"], queries["ok"]) == (12, "queries", True)
    assert 0 < queries["value"] <= 12
    asked = ["calendar_month", "composer_edit", "composer_new"]
    names = {"queries": asked, "median": [*asked, "calendar_move", "calendar_search", "ideas"]}
    assert set(rows) == {f"{each}_{kind}" for kind in names for each in names[kind]}
    assert all(rows[f"{each}_queries"]["ok"] for each in names["queries"])

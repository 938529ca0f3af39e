"""The views of the calendar, what they warn of, and moving a post without leaving them."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
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
from waypost.content import actions
from waypost.content.calendar import Notes, OneDay, Page, View, Week, around, span_of, view_of
from waypost.content.calendar.noticing import _silences
from waypost.content.models import Item, Status
from waypost.kit.errors import Refusal
from waypost.market.models import KeyDay
from waypost.tests import factories

SignIn = Callable[[User], Client]
dates = st.dates(date(2, 1, 1), date(9998, 12, 31))
HTMX = {"HX-Request": "true"}


def at(day: int, hour: int = 8, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def show(browser: Client, business: Business, **query: Any) -> Any:
    return browser.get(reverse("content:calendar", args=[business.slug]), query)


def page_of(business: Business, view: View = View.MONTH, day: date = date(2026, 10, 1)) -> Page:
    return Page(business, around(view, day), {})


# spans


@given(st.sampled_from(View), dates)
def test_every_view_opens_around_a_day_and_shows_it(view: View, day: date) -> None:
    span = around(view, day)
    assert day in span.days()
    assert span.holds(day)
    assert span_of(view, span.query, date(2026, 1, 1)) == span


@given(dates, st.integers(-50, 50))
def test_a_week_begins_on_monday_wherever_one_steps(day: date, steps: int) -> None:
    week = Week.of(day).plus(steps)
    assert (week.first.weekday(), len(week.days())) == (0, 7) or week.first == date.min


@given(st.text(max_size=10), st.text(max_size=12))
def test_nonsense_in_the_address_shows_the_present_month(view: str, day: str) -> None:
    today = date(2026, 10, 9)
    shown = span_of(view_of(view), {"day": day, "month": "x"}, today)
    assert shown.first.year >= 1


def test_the_last_day_there_is_can_be_looked_at() -> None:
    assert OneDay(date(9999, 12, 30)).plus(5).first == date(9999, 12, 30)
    assert span_of(View.WEEK, {"day": "9999-12-31"}, date(2026, 1, 1)).days()


# views


@pytest.mark.parametrize("view", View.values)
def test_each_view_shows_the_post_of_its_span(page: Client, business: Business, view: str) -> None:
    channel = factories.make_connection(business)
    initiative = factories.make_initiative(factories.make_goal(business))
    for title, when in (("Inside <i>", at(14)), ("Outside", at(14, month=12))):
        factories.make_item(
            business, channels=[channel], initiative=initiative, title=title, due_at=when
        )
    body = show(page, business, view=view, day="2026-10-14").content.decode()
    assert body.count('class="cal-title">Inside &lt;i&gt;<') == 1
    assert "Outside" not in body


def test_lanes_show_a_post_on_each_of_its_channels(page: Client, business: Business) -> None:
    one, other = factories.make_connection(business), factories.make_connection(business)
    factories.make_item(business, channels=[one, other], title="Both", due_at=at(14))
    factories.make_item(business, title="Nowhere", due_at=at(15))
    lanes = show(page, business, view="channels", day="2026-10-14").context["lanes"]
    assert [(lane.key, lane.count) for lane in lanes] == [(one.pk, 1), (other.pk, 1), (0, 1)]


def test_the_day_shows_an_hour_of_the_night_only_when_something_stands_in_it(
    page: Client, business: Business
) -> None:
    factories.make_item(business, due_at=at(14, 1))  # 3:00 in Ljubljana
    hours = show(page, business, view="day", day="2026-10-14").context["hours"]
    assert [hour.number for hour in hours] == [3, *range(6, 23)]


def test_holidays_and_own_days_stand_in_the_grid(page: Client, business: Business) -> None:
    KeyDay.objects.create(business=business, name="Our birthday", date=date(2026, 10, 7))
    body = show(page, business, month="2026-10").content.decode()
    assert "Our birthday" in body
    assert "Reformation Day" in body  # 31 October, Slovenia


def test_the_calendar_opens_as_the_person_left_it(page: Client, business: Business) -> None:
    show(page, business, view="week", status="draft")
    response = show(page, business)
    assert response.headers["Location"].endswith("/calendar/?view=week&status=draft")
    show(page, business, view="month")
    assert show(page, business).status_code == 200


def test_words_are_found_in_any_case_also_with_a_caron(page: Client, business: Business) -> None:
    factories.make_item(business, title="Čajne svečke", due_at=at(3))
    factories.make_item(business, title="Sveče", due_at=at(4))
    body = show(page, business, month="2026-10", q="čAJNE").content.decode()
    assert ("Čajne svečke" in body, ">Sveče<" in body) == (True, False)


def test_a_persona_and_a_goal_are_filters(page: Client, business: Business) -> None:
    goal, persona = factories.make_goal(business), business.personas.create(name="Katja")
    factories.make_item(business, title="For Katja", persona=persona, due_at=at(3))
    factories.make_item(business, title="For the goal", goal=goal, due_at=at(4))
    for query, wanted in (({"persona": persona.pk}, "For Katja"), ({"goal": goal.pk}, "For the g")):
        body = show(page, business, month="2026-10", **query).content.decode()
        assert body.count('class="cal-title"') == 1
        assert wanted in body


# notes


@pytest.fixture
def planned(business: Business) -> Connection:
    """An account whose channel plans two posts a week."""
    connection = factories.make_connection(business)
    business.channels.create(
        name="Shop page",
        network="facebook",
        connection=connection,
        posts_per_week=Decimal(2),
        content_mix={"photo": 1, "reel": 1},
    )
    return connection


def test_two_posts_in_the_same_minute_on_a_channel_clash(
    business: Business, planned: Connection
) -> None:
    other = factories.make_connection(business)
    make = factories.make_item
    one = make(business, channels=[planned], due_at=at(14, 9, 30))
    two = make(business, channels=[planned, other], due_at=at(14, 9, 30) + timedelta(seconds=20))
    make(business, channels=[other], due_at=at(14, 9, 31))
    make(business, channels=[planned], due_at=at(14, 9, 30), status=Status.CANCELLED)
    notes = Notes(page_of(business))
    assert notes.clashing == {one.pk, two.pk}
    assert [clash.connection for clash in notes.clashes] == [planned]


def test_each_week_is_held_against_the_plan(business: Business, planned: Connection) -> None:
    for day in (5, 6, 13, 19, 20, 21, 22):
        factories.make_item(business, channels=[planned], due_at=at(day))
    [row] = Notes(page_of(business)).cadence
    assert [(week.posts, week.state) for week in row.weeks] == [
        (0, "fewer"),
        (2, "enough"),
        (1, "fewer"),
        (4, "more"),
        (0, "fewer"),
    ]


def test_two_weeks_of_silence_are_a_gap(business: Business, planned: Connection) -> None:
    factories.make_item(business, channels=[planned], due_at=at(5))
    [gap] = Notes(page_of(business)).gaps
    assert (gap.first, gap.last, gap.days) == (date(2026, 10, 6), date(2026, 11, 1), 27)


@given(st.sets(st.integers(0, 41)))
def test_silences_are_all_stretches_of_two_weeks_and_nothing_else(busy: set[int]) -> None:
    first = date(2026, 9, 28)
    days = {first + timedelta(n) for n in busy}
    found = set()
    for start, end in _silences(days, first, first + timedelta(41)):
        assert (end - start).days >= 13
        found |= {start + timedelta(n) for n in range((end - start).days + 1)}
    assert found & days == set()
    quiet = 0
    for n in range(42):
        quiet = 0 if n in busy else quiet + 1
        if quiet >= 14:
            assert first + timedelta(n) in found


def test_the_mix_counts_the_month_itself_beside_the_plan(
    business: Business, planned: Connection
) -> None:
    for day, kind in ((5, "photo"), (6, "photo"), (7, "photo"), (8, "story")):
        factories.make_item(business, channels=[planned], kind=kind, due_at=at(day))
    factories.make_item(business, kind="reel", due_at=at(29, month=9))  # only fills up the week
    found = [(s.name, s.posts, s.share, s.planned) for s in Notes(page_of(business)).kinds]
    assert found == [
        ("Photo", 3, 0.75, 0.5),
        ("Story", 1, 0.25, None),
        ("Reel", 0, 0.0, 0.5),
    ]


def test_filters_leave_the_notes_away(page: Client, business: Business) -> None:
    """What a filter hides would look like a gap."""
    assert show(page, business, month="2026-10").context["notes"]
    assert show(page, business, month="2026-10", status="draft").context["notes"] is None


# placing


def drop(browser: Client, item: Item, day: str, **more: str) -> Any:
    address = reverse("content:place", args=[item.business.slug, item.pk])
    return browser.post(address, {"day": day, **more}, headers=HTMX)


def test_a_dropped_post_keeps_its_time_of_the_day(page: Client, business: Business) -> None:
    """Also over the night in which the clock is turned back."""
    item = factories.make_item(business, title="Moved", due_at=at(20, 7))  # 9:00
    response = drop(page, item, "2026-10-27")
    item.refresh_from_db()
    assert (response.status_code, item.due_at) == (200, at(27, 8))
    told = json.loads(response.headers["HX-Trigger"])
    assert told == {"calendar:placed": {"pk": item.pk, "clock": "09:00"}}
    assert "Moved” is now planned for 27 October 2026, 09:00" in response.content.decode()


def test_undo_puts_it_back(page: Client, business: Business) -> None:
    item = factories.make_item(business, due_at=at(20, 7))
    body = drop(page, item, "2026-10-27").content.decode()
    undo = body.split('action="')[1].split('"')[0].replace("&amp;", "&")
    page.post(undo)
    item.refresh_from_db()
    assert item.due_at == at(20, 7)


def test_an_hour_is_given_in_the_day_view(page: Client, business: Business) -> None:
    item = factories.make_item(business, due_at=at(20, 7, 30))
    drop(page, item, "2026-10-20", hour="17")
    item.refresh_from_db()
    assert item.due_at == at(20, 15, 30)


def test_a_day_on_which_the_clock_jumps_over_the_time_is_explained(
    page: Client, business: Business
) -> None:
    item = factories.make_item(business, due_at=at(20, 0, 30))  # 2:30
    response = drop(page, item, "2027-03-28")
    assert response.status_code == 422
    assert "02:30 does not exist. Choose 03:30 instead." in response.content.decode()
    assert "HX-Trigger" not in response.headers
    item.refresh_from_db()
    assert item.due_at == at(20, 0, 30)


def test_a_time_that_comes_twice_is_explained(business: Business, owner: User) -> None:
    item = factories.make_item(business, due_at=at(20, 0, 30))
    [sentence] = actions.place(item, day=date(2026, 10, 25), by=owner)
    assert "comes twice" in sentence
    assert item.due_at == at(25, 0, 30)  # the first of the two


@time_machine.travel(at(15))
def test_a_scheduled_post_does_not_go_into_the_past(business: Business, owner: User) -> None:
    item = factories.make_item(business, status=Status.SCHEDULED, due_at=at(20))
    with pytest.raises(Refusal):
        actions.place(item, day=date(2026, 10, 2), by=owner)


def test_a_published_post_stays_where_it_is(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.PUBLISHED, due_at=at(20))
    assert drop(page, item, "2026-10-21").status_code == 422
    assert Item.objects.get().due_at == at(20)


def test_the_same_cell_changes_nothing(page: Client, business: Business) -> None:
    item = factories.make_item(business, due_at=at(20))
    assert drop(page, item, "2026-10-20").status_code == 200
    item.refresh_from_db()
    assert item.version == 1


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-13-01"])
def test_a_day_that_is_none_is_refused(page: Client, business: Business, day: str) -> None:
    item = factories.make_item(business, due_at=at(20))
    assert drop(page, item, day).status_code == 422


def test_a_viewer_looks_but_does_not_drag(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    item = factories.make_item(business, title="Look", text="All the words", due_at=at(20))
    browser = sign_in(viewer)
    assert drop(browser, item, "2026-10-21").status_code == 403
    body = show(browser, business, month="2026-10").content.decode()
    assert ("data-pk" in body, "data-island" in body) == (False, False)
    peeked = browser.get(reverse("content:peek", args=[business.slug, item.pk])).content.decode()
    assert ("All the words" in peeked, "Move post" in peeked) == (True, False)


def test_without_script_one_comes_back_to_the_calendar(page: Client, business: Business) -> None:
    item = factories.make_item(business, due_at=at(20))
    address = reverse("content:place", args=[business.slug, item.pk])
    response = page.post(address, {"day": "2026-11-03"})
    assert response.headers["Location"].endswith("/calendar/?month=2026-11")

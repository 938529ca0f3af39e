"""Posts that come again, by a rule or from the evergreen shelf."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content import work
from waypost.content.actions import repeating
from waypost.content.models import Evergreen, Item, Repeat, Slot, Status
from waypost.content.queue import Plan
from waypost.content.recurring import Frequency, occurrences, rule_of
from waypost.kit.errors import Refusal
from waypost.tests import factories

SignIn = Callable[[User], Client]
ZONE = ZoneInfo("Europe/Ljubljana")
NOW = datetime(2026, 10, 5, 10, tzinfo=UTC)  # a Monday


@pytest.fixture
def monday() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


@pytest.fixture
def weekly(business: Business, owner: User, channel: Connection, monday: Any) -> Repeat:
    """Every Tuesday at 9:00, scheduled."""
    item = factories.make_item(
        business,
        channels=[channel],
        title="Tuesday tip",
        status=Status.SCHEDULED,
        due_at=datetime(2026, 10, 6, 7, tzinfo=UTC),
    )
    factories.add_picture(item, factories.make_asset(business))
    return repeating.start_repeat(item, rule=rule_of(Frequency.WEEKLY), by=owner)


# rules


@given(
    frequency=st.sampled_from(Frequency),
    interval=st.integers(1, 4),
    first=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    clock=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_occurrence_shows_its_time_on_the_wall_unless_the_clock_is_turned(
    frequency: str, interval: int, first: date, clock: time
) -> None:
    rule = rule_of(frequency, interval=interval)
    until = first + timedelta(days=400)
    found = list(occurrences(rule, first, clock, ZONE, after=None, until=until))
    assert found[0].date == first
    assert [each.at for each in found] == sorted(each.at for each in found)
    for each in found:
        wall = each.at.astimezone(ZONE)
        assert (wall.date(), wall.time()) == (each.date, clock) or "does not exist" in each.note


def test_a_time_that_is_jumped_over_comes_later_and_says_so() -> None:
    rule = rule_of(Frequency.WEEKLY)
    first = date(2027, 3, 21)
    found = list(
        occurrences(rule, first, time(2, 30), ZONE, after=None, until=first + timedelta(14))
    )
    clocks = [f"{each.at.astimezone(ZONE):%H:%M}" for each in found]
    assert clocks == ["02:30", "03:30", "02:30"]
    assert [bool(each.note) for each in found] == [False, True, False]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (rule_of("WEEKLY", weekdays=(0, 3), count=3), ["10-05", "10-08", "10-12"]),
        (rule_of("DAILY", interval=2, until=date(2026, 10, 9)), ["10-05", "10-07", "10-09"]),
        (rule_of("MONTHLY", count=3), ["10-05", "11-05", "12-05"]),
    ],
)
def test_rules_end_by_day_or_by_number(rule: str, days: list[str]) -> None:
    first = date(2026, 10, 5)
    found = occurrences(rule, first, time(9), ZONE, after=None, until=date(2027, 10, 1))
    assert [f"{each.date:%m-%d}" for each in found] == days


# repeats


def planned(repeat: Repeat) -> list[str]:
    rows = repeat.items.exclude(status=Status.CANCELLED).order_by("due_at")
    moments = rows.values_list("due_at", flat=True)
    return [f"{at.astimezone(ZONE):%m-%d %H:%M}" for at in moments if at]


def test_four_weeks_ahead_stand_in_the_calendar_also_over_the_night_of_the_clock(
    weekly: Repeat,
) -> None:
    assert planned(weekly) == [
        "10-06 09:00",
        "10-13 09:00",
        "10-20 09:00",
        "10-27 09:00",
    ]
    made = weekly.items.order_by("due_at")[1]
    assert (made.status, made.title) == (Status.SCHEDULED, "Tuesday tip")
    assert (made.variants.count(), made.pictures.count()) == (1, 1)


def test_the_worker_makes_the_next_ones_and_never_one_twice(weekly: Repeat, monday: Any) -> None:
    monday.shift(timedelta(days=14))
    for _run in range(2):
        work.make_ahead()
    Repeat.objects.update(made_until=date(2026, 10, 10))
    work.make_ahead()
    assert planned(weekly) == [
        *("10-06 09:00", "10-13 09:00", "10-20 09:00"),
        *("10-27 09:00", "11-03 09:00", "11-10 09:00"),
    ]


def test_one_alone_is_changed_like_any_other_post(weekly: Repeat, business: Business) -> None:
    one = weekly.items.order_by("due_at")[1]
    Item.objects.filter(pk=one.pk).update(text="Only this time")
    assert weekly.items.filter(text="Only this time").count() == 1


def test_this_and_following_take_over_what_it_says(weekly: Repeat, owner: User) -> None:
    _first, second, *others = weekly.items.order_by("due_at")
    Item.objects.filter(pk=second.pk).update(text="From now on")
    second.refresh_from_db()
    assert repeating.change_following(second, by=owner) == len(others)
    texts = [each.text for each in weekly.items.order_by("due_at")]
    assert texts == ["Hello from the shop", *["From now on"] * 3]
    weekly.refresh_from_db()
    assert weekly.source == second


def test_ending_cancels_what_is_planned_and_makes_no_more(
    weekly: Repeat, owner: User, monday: Any
) -> None:
    assert repeating.end_repeat(weekly, by=owner) == 3
    assert planned(weekly) == ["10-06 09:00"]
    monday.shift(timedelta(days=30))
    work.make_ahead()
    assert weekly.items.count() == 4


def test_a_post_without_a_time_cannot_repeat(business: Business, owner: User) -> None:
    with pytest.raises(Refusal, match="a day and a time first"):
        repeating.start_repeat(factories.make_item(business), rule="FREQ=DAILY", by=owner)


def test_a_contributor_starts_no_repeat(
    business: Business, contributor: User, channel: Connection
) -> None:
    item = factories.make_item(business, due_at=timezone.now())
    with pytest.raises(Refusal):
        repeating.start_repeat(item, rule="FREQ=DAILY", by=contributor)


# evergreen


@pytest.fixture
def slots(business: Business, channel: Connection, monday: Any) -> None:
    for weekday in range(7):
        Slot.objects.create(business=business, connection=channel, weekday=weekday, clock=time(18))


def shelve(business: Business, channel: Connection, owner: User, **how: Any) -> Evergreen:
    item = factories.make_item(business, channels=[channel], status=Status.PUBLISHED)
    values: dict[str, Any] = {"cool_down_days": 3, "expires_on": None, "max_runs": None, **how}
    return repeating.add_evergreen(item, by=owner, **values)


def fill(business: Business) -> int:
    return repeating.fill_empty_times(business.pk, Plan(business, timezone.now()))


def test_an_evergreen_post_fills_the_first_empty_time(
    business: Business, owner: User, channel: Connection, slots: None
) -> None:
    factories.make_item(business, channels=[channel], due_at=datetime(2026, 10, 5, 16, tzinfo=UTC))
    shelf = shelve(business, channel, owner)
    assert fill(business) == 1
    run = shelf.runs.get()
    assert run.due_at == datetime(2026, 10, 6, 16, tzinfo=UTC)
    assert (run.status, run.in_queue) == (Status.SCHEDULED, True)


def test_it_cools_down_between_two_runs(
    business: Business, owner: User, channel: Connection, slots: None
) -> None:
    shelf = shelve(business, channel, owner)
    assert [fill(business) for _ in range(3)] == [1, 1, 0]
    days = [f"{at:%d}" for at in shelf.runs.order_by("due_at").values_list("due_at", flat=True)]
    assert days == ["05", "09"]


def test_it_runs_no_more_than_it_may_and_not_after_its_end(
    business: Business, owner: User, channel: Connection, slots: None
) -> None:
    shelve(business, channel, owner, max_runs=1, cool_down_days=1)
    shelve(business, channel, owner, expires_on=date(2026, 10, 4))
    assert [fill(business) for _ in range(2)] == [1, 0]


def test_two_on_the_shelf_take_turns(
    business: Business, owner: User, channel: Connection, slots: None
) -> None:
    one, other = (shelve(business, channel, owner) for _ in range(2))
    assert fill(business) == 2
    assert one.runs.get().due_at != other.runs.get().due_at


# pages


def test_a_repeat_is_started_and_ended_from_its_pages(
    page: Client, business: Business, channel: Connection, monday: Any
) -> None:
    item = factories.make_item(
        business, channels=[channel], due_at=datetime(2026, 10, 6, 7, tzinfo=UTC)
    )
    address = reverse("content:repeat", args=[business.slug, item.pk])
    both = {"frequency": "WEEKLY", "interval": "1", "until": "2026-12-01", "count": "4"}
    wrong = page.post(address, both)
    assert "Say either until when or how many times." in wrong.content.decode()
    page.post(address, {"frequency": "WEEKLY", "interval": "2", "count": "2"})
    repeat = Repeat.objects.get()
    assert repeat.rule == "FREQ=WEEKLY;INTERVAL=2;COUNT=2"
    assert planned(repeat) == ["10-06 09:00", "10-20 09:00"]
    assert item.title in page.get(reverse("content:repeats", args=[business.slug])).content.decode()
    page.post(reverse("content:repeat_end", args=[business.slug, repeat.pk]))
    assert planned(repeat) == ["10-06 09:00"]


def test_a_post_is_put_on_the_shelf_and_taken_off(page: Client, business: Business) -> None:
    item = factories.make_item(business, title="Always true")
    address = reverse("content:evergreen", args=[business.slug, item.pk])
    page.post(address, {"cool_down_days": "30", "max_runs": "5"})
    shelf = Evergreen.objects.get()
    assert (shelf.cool_down_days, shelf.max_runs, shelf.expires_on) == (30, 5, None)
    body = page.get(reverse("content:repeats", args=[business.slug])).content.decode()
    assert "Always true" in body
    page.post(reverse("content:evergreen_remove", args=[business.slug, shelf.pk]))
    assert not Evergreen.objects.exists()

"""The calendar for calendar programs: what they read, and who may."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import remove_member
from waypost.accounts.models import Business, User
from waypost.content import actions
from waypost.content.exchange import feed as feeds
from waypost.content.models import CalendarFeed, Item, Status
from waypost.content.tests.exchange_world import NOON, Shop
from waypost.content.views.feed import MOST_ASKED, MOST_WRONG

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Ljubljana")


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


@pytest.fixture
def address(shop: Shop) -> str:
    whole = feeds.address(feeds.renew(shop.business.members.get()))
    return whole[whole.index("/calendar/") :]


def events(address: str, **headers: str) -> dict[str, Any]:
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200
    found: Any = icalendar.Calendar.from_ical(answer.content)
    return {str(event["SUMMARY"]): event for event in found.walk("VEVENT")}


def test_a_program_reads_posts_with_their_time_and_zone(shop: Shop, address: str) -> None:
    item = shop.item(
        shop.page,
        title="Pouring",
        text="How we pour",
        link="https://shop.example/a",
        due_at=NOON,
        status=Status.SCHEDULED,
    )
    event = events(address)["[Facebook] Pouring"]
    start = event["DTSTART"]
    assert (start.dt, start.params["TZID"]) == (
        dt.datetime(2026, 10, 1, 14, tzinfo=HERE),
        "Europe/Ljubljana",
    )
    assert event["DURATION"].dt == dt.timedelta(minutes=15)
    assert (event["STATUS"], int(event["SEQUENCE"])) == ("CONFIRMED", 1)
    assert str(event["UID"]) == f"item-{item.pk}-{int(item.created_at.timestamp())}@waypost"
    assert str(event["DESCRIPTION"]).startswith("How we pour\n\nhttps://shop.example/a\n\n")
    assert str(event["URL"]).endswith(
        reverse("publishing:item", args=[shop.business.slug, item.pk])
    )


def test_the_answer_says_how_to_treat_it(shop: Shop, address: str) -> None:
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, no-cache"
    told: Any = icalendar.Calendar.from_ical(answer.content)
    assert str(told["X-WR-CALNAME"]) == "Posts – Candle shop"
    assert told["REFRESH-INTERVAL"].dt == dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.IDEA, "TENTATIVE"),
        (Status.DRAFT, "TENTATIVE"),
        (Status.IN_REVIEW, "TENTATIVE"),
        (Status.APPROVED, "CONFIRMED"),
        (Status.PUBLISHED, "CONFIRMED"),
        (Status.CANCELLED, "CANCELLED"),
    ],
)
def test_a_state_is_said_as_calendars_know_it(
    shop: Shop, address: str, status: Status, told: str
) -> None:
    shop.item(title="One", due_at=timezone.now(), status=status)
    assert events(address)["One"]["STATUS"] == told


def test_a_cancelled_post_says_so_for_a_while_and_then_goes(shop: Shop, address: str) -> None:
    item = shop.item(title="Not after all", due_at=timezone.now(), status=Status.CANCELLED)
    assert list(events(address)) == ["Not after all"]
    Item.objects.filter(pk=item.pk).update(updated_at=timezone.now() - dt.timedelta(days=61))
    assert events(address) == {}


def test_posts_without_a_time_and_of_long_ago_are_left_out(shop: Shop, address: str) -> None:
    shop.item(title="No time")
    shop.item(title="Long ago", due_at=timezone.now() - dt.timedelta(days=200))
    shop.item(title="Soon", due_at=timezone.now() + dt.timedelta(days=300))
    assert list(events(address)) == ["Soon"]


def test_the_sequence_grows_with_every_change_and_the_uid_stays(shop: Shop, address: str) -> None:
    item = shop.item(shop.page, title="One", due_at=timezone.now() + dt.timedelta(days=3))
    seen = []
    changes: list[Callable[[], None]] = [
        lambda: None,
        lambda: actions.move(item, due_at=timezone.now() + dt.timedelta(days=4), by=shop.owner),
        lambda: actions.cancel(item, by=shop.owner),
        lambda: actions.restore(item, by=shop.owner),
    ]
    for change in changes:
        change()
        event = next(iter(events(address).values()))
        seen.append((int(event["SEQUENCE"]), str(event["UID"])))
        item.refresh_from_db()
    numbers = [sequence for sequence, _uid in seen]
    assert numbers == sorted(set(numbers))
    assert len({uid for _sequence, uid in seen}) == 1


def test_what_publishing_reports_counts_as_a_change(shop: Shop, address: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        item = shop.item(shop.page, title="One", due_at=NOON, status=Status.PUBLISHING)
        before = next(iter(events(address).values()))
        clock.shift(dt.timedelta(seconds=5))
        actions.mark_skipped(item)
        after = next(iter(events(address).values()))
    assert (before["STATUS"], int(before["SEQUENCE"])) == ("CONFIRMED", 1)
    assert (after["STATUS"], int(after["SEQUENCE"])) == ("CANCELLED", 6)


def test_filters_stand_in_the_address(shop: Shop, address: str) -> None:
    soon = timezone.now()
    shop.item(shop.page, title="Page", due_at=soon)
    shop.item(shop.pins, title="Pins", due_at=soon, owner=shop.owner)
    assert list(events(f"{address}?channel={shop.pins.pk}")) == ["[Pinterest] Pins"]
    assert list(events(f"{address}?mine=1")) == ["[Pinterest] Pins"]
    assert list(events(f"{address}?mine=1&channel={shop.page.pk}")) == []
    assert list(events(f"{address}?channel=99999")) == []
    assert len(events(f"{address}?channel=nonsense")) == 2


def test_an_unchanged_calendar_is_not_sent_again(shop: Shop, address: str) -> None:
    with time_machine.travel(NOON, tick=False):
        item = shop.item(shop.page, title="One", due_at=timezone.now())
        first = Client().get(address)
        again = Client().get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        actions.move(item, due_at=timezone.now() + dt.timedelta(days=1), by=shop.owner)
        changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_it_is_told_in_the_language_of_its_person(shop: Shop, address: str) -> None:
    shop.item(title="One", due_at=timezone.now())
    User.objects.filter(pk=shop.owner.pk).update(language="sl")
    assert "Osnutek" in str(events(address)["One"]["DESCRIPTION"])


@pytest.mark.parametrize("token", ["x", "1-x", "999999-abc", "1", "-", "９-a", "1" * 40 + "-a"])
def test_a_token_that_opens_nothing_is_not_found(shop: Shop, address: str, token: str) -> None:
    assert Client().get(reverse("calendar_feed", args=[token])).status_code == 404


def test_a_token_with_one_other_letter_opens_nothing(shop: Shop, address: str) -> None:
    token = address.rpartition("/")[2].removesuffix(".ics")
    other = "A" if token[-1] != "A" else "B"
    wrong = reverse("calendar_feed", args=[token[:-1] + other])
    assert Client().get(wrong).status_code == 404


def test_who_guesses_soon_has_to_wait_and_the_others_do_not(shop: Shop, address: str) -> None:
    wrong = reverse("calendar_feed", args=["1-guess"])
    codes = {Client().get(wrong).status_code for _each in range(MOST_WRONG)}
    assert codes == {404}
    assert Client().get(wrong).status_code == 429
    assert Client().get(address).status_code == 200


def test_a_program_that_asks_without_end_has_to_wait(shop: Shop, address: str) -> None:
    for _each in range(MOST_ASKED):
        assert Client().head(address).status_code == 200
    answer = Client().get(address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")


def test_the_address_ends_with_the_membership_and_with_the_account(
    shop: Shop, contributor: User
) -> None:
    member = shop.business.members.get(user=contributor)
    token = feeds.address(feeds.renew(member)).rpartition("/")[2].removesuffix(".ics")
    assert feeds.find(token) is not None
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    assert feeds.find(token) is None
    User.objects.filter(pk=contributor.pk).update(is_active=True)
    remove_member(member, by=shop.owner)
    assert feeds.find(token) is None
    assert CalendarFeed.objects.count() == 0


def test_a_person_makes_renews_and_withdraws_the_address(
    shop: Shop, sign_in: Callable[[User], Client]
) -> None:
    browser, slug = sign_in(shop.owner), shop.business.slug
    page = reverse("content:exchange", args=[slug])
    assert "You have no address yet" in browser.get(page).content.decode()
    browser.post(reverse("content:feed_renew", args=[slug]))
    first = feeds.address(feeds.feed_of(shop.business.members.get()))  # type: ignore[arg-type]
    assert first in browser.get(page).content.decode()
    browser.post(reverse("content:feed_renew", args=[slug]))
    second = feeds.address(feeds.feed_of(shop.business.members.get()))  # type: ignore[arg-type]
    assert [Client().get(each).status_code for each in (first, second)] == [404, 200]
    browser.post(reverse("content:feed_revoke", args=[slug]))
    assert Client().get(second).status_code == 404


def test_the_page_puts_filters_into_the_address(
    shop: Shop, sign_in: Callable[[User], Client]
) -> None:
    feed = feeds.renew(shop.business.members.get())
    page = reverse("content:exchange", args=[shop.business.slug])
    shown = sign_in(shop.owner).get(f"{page}?channel={shop.pins.pk}&mine=1").content.decode()
    chosen = feeds.Chosen(shop.pins.pk, mine=True)
    assert feeds.address(feed, chosen).replace("&", "&amp;") in shown


def test_that_a_program_asked_is_noted_but_not_at_every_call(shop: Shop, address: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Client().get(address)
        clock.shift(dt.timedelta(minutes=5))
        Client().get(address)
        assert CalendarFeed.objects.get().asked_at == NOON
        clock.shift(dt.timedelta(minutes=15))
        Client().get(address)
        assert CalendarFeed.objects.get().asked_at == NOON + dt.timedelta(minutes=20)

"""The Today page: what it shows, to whom, and what it costs."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.connections.actions import mark_broken
from waypost.content.models import Status
from waypost.goals.models import GoalValue
from waypost.home import demo
from waypost.home.today import Today, gather
from waypost.publishing.models import Heartbeat
from waypost.publishing.models import Status as DeliveryStatus
from waypost.talk.actions import write
from waypost.talk.places import Place
from waypost.tests.factories import (
    make_business,
    make_connection,
    make_delivery,
    make_goal,
    make_initiative,
    make_item,
    make_member,
    make_snapshot,
    make_user,
)

SignIn = Callable[[User], Client]
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)  # ten o'clock in Ljubljana


@pytest.fixture(autouse=True)
def a_fixed_morning() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def look(business: Business, role: str = Role.OWNER) -> Today:
    with timezone.override(business.zone):
        return gather(business, business.members.get(role=role), timezone.now())


def address(business: Business) -> str:
    return reverse("home:today", args=[business.slug])


# --- who ---


def test_every_colleague_may_look_and_a_stranger_may_not(
    business: Business,
    editor: User,
    contributor: User,
    viewer: User,
    stranger: User,
    sign_in: SignIn,
) -> None:
    for person in (editor, contributor, viewer):
        assert (
            "Due in the next seven days" in sign_in(person).get(address(business)).content.decode()
        )
    assert sign_in(stranger).get(address(business)).status_code == 404
    assert Client().get(address(business)).headers["Location"].startswith("/account/login/")


def test_a_viewer_is_offered_nothing_to_write(
    business: Business, viewer: User, page: Client, sign_in: SignIn
) -> None:
    new = reverse("content:new", args=[business.slug])
    assert new not in sign_in(viewer).get(address(business)).content.decode()
    assert new in page.get(address(business)).content.decode()


# --- what is due ---


def test_a_week_of_posts_stands_by_day(business: Business) -> None:
    channel = make_connection(business)
    hours = {"morning": -9, "now": 0, "tomorrow": 24, "last": 167}
    for title, hour in hours.items():
        make_item(
            business,
            channels=[channel],
            title=title,
            due_at=NOW + timedelta(hours=hour),
            status=Status.SCHEDULED,
        )
    for title, hour in {"yesterday": -11, "after a week": 168}.items():
        make_item(
            business, title=title, due_at=NOW + timedelta(hours=hour), status=Status.SCHEDULED
        )
    make_item(business, title="out", due_at=NOW, status=Status.PUBLISHED)
    make_item(business, title="off", due_at=NOW, status=Status.CANCELLED)
    make_item(business, title="some day", due_at=None)
    make_item(make_business(), title="foreign", due_at=NOW, status=Status.SCHEDULED)
    seen = look(business)
    assert [item.title for item in seen.due] == ["morning", "now", "tomorrow", "last"]
    assert [(str(day.date), len(day.items)) for day in seen.due_by_day] == [
        ("2026-11-25", 2),
        ("2026-11-26", 1),
        ("2026-12-02", 1),
    ]


def test_the_hour_is_that_of_the_business(page: Client, business: Business) -> None:
    make_item(business, due_at=NOW + timedelta(hours=2), status=Status.SCHEDULED)
    assert ">12:00<" in page.get(address(business)).content.decode()


# --- what needs somebody ---


def test_troubles_come_with_their_reason(page: Client, business: Business) -> None:
    channel, broken = make_connection(business), make_connection(business)
    mark_broken(broken, reason="The app password was deleted.")
    failed = make_item(business, title="Too long")
    make_delivery(failed, channel, status=DeliveryStatus.FAILED, reason="301 of 300 characters.")
    turn = make_item(business, title="By hand")
    by_hand = make_delivery(turn, channel, status=DeliveryStatus.YOUR_TURN)
    make_delivery(make_item(business, title="Fine"), channel)
    foreign = make_business()
    make_delivery(
        make_item(foreign, title="Foreign"),
        make_connection(foreign),
        status=DeliveryStatus.FAILED,
    )
    seen = look(business)
    assert {delivery.item.title for delivery in seen.attention} == {"Too long", "By hand"}
    assert seen.broken == [broken]
    html = page.get(address(business)).content.decode()
    assert "301 of 300 characters." in html
    assert "The app password was deleted." in html
    assert reverse("publishing:hand_over", args=[business.slug, by_hand.pk]) in html
    assert reverse("publishing:item", args=[business.slug, failed.pk]) in html
    assert "Foreign" not in html


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.EDITOR, ["Waiting"]), (Role.CONTRIBUTOR, []), (Role.VIEWER, [])]
)
def test_items_in_review_are_shown_to_those_who_may_approve(
    business: Business, editor: User, contributor: User, viewer: User, role: str, sees: list[str]
) -> None:
    make_item(business, title="Waiting", status=Status.IN_REVIEW)
    make_item(business, title="Draft", status=Status.DRAFT)
    assert [item.title for item in look(business, role).to_approve] == sees


def test_when_nothing_is_wrong_nothing_is_said(page: Client, business: Business) -> None:
    assert "Needs you" not in page.get(address(business)).content.decode()


def test_a_silent_worker_is_told_with_the_time_and_a_living_one_is_not(
    page: Client, business: Business
) -> None:
    never = page.get(address(business)).content.decode()
    assert "none was heard within a day" in never
    assert "waypost worker" in never
    beat = Heartbeat.objects.create(name="a", beat_at=NOW - timedelta(seconds=119))
    assert "No worker is running" not in page.get(address(business)).content.decode()
    beat.beat_at = NOW - timedelta(seconds=121)
    beat.save()
    spoke = date_format(beat.beat_at.astimezone(business.zone), "SHORT_DATETIME_FORMAT")
    assert f"The last one spoke at {spoke}." in page.get(address(business)).content.decode()


def test_a_worker_that_was_stopped_is_told_at_once(page: Client, business: Business) -> None:
    Heartbeat.objects.create(name="a", beat_at=NOW, stopped_at=NOW)
    assert "No worker is running" in page.get(address(business)).content.decode()


def test_who_runs_the_installation_is_led_to_how_publishing_goes(
    page: Client, owner: User, business: Business
) -> None:
    assert "/operate/" not in page.get(address(business)).content.decode()
    owner.is_operator = True
    owner.save()
    assert page.get(address(business)).content.decode().count('href="/operate/"') == 2


# --- how it goes ---


def test_goals_say_how_they_stand(page: Client, business: Business) -> None:
    goal = make_goal(business, title="More guests", baseline=Decimal(0), target=Decimal(100))
    GoalValue.objects.create(goal=goal, date=NOW.date(), value=Decimal(60))
    make_goal(business, title="Old", archived_at=NOW)
    seen = look(business)
    assert [(goal.title, str(standing.status)) for goal, standing in seen.standings] == [
        ("More guests", "on_track")
    ]
    html = page.get(address(business)).content.decode()
    assert "More guests" in html
    assert "Old" not in html


def test_published_posts_come_newest_first_with_their_newest_numbers(
    page: Client, business: Business
) -> None:
    channel = make_connection(business)
    for days in (1, 3, 13, 15):
        delivery = make_delivery(
            make_item(business, title=f"{days} days ago"),
            channel,
            status=DeliveryStatus.PUBLISHED,
            published_at=NOW - timedelta(days=days),
        )
        for likes, hours in ((days * 10, 2), (1, 5)):
            make_snapshot(delivery, taken_at=NOW - timedelta(hours=hours), likes=likes, comments=1)
    lately: list[Any] = list(look(business).lately)
    assert [(d.item.title, d.likes, d.comments, d.shares) for d in lately] == [
        ("1 days ago", 10, 1, None),
        ("3 days ago", 30, 1, None),
        ("13 days ago", 130, 1, None),
    ]
    html = page.get(address(business)).content.decode()
    assert "130 likes" in html
    assert "1 comment\n" in html or "1 comment" in html
    assert "share" not in html.partition("Published lately")[2].partition("</section>")[0]


def test_a_flood_of_published_posts_hides_no_trouble(business: Business) -> None:
    channel = make_connection(business)
    make_delivery(make_item(business, title="Bad"), channel, status=DeliveryStatus.FAILED)
    for number in range(30):
        make_delivery(
            make_item(business, title=f"Good {number}"),
            channel,
            status=DeliveryStatus.PUBLISHED,
            published_at=NOW - timedelta(minutes=number),
        )
    seen = look(business)
    assert [delivery.item.title for delivery in seen.attention] == ["Bad"]
    assert [d.item.title for d in seen.lately] == [f"Good {number}" for number in range(5)]


# --- the guide ---


def done(business: Business, role: str = Role.OWNER) -> list[bool]:
    return [step.done for step in look(business, role).guide]


def test_the_guide_ticks_what_is_done_and_leaves_at_the_end(
    business: Business, page: Client
) -> None:
    assert done(business) == [False] * 5
    html = page.get(address(business)).content.decode()
    assert "From a goal to a result" in html
    assert reverse("goals:new", args=[business.slug]) in html
    goal = make_goal(business)
    assert done(business) == [True, False, False, False, False]
    step = look(business).next_step
    assert step is not None
    assert step.url == reverse("goals:initiative_new", args=[business.slug, goal.pk])
    make_initiative(goal)
    assert done(business) == [True, True, False, False, False]
    channel = make_connection(business)
    assert done(business) == [True, True, True, False, False]
    item = make_item(business, channels=[channel], due_at=None)
    assert done(business) == [True, True, True, True, False]
    item.status = Status.PUBLISHED
    item.save()
    assert done(business) == []
    assert "From a goal to a result" not in page.get(address(business)).content.decode()


def test_a_published_post_of_long_ago_counts_beside_new_ones(business: Business) -> None:
    make_initiative(make_goal(business))
    channel = make_connection(business)
    make_item(business, channels=[channel], due_at=NOW, status=Status.SCHEDULED)
    assert done(business) == [True, True, True, True, False]
    make_item(business, due_at=NOW - timedelta(days=90), status=Status.PUBLISHED)
    assert done(business) == []


def test_the_guide_asks_nobody_for_what_they_may_not_do(
    business: Business, contributor: User
) -> None:
    assert [str(step.label) for step in look(business, Role.CONTRIBUTOR).guide] == [
        "Write a post",
        "See the result",
    ]


def test_a_mention_is_shown_until_it_is_seen(
    page: Client, business: Business, owner: User, editor: User, sign_in: SignIn
) -> None:
    place = Place(business, "strategy/company.story", "Your story", address(business))
    comment = write(place, text="@Ed <b>look</b>", by=owner)
    browser = sign_in(editor)
    html = browser.get(address(business)).content.decode()
    assert "You were mentioned by Olga Owner:" in html
    assert "@Ed &lt;b&gt;look&lt;/b&gt;" in html
    assert "You were mentioned" not in page.get(address(business)).content.decode()
    link = reverse("talk:visit", args=[business.slug, comment.pk])
    assert f'href="{link}">Your story</a>' in html
    assert browser.get(link).status_code == 302
    assert "You were mentioned" not in browser.get(address(business)).content.decode()


def test_a_mention_elsewhere_is_not_shown_here(
    business: Business, editor: User, sign_in: SignIn
) -> None:
    other = make_business(owner=make_user(name="Ola"))
    make_member(other, Role.EDITOR, name="Another")
    other.members.create(user=editor, role=Role.EDITOR)
    write(Place(other, "a/1", "There", address(other)), text="@Ed", by=other.members.all()[0].user)
    html = sign_in(editor).get(address(business)).content.decode()
    assert "You were mentioned" not in html


# --- what it costs ---


@pytest.mark.parametrize("fill", ["empty", "goal only", "nothing published", "full"])
def test_the_page_takes_at_most_ten_queries(
    page: Client, business: Business, fill: str, django_assert_max_num_queries: Any
) -> None:
    if fill != "empty":
        for _ in range(4):
            make_initiative(make_goal(business))
    if fill in {"nothing published", "full"}:
        channels = [make_connection(business) for _ in range(3)]
        for number in range(12):
            due_at = NOW + timedelta(hours=number)
            make_item(business, channels=channels, due_at=due_at, status=Status.SCHEDULED)
            make_item(business, channels=channels, status=Status.IN_REVIEW)
            make_delivery(make_item(business), channels[0], status=DeliveryStatus.FAILED)
    if fill == "full":
        for _ in range(6):
            make_delivery(
                make_item(business, status=Status.PUBLISHED),
                channels[0],
                status=DeliveryStatus.PUBLISHED,
                published_at=NOW,
            )
    with django_assert_max_num_queries(10):
        page.get(address(business))


def test_the_demo_takes_at_most_ten_queries(db: None, django_assert_max_num_queries: Any) -> None:
    entrance = demo.load(today=NOW.date(), language="en")
    browser = Client()
    browser.force_login(User.objects.get(email=entrance.email))
    with django_assert_max_num_queries(10):
        html = browser.get(entrance.url_path).content.decode()
    assert "Karussell" in html
    assert "Double the German Instagram audience" in html

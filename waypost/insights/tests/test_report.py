"""The report and the page of an initiative."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.goals.models import GoalValue
from waypost.insights.models import Pull
from waypost.insights.periods import Period, presets, usual
from waypost.insights.reports import SHOWN_POSTS, build, posts_in
from waypost.insights.tests.autumn import (
    NOW,
    OCTOBER,
    TODAY,
    at,
    follow,
    publish,
    snapshot,
    url,
)
from waypost.insights.tests.network import Chatter
from waypost.publishing.models import Status
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_a_period_is_whole_days_of_the_business(business: Business) -> None:
    start, end = OCTOBER.moments(business.zone)
    assert start.isoformat() == "2026-10-01T00:00:00+02:00"
    assert end.isoformat() == "2026-11-01T00:00:00+01:00"


def test_the_usual_periods() -> None:
    assert usual(TODAY) == Period(date(2026, 9, 13), TODAY)
    assert [preset.period for preset in presets(TODAY)] == [
        Period(date(2026, 10, 6), TODAY),
        Period(date(2026, 9, 13), TODAY),
        Period(date(2026, 10, 1), TODAY),
        Period(date(2026, 9, 1), date(2026, 9, 30)),
        Period(date(2026, 1, 1), TODAY),
    ]


def test_goals_stand_as_on_the_last_day_of_the_period(business: Business) -> None:
    goal = factories.make_goal(
        business, start_date=date(2026, 9, 1), deadline_date=date(2026, 12, 10)
    )
    future = factories.make_goal(business, start_date=date(2026, 11, 1))
    for day, value in ((date(2026, 9, 30), 110), (TODAY, 150)):
        GoalValue.objects.create(goal=goal, date=day, value=value)
    september = build(business, Period(date(2026, 9, 1), date(2026, 9, 30)), today=TODAY)
    [line] = september.goals
    assert (line.goal, line.state.value, line.state.status) == (goal, Decimal(110), "behind")
    assert september.on_track == 0
    [line] = build(business, OCTOBER, today=TODAY).goals
    assert (line.state.value, line.state.status) == (Decimal(150), "on_track")
    assert future not in [line.goal]


def test_posts_count_by_their_local_day_and_the_numbers_of_the_periods_end(
    business: Business, account: Connection
) -> None:
    first = publish(account, datetime(2026, 9, 30, 22, 30, tzinfo=UTC), title="Just October")
    publish(account, datetime(2026, 9, 30, 21, 30, tzinfo=UTC), title="Still September")
    last = publish(account, at(20), title="Later")
    snapshot(first, at(2), 1)
    snapshot(first, at(3), 4, comments=2)
    snapshot(first, at(2, month=11), 90)
    report = build(business, OCTOBER, today=TODAY)
    assert [post.delivery for post in report.shown_posts] == [last, first]
    assert [post.interactions for post in report.shown_posts] == [None, 6]
    assert report.best_post is not None
    assert report.best_post.delivery == first
    assert [(line.connection, line.posts) for line in report.channels] == [(account, 2)]


def test_a_missing_number_says_why(business: Business, account: Connection) -> None:
    by_hand = factories.make_connection(business)
    publish(account, at(1))
    publish(by_hand, at(2))
    broken = factories.make_connection(
        business, provider_id=account.provider_id, remote_id="b", health=Health.BROKEN
    )
    publish(broken, at(3))
    report = build(business, OCTOBER, today=TODAY)
    assert [post.missing for post in report.shown_posts] == [
        "The account is not connected.",
        "Waypost cannot read numbers at this network.",
        "The network has not been asked yet.",
    ]
    assert (report.best_post, report.fastest, report.strongest) == (None, None, None)


def test_followers_are_compared_with_the_last_number_before_the_period(
    business: Business, account: Connection
) -> None:
    follow(account, at(20, month=9), 80)
    follow(account, at(28, month=9), 100)
    follow(account, at(5), 110)
    follow(account, at(30), 125)
    follow(account, at(1, month=11), 999)
    [line] = build(business, OCTOBER, today=TODAY).accounts
    assert (line.before, line.after, line.change, line.growth) == (100, 125, 25, Decimal("0.25"))
    assert (line.since, line.missing) == (date(2026, 9, 28), "")


def test_without_a_number_before_the_first_in_the_period_counts(
    business: Business, account: Connection
) -> None:
    follow(account, at(5), 0)
    follow(account, at(9), 12)
    follow(account, at(10), None)
    [line] = build(business, OCTOBER, today=TODAY).accounts
    assert (line.before, line.after, line.change, line.growth) == (0, 12, 12, None)


def test_one_number_alone_shows_no_change(business: Business, account: Connection) -> None:
    follow(account, at(5), 70)
    [line] = build(business, OCTOBER, today=TODAY).accounts
    assert (line.before, line.after, line.change) == (None, 70, None)
    assert line.missing == "Measured only once so far."


def test_accounts_that_were_never_measured_say_why(business: Business, account: Connection) -> None:
    by_hand = factories.make_connection(business)
    factories.make_connection(business, health=Health.REMOVED)
    lines = build(business, OCTOBER, today=TODAY).accounts
    assert {(line.connection, line.missing) for line in lines} == {
        (account, "Not measured in this time."),
        (by_hand, "Waypost cannot read numbers at this network."),
    }


def test_results_are_added_up_by_initiative(business: Business, account: Connection) -> None:
    goal = factories.make_goal(business)
    loud = factories.make_initiative(goal, title="Loud")
    quiet = factories.make_initiative(goal, title="Quiet")
    factories.make_initiative(goal, start_date=date(2026, 1, 1), end_date=date(2026, 2, 1))
    for day, likes in ((1, 3), (2, 4)):
        snapshot(publish(account, at(day), initiative=loud), at(day, 13), likes)
    publish(account, at(3), initiative=quiet)
    snapshot(publish(account, at(4)), at(5), 50)
    report = build(business, OCTOBER, today=TODAY)
    assert [(line.initiative, line.posts, line.interactions) for line in report.initiatives] == [
        (loud, 2, 7),
        (quiet, 1, None),
    ]
    assert report.strongest == report.initiatives[0]


def test_an_initiative_of_another_time_is_shown_when_it_has_posts(
    business: Business, account: Connection
) -> None:
    old = factories.make_initiative(
        factories.make_goal(business), start_date=date(2026, 1, 1), end_date=date(2026, 2, 1)
    )
    publish(account, at(1), initiative=old)
    assert [line.initiative for line in build(business, OCTOBER, today=TODAY).initiatives] == [old]


def test_the_report_holds_nothing_of_another_business(
    business: Business, account: Connection, stranger: User
) -> None:
    theirs = stranger.memberships.get().business
    there = factories.make_connection(theirs, provider_id=account.provider_id)
    goal = factories.make_goal(theirs)
    initiative = factories.make_initiative(goal)
    snapshot(publish(there, at(1), initiative=initiative), at(2), 9)
    follow(there, at(1), 5)
    report = build(business, OCTOBER, today=TODAY)
    assert (report.goals, report.posts, report.initiatives) == ([], 0, [])
    assert [line.connection for line in report.accounts] == [account]


def test_two_hundred_posts_cost_no_more_queries_than_two(
    page: Client, business: Business, account: Connection, django_assert_max_num_queries: Any
) -> None:
    goal = factories.make_goal(business)
    initiatives = [factories.make_initiative(goal) for _number in range(5)]
    for number in range(200):
        delivery = publish(account, at(1 + number % 11), initiative=initiatives[number % 5])
        snapshot(delivery, at(12, 9), number)
    with django_assert_max_num_queries(15):
        answer = page.get(url(business, "report"))
    report = answer.context["report"]
    assert (report.posts, len(report.shown_posts)) == (200, 100)
    assert "The newest 100 are shown" in answer.content.decode()


def test_the_page_says_what_is_to_be_seen(
    page: Client, business: Business, account: Connection
) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal, title="Loud", expected_contribution=Decimal(60))
    snapshot(publish(account, at(5), title="Hit", initiative=initiative), at(6), 40, shares=2)
    publish(account, at(6), title="Miss")
    follow(account, at(1, month=9), 100)
    follow(account, at(11), 105)
    answer = page.get(url(business, "report")).content.decode()
    assert "0 of 1 goal is on track or done." in answer
    assert "2 posts went out." in answer
    assert "The best was “Hit” on Chatter with 42 interactions." in answer
    assert "Chatter me@chatter grew the most: +5 (+5\u00a0%)." in answer
    assert "“Loud” brought the most: 42 interactions from 1 post." in answer
    assert "The network has not been asked yet." in answer
    assert " style=" not in answer


def test_saves_have_a_column_where_a_network_tells_them(
    page: Client, business: Business, account: Connection
) -> None:
    delivery = publish(account, at(5))
    snapshot(delivery, at(6), 40)
    assert ">Saves<" not in page.get(url(business, "report")).content.decode()
    snapshot(delivery, at(7), 40, saves=9)
    answer = page.get(url(business, "report"))
    assert ">Saves<" in answer.content.decode()
    assert answer.context["report"].shown_posts[0].interactions == 49


def test_an_empty_report_is_whole_sentences(page: Client, business: Business) -> None:
    answer = page.get(url(business, "report")).content.decode()
    assert "No goal was under way." in answer
    assert "Nothing was published in this time." in answer
    assert "No account is connected yet." in answer
    assert "No initiative was under way." in answer


def test_the_period_stands_in_the_address(page: Client, business: Business) -> None:
    answer = page.get(url(business, "report") + "?from=2026-09-01&to=2026-09-30")
    assert answer.context["period"] == Period(date(2026, 9, 1), date(2026, 9, 30))
    assert "What happened from 1 September 2026 to 30 September 2026" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?from=2026-10-02&to=2026-10-01", "to"),
        ("?from=yesterday&to=2026-10-01", "from"),
        ("?from=2026-10-01", "to"),
    ],
)
def test_a_wrong_period_is_explained_and_the_usual_one_shown(
    page: Client, business: Business, query: str, field: str
) -> None:
    answer = page.get(url(business, "report") + query)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["period"] == usual(TODAY)


def test_measure_now_asks_and_says_so(
    page: Client, business: Business, account: Connection, chatter: Chatter
) -> None:
    answer = page.post(url(business, "measure"))
    assert answer["Location"] == url(business, "report")
    [said] = get_messages(answer.wsgi_request)
    assert str(said) == "Waypost is asking 1 account. Reload this page in a minute."
    Pull.objects.update(asked_at=NOW)
    answer = page.post(url(business, "measure"))
    assert str(list(get_messages(answer.wsgi_request))[-1]).startswith("There is nothing to ask")


def test_a_stranger_finds_no_report(business: Business, stranger: User, sign_in: SignIn) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    browser = sign_in(stranger)
    assert browser.get(url(business, "report")).status_code == 404
    assert browser.get(url(business, "initiative", initiative.pk)).status_code == 404
    assert browser.post(url(business, "measure")).status_code == 404
    own = stranger.memberships.get().business
    assert browser.get(url(own, "initiative", initiative.pk)).status_code == 404


def test_a_viewer_reads_the_report_and_cannot_ask_the_networks(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    browser = sign_in(viewer)
    assert "Measure now" not in browser.get(url(business, "report")).content.decode()
    page = browser.get(url(business, "initiative", initiative.pk)).content.decode()
    assert initiative.title in page
    assert "Save status" not in page
    assert browser.post(url(business, "measure")).status_code == 403


def test_periods_may_be_a_single_day(business: Business) -> None:
    start, end = Period(TODAY, TODAY).moments(business.zone)
    assert end - start == timedelta(days=1)


def test_a_thread_counts_as_one_post(account: Connection, business: Business) -> None:
    root = publish(account, at(5))
    for part in (1, 2):
        factories.make_delivery(
            root.item,
            account,
            part=part,
            status=Status.PUBLISHED,
            published_at=at(5),
            remote_id=f"1-{part}",
        )
    assert [post.delivery for post in posts_in(business, OCTOBER)] == [root]


def test_removed_accounts_keep_their_posts_and_the_busiest_stands_first(
    business: Business, account: Connection
) -> None:
    gone = factories.make_connection(business, health=Health.REMOVED)
    for day in (1, 2):
        publish(gone, at(day))
    publish(account, at(3))
    report = build(business, OCTOBER, today=TODAY)
    assert [(line.connection, line.posts) for line in report.channels] == [(gone, 2), (account, 1)]
    assert [line.connection for line in report.accounts] == [account]


def test_the_best_post_is_told_though_it_is_older_than_all_that_are_shown(
    page: Client, business: Business, account: Connection
) -> None:
    first = publish(account, at(1), title="Old hit")
    snapshot(first, at(2), 50)
    later = [publish(account, at(3)) for _number in range(SHOWN_POSTS)]
    report = build(business, Period(at(1).date(), TODAY), today=TODAY)
    assert report.best_post is not None
    assert (report.best_post.delivery, report.best_post.interactions) == (first, 50)
    assert [post.delivery for post in report.shown_posts] == later[::-1]
    assert report.posts == SHOWN_POSTS + 1


@pytest.mark.parametrize("query", ["", "?from=2026-01-01&to=2026-11-27"])
def test_the_page_of_a_business_with_a_budget_asks_at_most_fifteen_queries(
    svit: Business, sign_in: SignIn, query: str, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(svit.members.get(role="owner").user)
    address = url(svit, "report") + query
    browser.get(address)
    with django_assert_max_num_queries(15):
        answer = browser.get(address)
    assert answer.context["report"].posts > 0

"""What Waypost proposes, why, and what becomes of it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals.models import GoalValue, Initiative
from waypost.kit.errors import Refusal
from waypost.reviews import actions
from waypost.reviews.figures import ChannelFigures, Proposed
from waypost.reviews.models import Report
from waypost.reviews.proposing import break_even, key_of, propose, words
from waypost.reviews.tests.world import NOW, RICH, SEPTEMBER, measures, publish
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TODAY = NOW.date()


def found(business: Business) -> list[Proposed]:
    return propose(business, None, TODAY)


def slow_goal(business: Business, value: int) -> Any:
    """Half of its time is over; it goes from 100 to 200."""
    goal = factories.make_goal(
        business,
        title="Followers",
        start_date=TODAY - timedelta(days=50),
        deadline_date=TODAY + timedelta(days=50),
    )
    GoalValue.objects.create(goal=goal, date=TODAY, value=value)
    return goal


@pytest.mark.parametrize(("value", "kinds"), [(139, ["pace"]), (140, [])])
def test_a_goal_is_slow_below_four_fifths_of_its_pace(
    business: Business, value: int, kinds: list[str]
) -> None:
    slow_goal(business, value)
    assert [each.kind for each in found(business)] == kinds


@pytest.mark.parametrize(
    ("days", "status", "kinds"),
    [(1, "in_progress", ["late"]), (0, "in_progress", []), (1, "done", []), (1, "dropped", [])],
)
def test_an_initiative_is_late_the_day_after_its_end(
    business: Business, days: int, status: str, kinds: list[str]
) -> None:
    goal = factories.make_goal(business)
    end = TODAY - timedelta(days=days)
    factories.make_initiative(goal, start_date=date(2026, 9, 1), end_date=end, status=status)
    assert [each.kind for each in found(business) if each.kind == "late"] == kinds


@pytest.mark.parametrize(
    ("spent", "kinds"),
    [("49", ["line_little"]), ("50", []), ("110", []), ("111", ["line_much"])],
)
def test_an_ad_line_is_off_below_a_half_and_above_110_percent(
    business: Business, spent: str, kinds: list[str]
) -> None:
    line = factories.make_budget_line(business, plan=["100"] + [None] * 11)
    line.expenses.create(date=date(2026, 1, 4), month=1, amount=Decimal(spent))
    assert [each.kind for each in found(business)] == kinds


def old(channel: Connection) -> Connection:
    channel.connected_at = datetime(2026, 1, 1, tzinfo=UTC)
    channel.save()
    return channel


@pytest.mark.parametrize(("day", "days"), [(28, [Decimal(14)]), (29, [])])
def test_a_channel_is_silent_after_two_weeks(
    channel: Connection, day: int, days: list[Decimal]
) -> None:
    publish(old(channel), date(2026, 9, day), None)
    with time_machine.travel(datetime(2026, 10, 12, 13, tzinfo=UTC), tick=False):
        told = [each.number for each in found(channel.business)]
    assert told == days


def test_a_new_channel_is_given_two_weeks(channel: Connection) -> None:
    channel.connected_at = NOW - timedelta(days=13)
    channel.save()
    assert found(channel.business) == []
    old(channel)
    [each] = found(channel.business)
    assert words(each).reason == "Nothing has gone out on Facebook candles yet."


def test_a_channel_where_nothing_is_planned_may_be_silent(channel: Connection) -> None:
    plan = old(channel).business.channels.create(
        name="Questions", network="facebook", connection=channel, posts_per_week=0
    )
    assert found(channel.business) == []
    plan.posts_per_week = 1
    plan.save()
    assert [each.kind for each in found(channel.business)] == ["silent"]


def test_each_reason_says_what_is_so_and_in_which_currency(
    business: Business, channel: Connection
) -> None:
    publish(old(channel), date(2026, 9, 20), None)
    slow_goal(business, 120)
    late(business)
    line = factories.make_budget_line(business, plan=["100"] + [None] * 11)
    line.expenses.create(date=date(2026, 1, 4), month=1, amount=Decimal(20))
    products(business)
    rich_ads = channel_of(("orders", None, "2"), ("spent", None, "90"))
    no_order = replace(channel_of(("orders", None, "0"), ("spent", None, "50")), network="X")
    figures = _figures((*RICH.channels[:1], rich_ads, no_order))
    limit = break_even(business, figures)
    assert limit is not None
    told = [words(each).reason.replace("\u00a0", " ") for each in propose(business, figures, TODAY)]
    assert told == [
        "“Followers” goes at a pace of 0.40. Below 0.8 it is missed.",
        "“Reels” should have ended 3 days ago.",
        f"“{line.name}” has used 20 % of the 100.00 EUR planned to date.",
        "As far as Waypost knows, nothing has gone out on Facebook candles for 21 days.",
        f"An order from Pinterest @svit costs 45.00 EUR and leaves about {limit} EUR.",
        f"50.00 EUR was spent on X @svit without an order; one leaves about {limit} EUR.",
    ]


def test_a_report_of_long_ago_says_nothing_about_costs_of_today(business: Business) -> None:
    products(business)
    dear = channel_of(("orders", None, "1"), ("spent", None, "500"))
    figures = _figures((*RICH.channels[:1], dear))
    days = [TODAY, figures.last + timedelta(days=62), figures.last + timedelta(days=63)]
    kinds = [[each.kind for each in propose(business, figures, day)] for day in days]
    assert kinds == [["dear"], ["dear"], []]


def products(business: Business) -> None:
    business.products.create(
        name="Candle", price_gross=Decimal("12.20"), vat_rate=Decimal("0.22"), unit_cost=Decimal(4)
    )


def channel_of(*rows: tuple[str, str | None, str | None]) -> ChannelFigures:
    return ChannelFigures("a9", "Pinterest", "@svit", measures(*rows))


def test_what_an_order_leaves_is_its_value_times_what_products_leave(business: Business) -> None:
    assert break_even(business, RICH) is None
    products(business)
    # 861.50 in 19 orders; 10 without VAT less 4 leave 6 of 12.20.
    assert break_even(business, RICH) == Decimal("22.30")


@pytest.mark.parametrize(
    ("share", "orders", "kinds"),
    [("1.01", 2, ["dear"]), ("1", 2, []), ("1.01", 0, ["no_order"]), ("0.99", 0, [])],
)
def test_an_order_is_dear_above_what_it_leaves(
    business: Business, share: str, orders: int, kinds: list[str]
) -> None:
    """``share`` of what an order leaves is spent on each order, or on none."""
    products(business)
    others = RICH.channels[:1]
    empty = _figures((*others, channel_of(("orders", None, str(orders)))))
    limit = break_even(business, empty)
    assert limit is not None
    spent = str(limit * Decimal(share) * max(orders, 1))
    row = channel_of(("orders", None, str(orders)), ("spent", None, spent))
    told = propose(business, _figures((*others, row)), TODAY)
    assert [each.kind for each in told if each.title == row.name] == kinds


def _figures(channels: Iterable[ChannelFigures]) -> Any:
    return replace(RICH, channels=tuple(channels))


def test_every_proposal_says_its_reason_in_both_languages() -> None:
    kinds = ("pace", "late", "line_little", "line_much", "silent", "dear", "no_order")
    rows = [Proposed(kind, 1, "Thing", Decimal(2), Decimal(10)) for kind in kinds]
    told = {}
    for language in ("en", "sl"):
        with translation.override(language):
            told[language] = [(words(row).reason, words(row).task) for row in rows]
    for each in told["en"] + told["sl"]:
        assert all("Thing" in text and "%(" not in text for text in each)
    assert not {pair[0] for pair in told["en"]} & {pair[0] for pair in told["sl"]}


def late(business: Business) -> Initiative:
    return factories.make_initiative(
        factories.make_goal(business, title="A goal"),
        title="Reels",
        start_date=date(2026, 9, 1),
        end_date=date(2026, 10, 9),
    )


def key_for(business: Business) -> str:
    [shown] = actions.open_proposals(business, None)
    return shown.key


def test_a_proposal_becomes_a_task_and_is_not_shown_again(business: Business, owner: User) -> None:
    each = late(business)
    key = key_for(business)
    assert key == f"late/{each.pk}/2026-10"
    task = actions.take_up(business, key, by=owner)
    assert (task.title, task.description) == (
        "Finish or move: Reels",
        "“Reels” should have ended 3 days ago.",
    )
    assert actions.open_proposals(business, None) == []
    with pytest.raises(Refusal, match="is over"):
        actions.take_up(business, key, by=owner)
    assert business.tasks.count() == 1


def test_what_is_put_aside_comes_back_next_month_or_at_once(
    business: Business, owner: User
) -> None:
    late(business)
    decision = actions.put_aside(business, key_for(business), by=owner)
    assert actions.open_proposals(business, None) == []
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        assert len(actions.open_proposals(business, None)) == 1
    actions.bring_back(decision)
    assert len(actions.open_proposals(business, None)) == 1


def test_what_is_not_so_any_more_cannot_be_taken_up(business: Business, owner: User) -> None:
    each = late(business)
    key = key_for(business)
    each.status = "done"
    each.save()
    for act in (actions.take_up, actions.put_aside):
        with pytest.raises(Refusal, match="is over"):
            act(business, key, by=owner)


def test_the_pages_offer_both_ways(report: Report, owner: User, sign_in: SignIn) -> None:
    business = report.business
    late(business)
    client = sign_in(owner)
    listed = reverse("reviews:list", args=[business.slug])
    for address in (listed, reverse("reviews:report", args=[business.slug, report.pk])):
        assert "“Reels” should have ended 3 days ago." in client.get(address).content.decode()
    key = {"key": f"late/{business.initiatives.get().pk}/2026-10"}
    answer = client.post(reverse("reviews:proposal_aside", args=[business.slug]), key)
    assert answer.headers["Location"] == listed
    assert "“Reels”" not in client.get(listed).content.decode()
    decision = business.proposal_decisions.get()
    client.post(reverse("reviews:decision_back", args=[business.slug, decision.pk]))
    answer = client.post(reverse("reviews:proposal_take", args=[business.slug]), key)
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said[-1] == "On the board: Finish or move: Reels"


def test_a_report_keeps_what_was_proposed_with_its_numbers(business: Business, owner: User) -> None:
    each = late(business)
    report = actions.start(business, SEPTEMBER, by=owner)
    each.delete()
    report.refresh_from_db()
    assert [row.title for row in report.numbers.proposed if row.kind == "late"] == ["Reels"]


def test_keys_name_the_month() -> None:
    assert key_of(Proposed("dear", 0, "Instagram", None), TODAY) == "dear/Instagram/2026-10"

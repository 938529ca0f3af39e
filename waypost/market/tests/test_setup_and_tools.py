"""What is set up, and the tools in use."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.market import setup
from waypost.market.models import Channel, SetupTick, Tool
from waypost.market.setup_actions import tick
from waypost.market.tool_forms import ToolForm
from waypost.market.tools import InUse, in_use, monthly_cost

D = Decimal
TODAY = dt.date(2026, 11, 24)
SignIn = Callable[[User], Client]


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


@pytest.fixture
def channel(business: Business) -> Channel:
    return Channel.objects.create(business=business, name="Insta", network="instagram")


# --- set up ---


def test_every_check_has_its_key_once() -> None:
    assert len(setup.BY_KEY) == len(setup.OF_CHANNEL) + len(setup.OF_BUSINESS)


def test_a_website_has_no_profile_to_set_up(business: Business, channel: Channel) -> None:
    assert len(setup.checks_for(channel)) == 7
    site = Channel(network="website")
    assert [check.key for check in setup.checks_for(site)] == [
        "page",
        "email",
        "two_factor",
        "recovery",
    ]


def test_a_tick_keeps_who_was_first_and_when(
    business: Business, channel: Channel, owner: User, editor: User
) -> None:
    with time_machine.travel("2026-11-20 10:00", tick=False):
        tick(business, "handle", channel=channel, done=True, note="", by=owner)
    row = tick(business, "handle", channel=channel, done=True, note=" @candles ", by=editor)
    assert (row.done_by, row.note) == (owner, "@candles")
    assert row.done_at == dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    row = tick(business, "handle", channel=channel, done=False, note="@candles", by=editor)
    assert (row.done_at, row.done_by, row.note) == (None, None, "@candles")
    assert SetupTick.objects.count() == 1


def test_progress_counts_each_list_for_itself(
    business: Business, channel: Channel, owner: User
) -> None:
    tick(business, "handle", channel=channel, done=True, note="", by=owner)
    tick(business, "one_email", channel=None, done=True, note="", by=owner)
    tick(business, "shared_folder", channel=None, done=False, note="later", by=owner)
    ticks = setup.ticks_of(business)
    assert setup.progress(setup.of_channel(channel, ticks)) == (1, 7)
    assert setup.progress(setup.of_channel(None, ticks)) == (1, 4)


def test_ticking_on_the_page(page: Client, business: Business, channel: Channel) -> None:
    sent = {"channel": channel.pk, "key": "two_factor", "done": "on", "note": "with the app"}
    answer = page.post(url(business, "setup_tick"), sent)
    assert answer.headers["Location"] == f"{url(business, 'setup')}#list-{channel.pk}"
    html = page.get(url(business, "setup")).content.decode()
    assert "with the app" in html
    assert "done: 1 of 11" in html
    assert "Never write passwords or recovery codes here." in html
    page.post(url(business, "setup_tick"), {**sent, "done": ""})
    assert business.setup_ticks.get().done_at is None


def test_what_is_not_on_the_list_is_not_kept(
    page: Client, business: Business, channel: Channel, stranger: User
) -> None:
    page.post(url(business, "setup_tick"), {"channel": channel.pk, "key": "password"})
    page.post(url(business, "setup_tick"), {"key": "two_factor", "done": "on"})
    page.post(url(business, "setup_tick"), {"key": "one_email", "note": "x" * 301})
    theirs = stranger.memberships.get().business.channels.create(name="X", network="x")
    answer = page.post(url(business, "setup_tick"), {"channel": theirs.pk, "key": "handle"})
    assert answer.status_code == 404
    assert SetupTick.objects.count() == 0


def test_a_viewer_sees_the_list_and_ticks_nothing(
    business: Business, channel: Channel, viewer: User, sign_in: SignIn
) -> None:
    browser = sign_in(viewer)
    html = browser.get(url(business, "setup")).content.decode()
    assert "Two-factor sign-in is on" in html
    assert url(business, "setup_tick") not in html
    sent = {"channel": channel.pk, "key": "two_factor", "done": "on"}
    assert browser.post(url(business, "setup_tick"), sent).status_code == 403


def test_the_list_costs_the_same_for_many_channels(
    page: Client, business: Business, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        row = business.channels.create(name=f"C{number}", network="instagram")
        tick(business, "handle", channel=row, done=True, note="", by=owner)
    with django_assert_max_num_queries(8):
        page.get(url(business, "setup"))


# --- tools ---


def tool(**fields: Any) -> InUse:
    return InUse(Tool(name="Scissors", **fields), TODAY)


@pytest.mark.parametrize(
    ("period", "price", "monthly"),
    [
        ("free", None, D(0)),
        ("free", D(12), D(0)),
        ("monthly", D(12), D(12)),
        ("yearly", D(120), D(10)),
        ("monthly", None, None),
    ],
)
def test_a_plan_costs_so_much_a_month(
    period: str, price: Decimal | None, monthly: Decimal | None
) -> None:
    assert tool(period=period, price=price).monthly == monthly


def test_all_tools_together_leave_out_what_has_no_price() -> None:
    rows = [Tool(period="monthly", price=D("11.99")), Tool(period="yearly", price=D(120))]
    assert monthly_cost(in_use([*rows, Tool(period="monthly")], TODAY)) == D("21.99")


def test_a_yearly_plan_wants_a_test_first() -> None:
    assert tool(period="yearly").warnings == ["Yearly plan not tested yet."]
    assert tool(period="yearly", tested_on=TODAY).warnings == []
    assert tool(period="monthly").warnings == []


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, ["The trial ends today."]),
        (1, ["The trial ends in 1 day."]),
        (7, ["The trial ends in 7 days."]),
        (8, []),
        (-1, ["The trial is over. Was it worth it?"]),
    ],
)
def test_the_end_of_a_trial_is_told_a_week_ahead(days: int, told: list[str]) -> None:
    ends = TODAY + dt.timedelta(days=days)
    assert tool(trial_ends_on=ends).reminders == told
    decided = tool(trial_ends_on=ends, tested_on=TODAY).reminders
    assert decided == ([] if days < 0 else told)


@pytest.mark.parametrize(
    ("days", "told"),
    [(0, ["It renews today."]), (2, ["It renews in 2 days."]), (8, []), (-1, [])],
)
def test_a_renewal_is_told_a_week_ahead(days: int, told: list[str]) -> None:
    assert tool(renews_on=TODAY + dt.timedelta(days=days)).reminders == told


def test_a_tool_is_added_described_and_removed(page: Client, business: Business) -> None:
    page.post(url(business, "tool_new"), {"name": "Scissors"})
    row = business.tools.get()
    form = ToolForm(instance=row)
    data = dict.fromkeys(form.fields, "") | {f"was-{n}": was for n, was in form.was.items()}
    data |= {"name": "Scissors", "period": "yearly", "price": "1.200,00", "url": "cut.example"}
    answer = page.post(url(business, "tool", row.pk), data)
    assert answer.headers["Location"] == url(business, "tools")
    row.refresh_from_db()
    assert (row.price, row.url) == (D(1200), "https://cut.example")
    html = page.get(url(business, "tools")).content.decode()
    assert "100.00 EUR" in html
    assert "Yearly plan not tested yet." in html
    page.get(url(business, "tool_remove", row.pk))
    assert business.tools.count() == 1
    page.post(url(business, "tool_remove", row.pk))
    assert business.tools.count() == 0


def test_a_date_that_is_none_is_explained(page: Client, business: Business) -> None:
    row = business.tools.create(name="Scissors")
    data = {"name": "Scissors", "period": "free", "trial_ends_on": "soon"}
    data |= {f"was-{name}": was for name, was in ToolForm(instance=row).was.items()}
    answer = page.post(url(business, "tool", row.pk), data)
    assert list(answer.context["form"].errors) == ["trial_ends_on"]


def test_the_empty_page_shows_how_to_begin(page: Client, business: Business) -> None:
    assert "No tools yet" in page.get(url(business, "tools")).content.decode()


def test_the_tools_cost_the_same_for_many(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        business.tools.create(name=f"T{number}", period="monthly", price=1)
    with django_assert_max_num_queries(8):
        page.get(url(business, "tools"))

"""The pages of numbers: channels, what works, and we beside the others."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights.channel_costs import channel_costs
from waypost.insights.growth import growth
from waypost.insights.metrics import METRICS
from waypost.insights.models import Source
from waypost.insights.numbers import Number, channel_numbers
from waypost.insights.periods import Period, month_of
from waypost.insights.store import Entry, Holder, holders, of_month, record
from waypost.insights.templatetags.figures import figure, moved
from waypost.kit.figures import Figure

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


def url(business: Business, name: str, **query: str) -> str:
    address = reverse(f"insights:{name}", args=[business.slug])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


# --- channels ---


def test_the_usual_time_is_the_last_whole_month_beside_the_one_before(
    neza: Client, svit: Business
) -> None:
    answer = neza.get(url(svit, "channels"))
    assert answer.context["period"] == SEPTEMBER
    assert answer.context["before"] == month_of(date(2026, 8, 1))


def test_the_page_shows_the_numbers_of_the_story(neza: Client, svit: Business) -> None:
    text = neza.get(url(svit, "channels")).content.decode()
    for words in (
        "2,490",
        "+87.2\u00a0%",
        "92,700",
        "1,344.80",
        "Interactions by reach",
        "3,155.90",
    ):
        assert words in text


def test_a_number_that_a_network_does_not_tell_says_why_below_the_table(
    neza: Client, svit: Business
) -> None:
    page = neza.get(reverse("insights:channels", args=[svit.slug])).content.decode()
    told = re.findall(r"<li>– ([^<]*) does not tell this number\.</li>", page)
    assert told == [
        "Saves: Facebook",
        "Reach, Views, Likes, Shares: Pinterest",
        "Reach, Impressions: TikTok",
    ]


def test_a_year_earlier_can_be_compared_with(neza: Client, svit: Business) -> None:
    asked = {"from": "2026-09-01", "to": "2026-09-30", "with": "year"}
    answer = neza.get(url(svit, "channels", **asked))
    assert answer.context["before"] == month_of(date(2025, 9, 1))


def test_the_definition_of_the_rate_can_be_chosen_and_is_printed(
    neza: Client, svit: Business
) -> None:
    asked = {"from": "2026-09-01", "to": "2026-09-30", "by": "followers"}
    answer = neza.get(url(svit, "channels", **asked))
    rows = {row.holder.name: rate for row, rate, _rates in answer.context["rows"]}
    assert rows["Facebook"].now.value == D(856) / 4172
    assert "Interactions by followers" in answer.content.decode()


def test_a_wrong_time_is_told_and_the_usual_one_shown(neza: Client, svit: Business) -> None:
    answer = neza.get(url(svit, "channels", **{"from": "2026-09-30", "to": "2026-09-01"}))
    assert answer.status_code == 422
    assert answer.context["period"] == SEPTEMBER
    assert "The last day must not come before the first." in answer.content.decode()


@pytest.mark.parametrize("page", ["channels", "posts", "voice"])
def test_a_page_of_numbers_asks_at_most_fifteen_queries(
    neza: Client, svit: Business, page: str, django_assert_max_num_queries: Any
) -> None:
    neza.get(url(svit, page))
    with django_assert_max_num_queries(15):
        answer = neza.get(url(svit, page))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("channels", "No numbers for this time"),
        ("posts", "Nothing was published in this time"),
        ("voice", "No numbers of competitors yet"),
    ],
)
def test_an_empty_page_says_what_will_be_here(
    sign_in: SignIn, owner: User, business: Business, page: str, words: str
) -> None:
    assert words in sign_in(owner).get(url(business, page)).content.decode()


@pytest.mark.parametrize("page", ["channels", "posts", "voice"])
def test_a_viewer_reads_and_a_stranger_finds_nothing(
    sign_in: SignIn, viewer: User, stranger: User, business: Business, page: str
) -> None:
    assert sign_in(viewer).get(url(business, page)).status_code == 200
    assert sign_in(stranger).get(url(business, page)).status_code == 404


def test_followers_are_drawn_by_month_with_their_table(svit: Business) -> None:
    found = growth(svit, holders(svit), date(2026, 9, 30))
    assert found.months == tuple(date(2026, month, 1) for month in (6, 7, 8, 9))
    lines = {line.holder.name: line.values for line in found.lines}
    assert lines["Instagram in German"] == (0, 610, 1330, 2490)
    wide, narrow = found.charts
    assert (wide.size.width, narrow.size.width) == (640, 340)
    assert wide.curves[0].name == "Instagram"
    assert len(wide.curves[0].dots) == 4


def test_one_count_alone_draws_no_line(business: Business, account: Connection) -> None:
    day = Entry("followers", date(2026, 9, 3), D(5))
    record(Holder(None, account), [day], source=Source.TYPED)
    assert growth(business, holders(business), date(2026, 9, 30)).charts == []


def test_costs_come_from_the_budget_of_whole_months(svit: Business) -> None:
    costs = {
        cost.holder.name: cost
        for cost in channel_costs(svit, channel_numbers(svit, SEPTEMBER), SEPTEMBER)
    }
    german = costs["Instagram in German"]
    assert (german.spent, german.from_budget) == (D("708.45"), True)
    assert german.click.value == D("708.45") / 1190
    assert german.follower.value == D("708.45") / 1160
    assert german.order.value == D("708.45") / 22
    assert "TikTok" not in costs


def test_part_of_a_month_takes_no_budget(business: Business, account: Connection) -> None:
    half = Period(date(2026, 9, 1), date(2026, 9, 15))
    days = [Entry("ad_spend", date(2026, 9, 2), D(30)), Entry("orders", date(2026, 9, 2), D(0))]
    record(Holder(None, account), days, source=Source.TYPED)
    [cost] = channel_costs(business, channel_numbers(business, half), half)
    assert (cost.spent, cost.from_budget) == (D(30), False)
    assert cost.order == Figure(None, "No orders are known.")


# --- we and the others ---


def test_share_of_voice_stands_beside_the_competitors(neza: Client, svit: Business) -> None:
    text = neza.get(url(svit, "voice")).content.decode()
    assert "Of 935 mentions in a month, 15.0 % are about you." in text


# --- figures ---


def test_a_dash_says_why() -> None:
    html = figure(Figure(None, "Nobody was reached."), "share")
    assert html == (
        '<span title="Nobody was reached.">–'
        '<span class="sr-only"> Nobody was reached.</span></span>'
    )
    assert "*" in figure(Figure(D(5), note="Of posts."), "number")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1234.5", "money", "1,234.50"),
        ("0.0634", "share", "6.34\u00a0%"),
        ("0.268", "price", "0.268"),
        ("4.22", "times", "4.22×"),
        ("1234", "number", "1,234"),
    ],
)
def test_a_figure_is_written_in_its_unit(value: str, unit: str, text: str) -> None:
    assert figure(Figure(D(value)), unit) == text


def test_a_change_has_its_sign_and_its_tone() -> None:
    more = Number(METRICS["likes"], Figure(D(12)), Figure(D(10)))
    assert moved(more) == '<span class="text-success whitespace-nowrap">+20\u00a0%</span>'
    spent = Number(METRICS["ad_spend"], Figure(D(12)), Figure(D(10)))
    assert "text-muted" in moved(spent)
    assert moved(Number(METRICS["likes"], Figure(D(12)), Figure(D(0)))) == "new"


def test_rates_change_in_percentage_points(svit: Business) -> None:
    rows = {row.holder.name: row for row in channel_numbers(svit, SEPTEMBER)}
    assert "+1.77\u00a0pp" in moved(rows["Instagram in German"].engagement_rate())


def test_a_month_alone_is_compared_with_nothing(business: Business, account: Connection) -> None:
    record(Holder(None, account), [of_month("likes", SEPTEMBER.first, D(4))], source=Source.TYPED)
    [row] = channel_numbers(business, SEPTEMBER)
    assert "Nothing was measured or entered for this time." in moved(row.numbers["likes"])

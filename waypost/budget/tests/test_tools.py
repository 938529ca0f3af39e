"""The pages of the calculators: without an account, by link, and inside a business."""

from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.budget.models import (
    ADVERTISING,
    Budget,
    Category,
    Line,
    MonthClose,
    PlannedAmount,
)
from waypost.budget.tool_forms import ToolForm
from waypost.budget.tools import BY_NAME
from waypost.budget.tools.base import Result, Tool, Unit
from waypost.kit.figures import Figure

TOOLS = pytest.mark.parametrize("tool", BY_NAME.values(), ids=list(BY_NAME))


def ask(name: str, **numbers: str) -> str:
    answer = Client().get(reverse("tools:tool", args=[name]), numbers)
    assert answer.status_code == 200
    return answer.content.decode()


def words(page: str) -> str:
    """The page's text without tags, in one line."""
    return " ".join("".join(part.partition(">")[2] for part in page.split("<")).split())


def results(tool: Tool) -> dict[str, Result]:
    return {each.label: each for each in ToolForm(tool, "EUR", tool.example).answer().results}


@TOOLS
def test_every_example_gives_every_result(tool: Tool) -> None:
    assert {label: each.reason for label, each in results(tool).items() if each.value is None} == {}


@TOOLS
def test_without_numbers_nothing_is_made_up(tool: Tool) -> None:
    page = words(ask(tool.name))
    assert "Fill in the numbers, or start with an example." in page
    for each in ToolForm(tool, "EUR").answer().results:
        assert each.value is None or each.figure.note


@TOOLS
def test_a_page_shows_its_formulas_and_explains_each_number(tool: Tool) -> None:
    page = ask(tool.name).replace("&amp;", "&")
    for formula in tool.formulas:
        assert str(formula.words) in page
        assert formula.symbols in page
    for each in tool.inputs:
        assert each.extra or str(each.help).replace("'", "&#x27;") in page


@TOOLS
def test_the_example_can_be_followed_as_a_link(tool: Tool) -> None:
    page = ask(tool.name)
    assert f"?{urlencode(tool.example)}".replace("&", "&amp;") in page


@TOOLS
def test_numbers_beyond_all_measure_break_nothing(tool: Tool) -> None:
    for text in ("0", "0.0001", "999999999"):
        ask(tool.name, **{each.name: text for each in tool.inputs})


def test_the_list_leads_to_every_calculator_without_an_account() -> None:
    page = Client().get(reverse("tools:list")).content.decode()
    for name in BY_NAME:
        assert f'href="/tools/{name}/"' in page


def test_a_calculator_that_is_not_there_is_not_found() -> None:
    assert Client().get("/tools/no-such/").status_code == 404


def test_the_ad_budget_of_the_candle_shop() -> None:
    found = results(BY_NAME["ad-budget"])
    assert found["Ad budget, by clicks"].amount == Decimal("544.60")
    assert found["Ad budget, by impressions"].amount == Decimal("544.94")
    assert found["Orders needed"].value == 35
    assert found["Clicks needed"].value == 1945
    page = words(ask("ad-budget", **BY_NAME["ad-budget"].example))
    assert "Ad budget, by clicks 544.60&nbsp;EUR" in page
    assert "Highest CPC 0.333&nbsp;EUR" in page


def test_the_levers_show_what_a_tenth_changes() -> None:
    form = ToolForm(BY_NAME["ad-budget"], "EUR", BY_NAME["ad-budget"].example)
    [levers] = form.answer().grids
    assert levers.rows == [
        ("Average order value", [Decimal("606.76"), Decimal("497.84")]),
        ("Conversion rate", [Decimal("605.08"), Decimal("495.04")]),
        ("Cost of a click (CPC)", [Decimal("490.140"), Decimal("599.060")]),
    ]


def test_months_get_their_weight_of_the_budget() -> None:
    numbers = {**BY_NAME["ad-budget"].example, "m11": "1", "m12": "3"}
    grid = ToolForm(BY_NAME["ad-budget"], "EUR", numbers).answer().grids[1]
    assert grid.rows[9:] == [
        ("October", [Decimal(0)]),
        ("November", [Decimal("136.15")]),
        ("December", [Decimal("408.45")]),
    ]


def test_a_number_that_cannot_be_read_is_said_and_the_rest_stays() -> None:
    answer = Client().get(reverse("tools:tool", args=["margin"]), {"price": "dear", "vat": "22"})
    assert answer.status_code == 422
    page = words(answer.content.decode())
    assert "Price with VAT (EUR): “dear” is not a number. Write it like this: 1234.5" in page


def test_a_price_below_zero_is_refused_but_a_loss_is_not() -> None:
    answer = Client().get(reverse("tools:tool", args=["margin"]), {"price": "-4"})
    assert "This number cannot be below zero. Write 0 or more." in words(answer.content.decode())
    assert "-150" in words(ask("social-roi", profit="-500", cost="1000")).replace("−", "-")


def test_a_missing_denominator_is_a_dash_with_the_reason() -> None:
    page = words(ask("return", revenue="100", spend="0", orders="0"))
    assert "Return on adverts (ROAS) – Nothing was spent on adverts." in page
    assert "Cost of an order (CPA) – The money was spent without a sale." in page


def test_a_comma_is_read_and_shown_in_slovenian() -> None:
    with translation.override("sl"):
        client = Client(headers={"accept-language": "sl"})
        page = client.get(
            reverse("tools:tool", args=["margin"]), {"price": "1.234,50", "vat": "0", "cost": "1"}
        )
    assert "1.233,50" in page.content.decode()


def test_inside_a_business_its_currency_is_used(business: Business, page: Client) -> None:
    business.currency = "CHF"
    business.save()
    url = reverse("budget:tool", args=[business.slug, "margin"])
    text = words(page.get(url, BY_NAME["margin"].example).content.decode())
    assert "Price without VAT 37.70&nbsp;CHF" in text
    assert "Margin 60.22&nbsp;%" in text


def test_a_share_is_shown_in_percent_and_money_below_one_with_three_places() -> None:
    assert Result("x", Unit.PERCENT, Figure(Decimal("0.22"))).shown == 22
    assert Result("x", Unit.MONEY, Figure(Decimal("0.333"))).places == 3
    huge = Result("x", Unit.MONEY, Figure(Decimal(10) ** 20))
    assert huge.shown is None
    assert huge.reason == "The result is too large to mean anything. Check the numbers."


@pytest.fixture
def line(business: Business) -> Line:
    budget = Budget.objects.create(business=business, year=2026, currency="EUR")
    adverts = Category.objects.create(budget=budget, key=ADVERTISING, name="Advertising")
    return Line.objects.create(budget=budget, category=adverts, name="Meta ads")


def test_a_result_becomes_the_plan_of_a_month(business: Business, page: Client, line: Line) -> None:
    url = reverse("budget:tool", args=[business.slug, "ad-budget"])
    text = page.get(url, BY_NAME["ad-budget"].example).content.decode()
    assert '<option value="544.60">Ad budget, by clicks: 544.60</option>' in text
    assert f'<option value="{line.pk}" selected>2026 · Advertising · Meta ads</option>' in text
    chosen = {"amount": "544.60", "line": line.pk, "month": "10"}
    answer = page.post(reverse("budget:use_tool", args=[business.slug]), chosen)
    assert answer.headers["Location"] == f"/b/{business.slug}/budget/?year=2026"
    planned = [(each.month, each.amount) for each in PlannedAmount.objects.all()]
    assert planned == [(10, Decimal("544.60"))]


def test_a_closed_month_keeps_its_plan(business: Business, page: Client, line: Line) -> None:
    MonthClose.objects.create(budget=line.budget, month=10)
    chosen = {"amount": "544.60", "line": line.pk, "month": "10"}
    answer = page.post(reverse("budget:use_tool", args=[business.slug]), chosen)
    assert answer.status_code == 422
    assert not PlannedAmount.objects.exclude(amount=None).exists()


def test_the_line_of_another_business_is_refused(
    business: Business, line: Line, stranger: User, sign_in: Callable[[User], Client]
) -> None:
    own = stranger.memberships.get().business
    chosen = {"amount": "544.60", "line": line.pk, "month": "10"}
    answer = sign_in(stranger).post(reverse("budget:use_tool", args=[own.slug]), chosen)
    assert answer.status_code == 422
    assert not PlannedAmount.objects.exists()


def test_a_viewer_calculates_but_is_not_offered_the_plan(
    business: Business, line: Line, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    url = reverse("budget:tool", args=[business.slug, "ad-budget"])
    text = sign_in(viewer).get(url, BY_NAME["ad-budget"].example).content.decode()
    assert "544.60" in text
    assert "Use this in the budget" not in text
    chosen = {"amount": "1", "line": line.pk, "month": "10"}
    answer = sign_in(viewer).post(reverse("budget:use_tool", args=[business.slug]), chosen)
    assert answer.status_code == 403

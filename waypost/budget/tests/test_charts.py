"""Charts, forecasts and warnings: their geometry, their numbers and their words."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.budget.charts import NARROW, WIDE, category_bars, month_bars, running, year_lines
from waypost.budget.models import ActualAmount, Budget, Expense, Line
from waypost.budget.outlook import Alarm, Pace, alarm, month_end, pace, year_end
from waypost.budget.overview import overview
from waypost.budget.reading import read
from waypost.budget.sheet import Cell, Row
from waypost.budget.tests.story import tell

D = Decimal
TODAY = dt.date(2026, 10, 12)
MONTHS = list("JFMAMJJASOND")
AMOUNTS = st.lists(
    st.none() | st.decimals(min_value=-(10**6), max_value=10**6, places=2), min_size=12, max_size=12
)


def row(plan: list[Any], actual: list[Any], through: int, name: str = "Meta ads") -> Row:
    cells = [Cell(p, p, a, None) for p, a in zip(plan, actual, strict=True)]
    return Row(1, name, tuple(cells), through)


@given(plan=AMOUNTS, actual=AMOUNTS)
def test_bars_stay_inside_the_picture(plan: list[Any], actual: list[Any]) -> None:
    for size in (WIDE, NARROW):
        drawn = month_bars(plan, actual, MONTHS, size=size)
        assert len(drawn.plan) == sum(amount is not None for amount in plan)
        for bar in (*drawn.plan, *drawn.actual):
            assert bar.x >= drawn.left
            assert bar.x + bar.width <= size.right + 0.1
            assert bar.y >= 0
            assert bar.y + bar.height <= size.bottom + 0.2
            assert bar.height >= 0


def test_a_bar_is_as_high_as_its_amount() -> None:
    drawn = month_bars([D(100)] + [None] * 11, [D(50)] + [None] * 11, MONTHS)
    [plan], [actual] = drawn.plan, drawn.actual
    assert plan.height == 2 * actual.height == WIDE.bottom - 12
    assert plan.x < actual.x
    assert actual.x + actual.width < plan.x + plan.width


def test_categories_share_one_scale_and_empty_ones_have_no_bar() -> None:
    drawn = category_bars([("Ads", D(200), D(100)), ("Tools", D(50), None)])
    assert [bar.width for bar in drawn.plan] == [638, 159.5]
    assert [bar.word for bar in drawn.actual] == ["Ads"]
    assert category_bars([("Ads", None, None)]).plan == ()
    assert [bar.width for bar in category_bars([("Ads", D(0), D(-5))]).actual] == [0]


def test_the_year_adds_up_and_the_forecast_goes_on_where_spending_stopped() -> None:
    plan, actual = [D(100)] * 12, [D(50)] * 2 + [None] * 10
    drawn = year_lines(plan, actual, 2, D(600), MONTHS)
    assert drawn.plan.split()[0] == f"{drawn.left}.0,{WIDE.bottom}.0"
    assert drawn.actual.split()[-1] == drawn.forecast.split()[0]
    assert drawn.forecast.split()[1].startswith(f"{WIDE.right}.0,")
    assert year_lines(plan, actual, 2, None, MONTHS).forecast == ""
    assert year_lines(plan, plan, 12, D(1200), MONTHS).forecast == ""
    assert running([D(1), None, D(2)]) == [0, 1, 1, 3]


def test_the_year_ends_with_the_rest_used_as_so_far() -> None:
    assert year_end(row([D(100)] * 12, [D(90)] * 6 + [None] * 6, 6)) == 1080
    assert year_end(row([D(100)] * 12, [None] * 12, 0)) is None
    assert year_end(row([None] * 12, [D(5)] + [None] * 11, 1)) is None


def test_half_the_money_on_half_of_the_days_is_on_pace() -> None:
    found = pace("Ads", D(300), D(150), {}, dt.date(2026, 6, 15))
    assert (found.pace, found.word, found.forecast) == (D(1), "good", D(300))
    assert pace("Ads", D(300), D(100), {}, dt.date(2026, 6, 15)).word == "slow"
    assert pace("Ads", D(300), D(200), {}, dt.date(2026, 6, 15)).word == "fast"
    assert pace("Ads", D(300), None, {}, dt.date(2026, 6, 15)).word == "empty"
    assert pace("Ads", None, D(20), {}, dt.date(2026, 6, 15)).word == "unplanned"
    assert pace("Ads", D(-3), D(20), {}, dt.date(2026, 6, 15)).pace is None


def test_the_month_goes_on_like_its_last_seven_days() -> None:
    spent = {dt.date(2026, 6, day): D(10 if day < 8 else 20) for day in range(1, 16)}
    assert month_end(D(230), spent, dt.date(2026, 6, 15)) == 210 + 16 * 20
    few = {dt.date(2026, 6, 1): D(30), dt.date(2026, 6, 2): D(30)}
    assert month_end(D(60), few, dt.date(2026, 6, 15)) == 120
    assert month_end(None, {}, dt.date(2026, 6, 15)) is None


@pytest.mark.parametrize(
    ("plan", "actual", "kind"),
    [
        (D(100), D("49.99"), "little"),
        (D(100), D(50), None),
        (D(100), D(110), None),
        (D(100), D("110.01"), "much"),
        (D(100), None, None),
        (None, D(10), "unplanned"),
        (D(0), D(0), None),
    ],
)
def test_an_ad_line_warns_below_half_and_above_a_tenth_more(
    plan: Any, actual: Any, kind: str | None
) -> None:
    found = alarm(row([plan] + [None] * 11, [actual] + [None] * 11, 1))
    assert (found.kind if found else None) == kind


def test_the_warning_carries_its_numbers() -> None:
    found = alarm(row([D(100)] * 12, [D(20)] * 2 + [None] * 10, 2))
    assert found == Alarm("Meta ads", "little", D(40), D(200), D("0.2"))


def test_the_share_of_a_month_counts_the_day_that_has_begun() -> None:
    assert Pace("Ads", D(1), D(1), 31, 31, None).elapsed == 1


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business)


def test_the_demo_is_63_90_under_its_plan(budget: Budget) -> None:
    found = overview(read(budget), today=TODAY)
    assert found.through == "September"
    assert found.total.plan_to_date == D("6743.00")
    assert found.total.actual_to_date == D("6679.10")
    assert found.left == D("63.90")
    assert found.total.year_plan == D("10582.00")
    assert found.rows[8].spent_so_far == D("6679.10")
    assert found.rows[9].spent_so_far is None
    assert found.rows[11].planned_so_far == D("10582.00")
    assert found.forecast is not None
    assert found.forecast.quantize(D("0.01")) == D("10481.72")
    assert found.largest is not None


def test_days_of_the_running_month_come_from_expenses(budget: Budget) -> None:
    line = budget.lines.ads()[0]
    for day in range(1, 12):
        Expense.objects.create(line=line, date=dt.date(2026, 10, day), amount=D(10))
    paces = {each.name: each for each in overview(read(budget), today=TODAY).paces}
    assert paces[line.name].actual == 110
    assert paces[line.name].forecast == 110 + 20 * 10
    assert overview(read(budget), today=dt.date(2027, 1, 5)).paces == []


def test_charts_cost_one_query(budget: Budget, django_assert_max_num_queries: Any) -> None:
    book = read(budget)
    with django_assert_max_num_queries(1):
        overview(book, today=TODAY)


@time_machine.travel("2026-10-12T09:00:00Z")
def test_the_page_says_what_the_charts_show(
    business: Business, budget: Budget, page: Client
) -> None:
    text = " ".join(page.get(sheet(business)).content.decode().split())
    assert (
        "By the end of September 6,679.10 of 6,743.00 EUR was spent: 63.90 less than planned."
        in text
    )
    assert "The year ends at 10,481.72 EUR, 100.28 under the plan of 10,582.00" in text
    assert "Day 12 of 31: 39" in text
    assert text.count('<svg class="h-auto') == 6
    assert "style=" not in text


@time_machine.travel("2026-10-12T09:00:00Z")
def test_the_page_warns_of_a_line_that_spends_too_much(
    business: Business, budget: Budget, page: Client
) -> None:
    line = budget.lines.ads()[0]
    Line.objects.filter(pk=line.pk).update(name="<b>Meta</b>")
    ActualAmount.objects.filter(line=line, month=9).update(amount=D(3000))
    text = " ".join(page.get(sheet(business)).content.decode().split())
    assert "Slow it down, or plan more." in text
    assert "<b>Meta</b>" not in text


def test_an_empty_budget_draws_nothing(business: Business, page: Client) -> None:
    Budget.objects.create(business=business, year=2026, currency="EUR")
    text = page.get(sheet(business)).content.decode()
    assert "Nothing to draw yet" in text
    assert '<svg class="h-auto' not in text


def sheet(business: Business) -> str:
    return reverse("budget:sheet", args=[business.slug]) + "?year=2026"

"""The formulas against worked figures, and what must hold for any numbers."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.budget import calculators as calc
from waypost.budget.calculators import AdPlan
from waypost.kit.figures import Figure, missing

D = Decimal
MONEY = st.decimals(min_value=0, max_value=10**7, places=2)
SOME = st.decimals(min_value=D("0.01"), max_value=10**7, places=2)
SHARE = st.decimals(min_value=D("0.001"), max_value=D("0.99"), places=3)
ANY = st.none() | st.decimals(min_value=-(10**7), max_value=10**7, places=2)

CANDLES = AdPlan(
    goal=D(1600),
    organic=None,
    order_value=D(46),
    conversion_rate=D("0.018"),
    cpc=D("0.28"),
    cpm=D("6.5"),
    click_rate=D("0.0232"),
    contribution=D("18.5"),
)


def rounded(figure: Figure, places: str = "0.01") -> D:
    assert figure.value is not None, figure.reason
    return figure.value.quantize(D(places), "ROUND_HALF_UP")


def test_the_candle_shop_needs_544_60_for_its_goal() -> None:
    assert CANDLES.orders.value == 35
    assert CANDLES.clicks.value == 1945
    assert CANDLES.budget.value == D("544.60")
    assert CANDLES.impressions.value == 83837
    assert rounded(CANDLES.budget_by_views) == D("544.94")
    assert rounded(CANDLES.cpa) == D("15.56")
    assert rounded(CANDLES.roas) == D("2.94")
    assert rounded(calc.break_even_roas(CANDLES.ratio.value)) == D("2.49")
    assert calc.most_per_click(D("18.5"), D("0.018")).value == D("0.3330")
    assert CANDLES.profit.value == D("102.90")


def test_what_comes_without_adverts_is_taken_off_the_goal() -> None:
    plan = AdPlan(D(1600), D(1600), D(46), D("0.018"), D("0.28"))
    assert plan.budget.value == 0
    assert plan.cpa == Figure(None, "The money was spent without a sale.")
    assert AdPlan(D(1000), D(1600), D(46), D("0.018"), D("0.28")).revenue.value == 0


def test_the_cap_lies_between_ten_and_twelve_percent() -> None:
    numbers = (D(98000), D("1.12"), D(2950))
    assert calc.budget_cap(*numbers, calc.LOW_EXPOSURE).value == D("8026.0")
    assert calc.budget_cap(*numbers, calc.HIGH_EXPOSURE).value == D("10221.2")
    assert calc.budget_cap(D(500000), D("0.92"), D(24000), D("0.11")).value == D(26600)


def test_a_dear_place_leaves_no_cap() -> None:
    figure = calc.budget_cap(D(10000), D(1), D(5000), calc.LOW_EXPOSURE)
    assert figure.value is None
    assert figure.reason == "The place costs more than being seen may cost, so nothing is left."


def test_a_customer_is_worth_118_76_and_7_63_times_the_cost() -> None:
    ltv = calc.lifetime_value(D("37.7"), D("2.1"), D("2.5"), None, D("0.6"))
    assert rounded(ltv) == D("118.76")
    assert rounded(calc.value_to_cost(ltv.value, D("15.56"))) == D("7.63")


@pytest.mark.parametrize(
    ("years", "churn", "expected", "note"),
    [
        (D(2), D("0.5"), D(2), ""),
        (None, D("0.5"), D(2), ""),
        (None, D(0), D(5), "Counted for 5 years at most."),
        (None, None, D("1.5"), "Nobody knows yet; 1.5 years is a careful guess."),
    ],
)
def test_how_long_a_customer_stays(years: Any, churn: Any, expected: D, note: str) -> None:
    assert calc.years_of_custom(years, churn) == Figure(expected, note=note)


def test_more_orders_than_visits_are_doubted() -> None:
    figure = calc.conversion_rate(D(12), D(10))
    assert figure.value == D("1.2")
    assert figure.note.startswith("There are more orders than visits.")


def test_costs_that_are_empty_are_left_out_but_not_all_of_them() -> None:
    assert calc.acquisition_cost([D(100), None, D(50)], D(10)).value == D(15)
    assert calc.acquisition_cost([None, None], D(10)) == missing()
    assert calc.contribution(D(46), [D(20), None, D("7.5")]).value == D("18.5")


def test_adverts_cannot_break_even_on_an_order_that_loses() -> None:
    ratio = calc.contribution_ratio(D(10), [D(12)])
    assert ratio.value == D("-0.2")
    assert calc.break_even_roas(ratio.value).reason.endswith("adverts cannot break even.")
    assert calc.target_roas(D("0.4"), D("0.4")).value is None
    assert calc.target_roas(D("0.4"), D("0.15")).value == D(4)


def test_results_have_their_cost() -> None:
    assert calc.cost_per_follower(D(300), D(100), D(970)).value == D(300) / D(870)
    assert calc.cost_per_follower(D(300), D(970), D(970)).reason == "No followers were gained."
    assert calc.social_return(D(1500), D(1000)).value == D("0.5")
    assert calc.roas(D(0), D(10)).value == 0
    assert calc.roas(D(10), D(0)).reason == "Nothing was spent on adverts."
    assert calc.cost_per_thousand(D("6.5"), D(1000)).value == D("6.5")
    assert calc.cost_per_click(D(28), D(100)).value == D("0.28")
    assert calc.click_rate(D(2), D(100)).value == D("0.02")
    assert calc.order_value(D(460), D(10)).value == D(46)


@given(top=ANY, bottom=ANY)
def test_two_numbers_give_a_number_or_a_reason_but_never_both(top: Any, bottom: Any) -> None:
    for formula in (
        calc.order_value,
        calc.conversion_rate,
        calc.click_rate,
        calc.cost_per_click,
        calc.cost_per_thousand,
        calc.roas,
        calc.target_roas,
        calc.value_to_cost,
        calc.social_return,
    ):
        figure = formula(top, bottom)
        assert (figure.value is None) == bool(figure.reason)
        assert figure.value is None or figure.value.is_finite()
        if top is None or bottom is None:
            assert figure == missing()


@given(amount=MONEY, weights=st.lists(MONEY, min_size=1, max_size=12).filter(any))
def test_months_add_up_to_the_cent(amount: D, weights: list[D]) -> None:
    parts = calc.spread(amount, weights)
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


def test_months_without_any_weight_are_refused() -> None:
    with pytest.raises(ValueError, match="weights"):
        calc.spread(D(10), [D(0), D(0)])
    with pytest.raises(ValueError, match="weights"):
        calc.spread(D(10), [D(2), D(-1)])


@given(goal=SOME, order=SOME, rate=SHARE, cpc=SOME)
def test_the_budget_always_buys_the_goal(goal: D, order: D, rate: D, cpc: D) -> None:
    plan = AdPlan(goal, None, order, rate, cpc)
    assert plan.orders.value is not None
    assert plan.clicks.value is not None
    assert plan.orders.value * order >= goal
    assert plan.clicks.value * rate >= plan.orders.value
    assert plan.budget.value == plan.clicks.value * cpc


@given(goal=SOME, order=SOME, rate=SHARE, cpc=SOME)
def test_pulling_a_lever_the_right_way_never_costs_more(goal: D, order: D, rate: D, cpc: D) -> None:
    base = AdPlan(goal, None, order, rate, cpc).budget.value
    for plan in (
        AdPlan(goal, None, calc.changed(order, calc.LEVER), rate, cpc),
        AdPlan(goal, None, order, calc.changed(rate, calc.LEVER), cpc),
        AdPlan(goal, None, order, rate, calc.changed(cpc, -calc.LEVER)),
    ):
        assert plan.budget.value is not None
        assert base is not None
        assert plan.budget.value <= base

"""The formulas of prices against worked figures, and what must hold for any numbers."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.figures import Figure, missing
from waypost.market import prices

D = Decimal
SOME = st.decimals(min_value=D("0.01"), max_value=10**7, places=2)
SHARE = st.decimals(min_value=D("0.001"), max_value=D("0.99"), places=3)
ANY = st.none() | st.decimals(min_value=-(10**7), max_value=10**7, places=2)


def rounded(figure: Figure, places: str = "0.01") -> D:
    assert figure.value is not None, figure.reason
    return figure.value.quantize(D(places), "ROUND_HALF_UP")


def test_a_pack_that_costs_100_and_sells_at_150() -> None:
    assert rounded(prices.margin(D(150), D(100)), "0.001") == D("0.333")
    assert prices.markup(D(150), D(100)).value == D("0.5")
    assert prices.gross_profit(D(150), D(100)).value == D(50)


def test_vat_leaves_the_net_price_and_comes_back() -> None:
    assert prices.net_price(D("46.00"), D(0)).value == D(46)
    assert rounded(prices.net_price(D(46), D("0.22"))) == D("37.70")
    assert prices.gross_price(D(100), D("0.22")).value == D(122)


def test_a_margin_of_all_or_more_is_refused_in_words() -> None:
    figure = prices.price_for_margin(D(10), D(1))
    assert figure == Figure(None, "A margin is always below 100 %: the cost is part of the price.")
    assert prices.price_for_margin(D(10), D("0.6")).value == D(25)
    assert prices.price_for_markup(D(10), D("1.5")).value == D(25)


def test_profit_is_put_back_only_when_there_is_some() -> None:
    assert prices.reinvestment(D(1000), D("0.3")).value == D(300)
    assert prices.reinvestment(D(-5), D("0.3")).reason == "There was no profit to put back."


@given(top=ANY, bottom=ANY)
def test_two_numbers_give_a_number_or_a_reason_but_never_both(top: Any, bottom: Any) -> None:
    for formula in (
        prices.net_price,
        prices.margin,
        prices.markup,
        prices.price_for_margin,
        prices.reinvestment,
    ):
        if formula is prices.net_price and bottom == -1:
            continue  # a VAT of -100 % is refused by every form
        figure = formula(top, bottom)
        assert (figure.value is None) == bool(figure.reason)
        assert figure.value is None or figure.value.is_finite()
        if top is None or bottom is None:
            assert figure == missing()


@given(cost=SOME, share=SHARE)
def test_the_price_for_a_margin_has_that_margin(cost: D, share: D) -> None:
    price = prices.price_for_margin(cost, share).value
    assert rounded(prices.margin(price, cost), "0.000001") == share
    price = prices.price_for_markup(cost, share).value
    assert rounded(prices.markup(price, cost), "0.000001") == share


@given(share=SHARE)
def test_margin_and_markup_turn_into_each_other(share: D) -> None:
    there = prices.markup_of_margin(share).value
    assert rounded(prices.margin_of_markup(there), "0.000001") == share

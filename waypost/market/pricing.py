"""What the price of a product leaves, and what all products together can put back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from waypost.kit.figures import ONE, ZERO, Figure, Number, missing
from waypost.market import prices
from waypost.market.models import Product

NUMBERS = (
    "price_gross",
    "vat_rate",
    "unit_cost",
    "target_margin",
    "orders_per_year",
    "sold_per_year",
    "reinvest_share",
)


@dataclass(frozen=True)
class Pricing:
    """The numbers of one product; shares are of 1, money is per piece unless it says more."""

    price_gross: Number = None
    vat_rate: Number = None
    unit_cost: Number = None
    target_margin: Number = None
    orders_per_year: Number = None  # of one buyer
    sold_per_year: Number = None  # by all buyers
    reinvest_share: Number = None

    @classmethod
    def of(cls, source: Any) -> "Pricing":
        """The numbers of a product, or of anything with the same names."""
        return cls(**{name: getattr(source, name) for name in NUMBERS})

    @property
    def net(self) -> Figure:
        return prices.net_price(self.price_gross, self.vat_rate)

    @property
    def profit(self) -> Figure:
        return prices.gross_profit(self.net.value, self.unit_cost)

    @property
    def margin(self) -> Figure:
        return prices.margin(self.net.value, self.unit_cost)

    @property
    def markup(self) -> Figure:
        return prices.markup(self.net.value, self.unit_cost)

    @property
    def wanted_net(self) -> Figure:
        """The price without VAT that reaches the margin that is wanted."""
        return prices.price_for_margin(self.unit_cost, self.target_margin)

    @property
    def wanted_gross(self) -> Figure:
        net = self.wanted_net
        return net if net.value is None else prices.gross_price(net.value, self.vat_rate)

    @property
    def gap(self) -> Figure:
        """How much the price with VAT lies below the wanted one; below zero: above it."""
        wanted = self.wanted_gross
        if wanted.value is None or self.price_gross is None:
            return missing()
        return Figure(wanted.value - self.price_gross)

    @property
    def customer_year(self) -> Figure:
        """What one buyer is worth in a year: gross profit of all their orders."""
        return _times(self.profit, self.orders_per_year)

    @property
    def profit_year(self) -> Figure:
        """Gross profit of everything sold in a year."""
        return _times(self.profit, self.sold_per_year)

    @property
    def reinvest(self) -> Figure:
        """The part of one piece's profit that goes back into marketing."""
        return prices.reinvestment(self.profit.value, self.reinvest_share)

    @property
    def reinvest_year(self) -> Figure:
        return prices.reinvestment(self.profit_year.value, self.reinvest_share)

    @property
    def warning(self) -> str:
        """What is wrong with the price, in a sentence; empty when nothing is."""
        profit = self.profit.value
        if profit is None:
            return ""
        if profit < 0:
            return _("It sells for less than it costs: every piece sold loses money.")
        if profit == 0:
            return _("It sells for just what it costs: nothing is left.")
        if self.gap.value is not None and self.gap.value > 0:
            return _("The price is too low for the margin you want.")
        return ""


def _times(figure: Figure, count: Number) -> Figure:
    if figure.value is None:
        return figure
    return missing() if count is None else Figure(figure.value * count)


@dataclass(frozen=True)
class Ceiling:
    """How much of a year's gross profit may go back; counts only products that say enough."""

    amount: Figure
    profit: Number
    counted: int
    of: int


def ceiling(products: Iterable[Product]) -> Ceiling:
    """Σ gross profit of a year × share that is put back, in the currency of the business."""
    rows = [Pricing.of(product) for product in products]
    known = [
        (row.profit_year.value, row.reinvest_share)
        for row in rows
        if row.profit_year.value is not None and row.reinvest_share is not None
    ]
    if not known:
        return Ceiling(missing(), None, 0, len(rows))
    profit = sum((each for each, _share in known), ZERO)
    back = sum((each * share for each, share in known), ZERO)
    # Products that lose take their part off; below zero there is nothing to put back.
    figure = prices.reinvestment(back, ONE)
    return Ceiling(figure, profit, len(known), len(rows))

"""What a price leaves: formulas over Decimal, without any database.

Margins are of the price without VAT. Money is not rounded here.
"""

from django.utils.translation import gettext as _

from waypost.kit.figures import ONE, Figure, Number, divided, missing


def net_price(gross: Number, vat: Number) -> Figure:
    """The price without VAT; a ``vat`` of 0 is a small trader's."""
    if gross is None or vat is None:
        return missing()
    return Figure(gross / (ONE + vat))


def gross_price(net: Number, vat: Number) -> Figure:
    if net is None or vat is None:
        return missing()
    return Figure(net * (ONE + vat))


def gross_profit(price: Number, cost: Number) -> Figure:
    """Per piece; below zero when it sells for less than it costs."""
    if price is None or cost is None:
        return missing()
    return Figure(price - cost)


def margin(price: Number, cost: Number) -> Figure:
    """Share of the net price that is profit."""
    return divided(gross_profit(price, cost).value, price, _("A price of 0 or less has no margin."))


def markup(price: Number, cost: Number) -> Figure:
    """Profit as a share of the cost."""
    return divided(gross_profit(price, cost).value, cost, _("Without a cost there is no markup."))


def price_for_margin(cost: Number, share: Number) -> Figure:
    if cost is None or share is None:
        return missing()
    if share >= 1:
        return Figure(None, _("A margin is always below 100 %: the cost is part of the price."))
    return Figure(cost / (ONE - share))


def price_for_markup(cost: Number, share: Number) -> Figure:
    if cost is None or share is None:
        return missing()
    return Figure(cost * (ONE + share))


def margin_of_markup(share: Number) -> Figure:
    if share is None:
        return missing()
    return divided(share, ONE + share, _("A markup of −100 % means that it is given away."))


def markup_of_margin(share: Number) -> Figure:
    if share is None:
        return missing()
    return divided(share, ONE - share, _("A margin of 100 % would need a cost of 0."))


def reinvestment(profit: Number, share: Number) -> Figure:
    """The most that may go back into advertising from a period's gross profit."""
    if profit is None or share is None:
        return missing()
    if profit <= 0:
        return Figure(None, _("There was no profit to put back."))
    return Figure(profit * share)

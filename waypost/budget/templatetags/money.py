"""The filter for amounts; an empty one is a dash, never 0."""

from decimal import Decimal

from django.template import Library

from waypost.kit.numbers import grouped

register = Library()
DASH = "–"


@register.filter
def money(value: Decimal | int | None, places: int = 2) -> str:
    """With all its cents: ``1,234.50``."""
    if value is None:
        return DASH
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    return grouped(rounded)


@register.filter
def without_sign(value: Decimal) -> Decimal:
    """For sentences that say "over" or "under" themselves."""
    return abs(value)


@register.filter
def hundred(part: Decimal) -> float:
    """A share as percent for drawing, at most 100."""
    return float(min(part, Decimal(1)) * 100)


@register.filter
def unit_price(value: Decimal | None) -> str:
    """What one of many costs; below 1 with a third decimal, so that it is not lost."""
    return money(value, 3 if value is not None and abs(value) < 1 else 2)

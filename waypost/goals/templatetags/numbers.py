"""Filters for numbers on pages; an empty value is shown as a dash, never as 0."""

from decimal import Decimal

from django.template import Library

from waypost.kit.numbers import shown

register = Library()
DASH = "–"


@register.filter
def number(value: Decimal | int | None, places: int = 2) -> str:
    """At most ``places`` decimals in the person's format."""
    return DASH if value is None else shown(Decimal(value), places=places)


@register.filter
def change(value: Decimal | int | None) -> str:
    """A difference with its sign: ``+12``, ``−3``, ``0``."""
    if value is None:
        return DASH
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{shown(abs(Decimal(value)))}"


@register.filter
def percent(share: Decimal | None, places: int = 0) -> str:
    """A share where 1 is the whole, in percent."""
    return DASH if share is None else f"{shown(share * 100, places=places)} %"


@register.filter
def per_cent_change(share: Decimal | None) -> str:
    """A relative change with its sign: ``+4.2 %``."""
    if share is None:
        return DASH
    tenths = (share * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    return f"{change(tenths)} %"

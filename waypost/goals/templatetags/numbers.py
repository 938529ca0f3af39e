"""Filters for numbers on pages; an empty value is shown as a dash, never as 0."""

from decimal import Decimal

from django.template import Library
from django.utils.formats import number_format

from waypost.kit.numbers import shown

register = Library()
DASH = "–"
NO_BREAK = "\u00a0"


@register.filter
def number(value: Decimal | int | None, places: int = 2) -> str:
    """At most ``places`` decimals in the person's format."""
    return DASH if value is None else shown(Decimal(value), places=places)


@register.filter
def rough(value: Decimal | None) -> str:
    """An estimate, with no more decimals than it deserves: ``11,400``, ``2.6``, ``0.25``."""
    if value is None:
        return DASH
    size = abs(value)
    return shown(value, places=0 if size >= 100 else 1 if size >= 1 else 2)


@register.filter
def pace(value: Decimal | None) -> str:
    """Always two decimals, since 0.9 and 0.90 read as different care: ``0.90``."""
    if value is None:
        return DASH
    # number_format cuts digits off instead of rounding.
    return number_format(value.quantize(Decimal("0.01"), "ROUND_HALF_UP"), 2)


@register.filter
def change(value: Decimal | int | None) -> str:
    """A difference with its sign: ``+12``, ``−3``, ``0``."""
    if value is None:
        return DASH
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{rough(abs(Decimal(value)))}"


@register.filter
def percent(share: Decimal | None, places: int = 0) -> str:
    """A share where 1 is the whole, in percent."""
    return DASH if share is None else f"{shown(share * 100, places=places)}{NO_BREAK}%"


@register.filter
def per_cent_change(share: Decimal | None) -> str:
    """A relative change with its sign: ``+4.2 %``."""
    if share is None:
        return DASH
    tenths = (share * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    return f"{change(tenths)}{NO_BREAK}%"

"""Numbers that formulas answer: a value, or the reason why there is none.

A share is a number where 1 is the whole. A number that is missing, or a denominator of zero,
gives no value and the reason in words; nothing is ever infinite, and an empty number never
counts as 0.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

ZERO, ONE = Decimal(0), Decimal(1)
CENT = Decimal("0.01")

Number = Decimal | None


@dataclass(frozen=True)
class Figure:
    """``value``, or None and the ``reason``; ``note`` is what to know about the value."""

    value: Number
    reason: str = ""
    note: str = ""


def missing() -> Figure:
    return Figure(None, _("A number above is still empty."))


def divided(top: Number, bottom: Number, why: str) -> Figure:
    """``top / bottom``; ``why`` is said when ``bottom`` is not above zero."""
    if top is None or bottom is None:
        return missing()
    return Figure(top / bottom) if bottom > 0 else Figure(None, why)

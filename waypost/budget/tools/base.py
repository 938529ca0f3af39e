"""What a calculator is: what it asks for, what it answers, and the formula it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from waypost.kit.figures import CENT, Figure, Number

Text = str | Promise
Values = Mapping[str, Number]
TOO_LARGE = Decimal(10) ** 15


class Unit(Enum):
    """How a number is shown; a percentage is kept as a share of 1."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    TIMES = "times"
    YEARS = "years"

    def word(self, currency: str) -> str:
        """What stands after a number of this unit."""
        words = {Unit.MONEY: currency, Unit.PERCENT: "%", Unit.TIMES: "×", Unit.YEARS: _("years")}
        return words.get(self, "")


@dataclass(frozen=True)
class Input:
    """One number that is asked for; ``example`` as typed (percent as 22, not 0.22)."""

    name: str
    label: Text
    unit: Unit
    help: Text
    example: str = ""
    low: int | None = 0  # None: may be below zero
    extra: bool = False  # stands in a part that is folded away


@dataclass(frozen=True)
class Result:
    label: str
    unit: Unit
    figure: Figure
    usable: bool = False  # an amount that can go into the plan of a budget

    @property
    def value(self) -> Number:
        """None also when it is too large to mean anything."""
        value = self.figure.value
        return None if value is None or abs(value) >= TOO_LARGE else value

    @property
    def reason(self) -> str:
        if self.value is None and not self.figure.reason:
            return _("The result is too large to mean anything. Check the numbers.")
        return self.figure.reason

    @property
    def places(self) -> int:
        return 3 if self.unit is Unit.MONEY and abs(self.value or Decimal(1)) < 1 else 2

    @property
    def shown(self) -> Number:
        """The number as people read it: 0.22 → 22 %."""
        if self.value is None:
            return None
        return self.value * 100 if self.unit is Unit.PERCENT else self.value

    @property
    def amount(self) -> Number:
        """What may go into a plan: whole cents."""
        if not self.usable or self.value is None:
            return None
        return max(Decimal(0), self.value).quantize(CENT, "ROUND_HALF_UP")


@dataclass(frozen=True)
class Grid:
    """A table beside the results; each row is a word and its amounts of money."""

    caption: str
    head: list[str]
    rows: list[tuple[str, list[Number]]]


@dataclass(frozen=True)
class Answer:
    results: list[Result]
    grids: list[Grid] = field(default_factory=list)


@dataclass(frozen=True)
class Formula:
    words: Text
    symbols: str


@dataclass(frozen=True)
class Tool:
    name: str  # in the address
    title: Text
    lead: Text
    inputs: tuple[Input, ...]
    formulas: tuple[Formula, ...]
    compute: Callable[[Values], Answer]

    @property
    def example(self) -> dict[str, str]:
        """Numbers to start from, as typed with a decimal dot."""
        return {each.name: each.example for each in self.inputs if each.example}

"""What the words in a file mean: headings, states and risks in every language, days, numbers."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from waypost.documents.headings import NotUnderstood, as_choice, as_text, meanings
from waypost.documents.reading import Cell
from waypost.goals import formulas
from waypost.goals.models import Initiative
from waypost.goals.planned import GOAL_HEADINGS, HEADINGS
from waypost.kit.days import NotADay, parse_day
from waypost.kit.numbers import NotANumber, parse
from waypost.kit.screen import status_word

OTHER_HEADINGS: Mapping[str, tuple[Promise, ...]] = {
    "title": (pgettext_lazy("heading", "Task"), pgettext_lazy("heading", "Title")),
    "owner": (pgettext_lazy("heading", "Responsible"),),
    "start_date": (pgettext_lazy("heading", "Start date"),),
    "end_date": (pgettext_lazy("heading", "End date"), pgettext_lazy("heading", "Due date")),
    "progress": (pgettext_lazy("heading", "Progress"),),
}
"""How other programs call the same."""


def roadmap_headings() -> dict[str, str]:
    return meanings(
        lambda: [
            *HEADINGS.items(),
            *((name, word) for name, words in OTHER_HEADINGS.items() for word in words),
            *((name, name.replace("_", " ")) for name in HEADINGS),
        ]
    )


def goal_headings() -> dict[str, str]:
    return meanings(lambda: GOAL_HEADINGS.items())


def as_day(cell: Cell) -> dt.date | None:
    if cell is None or isinstance(cell, dt.date):
        return cell
    try:
        return parse_day(as_text(cell))
    except NotADay as error:
        raise NotUnderstood(str(error)) from error


def as_number(cell: Cell, *, digits: int = 14) -> Decimal | None:
    """With two decimals and at most ``digits`` before them; signs of money and ``%`` fall off."""
    if cell is None:
        return None
    try:
        number = cell if isinstance(cell, Decimal) else parse(_bare(as_text(cell)))
        rounded = number.quantize(Decimal("0.01"), "ROUND_HALF_UP")
    except NotANumber as error:
        raise NotUnderstood(str(error)) from error
    except InvalidOperation as error:
        raise NotUnderstood(_("The number is too large.")) from error
    if rounded.adjusted() >= digits:
        raise NotUnderstood(_("The number is too large."))
    return rounded


def as_percent(cell: Cell) -> int | None:
    """Whole percent; what lies outside of 0 to 100 is for the action to refuse."""
    number = as_number(cell, digits=6)
    return None if number is None else int(number.to_integral_value("ROUND_HALF_UP"))


def _bare(text: str) -> str:
    return re.sub(r"^(?:€|\$|£|[A-Z]{3})\s*|\s*(?:%|€|\$|£|[A-Z]{3})$", "", text.strip())


def as_status(cell: Cell) -> str:
    """A value of ``Initiative.Status``; empty for an empty cell."""
    return as_choice(
        cell,
        lambda: {name: status_word(name) for name in Initiative.Status.values},
        _("“%(text)s” is no status. Write one of these: %(words)s."),
    )


def as_risk(cell: Cell) -> str:
    """A value of ``Initiative.Risk``; empty for an empty cell."""
    return as_choice(
        cell,
        lambda: {risk.value: risk.label for risk in Initiative.Risk},
        _("“%(text)s” is no risk. Write one of these: %(words)s."),
    )


def as_kind(cell: Cell) -> str:
    """A value of ``formulas.Kind``; empty for an empty cell."""
    return as_choice(
        cell,
        lambda: {kind.value: kind.label for kind in formulas.Kind},
        _("“%(text)s” is no kind of goal. Write one of these: %(words)s."),
    )

"""What the words in a file mean: headings, states and risks in every language, days, numbers."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from waypost.documents.reading import Cell, Line
from waypost.goals import formulas
from waypost.goals.models import Initiative
from waypost.goals.planned import GOAL_HEADINGS, HEADINGS
from waypost.kit.days import NotADay, parse_day
from waypost.kit.numbers import NotANumber, parse
from waypost.kit.screen import status_word

LOOKED_AT = 20  # lines from the top where headings may stand
OTHER_HEADINGS: Mapping[str, tuple[Promise, ...]] = {
    "title": (pgettext_lazy("heading", "Task"), pgettext_lazy("heading", "Title")),
    "owner": (pgettext_lazy("heading", "Responsible"),),
    "start_date": (pgettext_lazy("heading", "Start date"),),
    "end_date": (pgettext_lazy("heading", "End date"), pgettext_lazy("heading", "Due date")),
    "progress": (pgettext_lazy("heading", "Progress"),),
}
"""How other programs call the same."""


class NotUnderstood(ValueError):
    """A cell cannot be read; the message is a sentence for the person."""


def plain(word: object) -> str:
    """A heading or a word without what people write differently: ``Progress %`` → ``progress``."""
    bare = re.sub(r"\([^)]*\)", "", str(word).casefold())
    return " ".join(re.sub(r"[^\w/]+", " ", bare).split())


def meanings(name_and_word: Callable[[], Iterable[tuple[str, object]]]) -> dict[str, str]:
    """Plain word → what it stands for, in every language Waypost speaks."""
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for name, word in name_and_word():
                found.setdefault(plain(word), name)
    return found


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


def recognised(cells: Sequence[Cell], headings: Mapping[str, str]) -> dict[int, str]:
    """Column → field; of two columns that mean the same the first one counts."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = headings.get(plain(cell)) if isinstance(cell, str) else None
        if name and name not in found.values():
            found[place] = name
    return found


def heading_line(
    lines: Sequence[Line], headings: Mapping[str, str], needed: Iterable[str]
) -> int | None:
    """Where in ``lines`` the headings stand: all ``needed`` must be among them."""
    for place, line in enumerate(lines[:LOOKED_AT]):
        if set(needed) <= set(recognised(line.cells, headings).values()):
            return place
    return None


def as_text(cell: Cell, *, longest: int = 0) -> str:
    """``longest`` letters at most, when it is given."""
    if isinstance(cell, Decimal):
        text = f"{cell.normalize():f}"
    else:
        text = "" if cell is None else str(cell)
    if longest and len(text) > longest:
        raise NotUnderstood(
            _("The text has %(n)s letters; at most %(most)s fit.")
            % {"n": len(text), "most": longest}
        )
    return text


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
    return _choice(
        cell,
        [(name, lambda name=name: status_word(name)) for name in Initiative.Status.values],  # type: ignore[misc]
        _("“%(text)s” is no status. Write one of these: %(words)s."),
    )


def as_risk(cell: Cell) -> str:
    """A value of ``Initiative.Risk``; empty for an empty cell."""
    return _choice(
        cell,
        [(risk.value, lambda risk=risk: risk.label) for risk in Initiative.Risk],  # type: ignore[misc]
        _("“%(text)s” is no risk. Write one of these: %(words)s."),
    )


def as_kind(cell: Cell) -> str:
    """A value of ``formulas.Kind``; empty for an empty cell."""
    return _choice(
        cell,
        [(kind.value, lambda kind=kind: kind.label) for kind in formulas.Kind],  # type: ignore[misc]
        _("“%(text)s” is no kind of goal. Write one of these: %(words)s."),
    )


def _choice(cell: Cell, choices: list[tuple[str, Callable[[], object]]], complaint: str) -> str:
    text = as_text(cell)
    if not text:
        return ""
    known = meanings(lambda: [(name, word()) for name, word in choices])
    known |= {plain(name): name for name, _word in choices}
    if plain(text) not in known:
        words = ", ".join(str(word()) for _name, word in choices)
        raise NotUnderstood(complaint % {"text": text[:40], "words": words})
    return known[plain(text)]

"""Answers as people type them, and as they read.

An answer's ``value`` is a dict with one entry for each part that was filled in; what is
empty is left out, so an answer without entries says nothing.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.kit.numbers import shown
from waypost.strategy.questions import Kind, Part, Question

_YEAR = re.compile(r"^\d{4}$")
_STORED_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$")
_DOTTED = re.compile(r"^(?:(\d{1,2})[./]\s*)?(\d{1,2})[./]\s*(\d{4})\.?$")
_LEADING_DAY = re.compile(
    r"^\s*(\d{4}-\d{1,2}(?:-\d{1,2})?|(?:\d{1,2}[./]\s*){1,2}\d{4}|\d{4})\.?\s*[:–—,-]?\s+(\S.*)$"
)


def day_from(text: str) -> str:
    """``2019``, ``2019-03`` or ``2019-03-14`` from what a person types.

    Understands 14. 3. 2019, 3. 2019, 14/3/2019, 2019-3-14 and 2019. Raises
    ``ValidationError`` in words.
    """
    text = text.strip()
    if _YEAR.match(text) and int(text):
        return text
    iso, dotted = _ISO.match(text), _DOTTED.match(text)
    if iso:
        year, month, day = iso.groups()
    elif dotted:
        day, month, year = dotted.groups()
    else:
        raise ValidationError(
            _("“%(text)s” is not a date. Write 14. 3. 2019, or only the year."),
            params={"text": text},
        )
    try:
        date = dt.date(int(year), int(month), int(day or 1))
    except ValueError as fault:
        raise ValidationError(
            _("There is no day “%(text)s” in the calendar."), params={"text": text}
        ) from fault
    return date.isoformat() if day else date.isoformat()[:7]


def timeline_from(text: str) -> list[list[str]]:
    """(day, words) of each line that says something; raises ``ValidationError`` by line."""
    found: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LEADING_DAY.match(line)
        if not match:
            raise ValidationError(
                _("Line %(number)s: begin with a day, a month or a year, then say what happened."),
                params={"number": number},
            )
        found.append([day_from(match[1]), match[2].strip()])
    return found


def list_from(text: str) -> list[str]:
    """The lines that say something, without bullets."""
    lines = (
        line.strip().removeprefix("- ").removeprefix("• ").strip() for line in text.split("\n")
    )
    return [line for line in lines if line]


def day_words(day: str) -> str:
    """A stored day as people write it: 14 March 2019, March 2019, 2019."""
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 1:
        return day
    if len(parts) == 2:
        return date_format(dt.date(parts[0], parts[1], 1), "YEAR_MONTH_FORMAT")
    return date_format(dt.date(*parts), "DATE_FORMAT")


def stored(part: Part, value: Any) -> Any:
    """A part of an answer as its form field cleans to it."""
    if value is None:
        return None
    if part.kind == Kind.NUMBER:
        return Decimal(value)
    if part.kind == Kind.YES_NO:
        return "yes" if value else "no"
    return value


def timeline_typed(value: Iterable[Iterable[str]]) -> str:
    """A stored timeline as it is typed, one line each."""
    return "\n".join(f"{day_typed(day)} {text}" for day, text in value)


def day_typed(day: str) -> str:
    """A stored day as one would type it; anything else as it is."""
    if not _STORED_DAY.match(day):
        return day
    date = dt.date.fromisoformat(day)
    return f"{date.day}. {date.month}. {date.year}"


def words(question: Question, value: Mapping[str, Any]) -> str:
    """An answer as a text for reading."""
    told = ""
    for part in question.parts:
        text = _part_words(part, value[part.name]) if part.name in value else ""
        if text and part.counted and (number := _number(question, value)) is not None:
            told = part.counted(number, value[part.name])
        elif text:
            told += ("\n" if told else "") + _labelled(question, part, text)
    return told


def _number(question: Question, value: Mapping[str, Any]) -> Decimal | None:
    """The number of the answer that another part counts."""
    numbers = [part.name for part in question.parts if part.kind == Kind.NUMBER]
    return next((Decimal(value[name]) for name in numbers if name in value), None)


def _labelled(question: Question, part: Part, text: str) -> str:
    several = len(question.parts) > 1 and part.label and part.kind != Kind.URL
    return f"{part.label}: {text}" if several else text


def _part_words(part: Part, value: Any) -> str:
    match part.kind:
        case Kind.LIST:
            return "\n".join(f"• {line}" for line in value)
        case Kind.TIMELINE:
            return "\n".join(f"{day_words(day)}: {text}" for day, text in value)
        case Kind.DATE:
            return day_words(value)
        case Kind.NUMBER:
            return shown(Decimal(value))
        case Kind.YES_NO:
            return _("Yes") if value else _("No")
        case Kind.CHOICE:
            return str(part.word(value))
        case Kind.MANY:
            return ", ".join(str(part.word(key)) for key in value)
    return str(value)


def cleaned(parts: Iterable[tuple[Part, Any]]) -> dict[str, Any]:
    """The ``value`` of an answer from the cleaned data of its fields, without what is empty."""
    found = ((part.name, _kept(part, data)) for part, data in parts)
    return {name: value for name, value in found if value not in (None, "", [])}


def _kept(part: Part, data: Any) -> Any:
    if part.kind == Kind.NUMBER:
        return None if data is None else f"{data.normalize():f}"
    if part.kind == Kind.YES_NO:
        return None if data == "" else data == "yes"
    return data

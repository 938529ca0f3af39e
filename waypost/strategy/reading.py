"""The whole strategy as text, in the order of the document: for versions and comparing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Field, JSONField, ManyToManyField, Model, Value, When
from django.db.models.fields.related import ForeignKey
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.kit.numbers import shown
from waypost.strategy.models import Answer
from waypost.strategy.progress import sections_of
from waypost.strategy.questions import Question, Rows, Section, all_questions, path
from waypost.strategy.sections import SECTIONS
from waypost.strategy.values import words


@dataclass(frozen=True)
class Line:
    """What is said to one question, of one row where rows answer it."""

    key: str  # company.story, persona.usp.17
    ask: str
    text: str

    def as_json(self) -> dict[str, str]:
        return {"key": self.key, "ask": self.ask, "text": self.text}


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, Any]:
        lines = [line.as_json() for line in self.lines]
        return {"key": self.key, "title": self.title, "lines": lines}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Chapter":
        lines = tuple(Line(line["key"], line["ask"], line["text"]) for line in told["lines"])
        return cls(told["key"], told["title"], lines)


def read(business: Business) -> list[Chapter]:
    """Everything that is said, in the language of the moment; hidden sections are left out."""
    answers = business.answers.by_key()
    hidden = set(business.hidden_sections.values_list("section", flat=True))
    rows = _Rows(business)
    return [
        _chapter(section, answers, rows)
        for section in sections_of(business.own_questions.all())
        if section.key not in hidden
    ]


def _chapter(section: Section, answers: Mapping[str, Answer], rows: "_Rows") -> Chapter:
    lines: list[Line] = []
    for question in section.questions:
        key = path(section, question)
        answer = answers.get(key)
        if answer and answer.value:
            lines.append(Line(key, str(question.ask), words(question, answer.value)))
        if question.rows is not None:
            lines += _of_rows(key, question, question.rows, rows)
    return Chapter(section.key, str(section.title), tuple(lines))


def _of_rows(key: str, question: Question, asked: Rows, rows: "_Rows") -> Iterable[Line]:
    for row in rows.of(asked):
        text = _row_words(row, asked)
        if text:
            ask = f"{row} – {question.ask}" if asked.named else str(question.ask)
            yield Line(f"{key}.{row.pk}", ask, text)


class _Rows:
    """Rows of each model and which questions they answer, in one query for each model."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self._all: dict[type[Model], list[Any]] = {}

    def of(self, asked: Rows) -> list[Any]:
        """The rows that answer a question."""
        if asked.model not in self._all:
            self._all[asked.model] = list(_rows(asked.model, self.business))
        mark = _MARKS.get(asked)
        return [row for row in self._all[asked.model] if not mark or getattr(row, mark)]


_MARKS = {
    question.rows: f"answers_{number}"
    for number, (_section, question) in enumerate(all_questions(SECTIONS))
    if question.rows is not None and not question.rows.by_fields
}


def _rows(model: type[Model], business: Business) -> Any:
    fields = model._meta.get_fields()
    followed = [one.name for one in fields if isinstance(one, ForeignKey)]
    many = [one.name for one in fields if isinstance(one, ManyToManyField)]
    marks = {
        mark: Case(When(asked.filled, then=Value(True)), default=Value(False))
        for asked, mark in _MARKS.items()
        if asked.model is model
    }
    rows = model._default_manager.filter(business=business).annotate(**marks)
    return rows.select_related(*followed).prefetch_related(*many)


def _row_words(row: Model, asked: Rows) -> str:
    told = (_field_words(row, row._meta.get_field(name)) for name in asked.fields)
    return ", ".join(text for text in told if text)


def _field_words(row: Any, field: Any) -> str:
    if isinstance(field, ManyToManyField):
        return ", ".join(str(one) for one in getattr(row, field.name).all())
    if isinstance(field, Field) and field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return _value_words(getattr(row, field.name), field)


def _value_words(value: Any, field: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return shown(value, places=field.decimal_places)
    if hasattr(value, "isoformat"):
        return date_format(value, "DATE_FORMAT")
    if isinstance(field, JSONField):
        return _json_words(value)
    return str(value)


def _json_words(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {number}" for key, number in value.items())
    return ", ".join(str(one) for one in value)

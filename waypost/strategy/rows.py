"""What rows of other pages say to the questions that they answer."""

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
from waypost.strategy.questions import Question, Rows, all_questions
from waypost.strategy.saying import SAYING, WITH
from waypost.strategy.sections import SECTIONS


@dataclass(frozen=True)
class Said:
    """What one row says to one question. ``name`` is empty where rows are a plain list."""

    pk: int
    name: str
    text: str


class RowsOf:
    """Rows of each model and which questions they answer, in one query for each model."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self._all: dict[type[Model], list[Any]] = {}

    def say(self, key: str, question: Question) -> Iterable[Said]:
        """What the rows say to ``question``, whose answer has the key ``key``."""
        asked = question.rows
        if asked is None:
            return
        for row in self._answering(asked):
            text = _words(key, row, asked)
            if text:
                yield Said(row.pk, str(row) if asked.named else "", text)

    def _answering(self, asked: Rows) -> list[Any]:
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
    return rows.select_related(*followed, *WITH.get(model, ())).prefetch_related(*many)


def _words(key: str, row: Model, asked: Rows) -> str:
    if key in SAYING:
        return SAYING[key](row)
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

"""What the questionnaire is made of: sections, screens, questions and the parts of an answer.

The questions themselves are data, one file per section in ``sections/``. A question is
answered in one of two ways: by an answer of its own (it has ``parts``), or by rows that
other pages keep (it has ``rows``), such as personas, products or goals.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from django.db.models import CharField, JSONField, Model, Q, TextField
from django.db.models.fields.related import ForeignObject, ManyToManyField
from django.utils.functional import Promise

Words = str | Promise

LINE = 120  # characters
TEXT = 10_000


class Kind(StrEnum):
    """How one part of an answer is filled in, and the shape of its stored value."""

    TEXT = "text"  # several lines: str
    LINE = "line"  # one line: str
    LIST = "list"  # one thing a line: list[str]
    TIMELINE = "timeline"  # a day or year and words a line: list[[str, str]], ISO dates
    DATE = "date"  # a day or only a year: "2019-03-14" or "2019"
    NUMBER = "number"  # "12.5", as text so that no digit is lost
    URL = "url"  # http or https: str
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # a key of the options: str
    MANY = "many"  # keys of the options: list[str]


@dataclass(frozen=True)
class Part:
    """One field of an answer."""

    name: str
    kind: Kind = Kind.TEXT
    label: Words = ""  # empty: the question itself is the label
    limit: int = TEXT  # characters
    options: tuple[tuple[str, Words], ...] = ()
    counted: Callable[[Decimal, str], str] | None = None
    """How the number before it and the chosen key read together: "2 working days"."""

    def word(self, key: str) -> Words:
        """What an option is called; the key itself for one that is gone."""
        return dict(self.options).get(key, key)


@dataclass(frozen=True)
class Rows:
    """Rows elsewhere that answer a question: those of the business that match ``filled``.

    ``fields`` are what they say about it; ``named`` rows are told apart by what they are
    called, the others are a plain list.
    """

    model: type[Model]
    filled: Q
    fields: tuple[str, ...] = ()
    named: bool = True
    by_fields: bool = False  # ``filled`` says no more than that one of the fields is not empty


def filled(model: type[Model], *fields: str) -> Rows:
    """Rows where at least one of ``fields`` holds something."""
    some = Q(pk__in=[])
    for field in fields:
        some |= _holds(model, field)
    return Rows(model, some, fields, by_fields=True)


def _holds(model: type[Model], name: str) -> Q:
    field = model._meta.get_field(name)
    if isinstance(field, JSONField):
        return ~Q(**{name: []}) & ~Q(**{name: {}})
    if isinstance(field, ForeignObject | ManyToManyField) or getattr(field, "null", False):
        return Q(**{f"{name}__isnull": False})
    if isinstance(field, CharField | TextField):
        return ~Q(**{name: ""})
    return Q(pk__isnull=False)  # a column that always holds something


@dataclass(frozen=True)
class Question:
    """One question in plain words. ``example`` may be used as a start of one's own answer."""

    key: str
    ask: Words
    tip: Words = ""
    example: Words = ""
    parts: tuple[Part, ...] = ()
    rows: Rows | None = None
    sources: tuple[str, ...] = ()  # keys of the answers that fill it while it has none
    minutes: int = 2  # that answering takes
    own: bool = False  # added by the business itself

    @property
    def is_asked_here(self) -> bool:
        return bool(self.parts)


@dataclass(frozen=True)
class Section:
    """A chapter of the strategy. ``screens`` are the questions that are shown together."""

    key: str
    title: Words
    lead: Words
    screens: tuple[tuple[Question, ...], ...]
    tip: Words = ""
    records: str = ""  # URL name of the page that keeps its rows
    records_label: Words = ""
    tool: Words = ""  # which other tool helps, and with what
    in_document: bool = True
    may_be_hidden: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(chain.from_iterable(self.screens))

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions if one.key == key), None)

    def screen_of(self, key: str) -> int | None:
        """Which screen shows the question ``key``."""
        for number, screen in enumerate(self.screens):
            if any(question.key == key for question in screen):
                return number
        return None

    @property
    def minutes(self) -> int:
        return sum(question.minutes for question in self.questions)


def one_by_one(*questions: Question) -> tuple[tuple[Question, ...], ...]:
    """Screens of one question each."""
    return tuple((question,) for question in questions)


def all_questions(sections: Iterable[Section]) -> Iterable[tuple[Section, Question]]:
    return ((section, question) for section in sections for question in section.questions)


def path(section: Section, question: Question) -> str:
    """The key of an answer: ``company.story``."""
    return f"{section.key}.{question.key}"


def text(limit: int = TEXT) -> tuple[Part, ...]:
    """An answer of one free text."""
    return (Part("text", Kind.TEXT, limit=limit),)


def line(limit: int = LINE) -> tuple[Part, ...]:
    return (Part("text", Kind.LINE, limit=limit),)


def listed() -> tuple[Part, ...]:
    """An answer of one thing a line."""
    return (Part("list", Kind.LIST),)

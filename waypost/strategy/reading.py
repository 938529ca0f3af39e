"""The whole strategy as text, in the order of the document: for versions and comparing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from waypost.accounts.models import Business
from waypost.strategy.models import Answer
from waypost.strategy.progress import sections_of
from waypost.strategy.questions import Question, Section, path
from waypost.strategy.rows import RowsOf
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
    rows = RowsOf(business)
    return [
        _chapter(section, answers, rows)
        for section in sections_of(business.own_questions.all())
        if section.key not in hidden
    ]


def _chapter(section: Section, answers: Mapping[str, Answer], rows: RowsOf) -> Chapter:
    lines: list[Line] = []
    for question in section.questions:
        key = path(section, question)
        answer = answers.get(key)
        if answer and answer.value:
            lines.append(Line(key, str(question.ask), words(question, answer.value)))
        lines += _of_rows(key, question, rows)
    return Chapter(section.key, str(section.title), tuple(lines))


def _of_rows(key: str, question: Question, rows: RowsOf) -> Iterable[Line]:
    for said in rows.say(key, question):
        ask = f"{said.name} – {question.ask}" if said.name else str(question.ask)
        yield Line(f"{key}.{said.pk}", ask, said.text)

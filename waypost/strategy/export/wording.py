"""Values as the document writes them, and answers as its parts."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.budget.templatetags.money import money as amount
from waypost.documents.values import Callout, Fact, Facts, Heading, Items, Part, Question
from waypost.goals.models import Goal, Initiative
from waypost.kit.numbers import shown
from waypost.strategy import questions
from waypost.strategy.export.material import Material
from waypost.strategy.models import Conclusion
from waypost.strategy.questions import Kind, Section
from waypost.strategy.values import day_words, words

DASH = "–"


def to_do() -> str:
    return _("– to be completed –")


def day(value: dt.date | None) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def number(value: Decimal | int | None, unit: str = "") -> str:
    if value is None:
        return ""
    return f"{shown(Decimal(value))} {unit}".strip()


def money(value: Decimal | None, currency: str) -> str:
    return "" if value is None else f"{amount(value)}\u00a0{currency}"


def share(value: Decimal | None) -> str:
    return "" if value is None else f"{shown(value * 100, places=1)}\u00a0%"


def yes_no(value: bool | None) -> str:
    if value is None:
        return ""
    return _("Yes") if value else _("No")


def facts(material: Material, pairs: Iterable[tuple[Any, str]]) -> tuple[Fact, ...]:
    """What is known; a draft also names what is not."""
    told = ((str(label), value.strip()) for label, value in pairs)
    return tuple(Fact(label, value or to_do()) for label, value in told if value or material.draft)


def listed(material: Material, pairs: Iterable[tuple[Any, str]]) -> list[Part]:
    found = facts(material, pairs)
    return [Facts(found)] if found else []


def asked(material: Material, section: Section, *keys: str) -> Iterator[Part]:
    """The section's questions with their answers; only those called ``keys``, if any are."""
    for question in section.questions:
        own = question.is_asked_here and (not keys or question.key in keys)
        if own and material.is_relevant(section, question):
            yield from _answered(material, section, question)


def own_questions(material: Material, section: Section) -> Iterator[Part]:
    """What the business itself added to a section that rows answer."""
    keys = [question.key for question in section.questions if question.own]
    if keys:
        yield from asked(material, section, *keys)


def _answered(material: Material, section: Section, question: questions.Question) -> list[Part]:
    answer = material.answer(section, question)
    ask, tip = str(question.ask), str(question.tip) if material.draft else ""
    if answer is None or not answer.value:
        return [Question(ask, to_do(), tip)] if material.draft else []
    only = question.parts[0] if len(question.parts) == 1 else None
    if only and only.kind == Kind.LIST:
        return [Question(ask, tip=tip), Items(tuple(answer.value[only.name]))]
    if only and only.kind == Kind.TIMELINE:
        lines = answer.value[only.name]
        return [
            Question(ask, tip=tip),
            Facts(tuple(Fact(day_words(at), text) for at, text in lines)),
        ]
    return [Question(ask, words(question, answer.value), tip)]


def said(material: Material, section: Section, key: str) -> str:
    """The answer to one question of a section as a text; empty without one."""
    question = section.question(key)
    answer = material.answer(section, question) if question else None
    return words(question, answer.value) if question and answer and answer.value else ""


def therefore(material: Material, section: Section) -> list[Part]:
    """What follows from the section, and what was made of it."""
    lines = material.conclusions_of.get(section.key, [])
    if not lines:
        return []
    return [Callout(_("Therefore we will …"), tuple(_concluded(each) for each in lines))]


def _concluded(line: Conclusion) -> str:
    became = line.became
    start = f"{line.pairing}: {line.text}" if line.pairing else line.text
    if became is None:
        return start
    kind = _("task")
    if isinstance(became, Goal):
        kind = _("goal")
    elif isinstance(became, Initiative):
        kind = _("initiative")
    return f"{start} ({kind}: {became})"


def chapter(
    material: Material, section: Section, parts: Iterable[Part], level: int = 1
) -> list[Part]:
    """The section's heading, what it says, and what follows from it; nothing when it is empty."""
    inside = [*parts, *therefore(material, section)]
    if not inside and not material.draft:
        return []
    return [Heading(str(section.title), level), *inside]

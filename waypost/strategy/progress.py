"""How far the strategy is: which questions are answered, and how long the rest takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from waypost.accounts.models import Business
from waypost.strategy.models import Answer, OwnQuestion, State
from waypost.strategy.questions import Question, Section, all_questions, path, text
from waypost.strategy.sections import SECTIONS

THREADS = "strategy/"  # what the keys of talks about answers begin with


@dataclass(frozen=True)
class Told:
    """One question and how it stands."""

    section: Section
    question: Question
    state: str  # State
    answer: Answer | None = None
    is_filled: bool = False  # from other answers

    @property
    def key(self) -> str:
        return path(self.section, self.question)

    @property
    def thread(self) -> str:
        """Where people talk about it."""
        return THREADS + self.key

    @property
    def is_open(self) -> bool:
        return self.state == State.NOT_YET


@dataclass(frozen=True)
class Progress:
    """Of a section or of the whole. What is not relevant is not counted."""

    told: tuple[Told, ...]

    @cached_property
    def asked(self) -> int:
        return sum(one.state != State.NOT_RELEVANT for one in self.told)

    @cached_property
    def answered(self) -> int:
        return sum(one.state == State.ANSWERED for one in self.told)

    @cached_property
    def minutes_left(self) -> int:
        return sum(one.question.minutes for one in self.told if one.is_open)

    @property
    def share(self) -> float | None:
        """From 0 to 1; ``None`` when nothing is asked."""
        return self.answered / self.asked if self.asked else None

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means done."""
        return 100 * self.answered // self.asked if self.asked else 100

    @property
    def is_done(self) -> bool:
        return self.answered == self.asked

    @property
    def next_open(self) -> Told | None:
        return next((one for one in self.told if one.is_open), None)


@dataclass(frozen=True)
class Chapter:
    """A section of one business, with its own questions, and how far it is."""

    section: Section
    progress: Progress
    hidden: bool = False

    @property
    def told(self) -> tuple[Told, ...]:
        return self.progress.told


@dataclass(frozen=True)
class Outline:
    """All chapters of one business."""

    chapters: tuple[Chapter, ...]

    @cached_property
    def shown(self) -> tuple[Chapter, ...]:
        return tuple(one for one in self.chapters if not one.hidden)

    @cached_property
    def progress(self) -> Progress:
        return Progress(tuple(told for chapter in self.shown for told in chapter.told))

    def chapter(self, key: str) -> Chapter | None:
        return next((one for one in self.chapters if one.section.key == key), None)

    def after(self, chapter: Chapter) -> Chapter | None:
        """The next chapter that still has a question open, from here on and round."""
        at = self.shown.index(chapter) + 1 if chapter in self.shown else 0
        in_turn = (*self.shown[at:], *self.shown[:at])
        return next((one for one in in_turn if not one.progress.is_done), None)


def outline(business: Business, *, texts: bool = True) -> Outline:
    """How every question of the business stands, in four queries.

    Without ``texts`` the answers are not read, only that they are there: half a megabyte
    less where the strategy is long.
    """
    answers = (business.answers.all() if texts else business.answers.defer("value")).by_key()
    rows = _told_by_rows(business)
    hidden = set(business.hidden_sections.values_list("section", flat=True))
    chapters = []
    for section in sections_of(business.own_questions.all()):
        told = tuple(_told(section, question, answers, rows) for question in section.questions)
        chapters.append(Chapter(section, Progress(told), section.key in hidden))
    return Outline(_filled(tuple(chapters)))


def _filled(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Count questions that have no answer of their own but are filled from others."""
    told = {one.key for chapter in chapters for one in chapter.told if one.state == State.ANSWERED}
    return tuple(
        replace(chapter, progress=Progress(tuple(_from_sources(one, told) for one in chapter.told)))
        for chapter in chapters
    )


def _from_sources(one: Told, told: set[str]) -> Told:
    if one.is_open and not told.isdisjoint(one.question.sources):
        return replace(one, state=State.ANSWERED, is_filled=True)
    return one


def sections_of(own: Iterable[OwnQuestion]) -> tuple[Section, ...]:
    """The questionnaire with a business's own questions at the end of their sections."""
    added: dict[str, list[Question]] = {}
    for one in own:
        question = Question(key=one.key, ask=one.ask, tip=one.tip, parts=text(), own=True)
        added.setdefault(one.section, []).append(question)
    return tuple(_with(section, added.get(section.key, [])) for section in SECTIONS)


def _with(section: Section, own: list[Question]) -> Section:
    if not own:
        return section
    return replace(section, screens=section.screens + tuple((question,) for question in own))


def _told(
    section: Section, question: Question, answers: Mapping[str, Answer], rows: Mapping[str, bool]
) -> Told:
    answer = answers.get(path(section, question))
    state = answer.state if answer else State.NOT_YET
    if question.rows is not None and rows[path(section, question)]:
        state = State.ANSWERED
    return Told(section, question, str(state), answer)


def _told_by_rows(business: Business) -> dict[str, bool]:
    """Whether rows answer each question that rows answer; one query for all of them."""
    keys, sql, parameters = _asking_rows()
    with connection.cursor() as cursor:
        cursor.execute(sql, (*parameters, business.pk))
        found = cursor.fetchone()
    return {key: bool(there) for key, there in zip(keys, found or (), strict=True)}


@cache
def _asking_rows() -> tuple[tuple[str, ...], str, tuple[Any, ...]]:
    """Keys of the questions, and the query that asks for all of them: its text, and its
    parameters but the last, which is the business.

    Django builds its sixty subqueries once, since that takes longer than running them.
    """
    asked = {
        path(section, question): question.rows
        for section, question in all_questions(SECTIONS)
        if question.rows is not None
    }
    there = [
        Exists(rows.model._default_manager.filter(rows.filled, business=OuterRef("pk")))
        for rows in asked.values()
    ]
    query = Business.objects.filter(pk=0).values_list(*there).query
    sql, parameters = query.sql_with_params()
    return tuple(asked), sql, tuple(parameters[:-1])

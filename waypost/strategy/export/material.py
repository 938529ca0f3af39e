"""Everything that the strategy as a document tells, read at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.utils.functional import cached_property
from django.utils.translation import get_language

from waypost.accounts import staffing
from waypost.accounts.models import Business
from waypost.accounts.staffing import Staff
from waypost.board.models import Task
from waypost.budget.export import budget_of
from waypost.budget.reading import Book, read
from waypost.documents.kinds import BadFile
from waypost.goals.planned import Plan, planned
from waypost.market.days import Day, days_between
from waypost.market.models import (
    Channel,
    ChannelReading,
    Competitor,
    Persona,
    Place,
    Product,
    Segment,
    SwotPoint,
    Tool,
)
from waypost.market.setup import Ticks, ticks_of
from waypost.market.workload import minutes_of
from waypost.reviews.reading import Review, newest_review
from waypost.strategy.models import Answer, Change, Conclusion, State, Version
from waypost.strategy.onepage import OnePage, one_page
from waypost.strategy.progress import sections_of
from waypost.strategy.questions import Question, Section, path

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Material:
    """The rows behind the document. ``draft``: it names what is still missing."""

    business: Business
    sections: Mapping[str, Section]  # those that are shown, with the business's own questions
    answers: Mapping[str, Answer]
    core: OnePage
    staff: Staff
    plan: Plan
    tasks: list[Task]
    points: list[SwotPoint]
    conclusions: list[Conclusion]
    places: list[Place]
    days: list[Day]  # of the next year: holidays, shopping days, own ones
    segments: list[Segment]
    personas: list[Persona]
    competitors: list[Competitor]
    readings: list[ChannelReading]
    products: list[Product]
    channels: list[Channel]
    ticks: Ticks
    minutes: Mapping[str, int]  # that one piece of each kind takes
    tools: list[Tool]
    book: Book | None
    changes: list[Change]
    versions: list[Version]
    review: Review | None  # the newest signed report on a month or more
    walked: frozenset[str]  # steps of the journey that somebody walked and found to work
    draft: bool = False

    @property
    def today(self) -> dt.date:
        return self.plan.today

    def answer(self, section: Section, question: Question) -> Answer | None:
        return self.answers.get(path(section, question))

    def is_relevant(self, section: Section, question: Question) -> bool:
        answer = self.answer(section, question)
        return answer is None or answer.state != State.NOT_RELEVANT

    def name_of(self, user: int | None) -> str:
        """The name of a member; empty for nobody, and for somebody who left."""
        return self._names.get(user, "")

    @cached_property
    def _names(self) -> Mapping[int | None, str]:
        return {member.user_id: str(member.user) for member in self.staff.members}

    @cached_property
    def _points(self) -> Mapping[tuple[int | None, str], tuple[str, ...]]:
        found: defaultdict[tuple[int | None, str], list[str]] = defaultdict(list)
        for point in self.points:
            found[point.competitor_id, point.quadrant].append(point.text)
        return {key: tuple(texts) for key, texts in found.items()}

    def swot(self, quadrant: str, competitor: Competitor | None = None) -> tuple[str, ...]:
        """The lines of one field of the SWOT, our own or a competitor's."""
        return self._points.get((competitor.pk if competitor else None, quadrant), ())

    @cached_property
    def conclusions_of(self) -> Mapping[str, list[Conclusion]]:
        return _grouped((each.section, each) for each in self.conclusions)

    @cached_property
    def readings_of(self) -> Mapping[int | None, list[ChannelReading]]:
        """By competitor, the newest last; our own under ``None``."""
        return _grouped((each.competitor_id, each) for each in self.readings)

    @cached_property
    def tasks_of(self) -> Mapping[int | None, list[Task]]:
        return _grouped((each.initiative_id, each) for each in self.tasks)


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> Mapping[Key, list[Row]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return dict(found)


def material(business: Business, *, draft: bool = False) -> Material:
    """All of it, in a number of queries that does not grow with the strategy."""
    plan = planned(business)
    places = list(business.places.all())
    hidden = set(business.hidden_sections.values_list("section", flat=True))
    sections = sections_of(business.own_questions.all())
    return Material(
        business=business,
        sections={each.key: each for each in sections if each.key not in hidden},
        answers=business.answers.by_key(),
        core=one_page(business),
        staff=staffing.read(business),
        plan=plan,
        tasks=list(business.tasks.filter(initiative__isnull=False)),
        points=list(business.swot_points.all()),
        conclusions=list(business.conclusions.select_related("goal", "initiative", "task")),
        places=places,
        days=_days(business, places, plan.today),
        segments=list(business.segments.all()),
        personas=list(business.personas.select_related("picture").prefetch_related("channels")),
        competitors=list(business.competitors.all()),
        readings=list(business.channel_readings.all()),
        products=list(business.products.filter(archived_at=None).select_related("picture")),
        channels=list(business.channels.all()),
        ticks=ticks_of(business),
        minutes=minutes_of(business),
        tools=list(business.tools.all()),
        review=newest_review(business),
        walked=frozenset(business.step_checks.filter(works=True).values_list("step", flat=True)),
        book=_book(business, plan.today),
        changes=list(
            business.strategy_changes.select_related("decided_by").prefetch_related(
                "goals", "initiatives", "lines", "items"
            )
        ),
        versions=list(business.strategy_versions.select_related("approved_by").defer("content")),
        draft=draft,
    )


def _days(business: Business, places: list[Place], today: dt.date) -> list[Day]:
    """Without a place nobody said where the days should be kept, so only own ones count."""
    end = today + dt.timedelta(days=365)
    found = days_between(business, today, end, get_language() or business.language)
    return [each for each in found if places or each.pk is not None]


def _book(business: Business, today: dt.date) -> Book | None:
    try:
        budget = budget_of(business, today=today)
    except BadFile:
        return None
    budget.business = business
    return read(budget)

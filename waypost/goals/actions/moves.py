"""Verbs on the roadmap: move an initiative and all that waits for it, approve the plan."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.log import record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.goals.actions.noting import note, seen
from waypost.goals.models import Initiative, PlanApproval
from waypost.goals.roadmap import day_words, dependencies, initiatives_of, steps
from waypost.goals.shifting import Circle, Shift, Span, earliest_start, shifts
from waypost.kit.errors import Refusal

FIRST, LAST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
LONGEST = 3650  # days


@dataclass(frozen=True)
class Move:
    """What would happen, or happened: one initiative moved by a person, others behind it."""

    initiative: Initiative
    before: Span
    span: Span
    shifts: list[Shift]
    known: dict[int, Initiative]

    @property
    def changes(self) -> dict[int, Span]:
        """Key → the new dates of everything that moves."""
        own = {} if self.before == self.span else {self.initiative.pk: self.span}
        return own | {shift.pk: shift.span for shift in self.shifts}

    @property
    def was(self) -> dict[int, Span]:
        """Key → the dates before, to take it back."""
        return {self.initiative.pk: self.before} | {s.pk: s.before for s in self.shifts}

    @property
    def effects(self) -> list[str]:
        """A sentence for everything behind it that moves."""
        return [self._effect(shift) for shift in self.shifts]

    def _effect(self, shift: Shift) -> str:
        other = self.known[shift.pk]
        words = {
            "title": other.title,
            "days": shift.days,
            "start": day_words(shift.span.start),
            "end": day_words(shift.span.end),
        }
        said = ngettext(
            "“%(title)s” moves %(days)d day later: from %(start)s to %(end)s.",
            "“%(title)s” moves %(days)d days later: from %(start)s to %(end)s.",
            shift.days,
        )
        return said % words

    @property
    def warnings(self) -> list[str]:
        """A sentence for everything that now ends after its goal's deadline and did not before."""
        moving = [(self.initiative, self.before, self.span)]
        moving += [(self.known[each.pk], each.before, each.span) for each in self.shifts]
        return [
            _("“%(title)s” then ends after the deadline of its goal (%(day)s).")
            % {"title": each.title, "day": day_words(each.goal.deadline_date)}
            for each, before, span in moving
            if before.end <= each.goal.deadline_date < span.end
        ]


def look_ahead(initiative: Initiative, *, start: dt.date, end: dt.date) -> Move:
    """What a move would do; nothing is written. Raises ``Refusal`` (``start`` or ``end``)."""
    span = Span(start, end)
    _refuse_impossible(span)
    known = {each.pk: each for each in initiatives_of(initiative.business)}
    known.setdefault(initiative.pk, initiative)
    plan = steps(known.values(), dependencies(initiative.business))
    before = Span(initiative.start_date, initiative.end_date)
    first = earliest_start(plan, initiative.pk)
    if first and start < first and start < before.start:
        message = _("What it depends on ends on %(end)s. Start on %(first)s or later.")
        days = {"end": day_words(first - dt.timedelta(days=1)), "first": day_words(first)}
        raise Refusal(message % days, field="start")
    try:
        behind = shifts(plan, initiative.pk, span)
    except Circle as circle:
        raise Refusal(_circle_words(circle, known), field="start") from circle
    return Move(initiative, before, span, behind, known)


def _circle_words(circle: Circle, known: dict[int, Initiative]) -> str:
    titles = " → ".join(f"“{known[pk].title}”" for pk in circle.keys)
    message = _("These wait for each other: %(titles)s. Take one of the dependencies out first.")
    return message % {"titles": titles}


def _refuse_impossible(span: Span) -> None:
    if not FIRST <= span.start <= LAST:
        raise Refusal(_("Choose a day between 2000 and 2099."), field="start")
    if not FIRST <= span.end <= LAST:
        raise Refusal(_("Choose a day between 2000 and 2099."), field="end")
    if span.end < span.start:
        message = _("The end must not come before the start (%(day)s).")
        raise Refusal(message % {"day": day_words(span.start)}, field="end")
    if span.days > LONGEST:
        raise Refusal(_("An initiative lasts ten years at most."), field="end")


@transaction.atomic
def carry_out(move: Move, *, by: User | None = None) -> None:
    """Write a move and all that it pushes along."""
    _write({move.known[pk]: span for pk, span in move.changes.items()}, by)


@transaction.atomic
def put_back(
    business: Business, was: dict[int, Span], *, by: User | None = None
) -> list[Initiative]:
    """Undo a move: the dates before it, for those that still exist."""
    rows = list(initiatives_of(business).filter(pk__in=was))
    _write({each: was[each.pk] for each in rows}, by)
    return rows


def _write(spans: dict[Initiative, Span], by: User | None) -> None:
    for initiative, span in spans.items():
        before = seen(initiative, ["start_date", "end_date"])
        initiative.start_date, initiative.end_date = span
        note(initiative, before, by=by)
    Initiative.objects.bulk_update(spans, ["start_date", "end_date"])


@transaction.atomic
def approve_plan(business: Business, *, by: User) -> PlanApproval:
    """Keep today's dates of every initiative as the approved plan, in place of the last one."""
    initiatives_of(business).update(
        baseline_start_date=F("start_date"), baseline_end_date=F("end_date")
    )
    record(business, Thing.INITIATIVE, Deed.APPROVED, by=by, on=_("Roadmap"))
    return PlanApproval.objects.create(business=business, approved_by=by)


def moved_words(move: Move) -> str:
    """What was done, for the person who did it."""
    words = {
        "title": move.initiative.title,
        "start": day_words(move.span.start),
        "end": day_words(move.span.end),
        "count": len(move.shifts),
    }
    said = _("“%(title)s” now runs from %(start)s to %(end)s.") % words
    if move.shifts:
        more = ngettext(
            "%(count)d initiative behind it moved too.",
            "%(count)d initiatives behind it moved too.",
            len(move.shifts),
        )
        said = f"{said} {more % words}"
    return said


def today_in(business: Business) -> dt.date:
    return timezone.localdate(timezone=business.zone)

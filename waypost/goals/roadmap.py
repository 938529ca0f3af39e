"""The roadmap as a person sees it: initiatives by goal, what is late, what moved."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from waypost.accounts.models import Business
from waypost.goals.models import Goal, Initiative, PlanApproval
from waypost.goals.shifting import Span, Step

SLACK = 0.1  # of the time: so far behind the calendar nobody calls it slipping


class Scale(models.TextChoices):
    """How much of the time fits on a screen."""

    WEEKS = "weeks", pgettext_lazy("scale", "Weeks")
    MONTHS = "months", pgettext_lazy("scale", "Months")
    QUARTERS = "quarters", pgettext_lazy("scale", "Quarters")


class Flag(NamedTuple):
    """What is wrong with an initiative, for the eye and in words."""

    name: str  # late | slipping
    word: str
    reason: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Wanted:
    """What of the roadmap is asked for; ``None`` and empty mean everything."""

    goal: int | None = None
    status: str = ""
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, initiative: Initiative) -> bool:
        return (
            self.goal in {None, initiative.goal_id}
            and self.status in {"", initiative.status}
            and (self.start is None or initiative.end_date >= self.start)
            and (self.end is None or initiative.start_date <= self.end)
        )


@dataclass(frozen=True)
class Row:
    """One initiative on the roadmap."""

    initiative: Initiative
    flag: Flag | None
    after: list[Initiative] = field(default_factory=list)
    move_url: str = ""
    page_url: str = ""

    @property
    def after_words(self) -> str:
        return "; ".join(other.title for other in self.after) or "–"

    @property
    def owner_name(self) -> str:
        return str(self.initiative.owner or "–")

    @property
    def pk(self) -> int:
        return self.initiative.pk

    @property
    def drift(self) -> int:
        """Days by which its end lies after the approved one (below 0: before)."""
        approved = self.initiative.baseline_end_date
        return (self.initiative.end_date - approved).days if approved else 0

    @property
    def is_past_deadline(self) -> bool:
        initiative = self.initiative
        return initiative.end_date > initiative.goal.deadline_date and not initiative.is_over


@dataclass(frozen=True)
class Group:
    goal: Goal
    rows: list[Row]


@dataclass(frozen=True)
class Roadmap:
    groups: list[Group]
    total: int  # of initiatives, also of those that the filters hide
    moved: int  # initiatives whose dates are not the approved ones
    approval: PlanApproval | None

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    def row(self, pk: int) -> Row | None:
        return next((row for row in self.rows if row.pk == pk), None)

    def span(self, today: dt.date) -> Span:
        """From the first day to the last that anything on the page needs to show."""
        days = [today]
        for row in self.rows:
            each = row.initiative
            days += [each.start_date, each.end_date]
            days += [day for day in (each.baseline_start_date, each.baseline_end_date) if day]
        return Span(min(days), max(days))


def roadmap(business: Business, wanted: Wanted, today: dt.date) -> Roadmap:
    """Three queries however many initiatives there are."""
    every = list(initiatives_of(business))
    known = {each.pk: each for each in every}
    waits = dependencies(business)
    move_url = address_maker("goals:roadmap_move", business.slug)
    page_url = address_maker("insights:initiative", business.slug)
    rows = [
        Row(
            each,
            flag(each, today),
            [known[pk] for pk in waits.get(each.pk, ()) if pk in known],
            move_url(each.pk),
            page_url(each.pk),
        )
        for each in every
        if wanted.holds(each)
    ]
    return Roadmap(
        groups=_by_goal(rows),
        total=len(every),
        moved=sum(has_moved(each) for each in every),
        approval=business.plan_approvals.select_related("approved_by").first(),
    )


def address_maker(view: str, slug: str) -> Callable[[int], str]:
    """The address of ``view`` for many rows at the price of one."""
    before, after = reverse(view, args=[slug, 0]).rsplit("/0/", 1)
    return lambda pk: f"{before}/{pk}/{after}"


def initiatives_of(business: Business) -> models.QuerySet[Initiative]:
    """Initiatives of goals that are not archived."""
    rows = business.initiatives.filter(goal__archived_at=None)
    return rows.select_related("goal", "owner").order_by(
        "goal__deadline_date", "goal_id", "position", "start_date", "pk"
    )


def dependencies(business: Business) -> dict[int, list[int]]:
    """Key of an initiative → keys of those that must have ended before it begins."""
    pairs = Initiative.depends_on.through.objects.filter(from_initiative__business=business)
    found: dict[int, list[int]] = {}
    for waiting, first in pairs.order_by("pk").values_list(
        "from_initiative_id", "to_initiative_id"
    ):
        found.setdefault(waiting, []).append(first)
    return found


def steps(initiatives: Iterable[Initiative], waits: Mapping[int, list[int]]) -> list[Step]:
    """The plan for :mod:`waypost.goals.shifting`; nobody waits for what was dropped."""
    every = list(initiatives)
    alive = {each.pk for each in every if each.status != Initiative.Status.DROPPED}
    return [
        Step(
            each.pk,
            Span(each.start_date, each.end_date),
            frozenset(waits.get(each.pk, ())) & alive,
            stays=each.is_over,
        )
        for each in every
    ]


def _by_goal(rows: list[Row]) -> list[Group]:
    groups: dict[int, Group] = {}
    for row in rows:
        goal = row.initiative.goal
        groups.setdefault(goal.pk, Group(goal, [])).rows.append(row)
    return list(groups.values())


def has_moved(initiative: Initiative) -> bool:
    """Whether its dates differ from the approved ones; False where none were approved."""
    approved = (initiative.baseline_start_date, initiative.baseline_end_date)
    return None not in approved and approved != (initiative.start_date, initiative.end_date)


def flag(initiative: Initiative, today: dt.date) -> Flag | None:
    """Why somebody should look at it on ``today``, if they should."""
    if initiative.is_over:
        return None
    if late := (today - initiative.end_date).days if initiative.is_late(today) else 0:
        word = ngettext("Late by %(count)d day", "Late by %(count)d days", late) % {"count": late}
        return Flag("late", word, _ended(initiative), "bad", "circle-alert")
    reason = _slipping(initiative, today)
    if reason:
        return Flag("slipping", _("Slipping"), reason, "warn", "triangle-alert")
    return None


def _ended(initiative: Initiative) -> str:
    return _("It should have ended on %(day)s.") % {"day": day_words(initiative.end_date)}


def _slipping(initiative: Initiative, today: dt.date) -> str:
    if initiative.status == Initiative.Status.PLANNED:
        if initiative.start_date >= today:
            return ""
        return _("It should have begun on %(day)s.") % {"day": day_words(initiative.start_date)}
    gone = ((today - initiative.start_date).days) / initiative.days
    if initiative.until_goal or gone <= initiative.progress / 100 + SLACK:
        return ""
    words = {"done": initiative.progress, "gone": round(gone * 100)}
    return _("%(done)d %% is done after %(gone)d %% of the time.") % words


def moved_sentence(plan: Roadmap) -> str:
    """How far the plan has gone from the approved one."""
    if plan.approval is None:
        return ""
    day = day_words(plan.approval.approved_at.date())
    who = plan.approval.approved_by
    if not plan.moved:
        said = _("Nothing moved since the plan was approved on %(day)s.")
    else:
        said = ngettext(
            "%(count)d initiative moved since the plan was approved on %(day)s.",
            "%(count)d initiatives moved since the plan was approved on %(day)s.",
            plan.moved,
        )
    sentence = said % {"count": plan.moved, "day": day}
    return f"{sentence} {_('Approved by %(name)s.') % {'name': who}}" if who else sentence


def day_words(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")


STATUS_TONES = {
    Initiative.Status.PLANNED: "quiet",
    Initiative.Status.IN_PROGRESS: "info",
    Initiative.Status.ON_HOLD: "warn",
    Initiative.Status.DONE: "good",
    Initiative.Status.DROPPED: "quiet",
}


def labels() -> dict[str, str]:
    """Words of the table, looked up once for all its rows."""
    return {
        "start": _("Start"),
        "end": _("End"),
        "days": _("Days"),
        "milestone": _("Milestone"),
        "status": _("Status"),
        "progress": _("Progress"),
        "risk": _("Risk"),
        "after": _("Begins after"),
        "owner": _("Owner"),
        "move": _("Move"),
        "past_deadline": _("It ends after the deadline of its goal."),
    }

"""The roadmap as a file: workbook, text, picture, pages, days for a calendar."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.documents.kinds import ExportKind
from waypost.documents.rendering import render
from waypost.documents.values import (
    Agenda,
    Document,
    Event,
    Heading,
    Image,
    Letterhead,
    Paragraph,
    Part,
    Table,
)
from waypost.goals.models import Goal, Initiative
from waypost.goals.picture import pages, picture
from waypost.goals.planned import (
    GOAL_HEADINGS,
    HEADINGS,
    Group,
    Plan,
    owner_words,
    planned,
    template,
)
from waypost.goals.sheets import workbook
from waypost.goals.templatetags.numbers import pace, rough
from waypost.kit.numbers import shown
from waypost.kit.screen import status_word

DASH = "–"
LINES_PER_PAGE = 18  # of the picture on A4 across
BLANK_LINES = 18
TABLE = (
    "no",
    "title",
    "owner",
    "start_date",
    "end_date",
    "days",
    "status",
    "progress",
    "depends_on",
    "risk",
    "resources",
    "budget",
)
TABLE_WIDTHS = (0.9, 4.6, 1.8, 1.6, 1.6, 1.4, 1.7, 1.5, 1.5, 1.2, 3, 1.6)
GOAL_TABLE = (
    "no",
    "title",
    "baseline",
    "target",
    "value",
    "progress",
    "expected",
    "pace",
    "forecast",
    "deadline_date",
    "status",
)
GOAL_WIDTHS = (0.7, 5.5, 1.3, 1.3, 1.3, 1.3, 1.4, 1, 1.8, 1.6, 1.8)


def plan_of(business: Business | None, *, blank: bool) -> Plan:
    """The plan of ``business``; ``blank``: an empty one under its name."""
    return template(business) if blank or business is None else planned(business)


def xlsx(business: Business | None, *, blank: bool = False) -> bytes:
    return render(workbook(plan_of(business, blank=blank)), "xlsx")


def csv(business: Business | None, *, blank: bool = False) -> bytes:
    return render(workbook(plan_of(business, blank=blank)), "csv")


def svg(business: Business | None, *, blank: bool = False) -> bytes:
    return render(picture(plan_of(business, blank=blank)), "svg")


def png(business: Business | None, *, blank: bool = False) -> bytes:
    return render(picture(plan_of(business, blank=blank)), "png")


def pdf(business: Business | None, *, blank: bool = False) -> bytes:
    return render(document(plan_of(business, blank=blank)), "pdf")


def ics(business: Business | None, *, blank: bool = False) -> bytes:
    return render(agenda(plan_of(business, blank=blank), now=timezone.now()), "ics")


ROADMAP = ExportKind(
    "roadmap", {"xlsx": xlsx, "csv": csv, "svg": svg, "png": png, "pdf": pdf, "ics": ics}
)


def document(plan: Plan) -> Document:
    """A4 across: the picture, how the goals stand, and every initiative in a table."""
    business = plan.business.name if plan.business else ""
    head = Letterhead(_("Roadmap"), business, plan.today, plan.period if plan.groups else "")
    if not plan.groups:
        return Document(head, (_blank_table(),), landscape=True)
    drawn = [
        Image(render(picture(plan, lines), "svg"), "svg", _("Picture of the roadmap"))
        for lines in pages(plan, LINES_PER_PAGE)
    ]
    parts: list[Part] = [*drawn, Heading(_("Goals")), _goal_table(plan)]
    reasons = [f"{group.number}: {group.state.reason}" for group in plan.groups]
    parts.append(Paragraph(" ".join(reasons), quiet=True))
    if plan.initiatives:
        parts += [Heading(_("Initiatives")), _table(plan)]
    return Document(head, tuple(parts), landscape=True)


def _goal_table(plan: Plan) -> Table:
    return Table(
        tuple(str(GOAL_HEADINGS[name]) for name in GOAL_TABLE),
        tuple(_goal_row(group) for group in plan.groups),
        GOAL_WIDTHS,
        numbers=frozenset(range(2, 10)),
    )


def _goal_row(group: Group) -> tuple[str, ...]:
    goal, state = group.goal, group.state
    return (
        str(group.number),
        f"{goal.title} ({goal.unit})" if goal.unit else goal.title,
        shown(goal.baseline),
        shown(goal.target),
        _number(state.value),
        _share(state.progress),
        _share(state.expected),
        pace(state.pace),
        rough(state.forecast),
        _day(goal.deadline_date),
        status_word(state.status),
    )


def _table(plan: Plan) -> Table:
    rows: list[tuple[str, ...]] = []
    groups: set[int] = set()
    for group in plan.groups:
        if group.initiatives:
            groups.add(len(rows))
            rows.append((str(group.number), group.goal.title, *[""] * (len(TABLE) - 2)))
            rows += [_row(plan, each) for each in group.initiatives]
    return _initiative_table(tuple(rows), frozenset(groups))


def _blank_table() -> Table:
    # A space keeps the line as high as a written one.
    return _initiative_table((("\u00a0\n\u00a0",) * len(TABLE),) * BLANK_LINES, frozenset())


def _initiative_table(rows: tuple[tuple[str, ...], ...], groups: frozenset[int]) -> Table:
    headings = tuple(str(HEADINGS[name]) for name in TABLE)
    numbers = frozenset(TABLE.index(name) for name in ("days", "progress", "budget"))
    return Table(headings, rows, TABLE_WIDTHS, numbers=numbers, groups=groups)


def _row(plan: Plan, each: Initiative) -> tuple[str, ...]:
    return (
        plan.numbers[each.pk],
        each.title,
        owner_words(each) or DASH,
        _day(each.start_date),
        _day(each.end_date),
        str(each.days),
        status_word(each.status),
        f"{each.progress}\u00a0%",
        plan.after(each) or DASH,
        str(each.get_risk_display()),
        each.resources or DASH,
        _number(each.budget),
    )


def agenda(plan: Plan, *, now: dt.datetime) -> Agenda:
    """The deadlines of goals, and the ends of initiatives that are not over."""
    name = plan.business.name if plan.business else ""
    ends = [each for each in plan.initiatives if not each.is_over]
    events = [_deadline(group.goal, now) for group in plan.groups] + [
        _end(each, now) for each in ends
    ]
    title = f"{_('Roadmap')} – {name}" if name else _("Roadmap")
    return Agenda(title, tuple(sorted(events, key=lambda event: (event.day, event.uid))))


def _deadline(goal: Goal, now: dt.datetime) -> Event:
    summary = _("Deadline: %(title)s") % {"title": goal.title}
    told = f"{goal.metric}: {shown(goal.baseline)} → {shown(goal.target)} {goal.unit}".strip()
    return _event("goal", goal, goal.deadline_date, summary, told, now)


def _end(each: Initiative, now: dt.datetime) -> Event:
    words = _("Milestone: %(title)s") if each.is_milestone else _("Ends: %(title)s")
    told = f"{_('Goal')}: {each.goal.title}\n{status_word(each.status)}, {each.progress} %"
    return _event("initiative", each, each.end_date, words % {"title": each.title}, told, now)


def _event(
    kind: str, row: Goal | Initiative, day: dt.date, summary: str, told: str, now: dt.datetime
) -> Event:
    born = int(row.created_at.timestamp())
    # Rows do not count their changes, so each file is simply newer than the one before.
    age = int((now - row.created_at).total_seconds() // 60)
    return Event(f"{kind}-{row.pk}-{born}@waypost", day, summary, now, max(0, age), told)


def _number(value: Decimal | None) -> str:
    return DASH if value is None else shown(value)


def _share(share: Decimal | None) -> str:
    return DASH if share is None else f"{shown(share * 100, places=1)}\u00a0%"


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")

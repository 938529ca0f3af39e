"""What the timeline in the browser needs to know, as plain values for JSON."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.goals.models import Goal
from waypost.goals.roadmap import STATUS_TONES, Roadmap, Row, Scale, address_maker
from waypost.goals.shifting import Span
from waypost.kit.screen import ICONS, STATES, asset
from waypost.market.days import Date

ROOM = dt.timedelta(days=14)  # left and right of what is shown


def drawing(
    plan: Roadmap,
    *,
    today: dt.date,
    scale: Scale,
    language: str,
    days: list[Date],
    slug: str = "",
    may_edit: bool = False,
) -> dict[str, Any]:
    """``lines`` are goals and initiatives from top to bottom; without ``slug`` no addresses."""
    span = shown(plan, today)
    page_of = pages_of(slug)
    lines: list[dict[str, Any]] = []
    for group in plan.groups:
        lines.append(goal_line(group.goal, slug))
        lines += [initiative_line(row, page_of) for row in group.rows]
    return {
        "scale": str(scale),
        "today": today.isoformat(),
        "start": span.start.isoformat(),
        "end": span.end.isoformat(),
        "language": language,
        "editable": may_edit,
        "icons": asset(ICONS),
        "words": words(),
        "lines": lines,
        "holidays": [{"day": each.day.isoformat(), "words": each.words} for each in days],
    }


def shown(plan: Roadmap, today: dt.date) -> Span:
    """The days the timeline has room for."""
    span = plan.span(today)
    return Span(span.start - ROOM, span.end + 3 * ROOM)


def goal_line(goal: Goal, slug: str) -> dict[str, Any]:
    return {
        "id": f"goal-{goal.pk}",
        "goal": True,
        "title": goal.title,
        "start": goal.start_date.isoformat(),
        "end": goal.deadline_date.isoformat(),
        "url": reverse("goals:goal", args=[slug, goal.pk]) if slug else "",
    }


def pages_of(slug: str) -> Callable[[int], str]:
    """Key of an initiative → its page; nowhere without ``slug``."""
    return address_maker("insights:initiative", slug) if slug else lambda _pk: ""


def initiative_line(row: Row, page_of: Callable[[int], str]) -> dict[str, Any]:
    each = row.initiative
    status = STATES[each.status]
    return {
        "id": str(each.pk),
        "title": each.title,
        "start": each.start_date.isoformat(),
        "end": each.end_date.isoformat(),
        "progress": each.progress,
        "status": str(status.word),
        "icon": row.flag.icon if row.flag else status.icon,
        "tone": row.flag.tone if row.flag else STATUS_TONES[each.status],  # type: ignore[index]
        "flag": row.flag.word if row.flag else "",
        "until": each.until_goal and not each.is_over,
        "approved": _approved(row),
        "after": [str(other.pk) for other in row.after],
        "url": (url := page_of(each.pk)),
        "move": row.move_url if url else "",
    }


def _approved(row: Row) -> list[str] | None:
    start, end = row.initiative.baseline_start_date, row.initiative.baseline_end_date
    return [start.isoformat(), end.isoformat()] if start and end else None


def words() -> dict[str, str]:
    """Sentences the timeline says; ``{…}`` is filled in there."""
    return {
        "today": _("Today"),
        "names": _("Goals and initiatives"),
        "keys": _(
            "Up and down arrow: choose a bar. Left and right arrow: move it by a day, with Shift"
            " by a week. Alt with left or right arrow: move its end. Enter: save, or open it."
            " Escape: take the move back."
        ),
        "bar": _("{title}: {dates}, {status}, done: {progress} %"),
        "milestone": _("Milestone {title}: {dates}, {status}"),
        "after": _("after {titles}"),
        "approved": _("Approved plan: {dates}"),
        "pending": _("{dates}. Enter saves, Escape takes it back."),
        "cancelled": _("As before: {dates}."),
    }

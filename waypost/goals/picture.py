"""The roadmap as a drawing that also reads in black and white.

The part that is done is dark, the rest light with an outline; the approved plan is a thin
line below its bar, a milestone a diamond. Sizes are pixels.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.documents.drawing import Drawing
from waypost.documents.values import Picture
from waypost.goals.models import Initiative
from waypost.goals.planned import Group, Plan
from waypost.kit.screen import status_word

WIDTH, LEFT, RIGHT = 1320, 420, 150  # all; for the names; for the words behind a bar
TOP, TITLE, LINE, BAR, FOOT = 104, 56, 28, 14, 52
INK, QUIET, THIN, SHADE, WHITE = "#24211d", "#635d55", "#d9d4cc", "#f3f0eb", "#ffffff"
DARK, LIGHT, LATE, NOW, OLD = "#0f5f5f", "#cfe6e4", "#a8281d", "#855100", "#8d867c"
LONGEST = 60  # letters of a name before the chart


@dataclass(frozen=True)
class Strip:
    """One line: a goal, or an initiative of it. Both empty: a line to write on."""

    group: Group | None = None
    initiative: Initiative | None = None
    goes_on: bool = False  # the goal's name again, at the head of another picture


def strips(plan: Plan) -> list[Strip]:
    """The lines of the whole plan."""
    return [strip for group in plan.groups for strip in _of(group)] or [Strip() for _n in range(14)]


def _of(group: Group) -> Iterator[Strip]:
    yield Strip(group)
    for each in group.initiatives:
        yield Strip(group, each)


def pages(plan: Plan, most: int) -> list[list[Strip]]:
    """Lines for pictures of at most ``most`` lines; one that begins inside a goal says so."""
    found: list[list[Strip]] = [[]]
    for strip in strips(plan):
        if len(found[-1]) >= most or (not strip.initiative and len(found[-1]) >= most - 1):
            found.append([])
            if strip.initiative:
                found[-1].append(Strip(strip.group, goes_on=True))
        found[-1].append(strip)
    return found


def picture(plan: Plan, lines: list[Strip] | None = None) -> Picture:
    """The drawing of everything; or of ``lines``, without a title, as a part of a page."""
    if lines is None:
        return _Picture(plan, strips(plan), top=TOP).draw()
    return _Picture(plan, lines, top=TOP - TITLE).draw(titled=False)


class _Picture:
    def __init__(self, plan: Plan, lines: list[Strip], *, top: int) -> None:
        self.plan, self.lines, self.top = plan, lines, top
        first, last = plan.span
        self.first = first.replace(day=1)
        self.last = _next_month(last)
        self.bottom = self.top + LINE * len(lines)
        self.sheet = Drawing(WIDTH, self.bottom + FOOT)

    def draw(self, *, titled: bool = True) -> Picture:
        name = self.plan.business.name if self.plan.business else ""
        title = f"{_('Roadmap')} – {name}" if name else _("Roadmap")
        self.sheet.rect(0, 0, WIDTH, self.sheet.height, fill=WHITE)
        if titled:
            self.sheet.text(20, 34, title, size=22, bold=True, fill=INK)
            self.sheet.text(20, 56, self.plan.period, size=13, fill=QUIET)
        self._shade_goals()
        self._months()
        self._today()
        for place, strip in enumerate(self.lines):
            self._strip(self.top + LINE * place, strip)
        self._legend()
        return self.sheet.picture(alt=title)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def _shade_goals(self) -> None:
        for place, strip in enumerate(self.lines):
            if strip.group and not strip.initiative:
                self.sheet.rect(0, self.top + LINE * place, WIDTH, LINE, fill=SHADE)

    def _months(self) -> None:
        months = list(_months_between(self.first, self.last))
        every = 1 + (len(months) - 1) // 14
        for place, day in enumerate(months):
            words = place % every == 0
            self.sheet.line(
                self.x(day), self.top - (12 if words else 0), self.x(day), self.bottom, stroke=THIN
            )
            if words:
                self.sheet.text(
                    self.x(day) + 4, self.top - 6, _month_word(day), size=11, fill=QUIET
                )
        self.sheet.line(0, self.top, WIDTH, self.top, stroke=OLD)

    def _today(self) -> None:
        if not self.first <= self.plan.today < self.last:
            return
        x = self.x(self.plan.today)
        self.sheet.line(
            x, self.top - 26, x, self.bottom, stroke=NOW, stroke_width="1.5", stroke_dasharray="5 3"
        )
        words = f"{_('Today')} {date_format(self.plan.today, 'MONTH_DAY_FORMAT')}"
        self.sheet.text(x, self.top - 31, words, size=11, bold=True, anchor="middle", fill=NOW)

    def _strip(self, top: float, strip: Strip) -> None:
        if strip.initiative:
            self._initiative(top, strip.initiative)
        elif strip.group:
            self._goal(top, strip.group, goes_on=strip.goes_on)
        self.sheet.line(0, top + LINE, WIDTH, top + LINE, stroke=THIN, stroke_width="0.5")

    def _goal(self, top: float, group: Group, *, goes_on: bool) -> None:
        words = f"{group.number}  {group.goal.title}"
        if goes_on:
            words = _("%(goal)s (continued)") % {"goal": _cut(words, LONGEST - 12)}
        self.sheet.text(16, top + 18, _cut(words, LONGEST), size=13, bold=True, fill=INK)
        start, end = self.x(group.goal.start_date), self.x(_after(group.goal.deadline_date))
        self.sheet.rect(start, top + LINE / 2 - 2, max(2, end - start), 4, fill=INK)
        for x in (start, end):
            self.sheet.line(x, top + 7, x, top + LINE - 7, stroke=INK, stroke_width="2")
        self._behind(end, top, status_word(group.state.status), bold=True)

    def _initiative(self, top: float, each: Initiative) -> None:
        number = self.plan.numbers.get(each.pk, "")
        self.sheet.text(28, top + 18, _cut(f"{number}  {each.title}", LONGEST), size=12, fill=INK)
        late = each.is_late(self.plan.today)
        edge = LATE if late else DARK
        start, end = self.x(each.start_date), self.x(_after(each.end_date))
        if each.is_milestone:
            self._diamond((start + end) / 2, top + LINE / 2, edge, filled=each.is_over)
            end = (start + end) / 2 + 9
        else:
            self._bar(top, each, start, max(4, end - start), edge)
        self._approved(top, each)
        words = status_word(each.status)
        if 0 < each.progress < 100:
            words = f"{words}, {each.progress} %"
        self._behind(end, top, f"{words} – {_('late')}" if late else words, bold=late)

    def _bar(self, top: float, each: Initiative, x: float, width: float, edge: str) -> None:
        y = top + (LINE - BAR) / 2
        dropped = each.status == Initiative.Status.DROPPED
        thick = "2" if edge == LATE else "1"
        look = {"stroke_dasharray": "3 2"} if dropped or each.until_goal else {}
        fill = WHITE if dropped else LIGHT
        self.sheet.rect(
            x, y, width, BAR, radius=3, fill=fill, stroke=edge, stroke_width=thick, **look
        )
        if each.progress and not dropped:
            self.sheet.rect(x, y, width * min(100, each.progress) / 100, BAR, radius=3, fill=edge)

    def _diamond(self, x: float, y: float, edge: str, *, filled: bool) -> None:
        corners = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
        self.sheet.polygon(
            *corners, fill=edge if filled else WHITE, stroke=edge, stroke_width="1.5"
        )

    def _approved(self, top: float, each: Initiative) -> None:
        if each.baseline_start_date is None or each.baseline_end_date is None:
            return
        # Days that were approved may lie outside of what is drawn now.
        start = max(LEFT, self.x(each.baseline_start_date))
        end = min(WIDTH - RIGHT, self.x(_after(each.baseline_end_date)))
        if end > start:
            self.sheet.rect(start, top + LINE - 6, end - start, 2.5, fill=OLD)

    def _behind(self, x: float, top: float, words: str, *, bold: bool = False) -> None:
        if self.plan.today >= self.first and abs(self.x(self.plan.today) - x - 30) < 42:
            x = max(x, self.x(self.plan.today))  # the line of today would cross the words
        self.sheet.text(x + 7, top + 18, words, size=11, bold=bold, fill=INK if bold else QUIET)

    def _legend(self) -> None:
        y = self.bottom + 30
        self.sheet.rect(20, y - 11, 26, BAR, radius=3, fill=DARK)
        self.sheet.text(54, y, _("done"), size=12, fill=INK)
        self.sheet.rect(130, y - 11, 26, BAR, radius=3, fill=LIGHT, stroke=DARK)
        self.sheet.text(164, y, _("planned"), size=12, fill=INK)
        self.sheet.rect(
            250, y - 11, 26, BAR, radius=3, fill=LIGHT, stroke=DARK, stroke_dasharray="3 2"
        )
        self.sheet.text(284, y, _("until the goal is reached"), size=12, fill=INK)
        self.sheet.rect(460, y - 6, 26, 2.5, fill=OLD)
        self.sheet.text(494, y, _("approved plan"), size=12, fill=INK)
        self._diamond(622, y - 4, DARK, filled=False)
        self.sheet.text(640, y, _("milestone"), size=12, fill=INK)
        self.sheet.line(738, y - 14, 738, y + 4, stroke=NOW, stroke_dasharray="5 3")
        self.sheet.text(748, y, _("today"), size=12, fill=INK)
        self.sheet.rect(830, y - 11, 26, BAR, radius=3, fill=LIGHT, stroke=LATE, stroke_width="2")
        self.sheet.text(864, y, _("late"), size=12, fill=INK)


def _months_between(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    day = first
    while day < last:
        yield day
        day = _next_month(day)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _after(day: dt.date) -> dt.date:
    # A bar ends where its last day ends.
    return day + dt.timedelta(days=1)


def _month_word(day: dt.date) -> str:
    return date_format(day, "M Y" if day.month == 1 else "M")


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"

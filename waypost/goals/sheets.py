"""The roadmap as a workbook that lives: change a day and its bar moves."""

from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.documents.formulas import letters, quoted, tab
from waypost.documents.values import (
    Cell,
    Column,
    Formula,
    Kind,
    Letterhead,
    Look,
    Row,
    Rule,
    Sheet,
    Workbook,
)
from waypost.goals.goal_sheet import NAMES as GOAL_NAMES
from waypost.goals.goal_sheet import goal_sheet
from waypost.goals.models import Initiative
from waypost.goals.planned import HEADINGS, Group, Plan, owner_words
from waypost.goals.timeline import Timeline
from waypost.kit.screen import status_word

BLANK_ROWS = 40
NAMES = tuple(HEADINGS)
GRID = len(NAMES)  # the first column of the time grid
TODAY = "$C$2"
MILESTONE = "◆"
HEADING_LINE, FIRST_LINE = 3, 4
KINDS = {
    "start_date": Kind.DATE,
    "end_date": Kind.DATE,
    "days": Kind.NUMBER,
    "progress": Kind.NUMBER,
    "budget": Kind.MONEY,
}
WIDTHS = {
    "no": 6.0,
    "title": 40.0,
    "goal": 26.0,
    "owner": 15.0,
    "days": 9.0,
    "status": 16.0,
    "progress": 9.0,
    "depends_on": 10.0,
    "risk": 9.0,
    "resources": 24.0,
    "budget": 13.0,
}


def workbook(plan: Plan) -> Workbook:
    """The sheets “Roadmap” and “Goals”; a plan without groups makes a template."""
    business = plan.business.name if plan.business else ""
    head = Letterhead(_("Roadmap"), business, plan.today, plan.period if plan.groups else "")
    goals = goal_sheet(plan, name=_("Goals"))
    currency = plan.business.currency if plan.business else "EUR"
    return Workbook(head, (_roadmap_sheet(plan, goals), goals), currency)


def _roadmap_sheet(plan: Plan, goals: Sheet) -> Sheet:
    sheet = _Roadmap(plan, goals)
    business = plan.business.name if plan.business else ""
    title = f"{_('Roadmap')} – {business}" if business else _("Roadmap")
    hint = _("Change a day and its bar moves. Days are written like 2026-10-12.")
    return Sheet(
        name=_("Roadmap"),
        columns=sheet.columns(),
        rows=sheet.rows,
        above=((title,), ("", _("Today"), Formula("=TODAY()", plan.today), "", hint)),
        frozen_columns=2,
        rules=sheet.rules(),
        landscape=True,
    )


class _Roadmap:
    """Rows first, since the grid must know where they end."""

    def __init__(self, plan: Plan, goals: Sheet) -> None:
        self.plan, self.goals = plan, goals
        self.at = {name: letters(place) for place, name in enumerate(NAMES)}
        self.time = Timeline.over(plan)
        self.rows = tuple(self._rows())
        self.last_line = FIRST_LINE + len(self.rows) - 1

    def _rows(self) -> list[Row]:
        rows: list[Row] = []
        for place, group in enumerate(self.plan.groups):
            rows.append(self._group(group, FIRST_LINE + len(rows), self.goals.first_line + place))
            for each in group.initiatives:
                rows.append(self._initiative(group, each, FIRST_LINE + len(rows)))
        if not self.plan.groups:
            rows = [self._blank(FIRST_LINE + place) for place in range(BLANK_ROWS)]
        return rows

    def columns(self) -> tuple[Column, ...]:
        return (*(self._column(name) for name in NAMES), *self._grid_headings())

    def _column(self, name: str) -> Column:
        choices: tuple[str, ...] = ()
        if name == "status":
            choices = tuple(status_word(each) for each in Initiative.Status.values)
        if name == "risk":
            choices = tuple(str(word) for word in Initiative.Risk.labels)
        lines = f"$B${self.goals.first_line}:$B${self.goals.first_line + len(self.goals.rows) - 1}"
        notes = {
            "depends_on": _("Numbers of the initiatives that must end before, such as 1.2, 2.1"),
            "title": _("A shaded line is a goal; the lines below it are its initiatives."),
        }
        return Column(
            str(HEADINGS[name]),
            KINDS.get(name, Kind.TEXT),
            WIDTHS.get(name, 12.0),
            choices=choices,
            choices_from=f"={tab(self.goals.name)}{lines}" if name == "goal" else "",
            between=(0, 100) if name == "progress" else None,
            note=notes.get(name, ""),
        )

    def _grid_headings(self) -> list[Column]:
        columns = []
        for place, day in enumerate(self.time.starts):
            before = f"{letters(GRID + place - 1)}{HEADING_LINE}"
            text = self._first_day() if place == 0 else f"={self.time.next_formula(before)}"
            columns.append(Column(Formula(text, day), Kind.DATE, width=2.6, grid=True))
        return columns

    def _first_day(self) -> str:
        cells = f"{self.at['start_date']}{FIRST_LINE}:{self.at['start_date']}{self.last_line}"
        earliest = f"IF(COUNT({cells})=0,{TODAY},MIN({cells}))"
        return f"={self.time.first_formula(earliest)}"

    def _group(self, group: Group, line: int, goal_line: int) -> Row:
        goal, below = group.goal, len(group.initiatives)
        sheet = tab(self.goals.name)
        share, word = (
            f"{sheet}${letters(GOAL_NAMES.index(name))}{goal_line}"
            for name in ("progress", "status")
        )
        costs = f"{self.at['budget']}{line + 1}:{self.at['budget']}{line + below}"
        spent = f'=IF(COUNT({costs})=0,"",SUM({costs}))'
        known: dict[str, Cell] = {
            "no": str(group.number),
            "title": goal.title,
            "start_date": goal.start_date,
            "end_date": goal.deadline_date,
            "days": self._days(line, (goal.deadline_date - goal.start_date).days + 1),
            "status": Formula(f"={word}", status_word(group.state.status)),
            "progress": Formula(
                f'=IF(ISNUMBER({share}),ROUND(100*MAX(0,MIN(1,{share})),0),"")', _percent(group)
            ),
            "budget": Formula(spent, _total(group)) if below else None,
        }
        return Row(tuple(known.get(name) for name in NAMES), group=True)

    def _initiative(self, group: Group, each: Initiative, line: int) -> Row:
        known: dict[str, Cell] = {
            "no": self.plan.numbers[each.pk],
            "title": each.title,
            "goal": group.goal.title,
            "owner": owner_words(each),
            "start_date": each.start_date,
            "end_date": each.end_date,
            "days": self._days(line, each.days),
            "status": status_word(each.status),
            "progress": each.progress,
            "depends_on": self.plan.after(each),
            "risk": str(each.get_risk_display()),
            "resources": each.resources,
            "budget": each.budget,
        }
        marks = [
            MILESTONE if each.is_milestone and start <= each.start_date < after else ""
            for start, after in self.time.cells
        ]
        return Row((*(known.get(name) for name in NAMES), *self._milestones(line, marks)))

    def _blank(self, line: int) -> Row:
        known: dict[str, Cell] = {"days": self._days(line, "")}
        marks = [""] * len(self.time.starts)
        return Row((*(known.get(name) for name in NAMES), *self._milestones(line, marks)))

    def _days(self, line: int, value: int | str) -> Formula:
        start, end = f"{self.at['start_date']}{line}", f"{self.at['end_date']}{line}"
        return Formula(f'=IF(OR({start}="",{end}=""),"",{end}-{start}+1)', value)

    def _milestones(self, line: int, marks: list[str]) -> list[Formula]:
        start, end = f"${self.at['start_date']}{line}", f"${self.at['end_date']}{line}"
        found = []
        for place, mark in enumerate(marks):
            head = f"{letters(GRID + place)}${HEADING_LINE}"
            here = f"{start}>={head},{start}<={self.time.last_day_formula(head)}"
            text = f'=IF(AND({start}<>"",{start}={end},{here}),"{MILESTONE}","")'
            found.append(Formula(text, mark))
        return found

    def rules(self) -> tuple[Rule, ...]:
        start, end, goal, share, status = (
            f"${self.at[name]}{FIRST_LINE}"
            for name in ("start_date", "end_date", "goal", "progress", "status")
        )
        head = f"{letters(GRID)}${HEADING_LINE}"
        last = self.time.last_day_formula(head)
        inside = f'{start}<>"",{start}<={last},{end}>={head}'
        done = f"OR({share}>=100,{start}+({end}-{start}+1)*{share}/100>({head}+{last})/2)"
        over = [quoted(status_word(each)) for each in ("done", "dropped")]
        late = f'{goal}<>"",{end}<>"",{end}<{TODAY},{status}<>{over[0]},{status}<>{over[1]}'
        first, final = GRID, GRID + len(self.time.starts) - 1
        ends = NAMES.index("end_date")
        return (
            Rule(first, final, f'=AND({goal}="",{inside})', Look.QUIET),
            Rule(first, final, f"=AND({inside},{share}>0,{done})", Look.STRONG),
            Rule(first, final, f"=AND({inside})", Look.SOFT),
            Rule(
                first,
                final,
                f"=AND({TODAY}>={head},{TODAY}<={last})",
                Look.MARK,
                from_heading=True,
            ),
            Rule(ends, ends, f"=AND({late})", Look.BAD),
        )


def _percent(group: Group) -> int | str:
    share = group.state.progress
    if share is None:
        return ""
    return int(
        (max(Decimal(0), min(Decimal(1), share)) * 100).quantize(Decimal(1), "ROUND_HALF_UP")
    )


def _total(group: Group) -> Decimal | str:
    known = [each.budget for each in group.initiatives if each.budget is not None]
    return sum(known, Decimal(0)) if known else ""

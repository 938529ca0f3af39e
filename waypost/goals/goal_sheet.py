"""The sheet of goals: how each stands, as formulas that give the page's numbers.

The formulas say in Excel's words what :mod:`waypost.goals.formulas` computes, so that a
number typed into "Current" is judged at once, without Waypost.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.documents.formulas import letters, quoted
from waypost.documents.values import Cell, Column, Formula, Kind, Row, Sheet, Value
from waypost.goals import formulas
from waypost.goals.formulas import Status
from waypost.goals.planned import GOAL_HEADINGS, Group, Plan
from waypost.kit.screen import status_word

DASH = "–"
BLANK_ROWS = 12
NAMES = tuple(GOAL_HEADINGS)
TODAY = "$C$2"

KINDS = {
    "baseline": Kind.NUMBER,
    "target": Kind.NUMBER,
    "start_date": Kind.DATE,
    "deadline_date": Kind.DATE,
    "value": Kind.NUMBER,
    "value_date": Kind.DATE,
    "progress": Kind.PERCENT,
    "expected": Kind.PERCENT,
    "pace": Kind.NUMBER,
    "forecast": Kind.ESTIMATE,
    "arrival": Kind.DATE,
    "needed_per_week": Kind.ESTIMATE,
}
WIDTHS = {"no": 6, "title": 38, "kind": 14, "metric": 30, "status": 15}

NOTHING = f'"{DASH}"'
UNKNOWN = f"OR({{progress}}={NOTHING},{{expected}}={NOTHING})"
EARLY = f"{{expected}}<{formulas.JUST_STARTED}"
LIVE = {
    "progress": f'IF(OR({{kept}},{{value}}="",{{target}}={{baseline}}),{NOTHING},'
    "({value}-{baseline})/({target}-{baseline}))",
    "expected": f'IF(OR({{start_date}}="",{{deadline_date}}<={{start_date}}),{NOTHING},MIN(1,MAX(0,'
    '(IF({value_date}="",{today},{value_date})-{start_date})/({deadline_date}-{start_date}))))',
    "pace": f"IF({UNKNOWN},{NOTHING},IF({EARLY},{NOTHING},{{progress}}/{{expected}}))",
    "forecast": f"IF({UNKNOWN},{NOTHING},IF(OR({EARLY},{{today}}>{{deadline_date}}),{NOTHING},"
    "{baseline}+({value}-{baseline})/{expected}))",
    "arrival": f"IF({UNKNOWN},{NOTHING},IF(OR({EARLY},{{today}}>{{deadline_date}},{{progress}}<=0,"
    f"{{progress}}>=1),{NOTHING},IF(({{value_date}}-{{start_date}})/{{progress}}>{formulas.FARTHEST},"
    f"{NOTHING},{{start_date}}+ROUNDUP(ROUND(({{value_date}}-{{start_date}})/{{progress}},6),0))))",
    "needed_per_week": f'IF(OR({{kept}},{{value}}="",{{deadline_date}}<={{today}}),{NOTHING},'
    f"IF({{progress}}>=1,{NOTHING},({{target}}-{{value}})*7/({{deadline_date}}-{{today}})))",
}  # by column; {names} stand for the cells of the row


def goal_sheet(plan: Plan, *, name: str) -> Sheet:
    """Goals with live numbers; without goals the same formulas over empty rows."""
    first = 4
    rows = [_row(plan, group, first + place) for place, group in enumerate(plan.groups)]
    rows += [
        _row(plan, None, first + len(rows) + place)
        for place in range(0 if plan.groups else BLANK_ROWS)
    ]
    title = f"{_('Goals')} – {plan.business.name}" if plan.business else _("Goals")
    return Sheet(
        name=name,
        columns=tuple(_column(each) for each in NAMES),
        rows=tuple(rows),
        above=((title,), ("", _("Today"), Formula("=TODAY()", plan.today))),
        frozen_columns=2,
        landscape=True,
    )


def _column(name: str) -> Column:
    kind = KINDS.get(name, Kind.TEXT)
    choices = tuple(str(word) for word in formulas.Kind.labels) if name == "kind" else ()
    width = WIDTHS.get(name, 12)
    return Column(str(GOAL_HEADINGS[name]), kind, width, choices=choices)


def _row(plan: Plan, group: Group | None, line: int) -> Row:
    cells = {name: f"${letters(place)}{line}" for place, name in enumerate(NAMES)}
    cells |= {"today": TODAY, "kept": _kept(cells["kind"])}
    known = _known(group) if group else {}
    live: dict[str, Cell] = {
        name: Formula(_guarded(text.format(**cells), cells["title"]), _result(group, name))
        for name, text in {**LIVE, "status": _status(cells)}.items()
    }
    return Row(tuple({**known, **live}.get(name) for name in NAMES))


def _guarded(text: str, title: str) -> str:
    """An empty row shows nothing instead of a dash."""
    return f'=IF({title}="","",{text})'


def _kept(cell: str) -> str:
    words = [formulas.Kind.KEEP_ABOVE.label, formulas.Kind.KEEP_BELOW.label]
    return ",".join(f"{cell}={quoted(str(word))}" for word in words)


def _known(group: Group) -> dict[str, Cell]:
    goal, state = group.goal, group.state
    return {
        "no": str(group.number),
        "title": goal.title,
        "kind": str(formulas.Kind(goal.kind).label),
        "metric": goal.metric,
        "unit": goal.unit,
        "baseline": goal.baseline,
        "target": goal.target,
        "start_date": goal.start_date,
        "deadline_date": goal.deadline_date,
        "value": state.value,
        "value_date": state.value_date,
    }


def _result(group: Group | None, name: str) -> Value:
    if group is None:
        return ""
    if name == "status":
        return status_word(group.state.status)
    number: Decimal | None = getattr(group.state, name)
    return DASH if number is None else number


def _status(cells: dict[str, str]) -> str:
    word = {status: quoted(status_word(status)) for status in Status}
    old = f"{{today}}-{{value_date}}>={formulas.STALE.days}"
    above = quoted(str(formulas.Kind.KEEP_ABOVE.label))
    met = f"IF({{kind}}={above},{{value}}>={{target}},{{value}}<={{target}})"
    without = (
        f"IF(OR({{today}}<{{start_date}},{EARLY}),{word[Status.JUST_STARTED]},"
        f"{word[Status.NO_DATA]})"
    )
    kept = (
        f"IF(AND({{today}}<={{deadline_date}},{old}),{word[Status.NO_DATA]},IF({met},"
        f"IF({{today}}>{{deadline_date}},{word[Status.DONE]},{word[Status.ON_TRACK]}),"
        f"IF({{today}}>{{deadline_date}},{word[Status.MISSED]},{word[Status.BEHIND]})))"
    )
    by_pace = (
        f"IF({{pace}}={NOTHING},{word[Status.JUST_STARTED]},IF({{pace}}>={formulas.ON_TRACK},"
        f"{word[Status.ON_TRACK]},IF({{pace}}>={formulas.SLIGHTLY_BEHIND},"
        f"{word[Status.SLIGHTLY_BEHIND]},{word[Status.BEHIND]})))"
    )
    reached = (
        f"IF({UNKNOWN},{word[Status.NO_DATA]},IF({{progress}}>=1,{word[Status.DONE]},"
        f"IF({{today}}>{{deadline_date}},{word[Status.MISSED]},"
        f"IF({old},{word[Status.NO_DATA]},{by_pace}))))"
    )
    whole = f'IF({{value}}="",{without},IF(OR({{kept}}),{kept},{reached}))'
    return whole.format(**cells)

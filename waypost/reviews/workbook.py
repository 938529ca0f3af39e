"""A report as a workbook: numbers as numbers, changes and sums as live formulas.

Every formula also carries the result that the page shows.
"""

from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.documents.formulas import letters
from waypost.documents.values import Cell, Column, Formula, Kind, Row, Sheet, Value, Workbook
from waypost.kit.figures import Number
from waypost.kit.screen import status_word
from waypost.reviews.assembled import head
from waypost.reviews.chapters import (
    channel_headings,
    chapters,
    earned_headings,
    in_order,
    late_words,
)
from waypost.reviews.content import Content, things_to_do
from waypost.reviews.figures import ChannelFigures, Figures, Measure
from waypost.reviews.metrics import EARNED, METRICS, Shape
from waypost.reviews.questions import ASKS
from waypost.reviews.words import growth_said, why_said

BLANK_ROWS = 24
FIRST = 4  # Excel's number of the first data row: two lines above, one of headings
DASH = "–"


def workbook(content: Content) -> Workbook:
    """The first sheet holds every number of every channel; it is also the CSV."""
    sheets = (_numbers(content), _earned(content), _goals(content), _answers(content))
    return Workbook(head(content), sheets, content.currency or "EUR")


def _above(content: Content, title: str) -> tuple[tuple[Cell, ...], ...]:
    told = head(content)
    words = " · ".join(filter(None, [told.business, told.period, told.version]))
    return ((title,), (words,))


def _numbers(content: Content) -> Sheet:
    figures = content.figures
    name, *others = channel_headings()
    columns = (
        Column(_("Channel"), width=26),
        Column(name, width=32),
        *(Column(word, Kind.NUMBER, 14, typed=figures is None) for word in others[:2]),
        Column(others[2], Kind.NUMBER, 14),
        Column(others[3], Kind.PERCENT, 14),
        *([Column(_("Why it is empty"), width=44)] if figures else []),
    )
    rows = _measures(figures) if figures else _blank_rows()
    return Sheet(
        _("Channels"),
        columns,
        tuple(rows),
        _above(content, _("Channels")),
        frozen_columns=2,
        filtered=figures is not None,
    )


def _measures(figures: Figures) -> list[Row]:
    rows: list[Row] = []
    for channel in figures.channels:
        for measure in in_order(channel):
            made = _measure(channel.name, measure, FIRST + len(rows))
            rows.append(Row((*made.cells, _reason(channel, measure))))
    return rows


def _reason(channel: ChannelFigures, measure: Measure) -> str:
    found = (why_said(channel, each) for each in channel.unknown if each.key == measure.key)
    return next(found, "")


def _measure(channel: str, measure: Measure, line: int) -> Row:
    word = str(METRICS[measure.key].word)
    if METRICS[measure.key].shape is Shape.RATE:
        word = f"{word} (%)"
    then, now = _typed(measure.key, measure.before), _typed(measure.key, measure.now)
    if measure.is_broken:
        return Row((channel, word, then, now, DASH, growth_said(measure)))
    growth = None if METRICS[measure.key].shape is Shape.RATE else measure.growth
    return Row(
        (
            channel,
            word,
            then,
            now,
            Formula(_change(line), _minus(now, then)),
            Formula(_growth(line), _result(growth, measure)),
        )
    )


def _typed(key: str, value: Number) -> Number:
    """A rate is typed in percent: its change is then in points."""
    if value is not None and METRICS[key].shape is Shape.RATE:
        return (value * 100).quantize(Decimal("0.1"), "ROUND_HALF_UP")
    return value


def _minus(now: Number, then: Number) -> Value:
    return DASH if now is None or then is None else now - then


def _result(growth: Number, measure: Measure) -> Value:
    if growth is not None:
        return growth
    new = measure.before == 0 and measure.now
    return _("new") if new else DASH


def _change(line: int) -> str:
    return f'=IF(AND(ISNUMBER(C{line}),ISNUMBER(D{line})),D{line}-C{line},"{DASH}")'


def _growth(line: int) -> str:
    new = f'IF(D{line}>0,"{_("new")}","{DASH}")'
    share = f"IF(C{line}=0,{new},(D{line}-C{line})/ABS(C{line}))"
    rate = f'RIGHT(B{line},3)="(%)"'
    known = f"AND(ISNUMBER(C{line}),ISNUMBER(D{line}),NOT({rate}))"
    return f'=IF({known},{share},"{DASH}")'


def _blank_rows() -> list[Row]:
    words = [str(METRICS[key].word) for key in ("followers", "reach", "engagement", "link_clicks")]
    lines = range(FIRST, FIRST + BLANK_ROWS)
    return [
        Row(
            (
                "",
                words[place % len(words)],
                None,
                None,
                Formula(_change(line), DASH),
                Formula(_growth(line), DASH),
            )
        )
        for place, line in enumerate(lines)
    ]


def _earned(content: Content) -> Sheet:
    figures = content.figures
    kinds = [Kind.MONEY if METRICS[key].shape is Shape.MONEY else Kind.NUMBER for key in EARNED]
    words = earned_headings()
    typed = figures is None
    pairs = zip(words[1:-1], kinds, strict=True)
    columns = (
        Column(words[0], width=28),
        *(Column(word, kind, 14, typed=typed) for word, kind in pairs),
        Column(words[-1], Kind.MONEY, 14),
    )
    told = enumerate(_all(figures), FIRST)
    rows = [_earned_row(name, numbers, line) for line, (name, numbers) in told]
    return Sheet(
        _("Earned"),
        columns,
        (*rows, _together(figures, len(rows))),
        _above(content, _("What it earned")),
        frozen_columns=1,
    )


def _all(figures: Figures | None) -> list[tuple[str, dict[str, Number]]]:
    if figures is None:
        return [("", dict.fromkeys(EARNED))] * 8
    found = [
        (channel.name, {key: channel.measure(key).now for key in EARNED})
        for channel in figures.channels
    ]
    return [(name, each) for name, each in found if any(n is not None for n in each.values())]


def _earned_row(name: str, numbers: dict[str, Number], line: int) -> Row:
    cells = (numbers[key] for key in EARNED)
    return Row((name, *cells, _each(line, numbers["spent"], numbers["orders"])))


def _each(line: int, spent: Number, orders: Number) -> Formula:
    money, count = (f"{letters(1 + EARNED.index(key))}{line}" for key in ("spent", "orders"))
    known = f"AND(ISNUMBER({money}),ISNUMBER({count}))"
    value: Value = spent / orders if spent is not None and orders and orders > 0 else DASH
    return Formula(f'=IF({known},IF({count}>0,{money}/{count},"{DASH}"),"{DASH}")', value)


def _together(figures: Figures | None, lines: int) -> Row:
    last = FIRST + lines - 1
    totals: dict[str, Number] = {key: figures.total(key).now if figures else None for key in EARNED}
    cells: list[Cell] = []
    for place, key in enumerate(EARNED, 1):
        span = f"{letters(place)}{FIRST}:{letters(place)}{last}"
        result: Value = DASH if totals[key] is None else totals[key]
        text = f'=IF(COUNT({span})=0,"{DASH}",SUM({span}))'
        cells.append(Formula(text, result) if lines else result)
    return Row(
        (_("Together"), *cells, _each(FIRST + lines, totals["spent"], totals["orders"])), group=True
    )


def _goals(content: Content) -> Sheet:
    figures = content.figures
    columns = (
        Column(_("Goal"), width=44),
        Column(_("Value"), Kind.NUMBER, 12),
        Column(_("Target"), Kind.NUMBER, 12),
        Column(_("Unit"), width=14),
        Column(_("Progress"), Kind.PERCENT, 12),
        Column(_("Plan"), Kind.PERCENT, 12),
        Column(_("Status"), width=18),
    )
    rows: list[Row] = []
    for goal in figures.goals if figures else ():
        word = status_word(goal.status)
        shares = (_dash(goal.progress), _dash(goal.expected))
        rows.append(Row((goal.title, goal.value, goal.target, goal.unit, *shares, word)))
    for each in figures.initiatives if figures else ():
        word = " · ".join(filter(None, [status_word(each.status), late_words(each.days_late)]))
        rows.append(Row((f"– {each.title}", None, None, "", None, None, word)))
    rows = rows or [Row(("",))] * 8
    return Sheet(_("Goals"), columns, tuple(rows), _above(content, _("What we set out to do")))


def _dash(value: Number) -> Value:
    return DASH if value is None else value


def _answers(content: Content) -> Sheet:
    columns = (
        Column(_("Question"), width=34),
        Column(_("Answer"), width=80),
        Column(_("Who"), width=18),
        Column(_("Due"), Kind.DATE, 12),
        Column(_("Status"), width=16),
    )
    rows = [
        Row((str(ASKS[ask]), content.answer(ask)))
        for chapter in chapters(content)
        for ask in chapter.asks
    ]
    for _question, line, task in things_to_do(content):
        if task is not None:
            who = str(task.assignee or "")
            rows.append(
                Row((_("On the board"), line, who, task.due_date, status_word(task.status)))
            )
    return Sheet(_("Answers"), columns, tuple(rows), _above(content, _("Answers")))

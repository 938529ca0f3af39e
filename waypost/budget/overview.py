"""What the charts of a budget show and say."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.dates import MONTHS, MONTHS_AP

from waypost.budget.charts import (
    NARROW,
    WIDE,
    Bars,
    Lines,
    category_bars,
    month_bars,
    running,
    year_lines,
)
from waypost.budget.models import Expense
from waypost.budget.outlook import Alarm, Pace, alarm, pace, year_end
from waypost.budget.reading import Book
from waypost.budget.sheet import Amount, GroupRow, LineRow, Row

Daily = dict[int, dict[dt.date, Decimal]]  # line pk → day → spent


@dataclass(frozen=True)
class Month:
    """A row of the tables behind the charts."""

    name: str
    plan: Amount
    actual: Amount
    planned_so_far: Decimal
    spent_so_far: Amount  # None after the last month "to date"


@dataclass(frozen=True)
class Overview:
    currency: str
    total: Row
    through: str  # name of the last month "to date"; blank before the first
    rows: list[Month]
    categories: tuple[GroupRow, ...]
    months: tuple[Bars, Bars]  # wide, narrow
    by_category: tuple[Bars, Bars]
    year: tuple[Lines, Lines]
    forecast: Amount
    paces: list[Pace]  # ad lines in the running month; none outside of the budget's year
    alarms: list[Alarm]

    @property
    def left(self) -> Amount:
        """Of the plan to date; above zero is under the plan."""
        return self.total.difference_to_date

    @property
    def left_at_end(self) -> Amount:
        """Of the year's plan, by the forecast."""
        if self.forecast is None or self.total.year_plan is None:
            return None
        return self.total.year_plan - self.forecast

    @property
    def largest(self) -> GroupRow | None:
        """The category that took the most so far."""
        spent = [group for group in self.categories if group.actual_to_date]
        return max(spent, key=lambda group: group.actual_to_date or 0, default=None)


def overview(book: Book, *, today: dt.date) -> Overview:
    """Everything the charts need; one query beyond what ``book`` holds."""
    sheet = book.sheet
    total = sheet.total
    plan = [cell.plan for cell in total.cells]
    actual = [cell.actual for cell in total.cells]
    short = [str(name) for name in MONTHS_AP.values()]
    initials = [name[0] for name in (str(name) for name in MONTHS.values())]
    forecast = year_end(total)
    groups = [(each.name, each.plan_to_date, each.actual_to_date) for each in sheet.groups]
    return Overview(
        currency=book.budget.currency,
        total=total,
        through=str(MONTHS[sheet.through]) if sheet.through else "",
        rows=_rows(plan, actual, sheet.through),
        categories=sheet.groups,
        months=(
            month_bars(plan, actual, short, size=WIDE),
            month_bars(plan, actual, initials, size=NARROW),
        ),
        by_category=(category_bars(groups, width=640), category_bars(groups, width=340)),
        year=(
            year_lines(plan, actual, sheet.through, forecast, short, size=WIDE),
            year_lines(plan, actual, sheet.through, forecast, initials, size=NARROW),
        ),
        forecast=forecast,
        paces=_paces(book, today),
        alarms=[found for row in ad_rows(book) if (found := alarm(row)) is not None],
    )


def ad_rows(book: Book) -> list[LineRow]:
    """The advertising lines of the sheet."""
    ads = {line.pk for line in book.lines if line.is_ads}
    return [row for group in book.sheet.groups for row in group.lines if row.pk in ads]


def _rows(plan: list[Amount], actual: list[Amount], through: int) -> list[Month]:
    planned, spent = running(plan), running(actual)
    return [
        Month(
            str(MONTHS[month]),
            plan[month - 1],
            actual[month - 1],
            planned[month],
            spent[month] if month <= through else None,
        )
        for month in range(1, 13)
    ]


def _paces(book: Book, today: dt.date) -> list[Pace]:
    if book.budget.year != today.year:
        return []
    rows = [(row, row.cells[today.month - 1]) for row in ad_rows(book)]
    used = [(row, cell) for row, cell in rows if cell.available or cell.actual]
    daily = _daily(book, [row.pk for row, _cell in used], today.month) if used else {}
    return [
        pace(row.name, cell.available, cell.actual, daily.get(row.pk, {}), today)
        for row, cell in used
    ]


def _daily(book: Book, lines: list[int], month: int) -> Daily:
    """What went out on each day of the month; empty for amounts typed without a day."""
    rows = Expense.objects.filter(line__budget=book.budget, line__in=lines, month=month)
    found: Daily = defaultdict(dict)
    sums = rows.order_by().values("line_id", "date").annotate(sum=Sum("amount"))
    for line, day, amount in sums.values_list("line_id", "date", "sum"):
        found[line][day] = Decimal(amount)
    return found

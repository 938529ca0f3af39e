"""A budget as a file: a workbook with live formulas, text, pages to print."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.budget.columns import months
from waypost.budget.models import Budget, Category, Line, Vat
from waypost.budget.reading import Amounts, Book, read
from waypost.budget.sheet import Amount, Cell, Row
from waypost.budget.templatetags.money import DASH, money
from waypost.budget.workbook import workbook
from waypost.documents.kinds import BadFile, ExportKind
from waypost.documents.rendering import render
from waypost.documents.values import (
    Card,
    Cards,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Part,
    Table,
)
from waypost.kit.numbers import shown

BLANK_LINES = 8  # in each category of a template
NO_BREAK = "\u00a0"


def budget_of(business: Business, *, today: dt.date) -> Budget:
    """This year's budget in the business's own currency, else the latest one.

    Raises ``BadFile`` when there is none.
    """
    found = list(business.budgets.all())
    if not found:
        raise BadFile(_("This business has no budget yet. Start one first."))
    wanted = (today.year, business.currency)
    return max(
        found,
        key=lambda each: ((each.year, each.currency) == wanted, each.year == today.year, each.year),
    )


def template(business: Business | None, *, year: int) -> Book:
    """Empty lines in the four usual categories, to be filled in by hand."""
    currency = business.currency if business else "EUR"
    budget = Budget(business=business, year=year, currency=currency)
    categories = [
        Category(pk=-place, budget=budget, key=key.value, name=str(key.label))
        for place, key in enumerate(Category.Key, 1)
    ]
    lines = [
        Line(pk=10 * category.pk - place, budget=budget, category=category, name="")
        for category in categories
        for place in range(BLANK_LINES)
    ]
    return Book(budget, categories, lines, frozenset(), Amounts())


def book_of(business: Business | None, *, blank: bool) -> Book:
    """What is exported: the business's budget of this year, or an empty template."""
    today = timezone.localdate()
    if blank or business is None:
        return template(business, year=today.year)
    budget = budget_of(business, today=today)
    budget.business = business
    return read(budget)


def write(book: Book, format_name: str, *, business: str) -> bytes:
    """``book`` as a file; ``business`` is the name that stands on it."""
    today = timezone.localdate()
    if format_name == "pdf":
        return render(document(book, business=business, today=today), "pdf")
    return render(workbook(book, business=business, today=today), format_name)


def _exporter(format_name: str) -> Callable[..., bytes]:
    def export(business: Business | None, *, blank: bool = False) -> bytes:
        name = business.name if business else ""
        return write(book_of(business, blank=blank), format_name, business=name)

    return export


def document(book: Book, *, business: str, today: dt.date) -> Document:
    """A4 across: how it stands, the plan, what is available and what was spent by month."""
    budget, sheet = book.budget, book.sheet
    title = _("Budget %(year)s") % {"year": budget.year}
    below = f"{budget.currency}, {Vat(budget.vat).label}"
    parts: list[Part] = [_cards(book)]
    parts += [Heading(_("By category")), _summary(book)]
    tables: tuple[tuple[str, Callable[[Cell], Amount], Callable[[Row], Amount] | None], ...] = (
        (_("Plan"), lambda cell: cell.plan, lambda row: row.year_plan),
        (_("Available"), lambda cell: cell.available, None),
        (_("Actual"), lambda cell: cell.actual, lambda row: row.year_actual),
    )
    for heading, of_cell, of_row in tables:
        parts += [Heading(heading), _by_month(book, of_cell, of_row)]
    if sheet.closed:
        closed = ", ".join(months()[month - 1] for month in sorted(sheet.closed))
        parts.append(Paragraph(_("Closed months: %(months)s") % {"months": closed}, quiet=True))
    return Document(Letterhead(title, business, today, below), tuple(parts), landscape=True)


def _cards(book: Book) -> Cards:
    total, currency = book.sheet.total, book.budget.currency
    told = (
        (_("Year plan"), total.year_plan, ""),
        (_("Plan to date"), total.plan_to_date, _to_date(book)),
        (_("Actual to date"), total.actual_to_date, _percent(total.used)),
        (_("Difference to date"), total.difference_to_date, ""),
    )
    return Cards(
        tuple(
            Card(word, f"{_plain(value)}{NO_BREAK}{currency}" if value is not None else DASH, note)
            for word, value, note in told
        )
    )


def _to_date(book: Book) -> str:
    through = book.sheet.through
    return _("through %(month)s") % {"month": months()[through - 1]} if through else ""


def _summary(book: Book) -> Table:
    headings = (
        _("Category"),
        _("Year plan"),
        _("Plan to date"),
        _("Actual to date"),
        _("Difference to date"),
        _("% used"),
        _("% of total"),
    )
    rows = [(each.name, *_told(each), _percent(each.of_total)) for each in book.sheet.groups]
    rows.append((_("Total"), *_told(book.sheet.total), ""))
    last = frozenset({len(rows) - 1})
    return Table(headings, tuple(rows), (3, 1.4, 1.4, 1.4, 1.4, 1, 1), frozenset(range(1, 7)), last)


def _told(row: Row) -> tuple[str, ...]:
    amounts = (row.year_plan, row.plan_to_date, row.actual_to_date, row.difference_to_date)
    return (*(_plain(amount) for amount in amounts), _percent(row.used))


def _by_month(
    book: Book, of_cell: Callable[[Cell], Amount], of_row: Callable[[Row], Amount] | None
) -> Table:
    headings = (_("Line"), *months(), _("Year") if of_row else "")
    rows: list[tuple[str, ...]] = []
    heads: set[int] = set()

    def put(row: Row, name: str) -> None:
        year = _plain(of_row(row)) if of_row else ""
        rows.append((name, *(_plain(of_cell(cell)) for cell in row.cells), year))

    for group in book.sheet.groups:
        heads.add(len(rows))
        put(group, group.name)
        for line in group.lines:
            put(line, line.name)
    heads.add(len(rows))
    put(book.sheet.total, _("Total"))
    widths = (4.0, *([1.25] * 12), 1.5)
    return Table(headings, tuple(rows), widths, frozenset(range(1, 14)), frozenset(heads))


def _plain(value: Decimal | None) -> str:
    return DASH if value is None else money(value)


def _percent(share: Decimal | None) -> str:
    return DASH if share is None else f"{shown(share * 100, places=1)}{NO_BREAK}%"


FORMATS: Iterable[str] = ("xlsx", "csv", "pdf")
BUDGET = ExportKind("budget", {name: _exporter(name) for name in FORMATS})

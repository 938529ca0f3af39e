"""The third sheet of a budget's workbook: the numbers behind the charts, and the charts."""

from django.utils.translation import gettext as _

from waypost.budget.columns import MARKS_LINE, months
from waypost.budget.layout import Layout, Place, shown
from waypost.budget.models import MONTHS
from waypost.budget.sheet import GroupRow
from waypost.documents.formulas import tab
from waypost.documents.values import Cell, Chart, Column, Formula, Kind, Row, Series, Sheet


def charts_sheet(layout: Layout) -> Sheet:
    """The numbers behind the charts, and the charts beside them."""
    heads = [place for place in layout.places if isinstance(place.row, GroupRow)]
    sheet, total = tab(layout.words.budget), layout.places[-1]
    rows = [
        Row((name, *_told_of(layout, total, f"{sheet}{{}}{total.at}", n)))
        for n, name in enumerate(months(), 1)
    ]
    rows.append(Row((_("Category"),), group=True))
    rows += [_of_category(layout, sheet, place) for place in heads]
    first = MARKS_LINE  # a title, then the headings
    after = first + len(MONTHS) + 1
    drawn = [_chart(layout, _("Plan and actual by month"), "E2", first, len(MONTHS))]
    if heads:
        title = _("Plan and actual to date by category")
        drawn.append(_chart(layout, title, "E19", after, len(heads), lying=True))
    return Sheet(
        name=layout.words.charts,
        columns=(
            Column(_("Month"), width=26),
            Column(_("Plan"), Kind.MONEY, 14),
            Column(_("Actual"), Kind.MONEY, 14),
        ),
        rows=tuple(rows),
        above=((layout.title,),),
        landscape=True,
        charts=tuple(drawn),
    )


def _told_of(layout: Layout, total: Place, cell: str, month: int) -> tuple[Cell, Cell]:
    here = total.row.cells[month - 1]
    plan = f"{layout.base}{layout.base_at[str(month)]}{total.at}"
    spent = cell.format(layout.at[f"actual {month}"])
    return Formula(f"={plan}", shown(here.plan)), Formula(f"={spent}", shown(here.actual))


def _of_category(layout: Layout, sheet: str, place: Place) -> Row:
    plan, spent = (
        Formula(f"={sheet}{layout.at[name]}{place.at}", shown(getattr(place.row, name)))
        for name in ("plan_to_date", "actual_to_date")
    )
    return Row((Formula(f"={sheet}A{place.at}", place.row.name), plan, spent))


def _chart(
    layout: Layout, title: str, at: str, first: int, number: int, *, lying: bool = False
) -> Chart:
    sheet, last = tab(layout.words.charts), first + number - 1
    labels = f"={sheet}$A${first}:$A${last}"
    series = (
        Series(_("Plan"), labels, f"={sheet}$B${first}:$B${last}", quiet=True),
        Series(_("Actual"), labels, f"={sheet}$C${first}:$C${last}"),
    )
    return Chart(title, series, at, lying=lying)

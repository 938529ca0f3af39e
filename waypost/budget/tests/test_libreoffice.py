"""The exported workbook in LibreOffice: it recalculates to what the product computes."""

import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.budget import export
from waypost.budget.models import ActualAmount, Budget, Line
from waypost.budget.reading import read
from waypost.budget.sheet import Sheet, variance
from waypost.budget.tests.story import tell

SOFFICE = shutil.which("soffice")
TARGET = "xlsx:Calc MS Excel 2007 XML"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        SOFFICE is None,
        reason="LibreOffice (soffice) is not installed; install libreoffice-calc to run this test",
    ),
]


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business, year=timezone.localdate().year)


def recalculated(content: bytes, folder: Path, *cells: tuple[str, str, Any]) -> Any:
    """The workbook after LibreOffice opened it with ``cells`` changed and computed it anew."""
    book = openpyxl.load_workbook(io.BytesIO(content))  # drops every result that was stored
    for sheet, address, value in cells:
        book[sheet][address] = value
    source = folder / "budget.xlsx"
    book.save(source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [str(SOFFICE), profile, "--headless", "--convert-to", TARGET, "--outdir"]
    done = subprocess.run(
        [*words, str(folder / "out"), str(source)], capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return openpyxl.load_workbook(folder / "out" / "budget.xlsx", data_only=True)


def shown(book: Any) -> list[list[Decimal | None]]:
    """All amounts of the sheet Budget, row by row."""
    rows = book["Budget"].iter_rows(min_row=5, min_col=5, max_col=46, values_only=True)
    return [
        [
            None if cell in (None, "") else Decimal(str(cell)).quantize(Decimal("0.01"))
            for cell in row
        ]
        for row in rows
    ]


def expected(sheet: Sheet) -> list[list[Decimal | None]]:
    rows = [row for group in sheet.groups for row in (group, *group.lines)] + [sheet.total]
    return [
        [
            *(value for c in row.cells for value in (c.available, c.actual, c.difference)),
            row.year_plan,
            row.year_actual,
            variance(row.year_plan, row.year_actual),
            row.plan_to_date,
            row.actual_to_date,
            row.difference_to_date,
        ]
        for row in rows
    ]


def line_row(content: bytes, line: Line) -> int:
    base = openpyxl.load_workbook(io.BytesIO(content))["Base"]
    return next(int(cell.row) for cell in base["V"] if cell.value == str(line.pk))


def test_libreoffice_computes_what_the_product_computes(
    business: Business, budget: Budget, tmp_path: Path
) -> None:
    content = export.BUDGET.formats["xlsx"](business)
    assert shown(recalculated(content, tmp_path)) == expected(read(budget).sheet)


def test_a_changed_january_makes_the_same_february(
    business: Business, budget: Budget, tmp_path: Path
) -> None:
    line = budget.lines.get(name="Facebook ads")
    content = export.BUDGET.formats["xlsx"](business)
    at = line_row(content, line)
    before = shown(openpyxl.load_workbook(io.BytesIO(content), data_only=True))
    after = shown(recalculated(content, tmp_path, ("Budget", f"F{at}", 61.15)))
    ActualAmount.objects.filter(line=line, month=1).update(amount=Decimal("61.15"))
    product = expected(read(budget).sheet)
    february = 3  # the place of its available amount
    assert after[at - 5][february] == product[at - 5][february] == Decimal("118.85")
    assert before[at - 5][february] != after[at - 5][february]
    assert after == product


@pytest.mark.parametrize("closed", [range(0), range(1, 3)])
def test_an_open_month_carries_nothing(business: Business, closed: range, tmp_path: Path) -> None:
    budget = tell(business, year=timezone.localdate().year, closed=closed)
    budget.carry_rule = "surplus_only"
    budget.save()
    content = export.BUDGET.formats["xlsx"](business)
    assert shown(recalculated(content, tmp_path)) == expected(read(budget).sheet)

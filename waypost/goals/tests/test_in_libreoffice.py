"""The workbook computes the same in a real spreadsheet program, and goes on computing."""

import datetime as dt
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine

from waypost.accounts.models import Business
from waypost.goals import export
from waypost.goals.tests.plans import NOON, Shop

pytestmark = [pytest.mark.real, pytest.mark.django_db]
START, END = dt.datetime(2026, 10, 12), dt.datetime(2026, 11, 15)


@pytest.fixture(autouse=True)
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is missing (Debian: libreoffice-calc), so nothing recalculates.")
    return found


@pytest.fixture
def workbook(business: Business) -> Iterator[Any]:
    Shop.open(business)
    with time_machine.travel(NOON, tick=False):
        yield openpyxl.load_workbook(io.BytesIO(export.xlsx(business)))


def recalculated(book: Any, folder: Path) -> Any:
    """``book`` after a spreadsheet program has opened, computed and saved it.

    openpyxl keeps the formulas and drops their results, so that every number that comes
    back was computed anew.
    """
    given = folder / "given.xlsx"
    for page in book.worksheets:
        page["C2"] = dt.datetime(2026, 10, 12)  # else it is another day in every run
    book.save(given)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    command += ["--outdir", str(folder / "out"), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "out" / "given.xlsx", data_only=True)


def cells(page: Any) -> dict[str, Any]:
    """Coordinate → value, numbers to nine digits, without what is empty."""
    found = {}
    for row in page.iter_rows(min_row=3):
        for cell in row:
            if cell.value not in {None, ""}:
                is_number = isinstance(cell.value, int | float)
                found[cell.coordinate] = f"{cell.value:.9g}" if is_number else cell.value
    return found


def test_libreoffice_computes_what_waypost_wrote(
    workbook: Any, business: Business, tmp_path: Path
) -> None:
    with time_machine.travel(NOON, tick=False):
        written = openpyxl.load_workbook(io.BytesIO(export.xlsx(business)), data_only=True)
    computed = recalculated(workbook, tmp_path)
    for ours, theirs in zip(written.worksheets, computed.worksheets, strict=True):
        assert cells(theirs) == cells(ours)


def test_a_changed_day_moves_duration_grid_and_diamond(workbook: Any, tmp_path: Path) -> None:
    page = workbook.worksheets[0]
    page["E9"] = page["F9"] = dt.datetime(2026, 11, 20)
    page["E5"] = dt.datetime(2026, 3, 16)
    found = recalculated(workbook, tmp_path).worksheets[0]
    assert (found["G9"].value, found["G5"].value) == (1, 245)
    assert (found["N3"].value, found["O3"].value) == (
        dt.datetime(2026, 3, 16),
        dt.datetime(2026, 3, 23),
    )
    diamonds = [found.cell(3, cell.column).value for cell in found[9] if cell.value == "◆"]
    assert diamonds == [dt.datetime(2026, 11, 16)]


def test_a_new_value_is_judged_in_the_sheet(
    workbook: Any, business: Business, tmp_path: Path
) -> None:
    page = workbook.worksheets[1]
    page["J5"], page["K5"] = 9500, dt.datetime(2026, 10, 12)
    goal = business.goals.get(baseline=6000)
    goal.values.create(date=dt.date(2026, 10, 12), value=9500)
    state = goal.standing(dt.date(2026, 10, 12))
    found = recalculated(workbook, tmp_path).worksheets[1]
    numbers = [state.progress, state.expected, state.pace, state.forecast, state.needed_per_week]
    computed = [found[cell].value for cell in ("L5", "M5", "N5", "O5", "Q5")]
    assert computed == [pytest.approx(float(number or 0)) for number in numbers]
    assert found["P5"].value.date() == state.arrival
    assert found["R5"].value == "On track"


def test_a_blank_template_stays_empty_and_counts_when_it_is_filled_in(
    business: Business, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(business, blank=True)))
    book.worksheets[0]["E4"], book.worksheets[0]["F4"] = START, END
    found = recalculated(book, tmp_path).worksheets
    values = {cell.value for row in found[1].iter_rows(min_row=4) for cell in row}
    assert values <= {None, ""}
    assert (found[0]["G4"].value, found[0]["G5"].value or "") == (35, "")
    assert found[0]["N3"].value == dt.datetime(2026, 10, 12)

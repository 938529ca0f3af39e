"""What every workbook of the product keeps to."""

import datetime as dt
import io
from collections.abc import Iterator

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from waypost.accounts.models import Business
from waypost.documents.kinds import ExportKind
from waypost.home.kinds import EXPORTS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.time_machine(dt.datetime(2026, 10, 12, 10, tzinfo=dt.UTC)),
]

LISTS = ("board", "calendar")  # tables of words and days, in which nothing is calculated
WORKBOOKS = [kind for kind in EXPORTS.values() if "xlsx" in kind.formats]


def formulas(content: bytes) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield str(cell.value)


@pytest.mark.parametrize("blank", [False, True], ids=["filled", "blank"])
@pytest.mark.parametrize("kind", WORKBOOKS, ids=lambda kind: kind.name)
def test_formulas_use_no_function_that_would_need_a_prefix_in_the_file(
    kind: ExportKind, blank: bool, svit: Business
) -> None:
    """The renderer leaves out the library's search for such functions."""
    found = list(formulas(kind.formats["xlsx"](svit, blank=blank)))
    assert len(found) > 20 or (kind.name in LISTS and found == [])
    changed = [each for each in found if Worksheet()._prepare_formula(each, True) != each[1:]]
    assert changed == []

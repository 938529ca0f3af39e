"""What every workbook of the product keeps to."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

from waypost.accounts.models import Business
from waypost.documents.kinds import ExportKind
from waypost.home import demo
from waypost.home.kinds import EXPORTS

pytestmark = pytest.mark.django_db

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
    kind: ExportKind, blank: bool
) -> None:
    """The renderer leaves out the library's search for such functions."""
    demo.load(today=timezone.localdate())
    business = Business.objects.get(is_demo=True)
    found = list(formulas(kind.formats["xlsx"](business, blank=blank)))
    assert len(found) > 20 or (kind.name in LISTS and found == [])
    changed = [each for each in found if Worksheet()._prepare_formula(each, True) != each[1:]]
    assert changed == []

"""The budget as a file, and the way back."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.budget import export
from waypost.budget.imports import Outcome, bring_in
from waypost.budget.models import ActualAmount, Budget, Category, Change, Line, PlannedAmount
from waypost.budget.reading import read
from waypost.budget.tests.story import tell
from waypost.documents.kinds import BadFile
from waypost.tests import factories

D = Decimal
YEAR = timezone.localdate().year
PDF, BOM = b"%PDF-", b"\xef\xbb\xbf"


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business, year=YEAR)


def xlsx(business: Business | None, *, blank: bool = False) -> bytes:
    return export.BUDGET.formats["xlsx"](business, blank=blank)


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def row_of(sheet: Any, name: str) -> int:
    return next(int(cell.row) for cell in sheet["B"] if cell.value == name)


def column_of(sheet: Any, heading: str) -> str:
    return next(str(cell.column_letter) for cell in sheet[4] if cell.value == heading)


def changed(content: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """The file with other values in cells given by (sheet, address)."""
    book = opened(content)
    for sheet, address, value in cells:
        book[sheet][address] = value
    return saved(book)


def brought(business: Business, content: bytes, *, dry_run: bool = False) -> Outcome:
    return bring_in(business, content, "budget.xlsx", by=None, dry_run=dry_run)


def test_the_sheets_stand_in_both_languages(business: Business, budget: Budget) -> None:
    assert opened(xlsx(business)).sheetnames == ["Budget", "Base", "Charts"]
    with translation.override("sl"):
        book = opened(xlsx(business))
    assert len(book.sheetnames) == 3
    assert book.worksheets[0]["E4"].value.startswith("Jan ")


def test_the_formulas_of_a_line_are_those_of_the_product(
    business: Business, budget: Budget
) -> None:
    sheet = opened(xlsx(business))["Budget"]
    at = row_of(opened(xlsx(business), values=True)["Budget"], "Instagram ads – SI/AT")
    assert sheet[f"E{at}"].value == f"=IF('Base'!E{at}=\"\",\"\",'Base'!E{at})"
    assert sheet[f"G{at}"].value == f'=IF(ISNUMBER(F{at}),N(E{at})-F{at},"")'
    carry = f'IF(AND($D{at}="yes",E$3="closed",ISNUMBER(F{at})),N(E{at})-F{at},0)'
    base = f"'Base'!F{at}"
    assert sheet[f"H{at}"].value == f'=IF(AND({base}="",{carry}=0),"",N({base})+{carry})'


def test_every_formula_carries_what_the_sheet_computes(business: Business, budget: Budget) -> None:
    told, sheet = read(budget).sheet, opened(xlsx(business), values=True)["Budget"]
    rows = [row for group in told.groups for row in (group, *group.lines)] + [told.total]
    for at, row in enumerate(rows, 5):
        cells = [sheet.cell(at, column).value for column in range(5, 41)]
        expected = [amount for c in row.cells for amount in (c.available, c.actual, c.difference)]
        assert [_amount(cell) for cell in cells] == expected
        sums = [sheet.cell(at, column).value for column in (41, 42, 44, 45, 46)]
        assert [_amount(cell) for cell in sums] == [
            row.year_plan,
            row.year_actual,
            row.plan_to_date,
            row.actual_to_date,
            row.difference_to_date,
        ]


def _amount(cell: Any) -> Decimal | None:
    return None if cell in (None, "") else D(str(cell)).quantize(D("0.01"))


def test_the_demo_shows_its_check_values(business: Business, budget: Budget) -> None:
    sheet = opened(xlsx(business), values=True)["Budget"]
    total = sheet.max_row
    named = {name: sheet[f"{column_of(sheet, name)}{total}"].value for name in (
        "Year plan", "Plan to date", "Actual to date", "Difference to date"
    )}  # fmt: skip
    assert named == {
        "Year plan": 10582,
        "Plan to date": 6743,
        "Actual to date": 6679.1,
        "Difference to date": 63.9,
    }
    ads = next(cell.row for cell in sheet["A"] if cell.value == "Advertising")
    assert sheet[f"{column_of(sheet, 'Feb available')}{ads}"].value == 337.6


def test_no_formula_shows_an_error_or_nothing(business: Business, budget: Budget) -> None:
    formulas, values = opened(xlsx(business)), opened(xlsx(business), values=True)
    live = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    live += 1
                    assert not str(values[sheet.title][cell.coordinate].value).startswith("#")
    assert live > 800


def test_panes_stay_currency_shows_and_charts_are_native(
    business: Business, budget: Budget
) -> None:
    content = xlsx(business)
    sheet = opened(content)["Budget"]
    assert sheet.freeze_panes == "C5"
    assert sheet["F6"].number_format == '#,##0.00\\ "EUR"'
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert [name for name in names if name.startswith("xl/charts/chart")] == [
        "xl/charts/chart1.xml",
        "xl/charts/chart2.xml",
    ]
    assert not [name for name in names if "vba" in name.lower()]


def test_a_csv_for_slovenian_excel_has_semicolons_and_commas(
    business: Business, budget: Budget
) -> None:
    with translation.override("sl"):
        content = export.BUDGET.formats["csv"](business)
    assert content.startswith(BOM)
    lines = content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 4 + 13 + 1
    assert "6679,1" in lines[-1].split(";")
    assert export.BUDGET.formats["csv"](business).decode("utf-8-sig").count(";") == 0


def test_the_pdf_lies_across_a4(business: Business, budget: Budget) -> None:
    assert export.BUDGET.formats["pdf"](business).startswith(PDF)


def test_a_template_needs_no_business(db: None) -> None:
    book = opened(xlsx(None, blank=True), values=True)
    assert book["Base"]["A5"].value == "Software and marketing tools"
    assert book["Base"]["B6"].value is None
    assert book["Base"]["B3"].value == YEAR


def test_a_business_without_a_budget_is_told_so(business: Business) -> None:
    with pytest.raises(BadFile, match="has no budget yet"):
        xlsx(business)


def test_what_was_exported_comes_back_unchanged(business: Business, budget: Budget) -> None:
    for language in ("en", "sl"):
        with translation.override(language):
            content = xlsx(business)
        outcome = brought(business, content)
        assert (outcome.errors, outcome.differences) == ([], [])
        assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 13)
    assert Change.objects.count() == 0


amounts = st.none() | st.decimals(0, 99_999, places=2)
years = st.lists(amounts, min_size=12, max_size=12)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.tuples(st.booleans(), years, years), min_size=1, max_size=4),
    closed=st.integers(0, 12),
    surplus_only=st.booleans(),
)
def test_any_budget_survives_the_journey(
    lines: list[Any], closed: int, surplus_only: bool, db: None
) -> None:
    business = factories.make_business()
    budget = Budget.objects.create(
        business=business,
        year=YEAR,
        currency="EUR",
        carry_rule="surplus_only" if surplus_only else "both",
    )
    category = Category.objects.create(budget=budget, name="All", position=1)
    for at, (carries, plan, actual) in enumerate(lines):
        line = Line.objects.create(
            budget=budget, category=category, name=f"Line {at}", position=at, carry_over=carries
        )
        rows: tuple[tuple[type[Any], Any], ...] = ((PlannedAmount, plan), (ActualAmount, actual))
        for model, year in rows:
            model._default_manager.bulk_create(
                model(line=line, month=month, amount=amount)
                for month, amount in enumerate(year, 1)
                if amount is not None
            )
    for month in range(1, closed + 1):
        budget.closes.create(month=month)
    before = read(budget).sheet
    outcome = brought(business, xlsx(business))
    assert (outcome.errors, outcome.differences) == ([], [])
    assert read(budget).sheet == before


def test_numbers_that_were_changed_offline_come_in(business: Business, budget: Budget) -> None:
    content = xlsx(business)
    at = row_of(opened(content)["Base"], "Photographer")
    filled = changed(content, ("Base", f"O{at}", 99.5), ("Budget", f"AG{at}", "1.234,50"))
    outcome = brought(business, filled)
    assert outcome.errors == []
    assert [(each.what, each.old, each.new) for each in outcome.differences] == [
        ("Oct actual", "–", "1,234.50"),
        ("Nov plan", "0.00", "99.50"),
    ]
    line = budget.lines.get(name="Photographer")
    assert line.planned.get(month=11).amount == D("99.50")
    assert line.actuals.get(month=10).amount == D("1234.50")
    assert [change.new for change in budget.changes.order_by("pk")] == ["1234.50", "99.50"]


def test_a_dry_run_says_the_same_and_writes_nothing(business: Business, budget: Budget) -> None:
    content = xlsx(business)
    at = row_of(opened(content)["Base"], "Photographer")
    filled = changed(content, ("Base", f"O{at}", 99.5))
    seen = brought(business, filled, dry_run=True)
    assert budget.lines.get(name="Photographer").planned.get(month=11).amount == 0
    assert brought(business, filled).stamp == seen.stamp


def test_a_template_that_was_filled_in_starts_the_budget(business: Business) -> None:
    for language, ads in (("sl", "Instagram"), ("en", "Facebook")):
        with translation.override(language):
            content = xlsx(None, blank=True)
            book = opened(content)
        book.worksheets[1]["B15"] = ads
        book.worksheets[1]["E15"] = 100
        book.worksheets[0]["F15"] = 40
        outcome = brought(business, saved(book))
        assert (outcome.errors, outcome.added) == ([], 1)
    budget = business.budgets.get(year=YEAR)
    assert [line.name for line in budget.lines.ads()] == ["Instagram", "Facebook"]
    assert budget.categories.count() == 4
    line = budget.lines.get(name="Facebook")
    assert (line.planned.get().amount, line.actuals.get().amount) == (D(100), D(40))


def test_a_template_empties_nothing_that_is_there(business: Business, budget: Budget) -> None:
    book = opened(xlsx(None, blank=True))
    book["Base"]["B15"] = "Facebook ads"
    outcome = brought(business, saved(book))
    assert (outcome.errors, outcome.unchanged) == ([], 1)
    assert budget.lines.get(name="Facebook ads").planned.count() == 12


@pytest.mark.parametrize(
    ("sheet", "column", "value", "sentence"),
    [
        ("Base", "N", "lots", "Sheet “Base”, column “Oct”: “lots” is not a number."),
        ("Base", "N", -5, "Sheet “Base”, column “Oct”: A plan cannot be below zero."),
        ("Base", "N", dt.date(2026, 1, 1), "Sheet “Base”, column “Oct”: “2026-01-01” is not"),
        ("Base", "N", 10**12, "Sheet “Base”, column “Oct”: This amount is too large."),
        ("Base", "E", 1, "Photographer, Jan, plan: January is closed."),
        ("Base", "D", "maybe", "“maybe” is not understood. Write yes / no"),
        ("Base", "S", "soon", "Sheet “Base”, column “Renews on”: “soon” is no day."),
        ("Base", "V", "999999", "“Photographer” has the number of a line that is not in"),
        ("Budget", "AG", "x", "Sheet “Budget”, column “Oct actual”: “x” is not a number."),
    ],
)
def test_a_wrong_cell_is_refused_with_its_row(
    sheet: str, column: str, value: Any, sentence: str, business: Business, budget: Budget
) -> None:
    content = xlsx(business)
    at = row_of(opened(content)["Base"], "Photographer")
    column = column_of(opened(content)["Budget"], "Oct actual") if sheet == "Budget" else column
    filled = changed(content, (sheet, f"{column}{at}", value), ("Base", "P6", 77))
    before = read(budget).sheet
    outcome = brought(business, filled)
    assert [error.row for error in outcome.errors] == [at]
    assert sentence in outcome.errors[0].message
    assert read(budget).sheet == before
    assert Change.objects.count() == 0


def test_the_sum_of_expenses_is_not_overwritten(
    business: Business, budget: Budget, owner: User
) -> None:
    line = budget.lines.get(name="Photographer")
    line.expenses.create(date=dt.date(YEAR, 10, 5), amount=D("50.00"), vendor="Foto")
    content = xlsx(business)
    at = row_of(opened(content)["Base"], "Photographer")
    column = column_of(opened(content)["Budget"], "Oct actual")
    assert opened(content)["Budget"][f"{column}{at}"].value == 50
    outcome = brought(business, changed(content, ("Budget", f"{column}{at}", 60)))
    assert "The amount is the sum of expenses." in outcome.errors[0].message


def without_column(content: bytes, sheet: str, number: int) -> bytes:
    book = opened(content)
    book[sheet].delete_cols(number)
    return saved(book)


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return stream.getvalue()


def test_files_that_are_no_budget_are_refused_in_words(business: Business, budget: Budget) -> None:
    content = xlsx(business)
    faults = {
        "lacks these columns: Mar": without_column(content, "Base", 7),
        "lacks these columns: Jan actual": without_column(content, "Budget", 6),
        "“Month 13”": changed(content, ("Base", "X4", "Month 13")),
        "“soon” is no year": changed(content, ("Base", "B3", "soon")),
        "“EU” is no currency": changed(content, ("Base", "D3", "EU")),
        "far too much when it is unpacked": bomb(),
        "This is no XLSX file": b"a;b\n1;2\n",
        "The file is empty": b" ",
        "no line of headings": changed(content, ("Base", "B4", "Lajn")),
    }
    for sentence, file in faults.items():
        with pytest.raises(BadFile, match=sentence):
            brought(business, file)


def test_the_command_writes_and_reads(
    business: Business, budget: Budget, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "budget.xlsx"
    words = ["--business", business.slug]
    call_command("export_file", "budget", *words, "--format", "xlsx", "--out", str(out))
    call_command("import_file", "budget", *words, "--dry-run", str(out))
    assert "Would bring 0 new, 0 changed, 13 as before." in capsys.readouterr().out
    out.write_bytes(changed(out.read_bytes(), ("Base", "N6", "text")))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_file", "budget", *words, str(out))
    assert "row 6: Sheet “Base”, column “Oct”" in capsys.readouterr().err

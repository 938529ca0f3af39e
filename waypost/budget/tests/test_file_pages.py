"""Pages on which a budget leaves and comes back."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.budget.models import Budget, PlannedAmount
from waypost.budget.tests.story import tell
from waypost.budget.tests.test_export import changed, opened, row_of, xlsx


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business)


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"budget:{name}", args=[business.slug, *args])


def filled(business: Business, amount: Any = 5) -> bytes:
    content = xlsx(business)
    return changed(content, ("Base", f"P{row_of(opened(content)['Base'], 'Photographer')}", amount))


def send(page: Client, business: Business, content: bytes) -> Any:
    file = SimpleUploadedFile("budget.xlsx", content)
    return page.post(url("import", business), {"file": file})


@pytest.mark.parametrize(
    ("format_name", "start", "kind"),
    [("xlsx", b"PK", "spreadsheetml"), ("csv", b"\xef\xbb\xbf", "csv"), ("pdf", b"%PDF", "pdf")],
)
def test_a_budget_can_be_taken_out(
    format_name: str, start: bytes, kind: str, page: Client, business: Business, budget: Budget
) -> None:
    query = "?year=2026&currency=EUR"
    answer = page.get(url("export", business, format_name) + query)
    assert answer.content.startswith(start)
    assert kind in answer["Content-Type"]
    name = f'{business.slug}-budget-2026.{format_name}"'
    assert answer["Content-Disposition"] == f'attachment; filename="{name}'


def test_a_year_without_a_budget_is_not_there(
    page: Client, business: Business, budget: Budget
) -> None:
    assert page.get(url("export", business, "xlsx"), {"year": "1999"}).status_code == 404
    assert page.get(url("export", business, "docx")).status_code == 404


def test_a_workbook_is_compared_and_then_accepted(
    page: Client, business: Business, budget: Budget
) -> None:
    look = send(page, business, filled(business))
    [difference] = look.context["shown"]
    assert (difference.line, difference.what) == ("Photographer", "Dec plan")
    planned = PlannedAmount.objects.get(line__name="Photographer", month=12)
    assert planned.amount == 0
    given = {"held": look.context["held"], "stamp": look.context["outcome"].stamp}
    assert page.post(url("import_accept", business), given).status_code == 302
    planned.refresh_from_db()
    assert planned.amount == 5
    assert budget.changes.get().by == business.members.get(role="owner").user


def test_a_budget_that_changed_after_the_look_is_shown_again(
    page: Client, business: Business, budget: Budget
) -> None:
    look = send(page, business, filled(business))
    rows = PlannedAmount.objects.filter(line__name="Photographer", month=12)
    rows.update(amount=7)
    given = {"held": look.context["held"], "stamp": look.context["outcome"].stamp}
    again = page.post(url("import_accept", business), given)
    assert "The budget was changed meanwhile." in again.content.decode()
    assert rows.get().amount == 7


def test_faults_are_told_by_row_and_nothing_is_written(
    page: Client, business: Business, budget: Budget
) -> None:
    look = send(page, business, filled(business, "lots"))
    assert look.status_code == 422
    answer = look.content.decode()
    assert "column “Dec”: “lots” is not a number." in answer
    assert "Import workbook" not in answer
    assert budget.changes.count() == 0


def test_a_file_that_is_no_workbook_is_refused(page: Client, business: Business) -> None:
    answer = send(page, business, b"\x00\x01")
    assert answer.status_code == 422
    assert "This is no XLSX file." in answer.context["form"].errors["file"][0]


def test_a_forged_file_is_not_read(page: Client, business: Business, budget: Budget) -> None:
    answer = page.post(url("import_accept", business), {"held": "forged", "stamp": ""})
    assert answer.headers["Location"] == url("import", business)

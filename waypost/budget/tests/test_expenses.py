"""Expenses of a cell, and subscriptions that post themselves."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.budget.actions.recurring import due_day, post_line, post_recurring
from waypost.budget.models import Budget, Expense, Line
from waypost.budget.reading import read
from waypost.budget.tests.story import tell
from waypost.home.management.commands.worker import TASKS
from waypost.kit.numbers import parse
from waypost.tests import factories

SignIn = Callable[[User], Client]
D = Decimal
OCTOBER = dt.date(2026, 10, 3)


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business)


@pytest.fixture
def line(budget: Budget) -> Line:
    return budget.lines.get(name="Photographer")


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"budget:{name}", args=[business.slug, *args])


def filled_in(**changes: Any) -> dict[str, Any]:
    return {"date": "2026-10-05", "vendor": "Foto Kos", "amount": "1.220,00", **changes}


def add(page: Client, business: Business, line: Line, **changes: Any) -> Any:
    return page.post(url("expense_new", business, line.pk, 10), filled_in(**changes))


def test_the_cell_is_the_sum_of_its_expenses(page: Client, business: Business, line: Line) -> None:
    assert add(page, business, line)["Location"] == url("expenses", business, line.pk, 10)
    add(page, business, line, amount="30.5", vendor="Foto Lah")
    assert read(line.budget).amounts.actual((line.pk, 10)) == D("1250.50")
    answer = page.get(url("expenses", business, line.pk, 10)).content.decode()
    assert "1,250.50" in answer
    assert "Foto Lah" in answer
    assert [change.new for change in line.budget.changes.all()] == [
        "30.50 Foto Lah",
        "1220.00 Foto Kos",
    ]


def test_vat_is_taken_out_of_a_budget_without_vat(
    page: Client, business: Business, line: Line
) -> None:
    add(page, business, line, vat_rate="22")
    assert line.expenses.get().amount == D("1000.00")


def test_a_budget_with_vat_does_not_ask_for_it(
    page: Client, business: Business, line: Line
) -> None:
    line.budget.vat = "gross"
    line.budget.save()
    answer = page.get(url("expenses", business, line.pk, 10))
    assert "vat_rate" not in answer.context["form"].fields
    assert "In EUR, with VAT." in answer.content.decode()


def test_a_receipt_goes_to_the_library(page: Client, business: Business, line: Line) -> None:
    picture = SimpleUploadedFile("receipt.png", factories.picture_bytes())
    add(page, business, line, receipt=picture)
    expense = line.expenses.get()
    assert expense.receipt == business.assets.get(name="receipt.png")
    answer = page.get(url("expenses", business, line.pk, 10)).content.decode()
    assert reverse("library:file", args=[business.slug, expense.receipt.pk]) in answer


def test_a_receipt_may_be_a_pdf(page: Client, business: Business, line: Line) -> None:
    add(page, business, line, receipt=SimpleUploadedFile("receipt.pdf", b"%PDF-1.7"))
    receipt = line.expenses.get().receipt
    assert receipt is not None
    assert (receipt.name, receipt.kind) == ("receipt.pdf", "pdf")
    shown = page.get(reverse("library:one", args=[business.slug, receipt.pk])).content.decode()
    assert "Receipt: " in shown


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"date": "2026-09-30"}, "date", "September is closed. Ask the owner to open it again."),
        ({"date": "2027-01-01"}, "date", "This budget is for 2026; 1 January 2027 is not in it."),
        ({"amount": "0"}, "amount", "The amount is 0. Write what was paid,"),
        ({"amount": "lots"}, "amount", "“lots” is not a number."),
        (
            {"receipt": SimpleUploadedFile("a.txt", b"words")},
            "receipt",
            "",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    changes: dict[str, Any], field: str, sentence: str, page: Client, business: Business, line: Line
) -> None:
    answer = add(page, business, line, **changes)
    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors[field][0]
    assert Expense.objects.count() == 0


def test_an_expense_is_edited_and_may_move_to_another_month(
    page: Client, business: Business, line: Line
) -> None:
    add(page, business, line)
    expense = line.expenses.get()
    shown = page.get(url("expense_edit", business, expense.pk)).context["form"]
    assert parse("1220") == shown.initial["amount"]
    page.post(url("expense_edit", business, expense.pk), filled_in(date="2026-11-02", amount="9"))
    expense.refresh_from_db()
    assert (expense.month, expense.amount) == (11, D(9))


def test_a_removed_expense_can_be_put_back(page: Client, business: Business, line: Line) -> None:
    add(page, business, line, note="Advent")
    answer = page.post(url("expense_remove", business, line.expenses.get().pk))
    assert Expense.objects.count() == 0
    back = [str(message.extra_tags) for message in get_messages(answer.wsgi_request)][-1]
    page.post(back.removeprefix("undo:"))
    expense = line.expenses.get()
    assert (expense.vendor, expense.amount, expense.note) == ("Foto Kos", D(1220), "Advent")


def test_a_closed_month_keeps_its_expenses(page: Client, business: Business, line: Line) -> None:
    add(page, business, line)
    line.budget.closes.create(month=10)
    page.post(url("expense_remove", business, line.expenses.get().pk))
    assert line.expenses.count() == 1
    answer = page.get(url("expenses", business, line.pk, 10)).content.decode()
    assert "This month is closed" in answer
    assert "Add an expense" not in answer


def test_a_contributor_enters_expenses_of_adverts_only(
    business: Business, budget: Budget, line: Line, contributor: User, sign_in: SignIn
) -> None:
    browser = sign_in(contributor)
    ads = budget.lines.get(name="Facebook ads")
    assert add(browser, business, line).status_code == 403
    assert add(browser, business, ads).status_code == 302
    assert [expense.line for expense in Expense.objects.all()] == [ads]


def recurring(budget: Budget, **changes: Any) -> Line:
    line = budget.lines.get(name="Canva Pro")
    for name, value in {"recurring": True, "vendor": "Canva", **changes}.items():
        setattr(line, name, value)
    line.save()
    return line


def test_a_subscription_posts_itself_once_a_month(budget: Budget) -> None:
    line = recurring(budget)
    now = dt.datetime(2026, 10, 3, 12, tzinfo=dt.UTC)
    assert [post_recurring(now) for _time in range(3)] == [1, 0, 0]
    expense = line.expenses.get()
    assert (expense.amount, expense.vendor, expense.date) == (D(12), "Canva", dt.date(2026, 10, 1))
    assert expense.source == Expense.Source.RECURRING


def test_a_posted_subscription_that_was_removed_stays_away(
    page: Client, business: Business, budget: Budget
) -> None:
    line = recurring(budget)
    assert post_line(line, OCTOBER)
    page.post(url("expense_remove", business, line.expenses.get().pk))
    assert not post_line(line, OCTOBER)


def test_nothing_is_posted_over_what_was_said(budget: Budget) -> None:
    line = recurring(budget)
    assert not post_line(line, dt.date(2026, 9, 3))  # closed
    assert not post_line(line, dt.date(2027, 1, 3))  # another year
    line.actuals.create(month=10, amount=D(13))
    assert not post_line(line, OCTOBER)
    line.planned.filter(month=11).update(amount=None)
    assert not post_line(line, dt.date(2026, 11, 3))


def test_a_subscription_waits_for_its_day(budget: Budget) -> None:
    line = recurring(budget, renewal_date=dt.date(2025, 1, 31))
    assert due_day(line, dt.date(2026, 11, 5)) == dt.date(2026, 11, 30)
    assert not post_line(line, dt.date(2026, 11, 29))
    assert post_line(line, dt.date(2026, 11, 30))


def test_the_worker_knows_the_task() -> None:
    assert "waypost.budget.work" in [module.__name__ for module in TASKS]

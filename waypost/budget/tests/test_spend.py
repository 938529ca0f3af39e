"""Payments of a bank or an ad network on their way into the budget."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.budget.actions.spending import bring_spending
from waypost.budget.models import Budget, Expense
from waypost.budget.spend import Mapping, Spending, day_of, entries, guess, read_spending
from waypost.budget.tests.story import tell
from waypost.documents.kinds import BadFile

D = Decimal
BANK = """Datum;Opis;Znesek;Stanje
2. 10. 2026;META PLATFORMS IRELAND;-45,10;1.000,00
2. 10. 2026;META PLATFORMS IRELAND;-45,10;954,90
5. 10. 2026;Canva Pty;-12,00;942,90
6. 10. 2026;Stranka d.o.o.;300,00;1.242,90
7. 10. 2026;Mercator;-8,50;1.234,40
"""
RULES = (("meta", "Facebook ads"), ("canva", "Canva Pro"))


@pytest.fixture
def budget(business: Business) -> Budget:
    return tell(business)


def table(text: str = BANK) -> Spending:
    return read_spending(text.encode(), "bank.csv")


def mapping(**changes: Any) -> Mapping:
    return Mapping(0, 1, 2, **{"minus_is_spent": True, "rules": RULES, **changes})


def test_the_columns_are_guessed_by_what_stands_in_them() -> None:
    assert guess(table()) == Mapping(0, 1, 2, minus_is_spent=True)


def test_lines_above_the_headings_are_passed_over() -> None:
    told = table("Račun;SI56 0000\nIzpis;oktober\n" + BANK)
    assert told.headings == ("Datum", "Opis", "Znesek", "Stanje")
    assert told.lines[0].number == 4


def test_a_table_without_payments_is_refused() -> None:
    with pytest.raises(BadFile, match="No row with a day and an amount"):
        table("a;b\nc;d\n")


@pytest.mark.parametrize(
    ("text", "month_first", "expected"),
    [
        ("2026-10-12", False, dt.date(2026, 10, 12)),
        ("12. 10. 2026", False, dt.date(2026, 10, 12)),
        ("12.10.26", False, dt.date(2026, 10, 12)),
        ("10/12/2026", True, dt.date(2026, 10, 12)),
        ("2026-10-12 14:03:22", False, dt.date(2026, 10, 12)),
    ],
)
def test_a_day_is_read_however_it_is_written(
    text: str, month_first: bool, expected: dt.date
) -> None:
    assert day_of(text, month_first=month_first) == expected


def test_american_days_are_known_by_a_second_number_above_twelve() -> None:
    spent = entries(
        table("Date,Payee,Amount\n10/12/2026,A,1.00\n10/13/2026,B,2.00\n"),
        mapping(minus_is_spent=False),
    )
    assert [entry.date for entry in spent.found] == [dt.date(2026, 10, 12), dt.date(2026, 10, 13)]


def test_rules_find_the_line_and_money_that_came_in_is_left_out() -> None:
    told = entries(table(), mapping())
    assert [(entry.vendor, entry.amount, entry.line) for entry in told.found] == [
        ("META PLATFORMS IRELAND", D("45.10"), "Facebook ads"),
        ("META PLATFORMS IRELAND", D("45.10"), "Facebook ads"),
        ("Canva Pty", D("12.00"), "Canva Pro"),
        ("Mercator", D("8.50"), ""),
    ]
    assert told.incoming == 1
    assert len({entry.fingerprint for entry in told.found}) == 4


def test_vat_is_taken_out_to_the_cent() -> None:
    told = entries(table(), mapping(vat_rate=D(22)))
    assert told.found[2].amount == D("9.84")


def test_payments_become_expenses_once(budget: Budget) -> None:
    told = entries(table(), mapping())
    seen = bring_spending(budget, told, by=None, dry_run=True)
    assert (len(seen.new), len(seen.left_out), seen.sum) == (3, 1, D("102.20"))
    assert Expense.objects.count() == 0
    bring_spending(budget, told, by=None, dry_run=False)
    again = bring_spending(budget, told, by=None, dry_run=False)
    assert (len(again.new), len(again.known)) == (0, 3)
    ads = budget.lines.get(name="Facebook ads")
    assert [expense.amount for expense in ads.expenses.all()] == [D("45.10"), D("45.10")]
    assert budget.changes.count() == 3


def test_a_payment_that_was_typed_before_is_recognised(budget: Budget) -> None:
    line = budget.lines.get(name="Facebook ads")
    line.expenses.create(
        date=dt.date(2026, 10, 2), vendor="Meta Platforms Ireland", amount=D("45.10")
    )
    brought = bring_spending(budget, entries(table(), mapping()), by=None, dry_run=False)
    assert (len(brought.new), len(brought.known)) == (2, 1)


def test_a_real_payment_takes_the_place_of_the_posted_subscription(budget: Budget) -> None:
    line = budget.lines.get(name="Canva Pro")
    line.expenses.create(date=dt.date(2026, 10, 1), amount=D(12), source="recurring")
    brought = bring_spending(budget, entries(table(), mapping()), by=None, dry_run=False)
    assert brought.replaced == 1
    assert [expense.source for expense in line.expenses.all()] == ["imported"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("soon;Meta;-1,00;0", "“soon” is no day. Write it like 2026-10-12."),
        ("2026-10-09;Meta;lots;0", "“lots” is not a number. Write it like this: 1234.5"),
        ("2027-01-02;Meta;-1,00;0", "This budget is for 2026; 2 January 2027 is not in it."),
        ("2026-03-02;Meta;-1,00;0", "March is closed. Ask the owner to open it again."),
    ],
)
def test_one_wrong_row_stops_the_whole_import(row: str, message: str, budget: Budget) -> None:
    told = entries(table(BANK + row + "\n"), mapping())
    brought = bring_spending(budget, told, by=None, dry_run=False)
    assert [(error.row, error.message) for error in brought.errors] == [(7, message)]
    assert Expense.objects.count() == 0


def test_the_page_asks_tries_imports_and_remembers(
    page: Client, business: Business, budget: Budget
) -> None:
    def send() -> Any:
        file = SimpleUploadedFile("bank.csv", BANK.encode())
        return page.post(reverse("budget:spend", args=[business.slug]), {"file": file})

    first = send()
    form = first.context["form"]
    given = {
        "held": first.context["held"],
        "budget": str(budget.pk),
        "date": "0",
        "vendor": "1",
        "amount": "2",
        "sign": form.initial["sign"],
        "rules": "meta = facebook ads\ncanva = Canva Pro",
        "line": "",
    }
    address = reverse("budget:spend_bring", args=[business.slug])
    tried = page.post(address, given)
    assert "3 new expenses, 102.20 EUR" in tried.content.decode()
    assert Expense.objects.count() == 0
    done = page.post(address, {**given, "accept": "1"})
    assert done.status_code == 302
    assert Expense.objects.count() == 3
    again = send().context["form"]
    assert again.initial["rules"] == "meta = Facebook ads\ncanva = Canva Pro"


def test_a_rule_for_no_line_is_refused_in_words(
    page: Client, business: Business, budget: Budget
) -> None:
    file = SimpleUploadedFile("bank.csv", BANK.encode())
    first = page.post(reverse("budget:spend", args=[business.slug]), {"file": file})
    given = {"held": first.context["held"], "budget": str(budget.pk), "rules": "meta = Nothing"}
    given |= {"date": "0", "vendor": "1", "amount": "2", "sign": "minus"}
    answer = page.post(reverse("budget:spend_bring", args=[business.slug]), given)
    assert answer.status_code == 422
    assert "The budget has no line “Nothing”." in answer.content.decode()

"""The pages of the sheet: what they show, who may write, and their answers to the script."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.budget import actions
from waypost.budget.grid import Words
from waypost.budget.models import Budget, Line
from waypost.budget.reading import read
from waypost.home.demo import load
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
JSON = {"accept": "application/json"}


@pytest.fixture
def line(business: Business) -> Line:
    return factories.make_budget_line(business, name="Ads", plan=["300", "1234.5"], carry_over=True)


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"budget:{name}", args=[business.slug, *args])


def page(client: Client, business: Business, query: str = "") -> str:
    answer = client.get(url("sheet", business) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def written(line: Line, month: int = 1) -> Decimal | None:
    return line.planned.get(month=month).amount


def test_the_demo_shows_the_totals_of_the_story() -> None:
    load(today=date(2026, 10, 12), language="en")
    budget = Budget.objects.get()
    total = read(budget).sheet.total
    assert (total.year_plan, total.plan_to_date, total.actual_to_date) == (
        Decimal("10582.00"),
        Decimal("6743.00"),
        Decimal("6679.10"),
    )
    ads = read(budget).sheet.groups[1]
    assert ads.cells[1].available == Decimal("337.60")


def test_without_a_budget_the_page_offers_to_start_one(
    business: Business, editor: User, viewer: User, sign_in: SignIn
) -> None:
    assert url("new", business) in page(sign_in(editor), business)
    assert url("new", business) not in page(sign_in(viewer), business)


def test_an_editor_starts_a_budget(business: Business, editor: User, sign_in: SignIn) -> None:
    fields = {"year": "2026", "currency": "EUR", "rate": "1", "vat": "net", "carry_rule": "both"}
    answer = sign_in(editor).post(url("new", business), fields)
    assert answer.headers["Location"] == url("sheet", business) + "?year=2026&currency=EUR"
    assert business.budgets.get().categories.count() == 4


def test_an_editor_gets_cells_to_type_into_and_a_viewer_only_amounts(
    line: Line, business: Business, editor: User, viewer: User, sign_in: SignIn
) -> None:
    mine, theirs = page(sign_in(editor), business), page(sign_in(viewer), business)
    assert (mine.count("data-cell="), theirs.count("data-cell=")) == (12, 0)
    assert f'{url("cell", business, line.pk, "plan", 2)}">1,234.50</a>' in mine
    assert ">1,234.50</td>" in theirs


def test_a_contributor_types_only_into_the_actuals_of_adverts(
    line: Line, business: Business, contributor: User, sign_in: SignIn
) -> None:
    tool = factories.make_budget_line(business, key="software")
    client = sign_in(contributor)
    assert page(client, business).count("data-cell=") == 0
    shown = page(client, business, "?show=actual")
    assert shown.count(f'data-cell="{line.pk}-') == 12
    assert shown.count(f'data-cell="{tool.pk}-') == 0
    for target, kind, status in ((line, "actual", 200), (line, "plan", 403), (tool, "actual", 403)):
        answer = client.post(
            url("cell", business, target.pk, kind, 1), {"amount": "5"}, headers=JSON
        )
        assert answer.status_code == status


def test_a_cell_is_saved_and_answers_amount_version_and_time(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    fields = {"amount": "1.234,56", "version": "0"}
    answer = (
        sign_in(editor).post(url("cell", business, line.pk, "plan", 1), fields, headers=JSON).json()
    )
    assert (answer["amount"], answer["version"], len(answer["at"])) == ("1,234.56", 1, 8)
    assert written(line) == Decimal("1234.56")


@pytest.mark.parametrize("headers", [JSON, {}])
def test_bad_input_is_answered_in_words(
    headers: dict[str, str], line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    answer = sign_in(editor).post(
        url("cell", business, line.pk, "plan", 1), {"amount": "-5"}, headers=headers
    )
    assert answer.status_code == 422
    assert "A plan cannot be below zero. Enter 0 or more." in answer.content.decode()
    assert written(line) == Decimal(300)


def test_a_conflict_names_both_amounts_and_the_other_person(
    line: Line, business: Business, editor: User, owner: User, sign_in: SignIn
) -> None:
    actions.write_cell(line, kind="plan", month=1, amount=Decimal(310), by=owner, version=0)
    client, at = sign_in(editor), url("cell", business, line.pk, "plan", 1)
    fields = {"amount": "320", "version": "0"}
    answer = client.post(at, fields, headers=JSON)
    told = "Olga Owner changed this cell to 310.00 meanwhile; you typed 320."
    assert (answer.status_code, answer.json()["conflict"]) == (409, told)
    plain = client.post(at, fields)
    assert plain.status_code == 409
    assert told in plain.content.decode()
    assert written(line) == Decimal(310)
    client.post(at, {**fields, "version": "1"})
    assert written(line) == Decimal(320)


def test_a_block_is_pasted_and_taken_back(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    fields = {"kind": "plan", "line": line.pk, "month": "1", "text": "1\t2", "seen": "0"}
    done = client.post(url("paste", business, line.budget_id), fields, headers=JSON).json()
    assert (done["changed"], written(line)) == (2, Decimal(1))
    client.post(url("undo", business, line.budget_id), {"batch": done["batch"]}, headers=JSON)
    assert (written(line), written(line, 2)) == (Decimal(300), Decimal("1234.50"))
    wrong = client.post(
        url("paste", business, line.budget_id), {**fields, "month": "13"}, headers=JSON
    )
    assert wrong.status_code == 422


def test_the_owner_closes_a_month_and_the_log_tells(
    line: Line, business: Business, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    client.post(url("close", business, line.budget_id), {"month": "1"})
    shown = page(client, business)
    assert shown.count("cell-locked") == 1
    log = client.get(url("log", business, line.budget_id)).content.decode()
    assert "Olga Owner" in log
    assert "January" in log
    client.post(url("reopen", business, line.budget_id), {"month": "1"})
    assert page(client, business).count("cell-locked") == 0


def test_a_removed_line_leaves_and_undo_brings_it_back(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    client.post(url("line_remove", business, line.pk))
    assert f"line-{line.pk}" not in page(client, business)
    assert client.get(url("line_edit", business, line.pk)).status_code == 404
    client.post(url("line_restore", business, line.pk))
    assert f"line-{line.pk}" in page(client, business)


def test_a_hidden_line_is_shown_when_asked_for(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    client.post(url("line_hide", business, line.pk))
    assert f"line-{line.pk}" not in page(client, business)
    assert f"line-{line.pk}" in page(client, business, "?hidden=1")


def test_the_buttons_of_a_line_move_it(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    other = factories.make_budget_line(business)
    sign_in(editor).post(url("line_move", business, other.pk), {"way": "up"})
    assert list(line.budget.lines.all()) == [other, line]


@pytest.mark.parametrize("query", ["?show=nothing", "?year=1999", "?year=x"])
def test_an_address_that_means_nothing_is_not_found(
    query: str, line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    assert sign_in(editor).get(url("sheet", business) + query).status_code == 404


def test_the_sheet_asks_as_much_for_many_lines_as_for_one(
    line: Line, business: Business, editor: User, sign_in: SignIn
) -> None:
    client = sign_in(editor)
    page(client, business)
    with CaptureQueriesContext(connection) as few:
        page(client, business)
    for _ in range(5):
        factories.make_budget_line(business, plan=["1"])
    with CaptureQueriesContext(connection) as many:
        page(client, business)
    assert len(few) == len(many) <= 10


@pytest.mark.parametrize(("language", "shown"), [("en", "1,234.50"), ("sl", "1.234,50")])
def test_amounts_are_shown_as_the_person_writes_them(language: str, shown: str) -> None:
    with translation.override(language):
        assert Words().amount(Decimal("1234.5")) == shown
        assert actions.parse_amount(shown, kind="plan") == Decimal("1234.50")
    assert Words().amount(None) == ""

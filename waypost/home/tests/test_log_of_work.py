"""What the log of a business says of decisions about budget, strategy and tasks."""

import pytest

from waypost.accounts.models import Business, LogEntry, User
from waypost.board.actions import add_card, put_back, remove
from waypost.budget.actions.budgets import start_budget
from waypost.budget.actions.months import close_month, reopen_month
from waypost.strategy.actions import save_answer
from waypost.strategy.actions.versions import approve
from waypost.strategy.models import State

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, str]]:
    """(thing, deed, name), the oldest first."""
    return list(LogEntry.objects.order_by("pk").values_list("thing", "deed", "name"))


def test_a_budget_that_begins_and_its_months_are_told(business: Business, owner: User) -> None:
    budget = start_budget(business, by=owner, year=2026, currency="EUR")
    close_month(budget, month=1, by=owner)
    close_month(budget, month=1, by=owner)
    reopen_month(budget, month=1, by=owner)
    assert told() == [
        ("budget", "added", str(budget)),
        ("budget", "closed", f"{budget}: January"),
        ("budget", "reopened", f"{budget}: January"),
    ]
    assert {entry.by for entry in LogEntry.objects.all()} == {owner}


def test_an_approved_strategy_is_told_with_its_number(business: Business, owner: User) -> None:
    said = {"text": "It began in a garage."}
    save_answer(business, "company.story", value=said, state=State.ANSWERED, by=owner)
    approve(business, by=owner)
    assert told() == [("strategy", "approved", "Version 1")]


def test_a_removed_task_and_its_return_are_told(business: Business, owner: User) -> None:
    kept = remove(add_card(business, by=owner, title="Buy wax"), by=owner)
    put_back(business, kept, by=owner)
    put_back(business, kept, by=owner)
    assert told() == [("task", "removed", "Buy wax"), ("task", "restored", "Buy wax")]

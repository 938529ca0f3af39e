"""What the log of who changed what says about budgets, their lines and amounts."""

from decimal import Decimal

import pytest

from waypost.accounts.models import Business, Deed, User
from waypost.budget import actions
from waypost.budget.actions.cells import write_cell
from waypost.budget.actions.pasting import paste
from waypost.budget.actions.undoing import undo
from waypost.budget.models import Budget, Line
from waypost.kit.errors import Refusal
from waypost.tests import factories


@pytest.fixture
def budget(business: Business) -> Budget:
    return factories.make_budget(business, year=2026)  # told as done by Waypost itself


@pytest.fixture
def line(budget: Budget) -> Line:
    return factories.make_budget_line(budget.business, budget=budget, name="Adverts")


def test_a_line_from_its_beginning_to_its_end(
    business: Business, budget: Budget, owner: User
) -> None:
    category = budget.categories.all()[0]
    line = actions.add_line(budget, by=owner, name="Adverts", category=category)
    values = {"name": "Ads", "category": category, "carry_over": True}
    actions.edit_line(line, by=owner, **values)
    actions.edit_line(line, by=owner, **values)  # as it is: no deed
    actions.set_hidden(line, hidden=True, by=owner)
    actions.remove_line(line, by=owner)
    actions.restore_line(line, by=owner)
    assert [(row.deed, row.changed) for row in business.log.filter(by=owner).order_by("pk")] == [
        (Deed.ADDED, []),
        (
            Deed.CHANGED,
            [("line", "Adverts", "Ads"), ("carry over to the next month", "No", "Yes")],
        ),
        (Deed.CHANGED, [("on the sheet", "shown", "hidden")]),
        (Deed.REMOVED, []),
        (Deed.RESTORED, []),
    ]
    assert {row.name for row in business.log.filter(by=owner)} == {
        f"{budget}: Adverts",
        f"{budget}: Ads",
    }


def test_an_amount_with_its_month(business: Business, line: Line, owner: User) -> None:
    write_cell(line, kind="plan", month=2, amount=Decimal("120.00"), by=owner, version=None)
    row = business.log.get(by=owner)
    assert (row.name, row.changed) == (
        f"{line.budget}: Adverts, February",
        [("plan", "", "120.00")],
    )


def test_a_pasted_block_and_its_undo_are_one_line_each(
    business: Business, line: Line, owner: User
) -> None:
    batch, _number = paste([line], kind="plan", month=1, text="1\t2\t3", by=owner)
    undo(line.budget, batch=batch, member=business.members.get(user=owner))
    assert [
        (row.deed, row.name, row.changed) for row in business.log.filter(by=owner).order_by("pk")
    ] == [
        (Deed.CHANGED, str(line.budget), [("plan", "", "3 cells")]),
        (Deed.RESTORED, str(line.budget), [("plan", "", "3 cells")]),
    ]


def test_a_refused_block_leaves_no_line(business: Business, line: Line, owner: User) -> None:
    with pytest.raises(Refusal):
        paste([line], kind="plan", month=1, text="1\tx", by=owner)
    assert business.log.filter(by=owner).count() == 0


def test_how_a_budget_counts(business: Business, budget: Budget, owner: User) -> None:
    actions.edit_budget(budget, by=owner, rate=budget.rate + 1)
    row = business.log.get(by=owner)
    assert (row.deed, row.name, len(row.changed)) == (Deed.CHANGED, str(budget), 1)

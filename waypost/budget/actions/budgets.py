"""Starting and changing a budget."""

from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from waypost.accounts.log import fields_of, record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.budget.actions.log import note
from waypost.budget.models import Budget, Category, Change, Line, PlannedAmount
from waypost.kit.errors import Refusal


class BudgetFields(TypedDict, total=False):
    year: int
    currency: str
    rate: Decimal
    vat: str
    carry_rule: str


@transaction.atomic
def start_budget(
    business: Business, *, by: User | None, copy_of: Budget | None = None, **fields: Any
) -> Budget:
    """A budget (:class:`BudgetFields`) with the four usual categories, or with the
    categories, lines and plan of ``copy_of``.

    Raises ``Refusal`` (field ``year``) when the year has one in that currency.
    """
    if business.budgets.filter(year=fields["year"], currency=fields["currency"]).exists():
        raise Refusal(
            _("There is a budget for %(year)s in %(currency)s already. Choose another year.")
            % {"year": fields["year"], "currency": fields["currency"]},
            field="year",
        )
    budget = Budget.objects.create(business=business, **fields)
    if copy_of:
        _copy(copy_of, budget)
    else:
        _usual_categories(budget)
    note(budget, Change.What.BUDGET, by=by, new=str(budget))
    record(business, Thing.BUDGET, Deed.ADDED, by=by, on=budget)
    return budget


@transaction.atomic
def edit_budget(budget: Budget, *, by: User, **fields: Any) -> None:
    """Change how ``budget`` counts; year and currency stay."""
    before = {name: getattr(budget, name) for name in fields}
    for name, value in fields.items():
        setattr(budget, name, value)
    budget.save()
    note(budget, Change.What.BUDGET, by=by, new=_("changed"))
    changes = fields_of(budget, before)
    record(budget.business, Thing.BUDGET, Deed.CHANGED, by=by, on=budget, changes=changes)


def _usual_categories(budget: Budget) -> None:
    with translation.override(budget.business.language):
        Category.objects.bulk_create(
            Category(budget=budget, key=key.value, name=str(key.label), position=at)
            for at, key in enumerate(Category.Key, start=1)
        )


def _copy(source: Budget, budget: Budget) -> None:
    """Categories, lines and plan; nothing that was spent."""
    categories = {}
    for category in source.categories.all():
        old, category.pk, category.budget = category.pk, None, budget
        category._state.adding = True
        category.save()
        categories[old] = category
    for line in source.lines.kept().prefetch_related("planned"):
        planned = list(line.planned.all())
        made = _copied_line(line, budget, categories[line.category_id])
        PlannedAmount.objects.bulk_create(
            PlannedAmount(line=made, month=one.month, amount=one.amount) for one in planned
        )


def _copied_line(line: Line, budget: Budget, category: Category) -> Line:
    kept = ("name", "position", "hidden", "carry_over", "recurring", "source", "vendor", "note")
    return Line.objects.create(
        budget=budget,
        category=category,
        connection_id=line.connection_id,
        **{name: getattr(line, name) for name in kept},
    )

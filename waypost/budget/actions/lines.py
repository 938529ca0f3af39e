"""Verbs on the lines of a budget."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal, TypedDict

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.log import Field, fields_of, record
from waypost.accounts.models import Deed, Thing, User
from waypost.budget.actions.log import note
from waypost.budget.models import Budget, Category, Change, Line
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal

MOST_LINES = 500


class LineFields(TypedDict, total=False):
    """What a person says about a line."""

    name: str
    category: Category
    carry_over: bool
    recurring: bool
    source: str
    vendor: str
    renewal_date: dt.date | None
    connection: Connection | None
    initiative: Initiative | None
    note: str


@transaction.atomic
def add_line(budget: Budget, *, by: User | None, **fields: Any) -> Line:
    """A line at the end of its category (:class:`LineFields`)."""
    if budget.lines.kept().count() >= MOST_LINES:
        raise Refusal(_("A budget holds at most %(n)s lines.") % {"n": MOST_LINES})
    last = budget.lines.filter(category=fields["category"]).aggregate(at=Max("position"))["at"]
    line = Line.objects.create(budget=budget, position=(last or 0) + 1, **fields)
    note(budget, Change.What.LINE, by=by, line=line, new=_("added"))
    _record(line, Deed.ADDED, by)
    return line


@transaction.atomic
def edit_line(line: Line, *, by: User, **fields: Any) -> None:
    """Change what is said about ``line``; one in another category goes to its end."""
    before = Line.objects.get(pk=line.pk)
    if fields["category"].pk != before.category_id:
        last = line.budget.lines.filter(category=fields["category"]).aggregate(at=Max("position"))
        line.position = (last["at"] or 0) + 1
    for name, value in fields.items():
        setattr(line, name, value)
    line.save()
    changed = [name for name, value in fields.items() if getattr(before, name) != value]
    if changed:
        note(line.budget, Change.What.LINE, by=by, line=line, old=before.name, new=_("changed"))
        was = {name: getattr(before, name) for name in changed}
        _record(line, Deed.CHANGED, by, fields_of(line, was))


def _record(line: Line, deed: Deed, by: User | None, changes: Iterable[Field] = ()) -> None:
    """What the log of the business is told, besides the budget's own."""
    on = f"{line.budget}: {line.name}"
    record(line.budget.business, Thing.BUDGET, deed, by=by, on=on, changes=changes)


@transaction.atomic
def move_line(line: Line, *, way: Literal["up", "down"]) -> None:
    """Let ``line`` and its neighbour in the category change places; at the end nothing moves."""
    lines = list(line.budget.lines.kept().filter(category=line.category_id))
    at = [one.pk for one in lines].index(line.pk)
    to = at + (-1 if way == "up" else 1)
    if not 0 <= to < len(lines):
        return
    lines[at], lines[to] = lines[to], lines[at]
    for position, one in enumerate(lines, start=1):
        one.position = position
    Line.objects.bulk_update(lines, ["position"])


@transaction.atomic
def set_hidden(line: Line, *, hidden: bool, by: User) -> None:
    _record(line, Deed.CHANGED, by, [Field(_HIDDEN, _word(line.hidden), _word(hidden))])
    line.hidden = hidden
    line.save(update_fields=["hidden"])
    note(line.budget, Change.What.LINE, by=by, line=line, new=str(_word(hidden)))


_HIDDEN = gettext_lazy("on the sheet")


def _word(hidden: bool) -> str | Promise:
    return gettext_lazy("hidden") if hidden else gettext_lazy("shown")


@transaction.atomic
def remove_line(line: Line, *, by: User) -> None:
    """Take ``line`` off the sheet; :func:`restore_line` puts it back.

    Raises ``Refusal`` when it holds amounts in a closed month.
    """
    closed = list(line.budget.closes.values_list("month", flat=True))
    if (
        line.expenses.filter(month__in=closed).exists()
        or line.actuals.filter(month__in=closed).exclude(amount=None).exclude(amount=0).exists()
    ):
        raise Refusal(
            _("This line has spending in a closed month. Hide it instead, or open the month.")
        )
    line.removed_at = timezone.now()
    line.save(update_fields=["removed_at"])
    note(line.budget, Change.What.LINE, by=by, line=line, new=_("removed"))
    _record(line, Deed.REMOVED, by)


@transaction.atomic
def restore_line(line: Line, *, by: User) -> None:
    if line.removed_at is None:
        return
    line.removed_at = None
    line.save(update_fields=["removed_at"])
    note(line.budget, Change.What.LINE, by=by, line=line, new=_("put back"))
    _record(line, Deed.RESTORED, by)


def add_category(budget: Budget, *, name: str, by: User) -> Category:
    """A category of the business's own, after the others."""
    last = budget.categories.aggregate(at=Max("position"))["at"]
    category = Category.objects.create(budget=budget, name=name, position=(last or 0) + 1)
    note(budget, Change.What.BUDGET, by=by, new=name)
    record(budget.business, Thing.BUDGET, Deed.ADDED, by=by, on=f"{budget}: {name}")
    return category

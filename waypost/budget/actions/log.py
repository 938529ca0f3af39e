"""The log of a budget."""

import secrets
from decimal import Decimal

from django.utils.translation import ngettext

from waypost.accounts.log import Field, record
from waypost.accounts.models import Deed, Thing, User
from waypost.budget.models import Budget, Change, Line


def new_batch() -> str:
    """A name for one deed, which is undone as a whole."""
    return secrets.token_hex(8)


def note(
    budget: Budget,
    what: str,
    *,
    by: User | None,
    line: Line | None = None,
    month: int | None = None,
    old: Decimal | str | None = None,
    new: Decimal | str | None = None,
    batch: str = "",
) -> Change:
    """Write down that ``by`` changed ``what`` (a ``Change.What``) from ``old`` to ``new``."""
    return Change.objects.create(
        budget=budget,
        what=what,
        line=line,
        line_name=line.name if line else "",
        month=month,
        old=_plain(old),
        new=_plain(new),
        batch=batch,
        by=by,
    )


def tell_cells(
    budget: Budget, kind: str, number: int, *, by: User | None, deed: Deed = Deed.CHANGED
) -> None:
    """Tell the log of the business of many cells at once; the budget's own has each."""
    words = ngettext("%(n)s cell", "%(n)s cells", number) % {"n": number}
    told = [Field(Change.What(kind).label, None, words)]
    record(budget.business, Thing.BUDGET, deed, by=by, on=budget, changes=told)


def _plain(value: Decimal | str | None) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return (value or "")[:200]

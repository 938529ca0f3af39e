"""The log of a budget."""

import secrets
from decimal import Decimal

from waypost.accounts.models import User
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


def _plain(value: Decimal | str | None) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return (value or "")[:200]

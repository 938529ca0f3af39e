"""Verbs on the months of a budget."""

from django.db import transaction
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Deed, Thing, User
from waypost.budget.actions.log import note
from waypost.budget.models import MONTHS, Budget, Change
from waypost.kit.errors import Refusal


@transaction.atomic
def close_month(budget: Budget, *, month: int, by: User) -> None:
    """Close ``month``: its amounts stand and what is left goes to the next month.

    Raises ``Refusal`` unless every month before it is closed; closing twice does nothing.
    """
    _wanted(month)
    closed = _closed(budget)
    if month in closed:
        return
    gap = next((early for early in MONTHS if early not in closed), month)
    if gap != month:
        words = {"early": MONTH_NAMES[gap], "month": MONTH_NAMES[month]}
        raise Refusal(
            _("%(early)s is still open. Close it first, then %(month)s can be closed.") % words
        )
    budget.closes.create(month=month, closed_by=by)
    record(budget.business, Thing.BUDGET, Deed.CLOSED, by=by, on=_named(budget, month))
    note(budget, Change.What.MONTH, by=by, month=month, old="open", new="closed")


@transaction.atomic
def reopen_month(budget: Budget, *, month: int, by: User) -> None:
    """Open ``month`` again. Raises ``Refusal`` while a later month is closed."""
    _wanted(month)
    closed = _closed(budget)
    if month not in closed:
        return
    if max(closed) > month:
        words = {"late": MONTH_NAMES[max(closed)], "month": MONTH_NAMES[month]}
        raise Refusal(
            _("%(late)s is closed after it. Open %(late)s first, then %(month)s.") % words
        )
    budget.closes.filter(month=month).delete()
    record(budget.business, Thing.BUDGET, Deed.REOPENED, by=by, on=_named(budget, month))
    note(budget, Change.What.MONTH, by=by, month=month, old="closed", new="open")


def _named(budget: Budget, month: int) -> str:
    return f"{budget}: {MONTH_NAMES[month]}"


def refuse_closed(budget: Budget, month: int) -> None:
    """Raises ``Refusal`` when ``month`` is closed or is none of the twelve."""
    _wanted(month)
    if budget.closes.filter(month=month).exists():
        raise Refusal(closed_words(month))


def closed_words(month: int) -> str:
    words = {"month": MONTH_NAMES[month]}
    return _("%(month)s is closed. Ask the owner to open it again.") % words


def _wanted(month: int) -> None:
    if month not in MONTHS:
        raise Refusal(_("A year has the months 1 to 12. Choose one of them."))


def _closed(budget: Budget) -> frozenset[int]:
    return frozenset(budget.closes.values_list("month", flat=True))

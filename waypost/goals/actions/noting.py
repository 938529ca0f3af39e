"""What the log of who changed what is told about goals and initiatives."""

from collections.abc import Iterable, Mapping
from typing import Any

from waypost.accounts.log import Field, fields_of, record
from waypost.accounts.models import Deed, Thing, User
from waypost.goals.models import Goal, Initiative

FOLLOWS = frozenset({"connection_metric", "position"})
"""Fields that nobody fills in."""


def seen(row: Goal | Initiative, names: Iterable[str]) -> dict[str, Any]:
    """What ``row`` holds now, to be told later what it held before."""
    return {name: getattr(row, name) for name in names if name not in FOLLOWS}


def note(
    row: Goal | Initiative,
    before: Mapping[str, Any] | None = None,
    *,
    by: User | None,
    deed: Deed = Deed.CHANGED,
    more: Iterable[Field] = (),
) -> None:
    """Write into the log that ``by`` did ``deed``; ``before`` is what :func:`seen` answered."""
    thing = Thing.GOAL if isinstance(row, Goal) else Thing.INITIATIVE
    changes = [*fields_of(row, before or {}), *more]
    record(row.business, thing, deed, by=by, on=row, changes=changes)

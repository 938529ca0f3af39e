"""Verbs on the board itself: its columns and how it works."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board.actions.noting import TOPIC
from waypost.board.columns import STEP, columns_of
from waypost.board.models import BoardSettings, Column
from waypost.kit.errors import Refusal
from waypost.live import actions as live

MOST_COLUMNS = 20


@transaction.atomic
def add_column(
    business: Business, *, name: str, meaning: str, limit: int | None, by: User | None
) -> Column:
    """An own column behind the last one of its meaning. Raises ``Refusal``."""
    columns = columns_of(business)
    _check(columns, name, None)
    if len(columns) >= MOST_COLUMNS:
        raise Refusal(_("A board has %(n)s columns at most.") % {"n": MOST_COLUMNS}, field="name")
    column = Column(business=business, name=name.strip(), meaning=meaning, limit=limit)
    last = max(place for place, each in enumerate(columns) if each.meaning == meaning)
    _order([*columns[: last + 1], column, *columns[last + 1 :]])
    live.tell(business, TOPIC, by=by)
    return column


@transaction.atomic
def change_column(column: Column, *, name: str, limit: int | None, by: User | None) -> None:
    """A usual column without a name is called what it means again. Raises ``Refusal``."""
    columns = columns_of(column.business)
    if name.strip() or not column.is_usual:
        _check(columns, name, column)
    column.name, column.limit = name.strip(), limit
    _order([column if each.key == column.key else each for each in columns])
    live.tell(column.business, TOPIC, by=by)


@transaction.atomic
def move_column(column: Column, *, by_places: int, by: User | None) -> None:
    columns = columns_of(column.business)
    here = [each.key for each in columns].index(column.key)
    there = max(0, min(len(columns) - 1, here + by_places))
    columns.insert(there, columns.pop(here))
    _order(columns)
    live.tell(column.business, TOPIC, by=by)


@transaction.atomic
def remove_column(column: Column, *, by: User | None) -> int:
    """Its cards go to the usual column of the same meaning; answers how many."""
    if column.is_usual:
        raise Refusal(_("The six usual columns stay. You may give this one another name."))
    cards = column.tasks.count()
    column.delete()
    live.tell(column.business, TOPIC, by=by)
    return cards


def change_settings(
    settings: BoardSettings, *, at_work: int, period: str, closes_itself: bool, by: User | None
) -> None:
    settings.at_work, settings.period, settings.closes_itself = at_work, period, closes_itself
    settings.save()
    live.tell(settings.business, TOPIC, by=by)


def _check(columns: Sequence[Column], name: str, mine: Column | None) -> None:
    if not name.strip():
        raise Refusal(_("Give the column a name."), field="name")
    others = [each for each in columns if mine is None or each.key != mine.key]
    if name.strip().casefold() in {str(each).casefold() for each in others}:
        raise Refusal(_("There is a column of this name already."), field="name")


def _order(columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        column.position = STEP * place
        column.save()

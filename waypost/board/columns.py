"""The columns of a board: the six usual ones and those that the business added."""

from waypost.accounts.models import Business
from waypost.board.models import BoardSettings, Column, Status

STEP = 10
"""Between the places of the usual columns, so that own ones find room."""


def columns_of(business: Business) -> list[Column]:
    """In their order; a usual one that nobody changed is not stored. One query."""
    rows = list(business.board_columns.all())
    known = {row.meaning for row in rows if row.is_usual}
    usual = [
        Column(business=business, meaning=meaning, is_usual=True, position=STEP * place)
        for place, meaning in enumerate(Status.values)
        if meaning not in known
    ]
    return sorted(
        [*rows, *usual], key=lambda each: (each.position, not each.is_usual, each.pk or 0)
    )


def find_column(business: Business, key: str) -> Column | None:
    """The column that a page names ``key`` (see ``Column.key``)."""
    return next((each for each in columns_of(business) if each.key == key), None)


def settings_of(business: Business) -> BoardSettings:
    """How the board works; not stored while nobody changed it."""
    return BoardSettings.objects.filter(business=business).first() or BoardSettings(
        business=business
    )

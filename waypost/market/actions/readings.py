"""Verbs on readings: the numbers of channels on a day."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.market.models import ChannelReading, Competitor

NUMBERS = ("followers", "avg_likes", "avg_shares", "avg_comments", "posts_per_week", "mentions")
FIRST_YEAR = 2004  # before that there was nothing to read


@dataclass(frozen=True)
class Kept:
    """How many readings are new, and how many replaced numbers of the same day."""

    added: int
    replaced: int
    unchanged: int


@transaction.atomic
def keep_readings(
    business: Business,
    competitor: Competitor | None,
    *,
    date: dt.date,
    today: dt.date,
    rows: Mapping[str, Mapping[str, Any]],
    by: User | None,
) -> Kept:
    """Numbers by network, None where nothing is known; what is known already stays then.

    There is one reading for each network and day: a second one replaces its numbers. Raises
    ``Refusal`` for a day that cannot be, and when there is no number at all.
    """
    _refuse_day(date, today)
    told = {network: _known(row) for network, row in rows.items()}
    told = {network: row for network, row in told.items() if row}
    if not told:
        raise Refusal(_("Type at least one number."))
    there = {
        row.network: row
        for row in business.channel_readings.filter(competitor=competitor, date=date)
    }
    added = replaced = 0
    for network, values in told.items():
        row = there.get(network)
        if row is None:
            added += 1
            row = ChannelReading(
                business=business, competitor=competitor, network=network, date=date
            )
        elif all(getattr(row, name) == value for name, value in values.items()):
            continue
        else:
            replaced += 1
        _write(row, values, by)
    return Kept(added, replaced, len(told) - added - replaced)


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in NUMBERS if row.get(name) is not None}


def _write(row: ChannelReading, values: Mapping[str, Any], by: User | None) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.updated_by = by
    row.save()


def _refuse_day(date: dt.date, today: dt.date) -> None:
    if date > today:
        raise Refusal(
            _("This day is still to come. Choose today (%(day)s) or an earlier day.")
            % {"day": date_format(today, "DATE_FORMAT")},
            field="date",
        )
    if date.year < FIRST_YEAR:
        raise Refusal(
            _("There were no such networks in %(year)s. Check the year.") % {"year": date.year},
            field="date",
        )

"""A period ends: what is done is put away, what is not moves on."""

import datetime as dt
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board.actions.noting import TOPIC
from waypost.board.models import BoardSettings, Period
from waypost.board.periods import moment, period_of
from waypost.kit.errors import Refusal
from waypost.live import actions as live


@transaction.atomic
def close_period(business: Business, *, on: dt.date, by: User | None) -> Period:
    """Close the period that ``on`` lies in. Raises ``Refusal`` when it is closed already.

    Cards that were done by its last day are archived with it; the others move on and count it.
    """
    settings, _new = BoardSettings.objects.select_for_update().get_or_create(business=business)
    start, end = period_of(on, settings.period)
    if business.board_periods.filter(end_date__gte=end).exists():
        raise Refusal(_("This period is closed already."))
    after = moment(business, end + dt.timedelta(days=1))
    on_board = business.tasks.on_board()
    done = on_board.done().filter(done_at__lt=after)
    names = done.values_list("assignee__name", flat=True)
    unfinished = on_board.open().filter(created_at__lt=after)
    period = Period.objects.create(
        business=business,
        start_date=start,
        end_date=end,
        closed_at=timezone.now(),
        closed_by=by,
        added=business.tasks.filter(
            created_at__gte=moment(business, start), created_at__lt=after
        ).count(),
        done=done.count(),
        moved_on=unfinished.count(),
        people=dict(Counter(name or "" for name in names)),
    )
    unfinished.update(moved_on=F("moved_on") + 1)
    done.update(archived_at=timezone.now(), period=period)
    live.tell(business, TOPIC, by=by)
    return period


def close_what_is_over() -> int:
    """Every business whose last period has ended and which lets Waypost close it."""
    closed = 0
    for settings in BoardSettings.objects.filter(closes_itself=True).select_related("business"):
        business = settings.business
        today = timezone.localdate(timezone=business.zone)
        start, _end = period_of(today, settings.period)
        before = start - dt.timedelta(days=1)
        is_closed = business.board_periods.filter(end_date__gte=before).exists()
        if (
            not is_closed
            and business.tasks.on_board().filter(created_at__lt=moment(business, start)).exists()
        ):
            close_period(business, on=before, by=None)
            closed += 1
    return closed


@transaction.atomic
def reopen_period(period: Period, *, by: User | None) -> int:
    """Take the closing back: its cards stand on the board again; answers how many."""
    business = period.business
    end = moment(business, period.end_date + dt.timedelta(days=1))
    open_then = business.tasks.on_board().filter(created_at__lt=end, moved_on__gt=0)
    open_then.update(moved_on=F("moved_on") - 1)
    count = period.tasks.update(archived_at=None)
    period.delete()
    live.tell(business, TOPIC, by=by)
    return count

"""Verbs on sources of visits and orders: connecting, asking, matching, taking away."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights import ladder
from waypost.insights.models import Source, Visit, VisitSource
from waypost.insights.store import Entry, Holder, record
from waypost.insights.tagging import Tagging
from waypost.kit.errors import Refusal
from waypost.kit.secrets import seal, unseal
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.providers.visit_sources import SOURCES
from waypost.providers.visits import Came, Found, TellsVisits

log = logging.getLogger(__name__)
FIRST_TIME = 90  # days back
EVERY = dt.timedelta(hours=6)
TURN = dt.timedelta(minutes=15)  # a source that is being asked is left to who asks it
SHOPS = [kind for kind, service in SOURCES.items() if service.is_shop]
NUMBERS = ("sessions", "key_events", "orders", "revenue")
Kept = dict[int, dict[tuple[str, dt.date], Decimal]]  # by connection


def connect(business: Business, kind: str, values: Mapping[str, str], *, by: User) -> VisitSource:
    """A new source, or the old one with new access.

    Raises ``Refusal`` with the name of the field.
    """
    try:
        found = SOURCES[kind].connect(values)
    except (Refused, Busy) as error:
        raise Refusal(str(error), field=getattr(error, "field", "")) from error
    if found.currency and found.currency != business.currency:
        words = _(
            "This shop sells in %(theirs)s, and %(business)s counts in %(ours)s. Amounts in two "
            "currencies cannot be added."
        )
        told = {"theirs": found.currency, "ours": business.currency, "business": business}
        raise Refusal(words % told)
    source, _new = VisitSource.objects.update_or_create(
        business=business,
        kind=kind,
        remote_id=found.remote_id,
        defaults={
            "name": found.name,
            "currency": found.currency,
            "sealed_secrets": seal(found.secrets),
            "next_at": timezone.now(),
            "is_broken": False,
            "failures": 0,
            "reason": "",
            "by": by,
        },
    )
    return source


def due(now: dt.datetime) -> list[int]:
    """Keys of the sources to ask."""
    rows = VisitSource.objects.filter(is_broken=False, next_at__lte=now)
    return list(rows.values_list("pk", flat=True))


def ask(source: VisitSource) -> bool:
    """Read the last days anew and keep them. False when another worker is at it, or it failed."""
    now = timezone.now()
    mine = VisitSource.objects.filter(pk=source.pk, next_at=source.next_at, next_at__lte=now)
    if not mine.update(next_at=now + TURN):
        return False
    with override(source.business.language):
        return _ask(source, now)


def _ask(source: VisitSource, now: dt.datetime) -> bool:
    try:
        _read(source, SOURCES[source.kind], now)
    except Disconnected as gone:
        _note(source, is_broken=True, reason=str(gone))
    except (Busy, Refused) as error:
        later = now + ladder.back_off(source.failures, getattr(error, "after", None))
        _note(source, next_at=later, failures=source.failures + 1, reason=str(error))
    else:
        _note(source, next_at=now + EVERY, read_at=now, failures=0, reason="")
        return True
    log.info("source %s is asked later or not at all", source.pk)
    return False


def _note(source: VisitSource, **changes: object) -> None:
    VisitSource.objects.filter(pk=source.pk).update(**changes)


def _read(source: VisitSource, service: TellsVisits, now: dt.datetime) -> None:
    business = source.business
    last = timezone.localdate(now, business.zone)
    days = service.changes_for if source.read_at else FIRST_TIME
    first = last - dt.timedelta(days=days)
    secrets = unseal(source.sealed_secrets)
    found = Found(source.remote_id, source.name, source.currency, secrets)
    came = service.read(found, first, last, zone=business.zone, currency=business.currency)
    keep(source, came, first, last)


@transaction.atomic
def keep(source: VisitSource, came: Iterable[Came], first: dt.date, last: dt.date) -> None:
    """What came from ``first`` to ``last`` replaces what was known of these days."""
    tagging = Tagging(source.business)
    old = source.visits.filter(date__range=(first, last))
    before = _by_channel(old)
    old.delete()
    Visit.objects.bulk_create([_row(source, each, tagging) for each in came], batch_size=500)
    now = _by_channel(source.visits.filter(date__range=(first, last)))
    _record(source, before, now)


def _row(source: VisitSource, came: Came, tagging: Tagging) -> Visit:
    match = tagging.match(came.tags)
    utm_source, medium, campaign, content = (tag[:200] for tag in came.tags)
    return Visit(
        source=source,
        date=came.date,
        utm_source=utm_source,
        utm_medium=medium,
        utm_campaign=campaign,
        utm_content=content,
        sessions=came.sessions,
        key_events=came.key_events,
        orders=came.orders,
        revenue=came.revenue,
        connection_id=match.connection,
        initiative_id=match.initiative,
        item_id=match.item,
    )


def _by_channel(visits: Iterable[Visit]) -> Kept:
    sums: Kept = defaultdict(lambda: defaultdict(Decimal))
    for visit in visits:
        for name in NUMBERS:
            value = getattr(visit, name)
            if visit.connection_id and value is not None:
                sums[visit.connection_id][name, visit.date] += Decimal(value)
    return sums


def _record(source: VisitSource, before: Kept, now: Kept) -> None:
    """Numbers of the channels, by day; what is gone is taken away, what people typed stands."""
    told = told_by(source)
    for connection in Connection.objects.filter(pk__in={*before, *now}):
        new = now.get(connection.pk, {})
        gone = set(before.get(connection.pk, {})) - set(new)
        entries = [Entry(name, day, value) for (name, day), value in new.items() if name in told]
        entries += [Entry(name, day, None) for name, day in gone if name in told]
        record(Holder(None, connection), entries, source=Source.PULLED)


def told_by(source: VisitSource) -> tuple[str, ...]:
    """Which numbers count: a shop knows its orders better than a counter of visits."""
    if source.kind in SHOPS:
        return ("orders", "revenue")
    has_shop = source.business.visit_sources.filter(kind__in=SHOPS).exists()
    return NUMBERS[:2] if has_shop else NUMBERS


def ask_now(source: VisitSource) -> None:
    """Make it due; who calls wakes a worker."""
    _note(source, next_at=timezone.now())


def remove(source: VisitSource) -> None:
    """Take the access and what it told by tags away; the days of the channels stay."""
    source.delete()

"""Sudden changes of a channel: found once a day, told with their reason, kept for the page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.content.models import LinkDay
from waypost.goals.templatetags.numbers import number
from waypost.insights.levels import Place, place_of
from waypost.insights.metrics import METRICS, Kind
from waypost.insights.models import Alert, Reading
from waypost.insights.store import Holder, holders, month_number
from waypost.insights.stored import places
from waypost.insights.surprise import WEEKS, surprise, usual
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind as Notice

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
SHOWN = dt.timedelta(days=14)
HOURS = frozenset({9, 15})  # of the business: with what came in the night, and what came late
Series = Mapping[tuple[Place, str], Mapping[dt.date, Decimal]]


def look_around(now: dt.datetime) -> None:
    """Every business whose hour it is, at what happened there yesterday."""
    for business in Business.objects.filter(is_demo=False):
        local = now.astimezone(business.zone)
        if local.hour in HOURS:
            find(business, local.date() - DAY)


def find(business: Business, day: dt.date) -> list[Alert]:
    """Keep and tell what is sudden on ``day``: at most one alert a metric within a week."""
    known = {holder.key: holder for holder in holders(business)}
    series = _series(business, day)
    quiet = set(
        business.alerts.filter(date__gt=day - WEEK, date__lt=day + WEEK).values_list(
            "connection_id", "channel_id", "metric"
        )
    )
    found = []
    for holder in known.values():
        place = places(holder)[0]
        for metric in METRICS:
            judged = _judged(series, holder, metric, day)
            if judged and (*_ids(place), metric) not in quiet:
                found.append(_keep(business, holder, metric, day, judged))
    return found


@dataclass(frozen=True)
class Judged:
    value: Decimal
    middle: Decimal
    score: Decimal


def _judged(series: Series, holder: Holder, metric: str, day: dt.date) -> Judged | None:
    days = next((d for p in places(holder) if (d := series.get((p, metric)))), {})
    value, weeks = days.get(day), [day - WEEK * n for n in range(1, WEEKS + 1)]
    before = [days[each] for each in weeks if each in days]
    if value is None:
        return None
    score, middle = surprise(value, before), usual(before)
    return None if score is None or middle is None else Judged(value, middle.middle, score)


def _series(business: Business, day: dt.date) -> Series:
    """What every channel did on ``day`` and its weekday before; of levels their gain that day."""
    days = [day - WEEK * n for n in range(WEEKS + 1)]
    rows = business.readings.filter(
        span=Reading.Span.DAY,
        month__in={month_number(each - DAY * n) for each in days for n in (0, 1)},  # by index
        date__in=[*days, *(each - DAY for each in days)],
    )
    told: defaultdict[tuple[Place, str], dict[dt.date, Decimal]] = defaultdict(dict)
    for connection, channel, metric, date, value in rows.values_list(
        "connection_id", "channel_id", "metric", "date", "value"
    ):
        told[place_of(connection, channel), metric][date] = value
    found: dict[tuple[Place, str], Mapping[dt.date, Decimal]] = {
        key: _gains(each) if METRICS[key[1]].kind is Kind.LEVEL else each
        for key, each in told.items()
        if key[1] in METRICS
    }
    return {**found, **_clicks(business, days)}


def _gains(levels: Mapping[dt.date, Decimal]) -> dict[dt.date, Decimal]:
    return {day: value - levels[day - DAY] for day, value in levels.items() if day - DAY in levels}


def _clicks(business: Business, days: Sequence[dt.date]) -> Series:
    """On our short links; a day of a followed channel without a row has none."""
    rows: Iterable[tuple[int, dt.date, int]] = LinkDay.objects.filter(
        link__business=business, date__range=(days[-1], days[0])
    ).values_list("link__connection", "date", "clicks")
    sums: defaultdict[int, defaultdict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for connection, date, clicks in rows:
        sums[connection][date] += clicks
    return {
        (("connection", pk), "own_clicks"): {day: Decimal(known[day]) for day in days}
        for pk, known in sums.items()
    }


def _ids(place: Place) -> tuple[int | None, int | None]:
    kind, pk = place
    return (pk, None) if kind == "connection" else (None, pk)


def _keep(business: Business, holder: Holder, metric: str, day: dt.date, judged: Judged) -> Alert:
    alert, new = Alert.objects.get_or_create(
        business=business,
        connection=holder.connection,
        channel=None if holder.connection else holder.channel,
        metric=metric,
        date=day,
        defaults={"value": judged.value, "usual": judged.middle, "score": judged.score},
    )
    if new:
        _tell(business, holder, alert)
    return alert


def _tell(business: Business, holder: Holder, alert: Alert) -> None:
    month = f"?from={alert.date.replace(day=1)}&to={alert.date}"
    with override(business.language):
        tell(
            User.objects.filter(memberships__business=business, memberships__role=Role.OWNER),
            Notice.SUDDEN,
            business=business,
            key=f"sudden:{alert.pk}",
            url=reverse("insights:channels", args=[business.slug]) + month,
            thing=f"{holder.name}, {METRICS[alert.metric].label}",
            why=reason(alert),
        )


def reason(alert: Alert) -> str:
    """In words, with both numbers: ``120 on 12 Nov 2026, usually about 1,050 on a Thursday.``"""
    metric = METRICS[alert.metric]
    told = {
        "value": number(alert.value),
        "usual": number(alert.usual.quantize(Decimal(1))),
        "day": date_format(alert.date, "DATE_FORMAT"),
        "weekday": WEEKDAYS[alert.date.weekday()],
        "weeks": WEEKS,
    }
    if metric.kind is Kind.LEVEL:
        words = _(
            "Changed by %(value)s on %(day)s (%(weekday)s); in the %(weeks)s weeks before, the "
            "same day usually changed it by about %(usual)s."
        )
    elif alert.score > 0:
        words = _(
            "Much more than usual: %(value)s on %(day)s (%(weekday)s); in the %(weeks)s weeks "
            "before, the same day usually had about %(usual)s."
        )
    else:
        words = _(
            "Much less than usual: %(value)s on %(day)s (%(weekday)s); in the %(weeks)s weeks "
            "before, the same day usually had about %(usual)s."
        )
    return words % told


@dataclass(frozen=True)
class ShownAlert:
    """For the page of the channels."""

    holder: Holder
    label: str
    is_more: bool
    reason: str


def recent(business: Business, known: Iterable[Holder], today: dt.date) -> Iterator[ShownAlert]:
    """Of the last two weeks, newest first; one query."""
    by_place = {place: holder for holder in known for place in places(holder)}
    for alert in business.alerts.filter(date__gt=today - SHOWN):
        holder = by_place.get(place_of(alert.connection_id, alert.channel_id))
        if holder:
            label = str(METRICS[alert.metric].label)
            yield ShownAlert(holder, label, alert.score > 0, reason(alert))

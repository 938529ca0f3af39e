"""What is known of every channel in two times, read in six queries.

A month's own number goes before the sum of its days: the network has counted each person once,
and who typed it has looked. A time that cuts a month through needs its days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.models import Business
from waypost.insights.metrics import METRICS, Kind, Metric
from waypost.insights.models import PostSnapshot, Reading
from waypost.insights.periods import Period
from waypost.insights.store import Holder, month_number
from waypost.publishing.models import Delivery

COUNTED = "counted"  # the source of what is summed up from posts
OF_POSTS = ("likes", "comments", "shares", "saves", "impressions", "views", "link_clicks")
LEVELS = [metric.key for metric in METRICS.values() if metric.kind is Kind.LEVEL]
Place = tuple[str, int]  # "connection" or "channel", pk


@dataclass
class MonthPart:
    """What is stored of one metric in one month, within one time."""

    whole: Decimal | None = None
    days: Decimal | None = None
    counted: int = 0  # days
    source: str = ""
    definitions: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Found:
    """A number, or why there is none although something is stored."""

    value: Decimal | None
    source: str = ""
    reason: str = ""
    note: str = ""
    definitions: frozenset[int] = frozenset()


Parts = Mapping[int, MonthPart]  # by month
Key = tuple[Place, str]  # and metric


@dataclass(frozen=True)
class Side:
    """One of the two times."""

    period: Period
    parts: Mapping[Key, Parts]
    levels: Mapping[Key, Found]
    posts: Mapping[int, Mapping[str, int]]  # by connection

    def find(self, holder: Holder, metric: Metric) -> Found | None:
        """What is stored goes before what can be summed up from posts."""
        if metric.kind is Kind.LEVEL:
            found = [self.levels.get((place, metric.key)) for place in places(holder)]
            return next((each for each in found if each), None)
        parts: dict[int, MonthPart] = {}
        for place in reversed(places(holder)):
            parts.update(self.parts.get((place, metric.key), {}))
        if parts:
            return self._summed(metric, parts)
        return self._of_posts(holder, metric)

    def _of_posts(self, holder: Holder, metric: Metric) -> Found | None:
        known = self.posts.get(holder.connection.pk, {}) if holder.connection else {}
        if metric.key not in known:
            return None
        note = "" if metric.key == "posts" else _("Of the posts of this time, as they stood.")
        return Found(Decimal(known[metric.key]), COUNTED, note=note)

    def _summed(self, metric: Metric, parts: Parts) -> Found:
        whole = {month_number(day) for day in self.period.whole_months}
        touched = self.period.months
        known, cut, over_days = [], False, 0
        for month in touched:
            part = parts.get(month)
            if part is None:
                continue
            if month in whole and part.whole is not None:
                known.append(part.whole)
            elif part.days is not None:
                known.append(part.days)
                over_days += part.counted
            else:
                cut = True
        definitions = frozenset(each for part in parts.values() for each in part.definitions)
        source = next(iter(parts.values())).source
        reason = ""
        if cut:
            reason = _("It is known for whole months only.")
        elif metric.kind is Kind.PEOPLE and over_days > 1:
            reason = _("Its days cannot be added: one person may be counted on several.")
        if reason:
            return Found(None, source, reason, definitions=definitions)
        note = _gaps(metric, len(known), len(touched))
        return Found(sum(known, Decimal(0)), source, note=note, definitions=definitions)


def _gaps(metric: Metric, known: int, wanted: int) -> str:
    if known < wanted:
        words = ngettext("Only %(n)s month of %(all)s.", "Only %(n)s months of %(all)s.", known)
        return words % {"n": known, "all": wanted}
    if metric.kind is Kind.PEOPLE and known > 1:
        return _("Months added up: who was reached in several counts in each.")
    return ""


@dataclass(frozen=True)
class Stored:
    now: Side
    before: Side


def places(holder: Holder) -> list[Place]:
    """Where numbers of ``holder`` may stand; the first goes before."""
    found: list[Place] = []
    if holder.connection:
        found.append(("connection", holder.connection.pk))
    if holder.channel:
        found.append(("channel", holder.channel.pk))
    return found


def read_stored(business: Business, now: Period, before: Period) -> Stored:
    rows = _grouped(business, now, before)
    levels = _levels(business, now, before)
    counts = _post_counts(business, now, before)
    return Stored(
        *(
            Side(period, _parts(rows, side), levels[side], _posts(business, period, counts[side]))
            for side, period in (("now", now), ("then", before))
        )
    )


def _place(row: Mapping[str, Any]) -> Place:
    if row["connection_id"] is not None:
        return "connection", row["connection_id"]
    return "channel", row["channel_id"]


def _within(period: Period) -> Q:
    months = period.months
    whole = Q(span=Reading.Span.MONTH, month__range=(months[0], months[-1]))
    return whole | Q(span=Reading.Span.DAY, date__range=(period.first, period.last))


def _grouped(business: Business, now: Period, before: Period) -> list[dict[str, Any]]:
    """Sums by month; one query, which the index of months narrows down."""
    months = [*before.months, *now.months]
    rows = business.readings.filter(month__range=(min(months), max(months)))
    keys = ("metric", "connection_id", "channel_id", "span", "month", "definition")
    return list(
        rows.exclude(metric__in=LEVELS)
        .order_by()
        .values(*keys)
        .annotate(
            now=Sum("value", filter=_within(now)),
            then=Sum("value", filter=_within(before)),
            now_days=Count("pk", filter=_within(now)),
            then_days=Count("pk", filter=_within(before)),
            told=Min("source"),
        )
    )


def _parts(rows: Iterable[Mapping[str, Any]], side: str) -> dict[Key, dict[int, MonthPart]]:
    found: defaultdict[Key, dict[int, MonthPart]] = defaultdict(dict)
    for row in rows:
        if row[side] is None:
            continue
        months = found[_place(row), row["metric"]]
        part = months.setdefault(row["month"], MonthPart(source=row["told"]))
        part.definitions.add(row["definition"])
        value = Decimal(row[side])
        if row["span"] == Reading.Span.MONTH:
            part.whole = value
        else:
            part.days = (part.days or Decimal(0)) + value
            part.counted += row[f"{side}_days"]
    return dict(found)


def _levels(business: Business, now: Period, before: Period) -> dict[str, dict[Key, Found]]:
    """The last level until the end of each time; one from before its beginning is old."""
    rows: QuerySet[Reading] = business.readings.filter(metric__in=LEVELS)
    keys = ("connection_id", "channel_id", "metric")
    newest = list(
        rows.order_by()
        .values(*keys)
        .annotate(
            now=Max("date", filter=Q(date__lte=now.last)),
            then=Max("date", filter=Q(date__lte=before.last)),
        )
    )
    days = {row[side] for row in newest for side in ("now", "then") if row[side]}
    values = {
        (row.connection_id, row.channel_id, row.metric, row.date): row
        for row in rows.filter(date__in=days)
    }
    found: dict[str, dict[Key, Found]] = {"now": {}, "then": {}}
    for row in newest:
        for side, period in (("now", now), ("then", before)):
            if row[side]:
                reading = values[(*(row[key] for key in keys), row[side])]
                found[side][_place(row), row["metric"]] = _level(reading, period)
    return found


def _level(reading: Reading, period: Period) -> Found:
    if reading.date < period.first:
        words = _("Last known on %(day)s, before this time.")
        return Found(None, reading.source, words % {"day": _day(reading.date)})
    return Found(reading.value, reading.source, definitions=frozenset({reading.definition}))


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _post_counts(business: Business, now: Period, before: Period) -> dict[str, dict[int, int]]:
    sent = Delivery.objects.published().whole().filter(item__business=business)
    within = {"now": _published_in(business, now), "then": _published_in(business, before)}
    rows: Iterable[Mapping[str, Any]] = (
        sent.filter(within["now"] | within["then"])
        .order_by()
        .values("connection_id")
        .annotate(**{side: Count("pk", filter=q) for side, q in within.items()})
    )
    counts: dict[str, dict[int, int]] = {"now": {}, "then": {}}
    for row in rows:
        for side in counts:
            counts[side][row["connection_id"]] = row[side]
    return counts


def _published_in(business: Business, period: Period) -> Q:
    start, end = period.moments(business.zone)
    return Q(published_at__gte=start, published_at__lt=end)


def _posts(
    business: Business, period: Period, counts: Mapping[int, int]
) -> dict[int, dict[str, int]]:
    """By connection: how many posts, and the sums of their last totals within ``period``."""
    _start, end = period.moments(business.zone)
    latest = PostSnapshot.objects.filter(delivery=OuterRef("pk"), taken_at__lt=end)
    sent = Delivery.objects.published().whole().filter(_published_in(business, period))
    newest = sent.filter(item__business=business).annotate(
        latest=Subquery(latest.order_by("-taken_at").values("pk")[:1])
    )
    rows: Iterable[Mapping[str, Any]] = (
        PostSnapshot.objects.filter(pk__in=newest.order_by().values("latest"))
        .order_by()
        .values(account=F("delivery__connection_id"))
        .annotate(**{f"sum_{name}": Sum(name) for name in OF_POSTS})
    )
    found = {pk: {"posts": number} for pk, number in counts.items() if number}
    for row in rows:
        sums = {name: row[f"sum_{name}"] for name in OF_POSTS}
        known = {name: value for name, value in sums.items() if value is not None}
        found.setdefault(row["account"], {}).update(known)
    return found

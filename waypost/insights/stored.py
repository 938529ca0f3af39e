"""What is known of every channel in two times, read in four queries.

A month's own number goes before the sum of its days: the network has counted each person once,
and who typed it has looked. A time that cuts a month through needs its days.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, Sum, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.models import Business
from waypost.insights.clicks import clicks_by_channel
from waypost.insights.levels import LEVELS, Key, Place, Told, last_levels, place_of
from waypost.insights.metrics import Kind, Metric
from waypost.insights.models import Reading
from waypost.insights.periods import Period
from waypost.insights.posted import posted_in, together
from waypost.insights.store import Holder

COUNTED = "counted"  # the source of what is summed up from posts
OF_POSTS = ("likes", "comments", "shares", "saves", "impressions", "views", "link_clicks")
BY_DAY = ("posts", "own_clicks")  # counted on their own days, not as of the end of the time


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
        note = "" if metric.key in BY_DAY else _("Of the posts of this time, as they stood.")
        return Found(Decimal(known[metric.key]), COUNTED, note=note)

    def _summed(self, metric: Metric, parts: Parts) -> Found:
        whole = self.period.whole_numbers
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
    found = zip(
        (now, before),
        _grouped(business, now, before),
        _levels(business, now, before),
        _posts(business, now, before),
        clicks_by_channel(business, now, before),
        strict=True,
    )
    return Stored(
        *(
            Side(period, _parts(sums), levels, _of_channels(posts, clicks))
            for period, sums, levels, posts, clicks in found
        )
    )


def _of_channels(
    posts: Mapping[int, Mapping[str, int]], clicks: Mapping[int, int]
) -> dict[int, dict[str, int]]:
    """By connection: posts, their totals, and clicks on short links, whenever those went out."""
    found = defaultdict(dict, {pk: dict(known) for pk, known in posts.items()})
    for pk, number in clicks.items():
        found[pk]["own_clicks"] = number
    return dict(found)


GROUPED = ("metric", "connection_id", "channel_id", "span", "month", "definition")
MonthSum = tuple[Any, ...]  # GROUPED, then the sum, how many readings, their source


def _grouped(business: Business, now: Period, before: Period) -> list[list[MonthSum]]:
    """Sums by month, for each of the two times.

    Whole months are read together, as they are; of a month that a time cuts through only
    the days within. Three queries at most.
    """
    periods = (now, before)
    whole = [period.whole_numbers for period in periods]
    rows = _month_totals(business, whole[0] | whole[1])
    return [
        [row for row in rows if row[4] in months] + _cut(business, period, months)
        for period, months in zip(periods, whole, strict=True)
    ]


def _month_totals(business: Business, months: frozenset[int]) -> list[MonthSum]:
    if not months:
        return []
    rows = business.month_totals.filter(month__in=months).exclude(metric__in=LEVELS)
    return list(rows.order_by().values_list(*GROUPED, "total", "number", "source"))


def _cut(business: Business, period: Period, whole: frozenset[int]) -> list[MonthSum]:
    cut = set(period.months) - whole
    if not cut:
        return []
    days = Q(span=Reading.Span.DAY, date__range=(period.first, period.last))
    return _month_sums(business, Q(month__in=cut) & (days | Q(span=Reading.Span.MONTH)))


def _month_sums(business: Business, wanted: Q) -> list[MonthSum]:
    rows = business.readings.filter(wanted).exclude(metric__in=LEVELS).order_by()
    sums = {"sum": Sum("value"), "number": Count("pk"), "told": Min("source")}
    return list(rows.values_list(*GROUPED).annotate(**sums))


def _parts(rows: Iterable[MonthSum]) -> dict[Key, dict[int, MonthPart]]:
    found: defaultdict[Key, dict[int, MonthPart]] = defaultdict(dict)
    for metric, connection, channel, span, month, definition, value, number, source in rows:
        months = found[place_of(connection, channel), metric]
        part = months.get(month)
        if part is None:
            part = months[month] = MonthPart(source=source)
        part.definitions.add(definition)
        if span == Reading.Span.MONTH:
            part.whole = value
        else:
            part.days = value if part.days is None else part.days + value
            part.counted += number
    return dict(found)


def _levels(business: Business, now: Period, before: Period) -> list[dict[Key, Found]]:
    """The last level until the end of each time; one from before its beginning is old."""
    told = last_levels(business, (now.last, before.last))
    return [
        {key: _level(each, period) for key, each in side.items()}
        for side, period in zip(told, (now, before), strict=True)
    ]


def _level(reading: Told, period: Period) -> Found:
    if reading.date < period.first:
        words = _("Last known on %(day)s, before this time.")
        return Found(None, reading.source, words % {"day": _day(reading.date)})
    return Found(reading.value, reading.source, definitions=frozenset({reading.definition}))


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _posts(business: Business, now: Period, before: Period) -> list[dict[int, dict[str, int]]]:
    """By connection, for each time: posts, and sums of their last totals within it; one query."""
    sums: dict[str, Any] = {f"sum_{key}": Sum(f"last__{key}") for key in OF_POSTS}
    rows = together(
        posts.annotate(side=Value(side))
        .values_list("side", "connection_id")
        .annotate(number=Count("pk"), **sums)
        for side, period in enumerate((now, before))
        for posts in posted_in(business, period)
    )
    found: list[dict[int, dict[str, int]]] = [{}, {}]
    for side, account, *numbers in rows:
        known = found[side].setdefault(account, {})
        for name, value in zip(("posts", *OF_POSTS), numbers, strict=True):
            if value is not None:
                known[name] = known.get(name, 0) + int(value)
    return found

"""What each channel did in a time, beside the time before: the one place to ask.

``channel_numbers(business, period, compared_with)`` answers a row for each channel. Every number
carries its reason where it is missing; a number whose meaning changed in between is not compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.insights.metrics import INTERACTIONS, METRICS, Kind, Metric, chosen
from waypost.insights.periods import Period
from waypost.insights.rates import RATIOS, Ratio, engagement_rate
from waypost.insights.store import Holder, holders
from waypost.insights.stored import Found, Stored, read_stored
from waypost.kit.figures import ZERO, Figure
from waypost.providers.metrics import change_between, gives


@dataclass(frozen=True)
class Number:
    """One metric now and before."""

    metric: Metric
    now: Figure
    before: Figure
    source: str = ""  # pulled | typed | imported | counted; empty where it is computed
    broken: str = ""  # why the two must not be compared, although both are known

    @property
    def change(self) -> Decimal | None:
        if self.broken or self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value

    @property
    def share(self) -> Figure:
        """The change as a share of the number before."""
        if self.change is None:
            return Figure(None, self.broken or self.now.reason or self.before.reason)
        if not self.before.value:
            return Figure(None, _("It was 0 before."))
        return Figure(self.change / abs(self.before.value))

    @property
    def is_new(self) -> bool:
        """It was 0 before, so that no share can be told."""
        return self.before.value == 0 and bool(self.now.value)

    @property
    def is_good(self) -> bool | None:
        """Whether the change is welcome; None where nothing changed, or nobody can say."""
        if not self.change or self.metric.is_neutral:
            return None
        return (self.change < 0) == self.metric.less_is_good


@dataclass(frozen=True)
class Rate:
    """A share or price now and before; shares change in percentage points."""

    ratio: Ratio
    now: Figure
    before: Figure
    broken: str = ""

    @property
    def change(self) -> Decimal | None:
        if self.broken or self.now.value is None or self.before.value is None:
            return None
        return self.now.value - self.before.value

    @property
    def is_good(self) -> bool | None:
        return None if not self.change else (self.change < 0) == self.ratio.less_is_good


SOURCES: Mapping[str, Promise] = {
    "pulled": gettext_lazy("Told by the network"),
    "typed": gettext_lazy("Typed by you"),
    "imported": gettext_lazy("From a file"),
    "counted": gettext_lazy("Counted by Waypost"),
}
"""What is said of :attr:`Number.source`."""

Known = Mapping[str, Decimal | None]


class _WithRates:
    """Rates out of ``numbers``, for a channel and for a total."""

    numbers: Mapping[str, Number]

    def rate(self, key: str) -> Rate:
        return self._rate(RATIOS[key])

    def engagement_rate(self, by: str = "") -> Rate:
        """By reach, impressions, views or followers; the definition is ``.ratio.label``."""
        return self._rate(engagement_rate(self.known_values("now"), by=by)[0])

    def known_values(self, when: str) -> Known:
        """``when``: now or before."""
        return self._values[when]

    @cached_property
    def _values(self) -> Mapping[str, Known]:
        numbers = self.numbers.items()
        return {
            "now": {key: number.now.value for key, number in numbers},
            "before": {key: number.before.value for key, number in numbers},
        }

    def _rate(self, ratio: Ratio) -> Rate:
        broken = [self.numbers[key].broken for key in (ratio.top, ratio.bottom)]
        words = next(filter(None, broken), "")
        return Rate(ratio, self._figure(ratio, "now"), self._figure(ratio, "before"), words)

    def _figure(self, ratio: Ratio, when: str) -> Figure:
        return ratio.of(self.known_values(when))


@dataclass(frozen=True)
class ChannelNumbers(_WithRates):
    """One channel with every metric of :data:`METRICS`, known or not."""

    holder: Holder
    numbers: Mapping[str, Number]

    @cached_property
    def chosen(self) -> tuple[Number, ...]:
        """What its plan asks for; without a plan, what is known."""
        channel = self.holder.channel
        keys = chosen(channel.metrics) if channel else ()
        return tuple(self.numbers[key] for key in keys) or self.known

    @cached_property
    def known(self) -> tuple[Number, ...]:
        """Everything that has a value now or before."""
        every = self.numbers.values()
        return tuple(n for n in every if n.now.value is not None or n.before.value is not None)

    @cached_property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Where its numbers come from: (in words, the metrics), the commonest first."""
        found: dict[str, list[str]] = {}
        for number in self.known:
            if number.source:
                found.setdefault(number.source, []).append(str(number.metric.label))
        ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
        return tuple((str(SOURCES[key]), ", ".join(labels)) for key, labels in ordered)

    @cached_property
    def shown(self) -> tuple[Number, ...]:
        """What the plan asks for, then whatever else is known."""
        return tuple(dict.fromkeys((*self.chosen, *self.known)))


@dataclass(frozen=True)
class Totals(_WithRates):
    """All channels together: only what may be added up."""

    numbers: Mapping[str, Number]
    rows: Sequence[ChannelNumbers]

    def _figure(self, ratio: Ratio, when: str) -> Figure:
        """Over the channels that know both numbers, so that like is divided by like."""
        if METRICS[ratio.bottom].kind is not Kind.SUM:
            return Figure(None, self.numbers[ratio.bottom].now.reason)
        known = [(row.holder.name, row.known_values(when)) for row in self.rows]
        both = [k for _name, k in known if None not in (k[ratio.top], k[ratio.bottom])]
        half = [n for n, k in known if (k[ratio.top] is None) != (k[ratio.bottom] is None)]
        sums = {
            key: sum((k[key] or ZERO for k in both), ZERO) if both else None
            for key in (ratio.top, ratio.bottom)
        }
        note = _("Without %(what)s.") % {"what": ", ".join(half)} if half and both else ""
        return replace(ratio.of(sums), note=note)


def channel_numbers(
    business: Business, period: Period, compared_with: Period | None = None
) -> tuple[ChannelNumbers, ...]:
    """Every channel of ``business`` in ``period``, beside ``compared_with`` (else the time
    before it, just as long); six queries for any number of channels.
    """
    stored = read_stored(business, period, compared_with or period.before)
    return tuple(_of_channel(holder, stored) for holder in holders(business))


def total(channels: Iterable[ChannelNumbers]) -> Totals:
    """Sums over ``channels``, an account that two of them name counted once."""
    rows: dict[object, ChannelNumbers] = {}
    for row in channels:
        rows.setdefault(row.holder.connection or row.holder.channel, row)
    each = list(rows.values())
    return Totals({key: _total(metric, each) for key, metric in METRICS.items()}, each)


def _total(metric: Metric, rows: Sequence[ChannelNumbers]) -> Number:
    numbers = [row.numbers[metric.key] for row in rows]
    if metric.kind is not Kind.SUM:
        why = _("It is not added up: one person may be counted in several channels.")
        return Number(metric, Figure(None, why), Figure(None, why))
    broken = next(filter(None, (number.broken for number in numbers)), "")
    now = _added([number.now for number in numbers])
    return Number(metric, now, _added([number.before for number in numbers]), broken=broken)


def _added(figures: Sequence[Figure]) -> Figure:
    known = [figure.value for figure in figures if figure.value is not None]
    if known:
        return Figure(sum(known, ZERO))
    return Figure(None, _("No channel has this number."))


class Silence:
    """Why numbers of one channel are missing; its words are looked up once for all of them."""

    def __init__(self, holder: Holder) -> None:
        self.network = holder.network
        self.not_told = _("%(network)s does not tell this number.") % {
            "network": holder.display.name
        }
        self.not_followed = _("None of its posts has a short link of yours that was followed.")
        self.not_kept = _("Nothing was measured or entered for this time.")

    def about(self, metric: Metric) -> str:
        if metric.key == "own_clicks":
            return self.not_followed
        return self.not_kept if gives(self.network, metric.key) else self.not_told


def _of_channel(holder: Holder, stored: Stored) -> ChannelNumbers:
    silence = Silence(holder)
    numbers = {key: _number(holder, metric, stored, silence) for key, metric in METRICS.items()}
    numbers["engagement"] = _interactions(numbers)
    return ChannelNumbers(holder, numbers)


def _interactions(numbers: Mapping[str, Number]) -> Number:
    """As the network tells them, else likes, comments, shares and saves, each where known."""
    told = numbers["engagement"]
    parts = [numbers[key] for key in INTERACTIONS]
    return replace(
        told,
        now=told.now if told.now.value is not None else _parts([p.now for p in parts]),
        before=told.before if told.before.value is not None else _parts([p.before for p in parts]),
        broken=told.broken or next(filter(None, (part.broken for part in parts)), ""),
    )


def _parts(figures: Sequence[Figure]) -> Figure:
    known = [figure for figure in figures if figure.value is not None]
    if known:
        notes = list(dict.fromkeys(figure.note for figure in known if figure.note))
        return Figure(sum((each.value or ZERO for each in known), ZERO), note=" ".join(notes))
    return Figure(None, next(figure.reason for figure in figures))


def _number(holder: Holder, metric: Metric, stored: Stored, silence: Silence) -> Number:
    now, before = stored.now.find(holder, metric), stored.before.find(holder, metric)
    return Number(
        metric,
        _figure(holder, metric, now, stored.now.period) if now else _empty(metric, silence),
        _figure(holder, metric, before, stored.before.period)
        if before
        else _empty(metric, silence),
        source=now.source if now else "",
        broken=_broken(holder, metric, stored) if _differ(now, before) else "",
    )


def _empty(metric: Metric, silence: Silence) -> Figure:
    return Figure(None, silence.about(metric))


def _figure(holder: Holder, metric: Metric, found: Found, period: Period) -> Figure:
    if len(found.definitions) > 1:
        change = change_between(holder.network, metric.key, period.first, period.last)
        return Figure(None, str(change.words) if change else _("Its meaning changed in this time."))
    return Figure(found.value, found.reason, found.note)


def _differ(now: Found | None, before: Found | None) -> bool:
    if now is None or before is None or not now.definitions or not before.definitions:
        return False
    return now.definitions != before.definitions


def _broken(holder: Holder, metric: Metric, stored: Stored) -> str:
    first, last = stored.before.period.first, stored.now.period.last
    change = change_between(holder.network, metric.key, first, last)
    return str(change.words) if change else _("Its meaning changed between the two times.")

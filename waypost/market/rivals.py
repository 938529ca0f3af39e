"""Our numbers beside those of the competitors, read at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property

from waypost.accounts.models import Business
from waypost.kit.figures import Figure
from waypost.market.channel_words import display_of
from waypost.market.models import ChannelReading, Competitor
from waypost.market.rivalry import Growth, Voice, engagement, growth, in_order, voice
from waypost.providers.display import Display

Series = Mapping[tuple[int | None, str], list[ChannelReading]]  # by competitor and network


@dataclass(frozen=True)
class Line:
    """One of those who are on a network; without ``competitor`` it is the business itself."""

    rank: int | None  # by followers
    name: str
    competitor: Competitor | None
    readings: list[ChannelReading]  # the newest last
    growth: Growth | None
    engagement: Figure

    @property
    def newest(self) -> ChannelReading:
        return self.readings[-1]

    @property
    def is_ours(self) -> bool:
        return self.competitor is None


@dataclass(frozen=True)
class Ranking:
    """Everybody who is on one network, the largest first."""

    network: str
    display: Display
    lines: list[Line]

    @property
    def ours(self) -> Line | None:
        return next((line for line in self.lines if line.is_ours), None)

    @property
    def days(self) -> set[dt.date]:
        return {each.date for line in self.lines for each in line.readings if each.followers}


@dataclass(frozen=True)
class Rivals:
    business: Business
    competitors: list[Competitor]
    series: Series

    @cached_property
    def rankings(self) -> list[Ranking]:
        """One for each network where somebody was counted, the most crowded first."""
        networks = dict.fromkeys(network for _pk, network in self.series if network)
        found = [self._ranking(network) for network in networks]
        return sorted(found, key=lambda each: (-len(each.lines), str(each.display.name)))

    def of(self, competitor: Competitor | None) -> dict[str, list[ChannelReading]]:
        """Readings of one of them by network; the number of mentions stands under ""."""
        key = competitor.pk if competitor else None
        return {network: rows for (pk, network), rows in self.series.items() if pk == key}

    @cached_property
    def voice(self) -> Voice:
        whose = [(self.business.name, None), *((each.name, each.pk) for each in self.competitors)]
        return voice([(name, *self._mentions(pk)) for name, pk in whose])

    def _mentions(self, pk: int | None) -> tuple[int | None, dt.date | None]:
        every = [each for (whose, _n), rows in self.series.items() if whose == pk for each in rows]
        counted = [each for each in every if each.mentions is not None]
        last = max(counted, key=lambda each: each.date, default=None)
        return (last.mentions, last.date) if last else (None, None)

    def _ranking(self, network: str) -> Ranking:
        whose: list[Competitor | None] = [None, *self.competitors]
        rows = [(each, self.series.get((each.pk if each else None, network), [])) for each in whose]
        there = [(each, readings) for each, readings in rows if readings]
        ranks = in_order([_followers(readings) for _each, readings in there])
        lines = [
            Line(
                rank,
                each.name if each else self.business.name,
                each,
                readings,
                growth(readings),
                engagement(readings[-1]),
            )
            for rank, (each, readings) in zip(ranks, there, strict=True)
        ]
        lines.sort(key=lambda line: (line.rank is None, line.rank or 0, not line.is_ours))
        return Ranking(network, display_of(network), lines)


def _followers(readings: list[ChannelReading]) -> int | None:
    return readings[-1].followers


def read(business: Business) -> Rivals:
    """Two queries, however many competitors and readings there are."""
    series: defaultdict[tuple[int | None, str], list[ChannelReading]] = defaultdict(list)
    for row in business.channel_readings.order_by("date", "pk"):
        series[row.competitor_id, row.network].append(row)
    return Rivals(business, list(business.competitors.all()), dict(series))

"""What somebody should notice about the plan: clashes, gaps, too few posts, another mix."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from waypost.connections.models import Connection
from waypost.content.calendar.reading import Entry, Page
from waypost.content.calendar.spans import DAYS_OF_A_WEEK, Week
from waypost.content.models import Kind
from waypost.market.models import Channel

SILENT_AFTER = 14  # days without a post
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Clash:
    """Several posts on one channel in the same minute."""

    connection: Connection
    at: datetime  # UTC
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Gap:
    """A stretch of days in which a channel of the plan says nothing."""

    channel: Channel
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class WeekCount:
    week: Week
    posts: int
    planned: Decimal | None

    @property
    def state(self) -> str:
        """``fewer``, ``enough`` or ``more`` than planned; empty without a plan."""
        if self.planned is None:
            return ""
        if self.posts < self.planned:
            return "fewer"
        return "more" if self.posts >= self.planned + max(Decimal(2), self.planned) else "enough"


@dataclass(frozen=True)
class Cadence:
    """One channel: what is planned for a week, and what stands in each."""

    channel: Channel
    planned: Decimal | None
    weeks: list[WeekCount]


@dataclass(frozen=True)
class Share:
    """One part of the mix; shares are parts of 1."""

    name: str
    posts: int
    share: float
    planned: float | None = None

    @property
    def words(self) -> str:
        told = {"name": self.name, "posts": self.posts, "percent": round(self.share * 100)}
        if self.planned is None:
            return _("%(name)s: %(posts)d (%(percent)d %%)") % told
        told["planned"] = round(self.planned * 100)
        return _("%(name)s: %(posts)d (%(percent)d %%, planned %(planned)d %%)") % told


@dataclass
class Notes:
    """Found in a page that shows everything: filters would make gaps out of what they hide."""

    page: Page

    @cached_property
    def _posts(self) -> dict[int, list[Entry]]:
        """Posts of the plan by the connection that they go to."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for entry in self.page.entries:
            if entry.counts:
                for connection in self.page.channels.get(entry.pk, ()):
                    found[connection].append(entry)
        return found

    @cached_property
    def clashes(self) -> list[Clash]:
        return [
            Clash(self.page.connections[connection], entries[0].due_at, tuple(entries))
            for connection, posts in self._posts.items()
            for entries in _by_minute(posts).values()
            if len(entries) > 1
        ]

    @property
    def clashing(self) -> frozenset[int]:
        return frozenset(entry.pk for clash in self.clashes for entry in clash.entries)

    @cached_property
    def _channels(self) -> list[Channel]:
        rows = self.page.business.channels.filter(connection__isnull=False)
        return [each for each in rows if each.connection_id in self.page.connections]

    @cached_property
    def weeks(self) -> list[Week]:
        return [Week(day) for day in self.page.span.days()[::DAYS_OF_A_WEEK]]

    @cached_property
    def cadence(self) -> list[Cadence]:
        return [self._cadence(channel) for channel in self._channels]

    def _cadence(self, channel: Channel) -> Cadence:
        posts = self._posts.get(channel.connection_id or 0, [])
        days = Counter(self.page.day_of(entry) for entry in posts)
        planned = planned_posts(channel)
        return Cadence(
            channel,
            planned,
            [
                WeekCount(week, sum(days[day] for day in week.days()), planned)
                for week in self.weeks
            ],
        )

    @cached_property
    def gaps(self) -> list[Gap]:
        """Channels with a plan that are silent for two weeks or more within the page."""
        drawn = self.page.span.days()
        return [
            Gap(channel, first, last)
            for channel in self._channels
            if planned_posts(channel)
            for first, last in _silences(self._days_of(channel), drawn[0], drawn[-1])
        ]

    def _days_of(self, channel: Channel) -> set[date]:
        posts = self._posts.get(channel.connection_id or 0, [])
        return {self.page.day_of(entry) for entry in posts}

    @cached_property
    def kinds(self) -> list[Share]:
        """Of the posts of the span itself, with what the channels plan."""
        counted = Counter(entry.kind for entry in self._own)
        planned = _planned_mix(self._channels)
        names = [kind for kind in Kind if counted[kind] or planned.get(kind)]
        shares = [
            Share(str(kind.label), counted[kind], _part(counted[kind], counted), planned.get(kind))
            for kind in names
        ]
        return sorted(shares, key=lambda each: -each.posts)

    def by_name(self, column: str, names: Mapping[int, str], none: str) -> list[Share]:
        """Shares of goals or personas: ``column`` of an entry, called by ``names``."""
        counted = Counter(getattr(entry, column) for entry in self._own)
        shares = [
            Share(names.get(key, none) if key else none, n, _part(n, counted))
            for key, n in counted.most_common()
        ]
        return shares if set(counted) - {None} else []

    @cached_property
    def _own(self) -> list[Entry]:
        own = {day for day in self.page.span.days() if self.page.span.holds(day)}
        day_of = self.page.day_of
        return [entry for entry in self.page.entries if entry.counts and day_of(entry) in own]


def planned_posts(channel: Channel) -> Decimal | None:
    """A week: what the channel says, or the sum of what it says about kinds."""
    if channel.posts_per_week is not None:
        return channel.posts_per_week
    mix = [Decimal(str(count)) for count in channel.content_mix.values()]
    return sum(mix, Decimal()) or None


def _by_minute(posts: Iterable[Entry]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in posts:
        found[int(entry.due_at.timestamp()) // 60].append(entry)
    return found


def _silences(busy: set[date], first: date, last: date) -> Iterator[tuple[date, date]]:
    """(first, last) day of each stretch of ``SILENT_AFTER`` days or more without a post."""
    edge = first
    for day in [*sorted(busy), last + _DAY]:
        if (day - edge).days >= SILENT_AFTER:
            yield edge, day - _DAY
        edge = day + _DAY


def _planned_mix(channels: Iterable[Channel]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for channel in channels:
        for kind, count in channel.content_mix.items():
            total[kind] += float(count)  # type: ignore[assignment]
    whole = sum(total.values())
    return {kind: count / whole for kind, count in total.items()} if whole else {}


def _part(count: int, of: Counter[str]) -> float:
    return count / (sum(of.values()) or 1)

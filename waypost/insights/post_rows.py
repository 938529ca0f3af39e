"""Posts of a time with their numbers as plain rows, and what they have in common.

Two queries for any number of posts; thousands are grouped here, since the day of the week and
the hour are those of the business's own clock.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from heapq import nlargest
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.models import Kind
from waypost.insights.clicks import PostKey, clicks_by_post
from waypost.insights.metrics import INTERACTIONS
from waypost.insights.periods import Period
from waypost.insights.posted import posted_in
from waypost.insights.rates import ENGAGEMENT_BY
from waypost.kit.figures import Figure
from waypost.publishing.models import Delivery

OWN = ("pk", "item_id", "item__kind", "connection_id")
AIMS = ("item__goal_id", "item__initiative__goal_id", "item__initiative_id", "item__persona_id")
TOTALS = ("saves", "reach", "impressions", "views")
READ = (*OWN, *AIMS, *(f"last__{key}" for key in (*INTERACTIONS, *TOTALS)))


class PostRow(NamedTuple):
    """One post on one channel; a number that is not known is None.

    A plain tuple, since a year of twenty accounts has ten thousand.
    """

    delivery: int
    item: int
    kind: str
    connection: int
    goal: int | None
    initiative: int | None
    persona: int | None
    at: datetime | None  # on the clock of the business; only where it was asked for
    interactions: int | None = None
    saves: int | None = None
    reach: int | None = None
    impressions: int | None = None
    views: int | None = None
    own_clicks: int | None = None


def read_posts(business: Business, period: Period, *, timed: bool = True) -> list[PostRow]:
    """What was published in ``period``, with its last totals within it; two queries.

    Clicks on short links are those within the time. ``timed`` reads the moments too, which
    takes half as long again.
    """
    moment = ("published_at",) if timed else ()
    rows = posted_in(business, period).order_by("-published_at", "-pk")
    clicks = clicks_by_post(business, period)
    zone = business.zone
    return [_row(row, zone, clicks) for row in rows.values_list(*READ, *moment)]


def _row(row: tuple[Any, ...], zone: ZoneInfo, clicks: Mapping[PostKey, int]) -> PostRow:
    """``row`` holds :data:`READ`, then perhaps the moment."""
    delivery, item, kind, connection, own_goal, goal, initiative, persona = row[:8]
    return PostRow(  # type: ignore[call-arg]  # mypy counts what a star may bring
        delivery,
        item,
        kind,
        connection,
        own_goal or goal,
        initiative,
        persona,
        row[16].astimezone(zone) if len(row) > 16 else None,
        _added(row[8:12]),
        *row[12:16],
        clicks.get((item, connection)),
    )


@dataclass(frozen=True)
class Group:
    """Posts that have something in common, as far as the time before needs it."""

    posts: int
    interactions: int | None


IN_ORDER = ("weekday", "hour")  # of time; the others stand by what one post brought
NOBODY = Group(0, None)
COLUMNS: Mapping[str, Any] = {
    "kind": F("item__kind"),
    "channel": F("connection_id"),
    "goal": Coalesce(F("item__goal_id"), F("item__initiative__goal_id")),
    "initiative": F("item__initiative_id"),
    "persona": F("item__persona_id"),
}


def read_groups(business: Business, period: Period, way: str) -> dict[Hashable, Group]:
    """The posts of ``period`` added up by ``way``, without fetching them where that goes; one
    or two queries.
    """
    if way in IN_ORDER:
        rows = _grouped(read_posts(business, period), KEYS[way])
        return {key: Group(len(found), total(found)) for key, found in rows.items()}
    sums = {key: Sum(f"last__{key}") for key in INTERACTIONS}
    groups = posted_in(business, period).order_by().annotate(group=COLUMNS[way])
    return {
        key: Group(posts, _added(values))
        for key, posts, *values in groups.values_list("group").annotate(n=Count("pk"), **sums)
    }


def together(groups: Iterable[Group]) -> Group:
    each = list(groups)
    return Group(sum(g.posts for g in each), _added(g.interactions for g in each))


def _added(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class Slice:
    """Posts that have something in common, beside those of the time before."""

    label: str
    posts: int
    interactions: int | None
    rate: Figure
    posts_before: int
    interactions_before: int | None

    @property
    def each(self) -> Figure:
        """Interactions of one post."""
        return _mean(self.interactions, self.posts)

    @property
    def each_before(self) -> Figure:
        return _mean(self.interactions_before, self.posts_before)

    @property
    def change(self) -> Decimal | None:
        """Of the interactions of one post."""
        now, before = self.each.value, self.each_before.value
        return None if now is None or before is None else now - before


def _mean(interactions: int | None, posts: int) -> Figure:
    if interactions is None or not posts:
        return Figure(None, _("No interactions are known."))
    return Figure(Decimal(interactions) / posts)


Key = Callable[[PostRow], Hashable]


@dataclass(frozen=True)
class Ways:
    """By what posts are told apart, with the words for each value."""

    goals: Mapping[int, str]
    initiatives: Mapping[int, str]
    personas: Mapping[int, str]
    channels: Mapping[int, str]

    @classmethod
    def of(cls, business: Business) -> "Ways":
        """Four queries."""
        return cls(
            dict(business.goals.values_list("pk", "title")),
            dict(business.initiatives.values_list("pk", "title")),
            dict(business.personas.values_list("pk", "name")),
            {each.pk: str(each) for each in business.connections.all()},
        )

    def words(self, way: str) -> Callable[[Any], str]:
        """What to call a group of ``way``, by what its posts have in common."""
        none = _("none chosen")
        kinds = {str(key): str(word) for key, word in Kind.choices}
        found: dict[str, Callable[[Any], str]] = {
            "kind": lambda key: kinds.get(key, str(key)),
            "channel": lambda key: self.channels.get(key, none),
            "goal": lambda key: self.goals.get(key, none),
            "initiative": lambda key: self.initiatives.get(key, none),
            "persona": lambda key: self.personas.get(key, none),
            "weekday": lambda key: str(WEEKDAYS[key]),
            "hour": lambda key: f"{key:02}:00–{key:02}:59",
        }
        return found[way]


def _at(row: PostRow) -> datetime:
    assert row.at, "read them with their moments"
    return row.at


KEYS: Mapping[str, Key] = {
    "kind": attrgetter("kind"),
    "channel": attrgetter("connection"),
    "goal": attrgetter("goal"),
    "initiative": attrgetter("initiative"),
    "persona": attrgetter("persona"),
    "weekday": lambda row: _at(row).weekday(),
    "hour": lambda row: _at(row).hour,
}


def sliced(
    ways: Ways, way: str, now: Sequence[PostRow], before: Mapping[Hashable, Group], *, by: str
) -> list[Slice]:
    """``now`` told apart by ``way``; ``by`` says what the engagement rate divides by."""
    word = ways.words(way)
    found = [
        (value, _slice(word(value), rows, before.get(value, NOBODY), by))
        for value, rows in _grouped(now, KEYS[way]).items()
    ]
    if way in IN_ORDER:
        return [each for _value, each in sorted(found, key=lambda pair: pair[0])]  # type: ignore[arg-type, return-value]
    return sorted((each for _value, each in found), key=lambda s: -(s.each.value or -1))


def _grouped(rows: Iterable[PostRow], key: Key) -> dict[Hashable, list[PostRow]]:
    groups: defaultdict[Hashable, list[PostRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


def _slice(label: str, rows: list[PostRow], before: Group, by: str) -> Slice:
    rate = rate_of(rows, by)
    return Slice(label, len(rows), total(rows), rate, before.posts, before.interactions)


def total(rows: Iterable[PostRow]) -> int | None:
    return _added(row.interactions for row in rows)


def usual_base(rows: Iterable[PostRow]) -> str:
    """What most of ``rows`` can be divided by: reach first, then impressions, then views."""
    posts = list(rows)
    return next(
        (
            key
            for key in ("reach", "impressions", "views")
            if any(getattr(row, key) is not None for row in posts)
        ),
        "reach",
    )


def rate_of(rows: Iterable[PostRow], by: str) -> Figure:
    """The ratio of the totals, over the posts that know both numbers."""
    base = attrgetter(by)
    known = [
        (row.interactions, base(row))
        for row in rows
        if row.interactions is not None and base(row) is not None
    ]
    if not known:
        return Figure(None, _("A number for it is not known."))
    values: dict[str, Decimal | None] = {
        "engagement": Decimal(sum(interactions for interactions, _of in known)),
        by: Decimal(sum(of for _interactions, of in known)),
    }
    return ENGAGEMENT_BY[by].of(values)


def best(
    rows: Iterable[PostRow], key: str = "interactions", number: int = 5
) -> list[tuple[PostRow, int]]:
    """The posts with the most interactions, or the most of one number; of equals the newer."""
    value = attrgetter(key)
    return [(row, value(row)) for row in nlargest(number, filter(value, rows), key=value)]


@dataclass(frozen=True)
class BestPost:
    """One line of a list of the best."""

    item: int
    title: str
    channel: str
    at: datetime
    value: int


def shown(lists: Mapping[str, list[tuple[PostRow, int]]], ways: Ways) -> dict[str, list[BestPost]]:
    """``lists`` with what a person reads; one query."""
    pks = {row.delivery for rows in lists.values() for row, _value in rows}
    told: dict[int, tuple[str, Any]] = {
        pk: (title, at)
        for pk, title, at in Delivery.objects.filter(pk__in=pks)
        .order_by()
        .values_list("pk", "item__title", "published_at")
    }
    return {
        name: [
            BestPost(
                row.item, told[row.delivery][0], ways.channels.get(row.connection, ""), at, value
            )
            for row, value in rows
            if (at := told[row.delivery][1])
        ]
        for name, rows in lists.items()
    }

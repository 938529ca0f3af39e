"""Posts of a time with their numbers as plain rows, and what they have in common.

Three queries for any number of posts; thousands are grouped here, since the day of the week and
the hour are those of the business's own clock.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.models import Kind
from waypost.insights.clicks import clicks_by_post
from waypost.insights.metrics import INTERACTIONS
from waypost.insights.models import PostSnapshot
from waypost.insights.periods import Period
from waypost.insights.rates import ENGAGEMENT_BY
from waypost.kit.figures import Figure
from waypost.publishing.models import Delivery

NUMBERS = (*INTERACTIONS, "reach", "impressions", "views", "link_clicks")


@dataclass(frozen=True)
class PostRow:
    """One post on one channel."""

    delivery: int
    item: int
    title: str
    kind: str
    goal: int | None
    initiative: int | None
    persona: int | None
    connection: int
    at: datetime  # on the clock of the business
    url: str
    numbers: Mapping[str, int]  # what is known

    @property
    def interactions(self) -> int | None:
        known = [self.numbers[key] for key in INTERACTIONS if key in self.numbers]
        return sum(known) if known else None


def read_posts(business: Business, period: Period) -> list[PostRow]:
    """What was published in ``period``, with its last totals within it; three queries.

    Clicks on short links are those within the time.
    """
    start, end = period.moments(business.zone)
    sent = (
        Delivery.objects.published()
        .whole()
        .filter(item__business=business, published_at__gte=start, published_at__lt=end)
    )
    latest = PostSnapshot.objects.filter(delivery=OuterRef("pk"), taken_at__lt=end)
    newest = sent.order_by().annotate(
        latest=Subquery(latest.order_by("-taken_at").values("pk")[:1])
    )
    totals = {
        row[0]: {
            key: value for key, value in zip(NUMBERS, row[1:], strict=True) if value is not None
        }
        for row in PostSnapshot.objects.filter(pk__in=newest.values("latest"))
        .order_by()
        .values_list("delivery_id", *NUMBERS)
    }
    rows: Iterable[tuple[Any, ...]] = (
        sent.annotate(of_goal=Coalesce(F("item__goal_id"), F("item__initiative__goal_id")))
        .order_by("-published_at", "-pk")
        .values_list(
            "pk",
            "item_id",
            "item__title",
            "item__kind",
            "of_goal",
            "item__initiative_id",
            "item__persona_id",
            "connection_id",
            "published_at",
            "remote_url",
        )
    )
    zone = business.zone
    clicks = clicks_by_post(business, period)
    found = []
    for row in rows:
        numbers = totals.get(row[0], {})
        followed = clicks.get((row[1], row[7]))
        found.append(
            _row(row, zone, numbers if followed is None else numbers | {"own_clicks": followed})
        )
    return found


def _row(row: tuple[Any, ...], zone: ZoneInfo, numbers: Mapping[str, int]) -> PostRow:
    *first, at, url = row
    values: tuple[Any, ...] = (*first, at.astimezone(zone), url, numbers)
    return PostRow(*values)


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

    def key_and_word(self, way: str) -> tuple[Key, Callable[[Any], str]]:
        none = _("none chosen")
        kinds = {str(key): str(word) for key, word in Kind.choices}
        found: dict[str, tuple[Key, Callable[[Any], str]]] = {
            "kind": (lambda row: row.kind, lambda key: kinds.get(key, str(key))),
            "channel": (lambda row: row.connection, lambda key: self.channels.get(key, none)),
            "goal": (lambda row: row.goal, lambda key: self.goals.get(key, none)),
            "initiative": (
                lambda row: row.initiative,
                lambda key: self.initiatives.get(key, none),
            ),
            "persona": (lambda row: row.persona, lambda key: self.personas.get(key, none)),
            "weekday": (lambda row: row.at.weekday(), lambda key: str(WEEKDAYS[key])),
            "hour": (lambda row: row.at.hour, lambda key: f"{key:02}:00–{key:02}:59"),
        }
        return found[way]


IN_ORDER = ("weekday", "hour")  # of time; the others stand by what one post brought


def sliced(
    ways: Ways, way: str, now: Sequence[PostRow], before: Sequence[PostRow], *, by: str
) -> list[Slice]:
    """``now`` told apart by ``way``; ``by`` says what the engagement rate divides by."""
    key, word = ways.key_and_word(way)
    groups, earlier = _grouped(now, key), _grouped(before, key)
    found = [
        (value, _slice(word(value), rows, earlier.get(value, []), by))
        for value, rows in groups.items()
    ]
    if way in IN_ORDER:
        return [each for _value, each in sorted(found, key=lambda pair: pair[0])]  # type: ignore[arg-type, return-value]
    return sorted((each for _value, each in found), key=lambda s: -(s.each.value or -1))


def _grouped(rows: Iterable[PostRow], key: Key) -> dict[Hashable, list[PostRow]]:
    groups: defaultdict[Hashable, list[PostRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return dict(groups)


def _slice(label: str, rows: list[PostRow], before: list[PostRow], by: str) -> Slice:
    return Slice(label, len(rows), total(rows), rate_of(rows, by), len(before), total(before))


def total(rows: Iterable[PostRow]) -> int | None:
    known = [row.interactions for row in rows if row.interactions is not None]
    return sum(known) if known else None


def usual_base(rows: Iterable[PostRow]) -> str:
    """What most of ``rows`` can be divided by: reach first, then impressions, then views."""
    posts = list(rows)
    return next(
        (key for key in ("reach", "impressions", "views") if any(key in r.numbers for r in posts)),
        "reach",
    )


def rate_of(rows: Iterable[PostRow], by: str) -> Figure:
    """The ratio of the totals, over the posts that know both numbers."""
    known = [row for row in rows if row.interactions is not None and by in row.numbers]
    if not known:
        return Figure(None, _("A number for it is not known."))
    values: dict[str, Decimal | None] = {
        "engagement": Decimal(sum(row.interactions or 0 for row in known)),
        by: Decimal(sum(row.numbers[by] for row in known)),
    }
    return ENGAGEMENT_BY[by].of(values)


def best(rows: Iterable[PostRow], key: str = "", number: int = 5) -> list[tuple[PostRow, int]]:
    """The posts with the most interactions, or the most of one number."""
    told = [(row, row.numbers.get(key) if key else row.interactions) for row in rows]
    known = [(row, value) for row, value in told if value]
    return sorted(known, key=lambda pair: -pair[1])[:number]

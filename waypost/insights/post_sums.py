"""Posts of a time added up by what they have in common; the database adds.

A year of twenty accounts has ten thousand posts, and a page shows a dozen sums of them.
"""

import operator
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.insights import clock
from waypost.insights.metrics import INTERACTIONS
from waypost.insights.periods import Period
from waypost.insights.posted import posted_in, together
from waypost.insights.rates import ENGAGEMENT_BY
from waypost.kit.figures import Figure

BASES = ("reach", "impressions", "views")  # what interactions of posts are divided by
COLUMNS: Mapping[str, Callable[[Business, Period], Any]] = {
    "kind": lambda _business, _period: F("item__kind"),
    "channel": lambda _business, _period: F("connection_id"),
    "goal": lambda _business, _period: Coalesce(F("item__goal_id"), F("item__initiative__goal_id")),
    "initiative": lambda _business, _period: F("item__initiative_id"),
    "persona": lambda _business, _period: F("item__persona_id"),
    "weekday": lambda business, period: clock.weekday("published_at", business.zone, period),
    "hour": lambda business, period: clock.hour("published_at", business.zone, period),
}
"""By the name of a way, in which column its groups differ."""


def interactions() -> Any:
    """Of one post: what is known of likes, comments, shares and saves; 0 where nothing is."""
    return reduce(operator.add, (Coalesce(F(f"last__{key}"), 0) for key in INTERACTIONS))


def _are_known() -> Q:
    return reduce(operator.or_, (Q(**{f"last__{key}__isnull": False}) for key in INTERACTIONS))


@dataclass(frozen=True)
class Sums:
    """Posts that have something in common, added up."""

    posts: int
    interactions: int | None  # None: no post told any
    shares: Mapping[str, tuple[int, int]]  # by base: both numbers of posts that know both

    def rate(self, by: str) -> Figure:
        """The ratio of the totals, over the posts that know both numbers."""
        if by not in self.shares:
            return Figure(None, _("A number for it is not known."))
        top, bottom = self.shares[by]
        values: dict[str, Decimal | None] = {"engagement": Decimal(top), by: Decimal(bottom)}
        return ENGAGEMENT_BY[by].of(values)

    @property
    def usual_base(self) -> str:
        """What these posts can be divided by: reach first, then impressions, then views."""
        return next((base for base in BASES if base in self.shares), BASES[0])


NONE = Sums(0, None, {})


def read_sums(business: Business, period: Period, way: str) -> dict[Hashable, Sums]:
    """By what the posts of ``period`` have in common in ``way``; one query."""
    column = COLUMNS[way](business, period)
    rows = together(
        posts.annotate(group=column).values_list("group").annotate(**_aggregates())
        for posts in posted_in(business, period)
    )
    found: dict[Hashable, Sums] = {}
    for group, *numbers in rows:
        found[group] = added((found.get(group, NONE), _sums(*numbers)))
    return found


def _aggregates() -> dict[str, Any]:
    known = _are_known()
    sums: dict[str, Any] = _counted(known)
    for base in BASES:
        both = known & Q(**{f"last__{base}__isnull": False})
        sums |= {
            f"top_{base}": Sum(interactions(), filter=both),
            f"of_{base}": Sum(f"last__{base}", filter=both),
        }
    return sums


def _counted(known: Q) -> dict[str, Any]:
    return {
        "number": Count("pk"),
        "known": Count("pk", filter=known),
        "sum": Sum(interactions(), filter=known),
    }


def _sums(posts: int, known: int, total: int | None, *shares: int | None) -> Sums:
    pairs = zip(BASES, shares[::2], shares[1::2], strict=False)  # none, where not asked for
    both = {
        base: (int(top), int(of)) for base, top, of in pairs if top is not None and of is not None
    }
    return Sums(posts, int(total or 0) if known else None, both)


def added(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    each = list(sums)
    known = [one.interactions for one in each if one.interactions is not None]
    shares: dict[str, tuple[int, int]] = {}
    for one in each:
        for base, (top, of) in one.shares.items():
            before = shares.get(base, (0, 0))
            shares[base] = before[0] + top, before[1] + of
    return Sums(sum(one.posts for one in each), sum(known) if known else None, shares)


Pairs = Mapping[tuple[int, int | None], Sums]  # by account and initiative; without shares


def read_pairs(business: Business, period: Period) -> Pairs:
    """The posts of ``period`` by account and initiative, both of them pks; one query."""
    rows = together(
        posts.values_list("connection_id", "item__initiative_id").annotate(**_counted(_are_known()))
        for posts in posted_in(business, period)
    )
    found: dict[tuple[int, int | None], Sums] = {}
    for account, initiative, *numbers in rows:
        pair = account, initiative
        found[pair] = added((found.get(pair, NONE), _sums(*numbers)))
    return found


def by_account(pairs: Pairs) -> dict[int, Sums]:
    accounts = dict.fromkeys(account for account, _initiative in pairs)
    return {
        each: added(sums for (account, _), sums in pairs.items() if account == each)
        for each in accounts
    }


def by_initiative(pairs: Pairs) -> dict[int | None, Sums]:
    initiatives = dict.fromkeys(initiative for _account, initiative in pairs)
    return {
        each: added(sums for (_, initiative), sums in pairs.items() if initiative == each)
        for each in initiatives
    }

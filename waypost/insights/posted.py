"""The posts of a time with their last totals within it, as queries to build on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, FilteredRelation, Lookup, Q, QuerySet, Subquery
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.insights.models import newest_pk
from waypost.insights.periods import Period
from waypost.publishing.models import Delivery

Posts = QuerySet[Delivery, Any]


def posted_in(business: Business, period: Period) -> list[Posts]:
    """Published within ``period``; ``last`` are their last totals of then, where there are any.

    No post is in two of the queries, and :func:`together` makes them one. The first has those
    whose newest totals are the ones asked for. After the time is over there is a second, of
    posts that were counted again since: it looks up the snapshot that was the last one then. A
    post is found by its account, so that no item is looked at.
    """
    start, end = period.moments(business.zone)
    posts = (
        Delivery.objects.published()
        .whole()
        .filter(
            published_at__gte=start,
            published_at__lt=end,
            connection__in=business.connections.values("pk"),
        )
        .order_by()
    )
    newest = posts.annotate(last=FilteredRelation("last_totals"))
    if end > timezone.now():
        return [newest]
    later = posts.filter(last_totals__taken_at__gte=end)
    return [
        newest.filter(Q(last__taken_at__lt=end) | Q(last=None)),
        later.annotate(last=FilteredRelation("snapshots", condition=_then(later, end))),
    ]


def _then(later: Posts, end: datetime) -> Q:
    """Which snapshot was the last one before ``end``, looked up post by post."""
    newest = newest_pk(end)
    if connection.vendor == "postgresql":
        wanted = Subquery(later.annotate(then=newest).values("then"))
        return Q(snapshots__pk__among=wanted)
    return Q(snapshots__pk=newest)


@BigAutoField.register_lookup
class Among(Lookup):
    """``pk__among=Subquery(…)``: as ``pk__in``, but asked once and before anything else.

    So PostgreSQL sees how few rows are wanted; otherwise it reads every snapshot there is.
    """

    lookup_name = "among"

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        lhs, lhs_values = self.process_lhs(compiler, connection)
        rhs, rhs_values = self.process_rhs(compiler, connection)
        return f"{lhs} = ANY(ARRAY{rhs})", [*lhs_values, *rhs_values]


def together(queries: Iterable[Posts]) -> Any:
    """The rows of all ``queries`` as one; each must choose the same values."""
    first, *others = queries
    return first.union(*others, all=True) if others else first

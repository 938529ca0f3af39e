"""The posts of a time with their last totals within it, as one query to build on."""

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery

from waypost.accounts.models import Business
from waypost.insights.models import PostSnapshot
from waypost.insights.periods import Period
from waypost.publishing.models import Delivery


def posted_in(business: Business, period: Period) -> "QuerySet[Delivery, Delivery]":
    """Published within ``period``; ``last`` is the newest snapshot of then, where there is one.

    A post is found by its account, so that no item is looked at.
    """
    start, end = period.moments(business.zone)
    newest = PostSnapshot.objects.filter(delivery=OuterRef("pk"), taken_at__lt=end)
    last = Subquery(newest.order_by("-taken_at").values("pk")[:1])
    return (
        Delivery.objects.published()
        .whole()
        .filter(
            published_at__gte=start,
            published_at__lt=end,
            connection__in=business.connections.values("pk"),
        )
        .annotate(last=FilteredRelation("snapshots", condition=Q(snapshots__pk=last)))
    )

"""Links that show the roadmap to somebody without an account, for a while."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.goals.models import RoadmapLink
from waypost.kit.doors import check_days
from waypost.kit.tokens import fingerprint, new_token


def create_link(business: Business, *, days: int, by: User) -> tuple[RoadmapLink, str]:
    """A new link and its token, which is told here once and kept nowhere.

    Raises ``ValueError`` for ``days`` that nobody offers.
    """
    check_days(days)
    token = new_token()
    link = RoadmapLink.objects.create(
        business=business,
        token_hash=fingerprint(token),
        expires_at=timezone.now() + dt.timedelta(days=days),
        created_by=by,
    )
    return link, token


def active_links(business: Business) -> QuerySet[RoadmapLink]:
    """Links that open the roadmap now."""
    rows = business.roadmap_links.filter(revoked_at=None, expires_at__gt=timezone.now())
    return rows.select_related("created_by")


def revoke(link: RoadmapLink) -> None:
    """The link opens nothing from now on."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def find(token: str) -> Business | None:
    """The business whose roadmap ``token`` opens; None when it is unknown, over or revoked."""
    rows = RoadmapLink.objects.select_related("business")
    link = rows.filter(
        token_hash=fingerprint(token), revoked_at=None, expires_at__gt=timezone.now()
    ).first()
    return link.business if link else None

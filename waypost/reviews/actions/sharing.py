"""Links that show one report to somebody without an account, for a while."""

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from waypost.accounts.models import User
from waypost.reviews.content import Content, of_report, of_version
from waypost.reviews.models import Report, ReportLink

LASTS = (7, 30, 90)  # days


def create_link(report: Report, *, days: int, by: User) -> tuple[ReportLink, str]:
    """A new link and its token, which is told here once and kept nowhere.

    ``days`` is one of ``LASTS``, else ``ValueError``.
    """
    if days not in LASTS:
        raise ValueError(f"a link lasts {LASTS} days, not {days}")
    token = secrets.token_urlsafe(24)
    link = ReportLink.objects.create(
        report=report,
        token_hash=hash_of(token),
        expires_at=timezone.now() + dt.timedelta(days=days),
        created_by=by,
    )
    return link, token


def hash_of(token: str) -> str:
    """SHA-256 in hex; the token is too random to be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def revoke_link(link: ReportLink) -> None:
    """The link opens nothing from now on."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def find_shared(token: str) -> Report | None:
    """The report that ``token`` opens; None when it is unknown, over or taken back."""
    rows = ReportLink.objects.open().select_related("report__business")
    link = rows.filter(token_hash=hash_of(token)).first()
    return link.report if link else None


def shared_content(report: Report) -> Content:
    """What was signed last; of a report that nobody signed, what stands there now."""
    version = report.versions.select_related("report__business").first()
    return of_version(version) if version else of_report(report)

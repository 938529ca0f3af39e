"""Links that show one report to somebody without an account, for a while."""

import datetime as dt

from django.utils import timezone

from waypost.accounts.models import User
from waypost.kit.doors import check_days
from waypost.kit.tokens import fingerprint, new_token
from waypost.reviews.content import Content, of_report, of_version
from waypost.reviews.models import Report, ReportLink


def create_link(report: Report, *, days: int, by: User) -> tuple[ReportLink, str]:
    """A new link and its token, which is told here once and kept nowhere.

    Raises ``ValueError`` for ``days`` that nobody offers.
    """
    check_days(days)
    token = new_token()
    link = ReportLink.objects.create(
        report=report,
        token_hash=fingerprint(token),
        expires_at=timezone.now() + dt.timedelta(days=days),
        created_by=by,
    )
    return link, token


def revoke_link(link: ReportLink) -> None:
    """The link opens nothing from now on."""
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def find_shared(token: str) -> Report | None:
    """The report that ``token`` opens; None when it is unknown, over or taken back."""
    rows = ReportLink.objects.open().select_related("report__business")
    link = rows.filter(token_hash=fingerprint(token)).first()
    return link.report if link else None


def shared_content(report: Report) -> Content:
    """What was signed last; of a report that nobody signed, what stands there now."""
    version = report.versions.select_related("report__business").first()
    return of_version(version) if version else of_report(report)

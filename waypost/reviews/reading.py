"""What others ask of reports: the answers of the newest one."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.reviews.content import of_version
from waypost.reviews.models import WEEKS, Version
from waypost.reviews.questions import ASKS


@dataclass(frozen=True)
class Review:
    """The four answers of a signed report, each beside its question."""

    period: str
    signed_name: str
    signed_date: dt.date
    answers: tuple[tuple[str, str], ...]


def newest_review(business: Business) -> Review | None:
    """Of the latest period that was asked all four questions; None while nothing is signed."""
    rows = Version.objects.filter(report__business=business).select_related("report__business")
    for version in rows.order_by("-report__last_date", "-report", "-number"):
        if version.report.last_date - version.report.first_date > WEEKS:
            return _review(version)
    return None


def _review(version: Version) -> Review:
    content = of_version(version)
    return Review(
        period=content.period,
        signed_name=version.signed_name,
        signed_date=timezone.localdate(version.signed_at, version.report.business.zone),
        answers=tuple((str(ask), content.answer(key)) for key, ask in ASKS.items()),
    )

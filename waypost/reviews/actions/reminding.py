"""Who is reminded of a report: weekly a light one, monthly the full one."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.insights.periods import Period
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind
from waypost.publishing.models import Delivery
from waypost.reviews.times import is_month, last_month, last_week, period_words

MORNING = 8  # hour of the business
REMINDED_ON = 3  # days; a worker that stood still on the first may say it later


def remind(now: dt.datetime) -> None:
    """Tell owners of the month, and of the week, of which nobody has begun a report yet.

    Each period is told once. A business that published nothing in it has nothing to report,
    and where the month is due the week waits.
    """
    for business in Business.objects.filter(is_demo=False):
        local = now.astimezone(business.zone)
        if local.hour >= MORNING:
            _remind(business, local.date())


def _remind(business: Business, today: dt.date) -> None:
    period = next(_over(today), None)
    if period is None or business.reports.about(period).exclude(created_by=None).exists():
        return
    if _published(business, period):
        _tell(business, period)


def _over(today: dt.date) -> Iterator[Period]:
    """Periods that ended a moment ago, the most important first."""
    if today.day <= REMINDED_ON:
        yield last_month(today)
    if today.isoweekday() == 1:
        yield last_week(today)


def _published(business: Business, period: Period) -> bool:
    start, end = period.moments(business.zone)
    posts = Delivery.objects.filter(
        item__business=business, published_at__gte=start, published_at__lt=end
    )
    return posts.exists()


def _tell(business: Business, period: Period) -> None:
    with override(business.language):
        words, why = period_words(period), _how_long(period)
    tell(
        User.objects.filter(memberships__business=business, memberships__role=Role.OWNER),
        Kind.REPORT,
        business=business,
        key=f"report:{period.first}:{period.last}",
        url=reverse("reviews:list", args=[business.slug]),
        thing=words,
        why=why,
    )


def _how_long(period: Period) -> str:
    if is_month(period):
        return _("Four questions wait beside the numbers of the month. Fifteen minutes are enough.")
    return _("Only two questions: what came out of the week, and what is next. Five minutes.")

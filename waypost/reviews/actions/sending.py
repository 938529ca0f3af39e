"""The report that goes out by itself, once a month, to people who chose it."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import Business, User
from waypost.insights.periods import Period
from waypost.notices.actions import tell, wanted
from waypost.notices.kinds import Kind
from waypost.reviews.actions.reports import start
from waypost.reviews.letter import key_of
from waypost.reviews.models import Report
from waypost.reviews.times import last_month, period_words

MORNING = 8  # hour of the business
DAYS = range(2, 6)  # of the month: the last numbers of the old one are there, and late is better


def send_reports(now: dt.datetime) -> None:
    """Tell who chose it that the month's report is there; of each month once.

    Where nobody has written one, it is begun here, with its numbers and without answers.
    A business in which nobody chose it is left alone.
    """
    for business in Business.objects.filter(is_demo=False):
        local = now.astimezone(business.zone)
        if local.day in DAYS and local.hour >= MORNING:
            _send(business, last_month(local.date()))


def _send(business: Business, period: Period) -> None:
    people = readers(business)
    if people:
        _tell(start(business, period, by=None), people)


def readers(business: Business) -> list[User]:
    """Members who want the report in any way; nobody does who never said so."""
    members = User.objects.filter(memberships__business=business, is_active=True)
    ways = wanted(members, Kind.REPORT_OUT)
    return [person for person in members if ways[person.pk]]


def _tell(report: Report, people: list[User]) -> None:
    business = report.business
    with override(business.language):
        words = period_words(report.period)
        draft = _("Nobody has signed it yet: answers may be missing, and numbers may still change.")
    tell(
        people,
        Kind.REPORT_OUT,
        business=business,
        key=key_of(report),
        url=reverse("reviews:report", args=[business.slug, report.pk]),
        thing=words,
        why="" if report.versions.exists() else draft,
    )

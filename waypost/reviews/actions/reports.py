"""Starting a report, answering its questions, counting it anew, signing it."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.insights.periods import Period
from waypost.kit.errors import Refusal
from waypost.reviews.actions.lines import follow
from waypost.reviews.figures import packed
from waypost.reviews.gathering import gather
from waypost.reviews.models import Report, Version
from waypost.reviews.questions import LEADS_TO_TASKS

LONGEST = dt.timedelta(days=366)


def start(business: Business, period: Period, *, by: User | None) -> Report:
    """The report of ``period`` with its numbers of now; the one there is, if there is one.

    Raises ``Refusal`` (field ``to``) for a time that has not ended or is longer than a year.
    """
    today = timezone.localdate(timezone=business.zone)
    if period.last >= today:
        words = _("A report looks back: choose a last day before today.")
        raise Refusal(words, field="to")
    if period.last - period.first > LONGEST:
        raise Refusal(_("A report holds a year at most. Choose a shorter time."), field="to")
    report, _new = Report.objects.get_or_create(
        business=business,
        first_date=period.first,
        last_date=period.last,
        defaults={
            "figures": packed(gather(business, period, today=today)),
            "figures_at": timezone.now(),
            "created_by": by,
            "updated_by": by,
        },
    )
    return report


@transaction.atomic
def answer(report: Report, changes: Mapping[str, str], *, by: User | None) -> None:
    """Keep ``changes`` of the answers; what was signed stays as it was."""
    for name, value in changes.items():
        if name in LEADS_TO_TASKS:
            follow(report, name, value)
        setattr(report, name, value)
    report.updated_by, report.has_changes = by, True
    report.save(update_fields=[*changes, "updated_by", "updated_at", "has_changes"])


def count_anew(report: Report, *, by: User | None) -> None:
    """Take the numbers as they are known now."""
    today = timezone.localdate(timezone=report.business.zone)
    report.figures = packed(gather(report.business, report.period, today=today))
    report.figures_at = timezone.now()
    report.updated_by, report.has_changes = by, True
    report.save()


@transaction.atomic
def sign(report: Report, *, by: User) -> Version:
    """Keep answers and numbers as a version in the name of ``by``.

    Raises ``Refusal`` while a question is open, and when nothing changed since it was signed.
    """
    kept = Report.objects.select_for_update().get(pk=report.pk)
    if not kept.has_changes:
        raise Refusal(_("Nothing has changed since this report was signed."))
    if any(not getattr(kept, question).strip() for question in kept.asked):
        raise Refusal(_("Answer every question before you sign: a few words are enough."))
    highest = kept.versions.aggregate(last=Max("number"))["last"] or 0
    version = kept.versions.create(
        number=highest + 1,
        content={"answers": kept.answers, "figures": kept.figures},
        signed_by=by,
        signed_name=str(by)[:120],
        signed_at=timezone.now(),
    )
    Report.objects.filter(pk=kept.pk).update(has_changes=False)
    report.has_changes = False
    return version


def remove(report: Report) -> None:
    """Throw a report away that nobody signed; its tasks stay. Raises ``Refusal`` for others."""
    if report.versions.exists():
        raise Refusal(_("A signed report is kept."))
    report.delete()

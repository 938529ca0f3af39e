"""What a report says at one time: as it is being written, or as it was signed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.board.models import Task
from waypost.insights.periods import Period
from waypost.reviews.figures import Figures
from waypost.reviews.gathering import gather
from waypost.reviews.models import Report, Verdict, Version, lines_of
from waypost.reviews.questions import ASKS, LEADS_TO_TASKS, NEXT
from waypost.reviews.times import last_month, period_words


@dataclass(frozen=True)
class Content:
    """Everything the chapters are made of; ``figures`` is None in a template to fill in."""

    business: Business | None
    figures: Figures | None
    answers: Mapping[str, str]
    asked: tuple[str, ...]
    date: dt.date
    version: str = ""
    tasks: Mapping[tuple[str, str], Task] | None = None  # by question and line

    @property
    def period(self) -> str:
        if self.figures is None:
            return ""
        return period_words(Period(self.figures.first, self.figures.last))

    @property
    def currency(self) -> str:
        return self.figures.currency if self.figures else ""

    def answer(self, question: str) -> str:
        """In words; the verdict on the strategy and its reason are one answer."""
        text = self.answers.get(question, "")
        if question != "effective" or not text:
            return text
        why = self.answers.get("effective_why", "")
        verdict = str(Verdict(text).label)
        return f"{verdict}. {why}" if why else f"{verdict}."

    def lines(self, question: str) -> list[str]:
        return lines_of(self.answers.get(question, ""))

    def task(self, question: str, line: str) -> Task | None:
        return (self.tasks or {}).get((question, line))


def of_report(report: Report) -> Content:
    """As it is now; one query for its tasks, one for its last version."""
    signed = report.last_version
    return Content(
        report.business,
        report.numbers,
        report.answers,
        report.asked,
        timezone.localdate(report.figures_at, report.business.zone),
        _version_words(report, signed),
        _tasks(report),
    )


def of_version(version: Version) -> Content:
    report = version.report
    return Content(
        report.business,
        version.numbers,
        version.answers,
        report.asked,
        timezone.localdate(version.signed_at, report.business.zone),
        signed_words(version),
        _tasks(report),
    )


def newest(business: Business, *, today: dt.date) -> Content:
    """Of the newest report; where none was written yet, the numbers of the month before."""
    report = business.reports.select_related("business").first()
    if report is not None:
        return of_report(report)
    figures = gather(business, last_month(today), today=today)
    return Content(business, figures, {}, tuple(ASKS), today, _("Draft"))


def blank(business: Business | None, *, today: dt.date) -> Content:
    return Content(business, None, {}, tuple(ASKS), today, _("Template to fill in"))


def signed_words(version: Version) -> str:
    words = _("Version %(number)s, signed by %(name)s")
    return words % {"number": version.number, "name": version.signed_name}


def _version_words(report: Report, signed: Version | None) -> str:
    if signed is None:
        return _("Draft")
    if report.has_changes:
        return _("Draft after version %(number)s") % {"number": signed.number}
    return signed_words(signed)


def _tasks(report: Report) -> dict[tuple[str, str], Task]:
    rows = report.tasks.select_related("task__assignee")
    return {(row.question, row.text): row.task for row in rows}


def things_to_do(content: Content) -> list[tuple[str, str, Task | None]]:
    """(question, line, its task): what is next, then what can be better."""
    asked = (question for question in (NEXT, *LEADS_TO_TASKS) if question in content.asked)
    return [
        (question, line, content.task(question, line))
        for question in dict.fromkeys(asked)
        for line in content.lines(question)
    ]

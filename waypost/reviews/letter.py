"""The report in a mail: what fits a phone, with the whole of it as PDF."""

import datetime as dt

from django.utils.translation import gettext as _

from waypost.documents.rendering import MIMES
from waypost.documents.values import (
    Callout,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Part,
    Question,
)
from waypost.kit.screen import status_word
from waypost.notices.enclosures import Attached, Enclosure, fill
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice
from waypost.reviews import export
from waypost.reviews.assembled import head
from waypost.reviews.chapters import TITLES, sentence, summary
from waypost.reviews.content import Content, of_report, of_version, things_to_do
from waypost.reviews.figures import Figures, GoalFigures
from waypost.reviews.models import Report
from waypost.reviews.proposing import words
from waypost.reviews.questions import ASKS, EFFECTIVE, RESULT
from waypost.reviews.times import month_of
from waypost.reviews.words import number, share, with_unit

OUT = "report-out"


def fill_mails() -> None:
    fill(Kind.REPORT_OUT, enclosure)


def key_of(report: Report) -> str:
    """Names the event that the report of a month is there."""
    return f"{OUT}:{report.first_date}"


def enclosure(notice: Notice) -> Enclosure | None:
    """The report of the month that ``notice`` names; None when somebody has removed it."""
    month = month_of(dt.date.fromisoformat(notice.key.removeprefix(f"{OUT}:")))
    report = notice.business.reports.about(month).select_related("business").first()
    if report is None:
        return None
    content = _shown(report)
    name = f"{notice.business.slug}-report-{month.first:%Y-%m}.pdf"
    file = Attached(name, export.write(content, "pdf"), MIMES["pdf"])
    return Enclosure(short(content), _("Open report"), (file,))


def _shown(report: Report) -> Content:
    """As it was signed; what is being written after that waits for its signature."""
    signed = report.last_version
    return of_version(signed) if signed else of_report(report)


def short(content: Content) -> Document:
    """The chapters in a sentence or a line each; the numbers are those of the report."""
    figures = content.figures
    parts: list[Part] = []
    if figures:
        parts = [summary(figures), *_aims(figures), *_channels(content, figures)]
    asked = _asked(content, EFFECTIVE)
    parts += [Heading(str(TITLES["why"])), *asked] if asked else []
    parts += _coming(content, figures)
    parts.append(Paragraph(_("The whole report is attached as PDF."), quiet=True))
    return Document(head(content), tuple(parts))


def _aims(figures: Figures) -> list[Part]:
    if not figures.goals:
        return []
    facts = tuple(Fact(goal.title, _goal(goal)) for goal in figures.goals)
    return [Heading(str(TITLES["aims"])), Facts(facts)]


def _goal(goal: GoalFigures) -> str:
    status = status_word(goal.status)
    if goal.value is None:
        return status
    told = {
        "value": number(goal.value),
        "target": with_unit(goal.target, goal.unit),
        "progress": share(goal.progress, 1),
        "plan": share(goal.expected, 1),
    }
    way = _("%(value)s, target %(target)s; %(progress)s of the way, %(plan)s planned") % told
    return f"{status}: {way}"


def _asked(content: Content, question: str) -> list[Part]:
    answer = content.answer(question)
    return [Question(str(ASKS[question]), answer)] if answer else []


def _channels(content: Content, figures: Figures) -> list[Part]:
    asked = _asked(content, RESULT)
    if not figures.channels:
        empty = Paragraph(_("No channel has numbers of this time yet."), quiet=True)
        return [Heading(str(TITLES["channels"])), *asked, empty]
    facts = tuple(Fact(each.name, sentence(each)) for each in figures.channels)
    return [Heading(str(TITLES["channels"])), *asked, Facts(facts)]


def _coming(content: Content, figures: Figures | None) -> list[Part]:
    todo = tuple(line for _question, line, _task in things_to_do(content))
    parts: list[Part] = [Heading(str(TITLES["next"])), Items(todo)] if todo else []
    if figures and figures.proposed:
        reasons = tuple(words(each).reason for each in figures.proposed)
        parts.append(Callout(_("What Waypost proposes"), reasons))
    return parts

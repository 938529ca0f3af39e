"""Lines of answers that become tasks on the board."""

import datetime as dt
from difflib import SequenceMatcher

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.board import actions as board
from waypost.board.models import Task
from waypost.kit.errors import Refusal
from waypost.reviews.models import Line, Report, lines_of
from waypost.reviews.questions import LEADS_TO_TASKS

ALIKE = 0.6  # of the letters: still the same thing to do, in other words
TITLE = 200


@transaction.atomic
def make_task(
    report: Report,
    *,
    question: str,
    text: str,
    by: User,
    assignee: User | None = None,
    due_date: dt.date | None = None,
) -> Task:
    """Put one line of an answer on the board; the task and the report know each other.

    Raises ``Refusal`` when the line is not there any more, or has its task already.
    """
    if question not in LEADS_TO_TASKS or text not in report.lines(question):
        raise Refusal(_("This line was changed meanwhile. Look at it once more."))
    if report.tasks.filter(question=question, text=text).exists():
        raise Refusal(_("This line is on the board already."))
    task = board.add_card(
        report.business,
        by=by,
        title=text[:TITLE],
        description=text if len(text) > TITLE else "",
        assignee=assignee,
        due_date=due_date,
    )
    Line.objects.create(report=report, question=question, text=text, task=task)
    path = reverse("reviews:report", args=[report.business.slug, report.pk])
    title = _("Report: %(period)s") % {"period": report}
    board.link(task, key=f"reviews/report/{report.pk}", title=title, path=path, by=by)
    return task


def follow(report: Report, question: str, text: str) -> None:
    """Lines that are only worded anew keep their task."""
    new = lines_of(text)
    rows = list(report.tasks.filter(question=question))
    free = [line for line in new if line not in {row.text for row in rows}]
    for row in rows:
        if row.text not in new and (line := _like(row.text, free)):
            free.remove(line)
            row.text = line
            row.save(update_fields=["text"])


def _like(text: str, lines: list[str]) -> str | None:
    alike = {line: SequenceMatcher(None, text, line).ratio() for line in lines}
    best = max(alike, key=lambda line: alike[line], default=None)
    return best if best is not None and alike[best] >= ALIKE else None

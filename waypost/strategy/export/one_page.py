"""The ten core questions on one sheet of A4."""

import datetime as dt

from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.documents.values import Letterhead, OnePage, Question
from waypost.goals.actions import today_of
from waypost.strategy import onepage
from waypost.strategy.models import Answer
from waypost.strategy.sections import BY_KEY
from waypost.strategy.values import day_words

PERIOD = "goals.period"
BLANK_LINES = 7  # for each answer; the page takes as many as fit


def one_page(business: Business) -> OnePage:
    """A person's own words where there are any, else what the other sections say."""
    told = onepage.one_page(business)
    covered = period(business.answers.filter(key=PERIOD).first())
    head = Letterhead(title(), business.name, today_of(business), covered)
    rest = _("Some answers are shortened here. The strategy has them in full.")
    return OnePage(head, questions(told), rest)


def blank(business: Business | None, today: dt.date) -> OnePage:
    head = Letterhead(title(), business.name if business else "", today)
    asked = tuple(
        Question(str(each.ask), tip=example(str(each.example))) for each in BY_KEY["core"].questions
    )
    return OnePage(head, asked, room=BLANK_LINES)


def title() -> str:
    return _("Strategy on one page")


def example(words: str) -> str:
    return _("For example: %(words)s") % {"words": words} if words else ""


def questions(told: onepage.OnePage) -> tuple[Question, ...]:
    """Those that matter for the business, answered or not."""
    return tuple(
        Question(str(each.question.ask), each.text) for each in told.told if not each.not_relevant
    )


def period(answer: Answer | None) -> str:
    """The time that the strategy covers, if somebody said it."""
    value = answer.value if answer else {}
    days = [day_words(value[name]) for name in ("start", "end") if value.get(name)]
    return " – ".join(days)

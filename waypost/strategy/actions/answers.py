"""Verbs on answers and on what is asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.strategy.models import Answer, AnswerText, OwnQuestion, State
from waypost.strategy.questions import Section

SITTING = timedelta(minutes=15)
"""Savings of one person that follow each other this fast are one text in the history."""

OWN_QUESTIONS = 50  # of one business


@transaction.atomic
def save_answer(
    business: Business,
    key: str,
    *,
    value: Mapping[str, Any],
    state: str,
    by: User,
    going_on: bool = True,
) -> Answer:
    """Store what ``by`` says to the question ``key`` (section.question), and what it was.

    ``going_on`` says that it may replace what the same person said a moment ago.
    """
    now = timezone.now()
    answer, _new = business.answers.update_or_create(
        key=key,
        defaults={"value": dict(value), "state": state, "updated_by": by, "updated_at": now},
    )
    _remember(answer, now, going_on=going_on)
    return answer


def _remember(answer: Answer, now: datetime, *, going_on: bool) -> None:
    last = answer.texts.first()
    same = last and last.author_id == answer.updated_by_id and now - last.saved_at < SITTING
    if last and same and going_on:
        last.value, last.state, last.saved_at = answer.value, answer.state, now
        last.save(update_fields=["value", "state", "saved_at"])
        return
    answer.texts.create(
        value=answer.value,
        state=answer.state,
        author=answer.updated_by,
        started_at=now,
        saved_at=now,
    )


def restore_text(text: AnswerText, *, by: User) -> Answer:
    """Make an earlier text the answer again; the present one stays in the history."""
    answer = text.answer
    return save_answer(
        answer.business, answer.key, value=text.value, state=text.state, by=by, going_on=False
    )


def say_not_relevant(business: Business, key: str, *, relevant: bool, by: User) -> Answer:
    """Leave a question out of the count, or take it in again; its text stays."""
    answer = business.answers.filter(key=key).first()
    value = answer.value if answer else {}
    back = State.ANSWERED if value else State.NOT_YET
    state = back if relevant else State.NOT_RELEVANT
    return save_answer(business, key, value=value, state=state, by=by)


def hide_section(business: Business, section: Section) -> None:
    """Leave a section out; raises ``Refusal`` for one that the one page is made of."""
    if not section.may_be_hidden:
        raise Refusal(_("This section is part of the page that everything leads to."))
    business.hidden_sections.get_or_create(section=section.key)


def show_section(business: Business, section: Section) -> None:
    business.hidden_sections.filter(section=section.key).delete()


def add_question(business: Business, section: Section, *, ask: str, tip: str = "") -> OwnQuestion:
    """A question of one's own at the end of a section; raises ``Refusal``."""
    own = business.own_questions
    if own.count() >= OWN_QUESTIONS:
        raise Refusal(
            _("A business can add %(number)s questions. Remove one that nobody answers.")
            % {"number": OWN_QUESTIONS}
        )
    last = own.filter(section=section.key).aggregate(last=Max("position"))["last"]
    return own.create(
        section=section.key, ask=ask, tip=tip, position=0 if last is None else last + 1
    )


@transaction.atomic
def remove_question(question: OwnQuestion) -> None:
    """Take a question of one's own away, and what was answered to it."""
    key = f"{question.section}.{question.key}"
    question.business.answers.filter(key=key).delete()
    question.delete()

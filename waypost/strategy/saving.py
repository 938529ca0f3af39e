"""Where the fields of a screen are stored: one answer per question, merged field by field."""

from collections.abc import Collection, Mapping
from typing import Any

from waypost.accounts.models import Business, User
from waypost.kit.careful import Trace
from waypost.strategy import values
from waypost.strategy.actions.answers import save_answer
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import Question, Section, path
from waypost.strategy.values import cleaned

STATE = "state"
BETWEEN = "__"  # question__part, question__state


def field_name(question: Question, part: str) -> str:
    return f"{question.key}{BETWEEN}{part}"


class AnswerStore:
    """The store of a careful form that shows one screen of a section."""

    def __init__(self, business: Business, section: Section, screen: int, *, by: User) -> None:
        self.business, self.section, self.by = business, section, by
        asked = section.screens[screen]
        self.questions = {question.key: question for question in asked}
        self.answers: dict[str, Answer] = {}

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        # An answer may not exist yet, so the business is what two people wait for.
        Business.objects.select_for_update().get(pk=self.business.pk)
        keys = [path(self.section, question) for question in self.questions.values()]
        rows = self.business.answers.select_related("updated_by").filter(key__in=keys)
        self.answers = rows.by_key()
        return {name: self._stored(name) for name in names}

    def write(self, changes: dict[str, Any]) -> None:
        by_question: dict[str, dict[str, Any]] = {}
        for name, value in changes.items():
            key, part = name.rsplit(BETWEEN, 1)
            by_question.setdefault(key, {})[part] = value
        for key, changed in by_question.items():
            self._write(self.questions[key], changed)

    def trace(self, name: str) -> Trace:
        answer = self._answer(name.rsplit(BETWEEN, 1)[0])
        return Trace(str(answer.updated_by or ""), answer.updated_at) if answer else Trace()

    def _answer(self, key: str) -> Answer | None:
        return self.answers.get(path(self.section, self.questions[key]))

    def _stored(self, name: str) -> Any:
        key, part = name.rsplit(BETWEEN, 1)
        return stored(self._answer(key), self.questions[key], part)

    def _write(self, question: Question, changed: dict[str, Any]) -> None:
        answer = self._answer(question.key)
        chosen = changed.pop(STATE, None)
        value = dict(answer.value) if answer else {}
        for part in question.parts:
            if part.name in changed:
                value.pop(part.name, None)
                value |= cleaned([(part, changed[part.name])])
        save_answer(
            self.business,
            path(self.section, question),
            value=value,
            state=_state(value, chosen, answer, wrote=bool(changed)),
            by=self.by,
        )


def stored(answer: Answer | None, question: Question, name: str) -> Any:
    """What stands in a field of the screen now, in the form its field cleans to."""
    if name == STATE:
        return str(answer.state) if answer else str(State.NOT_YET)
    part = next(one for one in question.parts if one.name == name)
    value = answer.value.get(name) if answer else None
    return values.stored(part, value)


def _state(
    value: Mapping[str, Any], chosen: str | None, answer: Answer | None, *, wrote: bool
) -> str:
    """Who writes answers; who only chooses is believed, but nothing is not an answer."""
    state = chosen or (State.ANSWERED if wrote else (answer.state if answer else State.NOT_YET))
    if state == State.ANSWERED and not value:
        return State.NOT_YET
    return str(state)

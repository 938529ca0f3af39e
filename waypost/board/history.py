"""Who changed what on a task, in words."""

from dataclasses import dataclass

from waypost.accounts.hats import Hat
from waypost.board.models import Task, TaskEvent
from waypost.board.repeating import RULES, plain_rule

LONG = {"description"}
"""Fields of which only it is told that they changed."""


@dataclass(frozen=True)
class Line:
    event: TaskEvent
    what: str
    old: str = ""
    new: str = ""


def lines(task: Task, most: int) -> list[Line]:
    """The newest first; one query."""
    return [_line(event) for event in task.events.select_related("by")[:most]]


def _line(event: TaskEvent) -> Line:
    if event.what != TaskEvent.What.CHANGED:
        return Line(event, str(event.get_what_display()), event.old, event.new)
    field = Task._meta.get_field(event.name)
    what = str(getattr(field, "verbose_name", event.name))
    if event.name in LONG:
        return Line(event, what)
    return Line(event, what, _value(event.name, event.old), _value(event.name, event.new))


def _value(name: str, text: str) -> str:
    """What is stored as a key, as people read it."""
    words: dict[str, str] = {}
    if name == "role":
        words = {str(key): str(word) for key, word in Hat.choices}
    elif name == "priority":
        words = {str(key): str(word) for key, word in Task.Priority.choices}
    elif name == "repeats":
        return str(dict(RULES).get(plain_rule(text), text))
    elif name == "repeats_when":
        words = {str(key): str(word) for key, word in Task.RepeatWhen.choices}
    return words.get(text, text)

"""A thread as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from waypost.accounts.models import User
from waypost.talk.forms import CommentForm
from waypost.talk.mentioning import as_html
from waypost.talk.models import Comment
from waypost.talk.places import Place


@dataclass
class Line:
    """One comment as ``reader`` sees it."""

    comment: Comment
    mine: bool
    form: CommentForm | None = None  # while it is being edited

    @property
    def html(self) -> SafeString:
        calls = {each.written: str(each.user) for each in self.comment.mentions.all()}
        return as_html(self.comment.text, calls)


@dataclass
class Talk:
    """A first comment and the answers to it; a removed first one stays while it has answers."""

    root: Line
    answers: list[Line] = field(default_factory=list)
    form: CommentForm | None = None  # for an answer

    @property
    def is_resolved(self) -> bool:
        return self.root.comment.resolved_at is not None


def talks(
    place: Place,
    reader: User,
    *,
    answering: tuple[int, CommentForm] | None = None,
    editing: tuple[int, CommentForm] | None = None,
) -> list[Talk]:
    """All talks of a place, the oldest first, in two queries. ``answering`` and ``editing``
    carry the form that a person has just filled in, by the comment it belongs to.
    """
    rows = (
        place.business.comments.filter(thread=place.thread)
        .select_related("author", "resolved_by")
        .prefetch_related("mentions__user")
    )
    lines = {row.pk: Line(row, row.author_id == reader.pk) for row in rows}
    if editing and editing[0] in lines:
        lines[editing[0]].form = editing[1]
    found = _gather(lines.values())
    for talk in found:
        pk = talk.root.comment.pk
        given = answering and answering[0] == pk
        talk.form = answering[1] if answering and given else answer_form(pk)
    return found


def answer_form(pk: int, data: Any = None) -> CommentForm:
    return CommentForm(data, auto_id=f"id_answer_{pk}_%s")


def edit_form(comment: Comment, data: Any = None) -> CommentForm:
    return CommentForm(data, initial={"text": comment.text}, auto_id=f"id_edit_{comment.pk}_%s")


def _gather(lines: Iterable[Line]) -> list[Talk]:
    found: dict[int, Talk] = {}
    rest: list[Line] = []
    for line in lines:
        if line.comment.reply_to_id is None:
            found[line.comment.pk] = Talk(line)
        else:
            rest.append(line)
    for line in rest:
        if line.comment.removed_at is None:
            found[line.comment.reply_to_id or 0].answers.append(line)
    return [talk for talk in found.values() if talk.answers or not talk.root.comment.removed_at]

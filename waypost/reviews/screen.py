"""A report on its page: chapters with the questions beside them, lines with their tasks."""

from dataclasses import dataclass
from typing import Any

from waypost.accounts.models import Business
from waypost.board.models import Task
from waypost.documents.paper import Piece
from waypost.documents.values import Part
from waypost.reviews.assembled import on_paper
from waypost.reviews.chapters import Chapter, chapters, summary
from waypost.reviews.content import Content, things_to_do
from waypost.reviews.forms import LineForm


@dataclass(frozen=True)
class Shown:
    """``fields`` of the form belong beside the ``pieces``."""

    chapter: Chapter
    pieces: list[Piece]
    fields: list[Any]


def shown_chapters(content: Content, form: Any) -> list[Shown]:
    made = []
    for chapter in chapters(content):
        parts: list[Part] = []
        if chapter.key == "aims" and content.figures is not None:
            parts.append(summary(content.figures))
        parts += on_paper(chapter.parts) if chapter.key != "next" else []
        fields = [
            form[name]
            for ask in chapter.asks
            for name in ((ask, "effective_why") if ask == "effective" else (ask,))
        ]
        pieces = [Piece(type(part).__name__, part) for part in parts]
        if pieces or fields:
            made.append(Shown(chapter, pieces, fields))
    return made


@dataclass(frozen=True)
class ShownLine:
    question: str
    text: str
    task: Task | None
    form: LineForm | None


def shown_lines(content: Content, business: Business) -> list[ShownLine]:
    found = []
    for place, (question, text, task) in enumerate(things_to_do(content)):
        form = None
        if task is None:
            form = LineForm(
                business=business,
                initial={"question": question, "text": text},
                auto_id=f"line{place}-%s",
            )
        found.append(ShownLine(question, text, task, form))
    return found

"""A report on its page: chapters with the questions beside them, lines with their tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from waypost.accounts.models import Business
from waypost.board.models import Task
from waypost.documents.paper import Piece
from waypost.documents.values import Heading, Paragraph, Part
from waypost.reviews.assembled import on_paper
from waypost.reviews.chapters import Chapter, chapters, summary
from waypost.reviews.content import Content, things_to_do
from waypost.reviews.forms import LineForm


@dataclass(frozen=True)
class Fold:
    """A channel: what is to be seen in one line, and its numbers when it is opened."""

    title: str
    sentence: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Shown:
    """``fields`` of the form belong beside the ``pieces`` and the ``folds`` below them."""

    chapter: Chapter
    pieces: list[Piece]
    folds: list[Fold]
    fields: list[Any]

    @property
    def has_numbers(self) -> bool:
        return bool(self.pieces or self.folds)


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
        pieces, folds = _folded(parts) if chapter.key == "channels" else (_pieces(parts), [])
        shown = Shown(chapter, pieces, folds, fields)
        if shown.has_numbers or fields:
            made.append(shown)
    return made


def _pieces(parts: Sequence[Part]) -> list[Piece]:
    return [Piece(type(part).__name__, part) for part in parts]


def _folded(parts: Sequence[Part]) -> tuple[list[Piece], list[Fold]]:
    """What stands before the first heading, then a fold for each heading."""
    starts = [place for place, part in enumerate(parts) if isinstance(part, Heading)]
    ends = [*starts, len(parts)][1:]
    folds = []
    for start, end in zip(starts, ends, strict=True):
        heading, sentence, *rest = parts[start:end]
        assert isinstance(heading, Heading)
        assert isinstance(sentence, Paragraph)
        folds.append(Fold(heading.text, sentence.text, _pieces(rest)))
    return _pieces(parts[: starts[0] if starts else len(parts)]), folds


@dataclass(frozen=True)
class ShownLine:
    question: str
    text: str
    task: Task | None
    form: LineForm | None


def shown_lines(content: Content, business: Business) -> list[ShownLine]:
    found = []
    people = LineForm(business=business).people()  # asked for once, not for each line
    for place, (question, text, task) in enumerate(things_to_do(content)):
        form = None
        if task is None:
            form = LineForm(
                business=business,
                initial={"question": question, "text": text},
                auto_id=f"line{place}-%s",
            )
            form.fields["assignee"].widget.choices = people
        found.append(ShownLine(question, text, task, form))
    return found

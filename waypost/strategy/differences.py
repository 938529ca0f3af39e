"""What changed between two readings of the strategy, word by word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from waypost.strategy.reading import Chapter, Line

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LONG = 4_000  # words of both texts; longer ones are compared line by line


class Turn(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed, went or came."""

    turn: Turn
    text: str


@dataclass(frozen=True)
class ChangedLine:
    ask: str
    runs: tuple[Run, ...]

    @property
    def is_new(self) -> bool:
        return all(run.turn == Turn.NEW for run in self.runs)

    @property
    def is_gone(self) -> bool:
        return all(run.turn == Turn.GONE for run in self.runs)


@dataclass(frozen=True)
class ChangedChapter:
    title: str
    lines: tuple[ChangedLine, ...]


def compare(old: Iterable[Chapter], new: Iterable[Chapter]) -> list[ChangedChapter]:
    """The chapters in which something changed, in the order of ``new``; those that are gone
    come last.
    """
    before = {chapter.key: chapter for chapter in old}
    found = []
    for chapter in new:
        earlier = before.pop(chapter.key, None)
        lines = changed_lines(earlier.lines if earlier else (), chapter.lines)
        found.append(ChangedChapter(chapter.title, lines))
    for chapter in before.values():
        found.append(ChangedChapter(chapter.title, changed_lines(chapter.lines, ())))
    return [chapter for chapter in found if chapter.lines]


def changed_lines(old: Sequence[Line], new: Sequence[Line]) -> tuple[ChangedLine, ...]:
    before = {line.key: line for line in old}
    found = []
    for line in new:
        earlier = before.pop(line.key, None)
        if earlier is None or earlier.text != line.text:
            found.append(ChangedLine(line.ask, words(earlier.text if earlier else "", line.text)))
    found += [ChangedLine(line.ask, words(line.text, "")) for line in before.values()]
    return tuple(found)


def words(old: str, new: str) -> tuple[Run, ...]:
    """``new`` read against ``old``. Joining what is not gone gives ``new`` again, joining what
    is not new gives ``old``.
    """
    a, b = _pieces(old, new)
    runs: list[Run] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run(Turn.SAME, "".join(a[a1:a2])))
            continue
        runs += [Run(Turn.GONE, "".join(a[a1:a2]))] if a2 > a1 else []
        runs += [Run(Turn.NEW, "".join(b[b1:b2]))] if b2 > b1 else []
    return tuple(runs)


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if len(a) + len(b) <= LONG:
        return a, b
    return old.splitlines(keepends=True), new.splitlines(keepends=True)

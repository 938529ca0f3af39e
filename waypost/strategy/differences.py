"""What changed between two readings of the strategy, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waypost.kit.differences import Run, Turn, words
from waypost.strategy.reading import Chapter, Line


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

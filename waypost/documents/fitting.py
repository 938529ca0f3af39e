"""How large the letters of one page may be, where no typesetter can measure it.

A word processor breaks lines with whatever font it has; this counts with wide letters and
leaves some room, so that the second page stays away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from waypost.documents.letters import paragraphs, shortened
from waypost.documents.measuring import letter_width
from waypost.documents.values import OnePage, Question

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)  # points
HEIGHT = 640.0  # points that the columns may take
WIDTH = 235.0  # points of one column
LEADING = 1.2
LOST = 0.94  # of a line is filled; the rest is lost where words are broken
RULED = 23.0  # points of a line to write on
MOST = 12_000  # letters of an answer; more fit on no page

Numbered = tuple[int, Question]


@dataclass(frozen=True)
class Fitted:
    size: float
    columns: tuple[tuple[Numbered, ...], tuple[Numbered, ...]]
    room: int
    is_shortened: bool


def fit(page: OnePage) -> Fitted:
    """The largest letters with which all fits, else shorter answers in the smallest."""
    asked = [_prepared(each) for each in page.questions]
    for size, room in _steps(page.room):
        found = _arranged(asked, size, room)
        if found:
            return Fitted(size, found, room, is_shortened=False)
    return _cut(asked, SIZES[-1], min(1, page.room))


def _prepared(asked: Question) -> Question:
    answer = "\n".join(paragraphs(asked.answer))[:MOST]
    return replace(asked, text=shortened(asked.text, 300), answer=answer)


def _steps(room: int) -> Iterator[tuple[float, int]]:
    """Lines to write on give way first, then the size of the letters."""
    yield from ((SIZES[0], lines) for lines in range(room, 0, -1))
    yield from ((size, min(1, room)) for size in SIZES)


def _cut(asked: Sequence[Question], size: float, room: int) -> Fitted:
    low, high = 0, MOST
    best = _limited(asked, 0)
    while high - low > 1:
        middle = (low + high) // 2
        tried = _limited(asked, middle)
        if _arranged(tried, size, room):
            low, best = middle, tried
        else:
            high = middle
    columns = _arranged(best, size, room) or _halves(best, (len(best) + 1) // 2)
    return Fitted(size, columns, room, is_shortened=True)


def _limited(asked: Sequence[Question], limit: int) -> list[Question]:
    return [replace(each, answer=shortened(each.answer, limit)) for each in asked]


def _arranged(
    asked: Sequence[Question], size: float, room: int
) -> tuple[tuple[Numbered, ...], tuple[Numbered, ...]] | None:
    """Two columns of about the same height; ``None`` where the higher one is too high."""
    heights = [_height(each, size, room) for each in asked]
    splits = {
        split: max(sum(heights[:split]), sum(heights[split:])) for split in range(len(asked) + 1)
    }
    split = min(splits, key=lambda each: splits[each])
    return _halves(asked, split) if splits[split] <= HEIGHT else None


def _halves(
    asked: Sequence[Question], split: int
) -> tuple[tuple[Numbered, ...], tuple[Numbered, ...]]:
    numbered = tuple(enumerate(asked, 1))
    return numbered[:split], numbered[split:]


def _height(asked: Question, size: float, room: int) -> float:
    lines = _lines(f"00. {asked.text}", size * 1.08)
    lines += _lines(asked.answer, size) if asked.answer else 0
    tip = _lines(asked.tip, 7.5) * 7.5 * LEADING if room and asked.tip else 0
    ruled = 0 if asked.answer else room * RULED
    return 8 + tip + ruled + lines * size * LEADING


def _lines(text: str, size: float) -> int:
    room = WIDTH * LOST / size
    return sum(max(1, ceil(sum(map(letter_width, line)) / room)) for line in text.split("\n"))

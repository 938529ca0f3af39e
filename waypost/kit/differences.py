"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

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

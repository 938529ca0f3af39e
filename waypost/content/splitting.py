"""A long text in parts that fit, broken where a reader would pause."""

import re
from collections.abc import Callable

from waypost.providers.counting import graphemes

_PAUSES = (r"(\n\s*\n)", r"(?<=[.!?…])(\s+)", r"(\s+)")
"""Where to break, best first: between paragraphs, sentences, words."""


def split(text: str, fits: Callable[[str], bool], *, most: int) -> list[str]:
    """``text`` in at most ``most`` parts; the last holds the rest where that does not do."""
    parts: list[str] = []
    rest = text.strip()
    while rest and len(parts) < most - 1 and not fits(rest):
        first = _first(rest, fits)
        if not first:
            break
        parts.append(first)
        rest = rest[len(first) :].strip()
    return [*parts, rest] if rest else parts


def _first(text: str, fits: Callable[[str], bool]) -> str:
    """As much of the beginning as fits; broken inside a word only where a word is too long."""
    for pause in _PAUSES:
        if found := _longest(re.split(pause, text), fits):
            return found
    return _longest(graphemes(text), fits)


def _longest(pieces: list[str], fits: Callable[[str], bool]) -> str:
    taken, best = "", ""
    for piece in pieces:
        taken += piece
        if piece.strip():
            if not fits(taken.strip()):
                break
            best = taken
    return best.rstrip()

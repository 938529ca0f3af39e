"""Texts as any format can hold them, and how much room they take."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from math import ceil

from waypost.documents.values import Fact, Profile

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML has no way to write, and control characters that mean nothing on paper."""
GAP = re.compile(r"\n[ \t]*\n\s*")
HALF_PAGE = 50  # letters in a line of half the width of A4
PAGE = 46  # lines on one page, with room to spare
ELLIPSIS = "…"
WHOLE_WORDS = re.compile(r"(.*\S)\s", re.DOTALL)


def clean(text: str) -> str:
    """``text`` without characters that no page shows; lines end with one ``\\n``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return UNPRINTABLE.sub("", lines)


def paragraphs(text: str) -> list[str]:
    """Cleaned, and parted where a line is empty; no part is empty."""
    found = (part.strip() for part in GAP.split(clean(text)))
    return [part for part in found if part]


def lines_of(text: str, width: float) -> int:
    """About how many lines ``text`` takes where ``width`` letters fit into one."""
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def pairs(facts: Sequence[Fact]) -> list[tuple[Fact, Fact | None]]:
    """Facts as they stand on a card, two beside each other."""
    return list(zip_longest(facts[::2], facts[1::2]))


def fits_a_page(profile: Profile, room: int = 0) -> bool:
    """Whether a card need not be broken; rather no than yes."""
    lines = 6 + lines_of(profile.tagline, 2 * HALF_PAGE)
    for row in pairs(profile.facts):
        texts = [fact.value for fact in row if fact]
        lines += 2 + max(lines_of(text, HALF_PAGE) if text else 2 * room for text in texts)
    return lines <= PAGE


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` letters of ``text``, ended between words and with an ellipsis."""
    if len(text) <= limit:
        return text
    start = text[:limit]
    whole = WHOLE_WORDS.match(text[: limit + 1])
    if whole and len(whole[1]) > limit // 2:
        start = whole[1]
    return start.rstrip(" \n.,;:–-") + ELLIPSIS

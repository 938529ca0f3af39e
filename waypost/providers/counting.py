"""The few ways in which networks count a text. Each network declares its own as data.

The browser counts while a person types (``frontend/counting.ts``), the server counts again
before anything is scheduled. Both pass the same examples: ``tests/counting.json``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, TypedDict

import regex

Kind = Literal["graphemes", "characters", "utf16", "bytes", "weighted", "emoji_bytes"]


class Counting(TypedDict, total=False):
    """What a network counts; what is left out or ``None`` has no rule."""

    kind: Kind
    url: int | None  # what any address costs; None: as long as it is
    bare: bool  # addresses without http:// count as addresses, too
    local: bool  # of @name@server only @name counts
    bytes: int | None  # a second limit, in UTF-8
    hashtags: int | None  # at most so many
    links: int | None  # at most so many different addresses
    mentions: int | None  # at most so many
    with_pictures: int | None  # the limit where the post has pictures
    adds_link: Literal["always", "with_pictures"]
    """When the post's link goes out below the text; left out: it stands beside it."""


_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Emoji}\uFE0F")
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that X counts once; all others count twice."""
_BARE = re.compile(
    r"(?<![\w@./:#$-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
    r"(?:com|org|net|info|biz|shop|store|app|dev|online|site|[a-z]{2})"
    r"(?![\w@-]|\.\w)(?:/[^\s<>\"]*)?",
    re.IGNORECASE,
)
_URL = re.compile(r"(?<![\w@./:])https?://[^\s<>\"]+", re.IGNORECASE)
_REMOTE = re.compile(r"(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_HASHTAG = regex.compile(r"(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*")
_MENTION = re.compile(r"(?<![\w/@.])@\w(?:[\w.-]*\w)?", re.ASCII)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'\"*_~…»”’“"


def graphemes(text: str) -> list[str]:
    """What a reader calls characters: an emoji with its skin colour is one."""
    return _GRAPHEME.findall(text)


def addresses(text: str, *, bare: bool = False) -> Iterator[tuple[int, str]]:
    """(start in code points, address) without the punctuation of the sentence."""
    found = list(_URL.finditer(text))
    if bare:
        taken = [range(*each.span()) for each in found]
        found += [m for m in _BARE.finditer(text) if not any(m.start() in r for r in taken)]
    for match in sorted(found, key=lambda each: each.start()):
        address = _without_sentence(match.group())
        if address.partition("://")[2] or "://" not in address:
            yield match.start(), address


def _without_sentence(address: str) -> str:
    """Cut what ends the sentence, but keep a bracket that the address itself opened."""
    while address:
        last = address[-1]
        opened = _CLOSING.get(last)
        unpaired = opened is not None and address.count(last) > address.count(opened)
        if last not in _TRAILING and not unpaired:
            return address
        address = address[:-1]
    return address


def _as_counted(text: str, counting: Counting) -> str:
    cost = counting.get("url")
    if cost is not None:
        pieces, end = [], 0
        for start, address in addresses(text, bare=counting.get("bare", False)):
            pieces += [text[end:start], "x" * cost]
            end = start + len(address)
        text = "".join([*pieces, text[end:]])
    return _REMOTE.sub(r"@\1", text) if counting.get("local") else text


def _weighted(text: str) -> int:
    return sum(
        2 if _EMOJI.search(each) else sum(_weight(letter) for letter in each)
        for each in graphemes(unicodedata.normalize("NFC", text))
    )


def _weight(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _LIGHT) else 2


def _emoji_bytes(text: str) -> int:
    return sum(len(each.encode()) if _EMOJI.search(each) else len(each) for each in graphemes(text))


_MEASURES: Mapping[str, Callable[[str], int]] = {
    "graphemes": lambda text: len(graphemes(text)),
    "characters": len,
    "utf16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "bytes": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "weighted": _weighted,
    "emoji_bytes": _emoji_bytes,
}


def measure(text: str, counting: Counting) -> int:
    """The length of ``text`` in the network's own unit."""
    return _MEASURES[counting.get("kind", "graphemes")](_as_counted(text, counting))


def tally(text: str) -> dict[str, int]:
    """How many ``hashtags``, ``mentions`` and different ``links`` are in ``text``."""
    return {
        "hashtags": len(_HASHTAG.findall(text)),
        "mentions": len(_MENTION.findall(text)),
        "links": len({address for _start, address in addresses(text)}),
    }


def too_many(text: str, counting: Counting) -> dict[str, tuple[int, int]]:
    """(how many there are, how many may be) of what there is too much of."""
    rules: Any = counting
    return {
        what: (used, rules[what])
        for what, used in tally(text).items()
        if rules.get(what) is not None and used > rules[what]
    }

"""Links, mentions and hashtags inside a Bluesky text, as byte ranges in UTF-8."""

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from waypost.providers._text import Span, urls
from waypost.providers.counting import graphemes

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Not inside a word, an address or a mail address; not the @user@server of other networks.
_MENTION = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}_@.#/+-])@((?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?)"
    r"(?![\w@-]|\.\w)"
)
# The look-ahead wants one letter: "#1" is a place in a list, "#️⃣" is a key.
_TAG = regex.compile(r"(?<![\p{L}\p{N}_#＃&/])[#＃](?=[\p{N}_-]*\p{L})([\p{L}\p{M}\p{N}_-]+)")
LONGEST_TAG = 64  # graphemes


def _free_of(spans: list[Span], span: Span) -> bool:
    return all(span.end <= other.start or span.start >= other.end for other in spans)


def mentions(text: str) -> Iterator[Span]:
    """Each ``@handle``; the span covers the @, its text is the handle in small letters."""
    links = list(urls(text))
    for match in _MENTION.finditer(text):
        span = Span(match.start(), match.end(), match.group(1).lower())
        if _free_of(links, span):
            yield span


def tags(text: str) -> Iterator[Span]:
    """Each hashtag; the span covers the #, its text is the tag without it."""
    links = list(urls(text))
    for match in _TAG.finditer(text):
        tag = match.group(1).rstrip("-_")
        span = Span(match.start(), match.start() + 1 + len(tag), tag)
        if len(graphemes(tag)) <= LONGEST_TAG and _free_of(links, span):
            yield span


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of ``text`` in order; ``dids`` holds the known handles."""
    found = [(span, {"$type": _kind("link"), "uri": span.text}) for span in urls(text)]
    found += [
        (span, {"$type": _kind("mention"), "did": dids[span.text]})
        for span in mentions(text)
        if span.text in dids
    ]
    found += [(span, {"$type": _kind("tag"), "tag": span.text}) for span in tags(text)]
    found.sort(key=lambda pair: pair[0].start)
    return [{"index": _bytes(text, span), "features": [feature]} for span, feature in found]


def _kind(name: str) -> str:
    return f"app.bsky.richtext.facet#{name}"


def _bytes(text: str, span: Span) -> dict[str, int]:
    start = len(text[: span.start].encode())
    return {"byteStart": start, "byteEnd": start + len(text[span.start : span.end].encode())}

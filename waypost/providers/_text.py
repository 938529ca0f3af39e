"""Measures of text and pictures that every network shares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.providers.base import Count, Limits, Post, Problem

_GRAPHEME = regex.compile(r"\X")
_URL = re.compile(r"(?<![\w@./:])https?://[^\s<>\"]+", re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'\"*_~…»”’“"


def graphemes(text: str) -> list[str]:
    """What a reader calls characters: an emoji with its skin colour is one."""
    return _GRAPHEME.findall(text)


@dataclass(frozen=True)
class Span:
    """A piece of a text; ``start`` and ``end`` count code points."""

    start: int
    end: int
    text: str


def urls(text: str) -> Iterator[Span]:
    """The http(s) addresses in ``text``, without the punctuation of the sentence."""
    for match in _URL.finditer(text):
        address = _without_sentence(match.group())
        if len(address.partition("://")[2]) > 0:
            yield Span(match.start(), match.start() + len(address), address)


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


def with_link(text: str, link: str) -> str:
    """``text`` with ``link`` below it, unless it stands there already."""
    if not link or any(span.text == link for span in urls(text)):
        return text
    return f"{text.rstrip()}\n\n{link}".lstrip()


def length_problems(count: Count) -> list[Problem]:
    """The sentence for a text that is too long."""
    if count.left >= 0:
        return []
    message = ngettext(
        "The text is %(over)d character too long: the limit is %(limit)d. Shorten it.",
        "The text is %(over)d characters too long: the limit is %(limit)d. Shorten it.",
        -count.left,
    )
    return [Problem("text", message % {"over": -count.left, "limit": count.limit})]


def picture_problems(post: Post, limits: Limits) -> list[Problem]:
    """The sentences for too many, too large or unknown pictures and too long descriptions."""
    problems = []
    if len(post.pictures) > limits.pictures:
        message = ngettext(
            "This network takes %(limit)d picture. Remove some.",
            "This network takes at most %(limit)d pictures. Remove some.",
            limits.pictures,
        )
        problems.append(Problem("pictures", message % {"limit": limits.pictures}))
    for number, picture in enumerate(post.pictures, start=1):
        if picture.mime not in limits.picture_mimes:
            message = _("Picture %(number)d has a kind that this network does not take: %(mime)s.")
            problems.append(Problem("pictures", message % {"number": number, "mime": picture.mime}))
        if picture.size > limits.picture_bytes:
            message = _("Picture %(number)d is too large: the limit is %(limit)s. Make it smaller.")
            limit = filesizeformat(limits.picture_bytes)
            problems.append(Problem("pictures", message % {"number": number, "limit": limit}))
        if len(picture.alt) > limits.alt:
            message = _(
                "The description of picture %(number)d is too long:"
                " the limit is %(limit)d characters."
            )
            values = {"number": number, "limit": limits.alt}
            problems.append(Problem("pictures", message % values))
    return problems

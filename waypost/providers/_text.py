"""Measures of text and pictures that every network shares."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.providers._video import video_problems
from waypost.providers.base import Count, Limits, Post, Problem
from waypost.providers.counting import Counting, addresses, too_many


@dataclass(frozen=True)
class Span:
    """A piece of a text; ``start`` and ``end`` count code points."""

    start: int
    end: int
    text: str


def urls(text: str) -> Iterator[Span]:
    """The http(s) addresses in ``text``, without the punctuation of the sentence."""
    for start, address in addresses(text):
        yield Span(start, start + len(address), address)


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


def tally_problems(text: str, counting: Counting) -> list[Problem]:
    """The sentences for too many hashtags, mentions or links."""
    return [
        Problem("text", _TOO_MANY[what](limit) % {"used": used, "limit": limit})
        for what, (used, limit) in too_many(text, counting).items()
    ]


_TOO_MANY: Mapping[str, Callable[[int], str]] = {
    "hashtags": lambda limit: ngettext(
        "There are %(used)d hashtags, and this network takes only %(limit)d. Remove some.",
        "There are %(used)d hashtags, and this network takes at most %(limit)d. Remove some.",
        limit,
    ),
    "mentions": lambda limit: ngettext(
        "There are %(used)d mentions, and this network takes only %(limit)d. Remove some.",
        "There are %(used)d mentions, and this network takes at most %(limit)d. Remove some.",
        limit,
    ),
    "links": lambda limit: ngettext(
        "There are %(used)d links, and this network takes only %(limit)d. Remove some.",
        "There are %(used)d links, and this network takes at most %(limit)d. Remove some.",
        limit,
    ),
}


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
    return problems + video_problems(post, limits)

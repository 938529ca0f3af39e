"""Finding the people who are called in a text, and showing the text."""

import re
from collections.abc import Iterable, Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from waypost.accounts.models import User

_LINK = r"https?://[^\s<>\"]+"
_CLOSING = ".,;:!?)]}'’”"


def callable_names(people: Iterable[User]) -> dict[str, list[User]]:
    """Lower-case name → who is meant: the whole name, and the first one where it is unique."""
    names: dict[str, list[User]] = {}
    first: dict[str, list[User]] = {}
    for person in people:
        whole = str(person).strip().lower()
        if whole:
            names.setdefault(whole, []).append(person)
            first.setdefault(whole.split()[0], []).append(person)
    for name, meant in first.items():
        if len(meant) == 1:
            names.setdefault(name, meant)
    return names


def mentioned(text: str, people: Iterable[User]) -> dict[User, str]:
    """Who is called in ``text``, with the words that do it: ``{<Maja>: "@Maja"}``."""
    names = callable_names(people)
    found: dict[User, str] = {}
    for match in _calls(names).finditer(text) if names else ():
        for person in names[match["name"].lower()]:
            found.setdefault(person, match[0])
    return found


def _calls(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    choices = "|".join(re.escape(name) for name in longest_first)
    # Neither an e-mail address nor the beginning of a longer name is a call.
    return re.compile(rf"(?<![\w@.])@(?P<name>{choices})(?!\w)", re.IGNORECASE)


def as_html(text: str, written: Mapping[str, str]) -> SafeString:
    """``text`` escaped, with links, and with each call marked that is a key of ``written``
    (``"@Maja"`` → whole name of the person).
    """
    calls = "|".join(re.escape(call) for call in sorted(written, key=len, reverse=True))
    parts = re.compile(f"({_LINK})" + (rf"|((?<![\w@.])(?:{calls})(?!\w))" if calls else "()"))
    rows: list[tuple[SafeString | str]] = []
    end = 0
    for match in parts.finditer(text):
        link, call = match.groups()
        if not link and not call:
            continue
        shown = link.rstrip(_CLOSING) if link else call
        rows += [(text[end : match.start()],), (_link(shown) if link else _call(call, written),)]
        end = match.start() + len(shown)
    return format_html_join("", "{}", [*rows, (text[end:],)])


def _link(address: str) -> SafeString:
    return format_html(
        '<a class="link" href="{}" rel="nofollow noopener noreferrer">{}</a>', address, address
    )


def _call(call: str, written: Mapping[str, str]) -> SafeString:
    return format_html('<span class="call" title="{}">{}</span>', written[call], call)

"""Looking for a post among those an account has, after an unknown outcome."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

import httpx
from django.utils.translation import gettext as _

from waypost.providers._calls import read_json
from waypost.providers.base import Lookup
from waypost.providers.errors import Busy

_MARGIN = timedelta(minutes=2)
_SETTLED = timedelta(minutes=2)  # longer than any request lives on
_WHOLE_PAGE = 20  # statuses; servers differ in the most they list
_BEGINNING = 20  # letters
_REMOTE_MENTION = re.compile(r"@([\w.-]+)@[\w-]+(?:\.[\w-]+)+")


def look_through(
    response: httpx.Response,
    *,
    text: str,
    media: Sequence[str],
    reply_to: str | None,
    sent_at: datetime,
    asked_at: datetime,
    settled: bool,
) -> Mapping[str, Any] | Lookup:
    """The status that was sent at ``sent_at``, out of a listing with the newest first.

    It counts as absent only when the listing surely reaches back behind the moment of
    sending and nothing in that time looks like it. Raises ``Busy`` when it is too early
    to say so: the server may still be at work, unless ``settled``: what is still on its
    way cannot become a second post.
    """
    statuses = [status for status in read_json(response) if isinstance(status, dict)]
    offset = _clock_offset(response, asked_at)
    since = sent_at + (offset or timedelta(0)) - _MARGIN
    recent = [
        status
        for status in statuses
        # Parts of a thread may have the same words: each follows another part.
        if _created(status) >= since and _parent(status) == reply_to
    ]
    for status in recent:
        if _is_it(status, text, media):
            return status
    if offset is None or any(_resembles(status, text) for status in recent):
        return Lookup.CANNOT_TELL
    if not _reaches_back(response, statuses, since):
        return Lookup.CANNOT_TELL
    early = _SETTLED - (asked_at - sent_at)
    if early > timedelta(0) and not settled:
        raise Busy(_("It is too early to say whether the post is there."), after=early)
    return Lookup.ABSENT


def _clock_offset(response: httpx.Response, asked_at: datetime) -> timedelta | None:
    """How far the server's clock is ahead of ours."""
    try:
        return parsedate_to_datetime(response.headers.get("Date", "")) - asked_at
    except (ValueError, TypeError):
        return None


def _parent(status: Mapping[str, Any]) -> str | None:
    parent = status.get("in_reply_to_id")
    return None if parent is None else str(parent)


def _created(status: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(status.get("created_at")))
    except ValueError:
        return datetime.max.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _reaches_back(
    response: httpx.Response, statuses: Sequence[Mapping[str, Any]], since: datetime
) -> bool:
    if any(_created(status) < since for status in statuses):
        return True
    return len(statuses) < _WHOLE_PAGE and 'rel="next"' not in response.headers.get("Link", "")


def _is_it(status: Mapping[str, Any], text: str, media: Sequence[str]) -> bool:
    attached = {str(item.get("id")) for item in status.get("media_attachments") or []}
    if media:
        return attached == set(media)
    return not attached and _letters(_plain(status)) == _letters(text)


def _resembles(status: Mapping[str, Any], text: str) -> bool:
    """Servers may rewrite a text; one that begins alike is not clearly another."""
    ours, theirs = _letters(text), _letters(_plain(status))
    return bool(ours) and ours[:_BEGINNING] == theirs[:_BEGINNING]


def _letters(text: str) -> str:
    """Only letters, digits and symbols, so that layout and quotation marks do not matter."""
    short = unicodedata.normalize("NFKC", _REMOTE_MENTION.sub(r"@\1", text))
    return "".join(c for c in short.casefold() if unicodedata.category(c)[0] in "LNS")


def _plain(status: Mapping[str, Any]) -> str:
    reader = _Words()
    reader.feed(str(status.get("content") or ""))
    reader.close()
    return "".join(reader.words)


class _Words(HTMLParser):
    """The text of a status without its tags."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

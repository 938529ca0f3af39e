"""Reading feeds (RSS, Atom): politely, once for each entry, as plain text."""

import calendar
import hashlib
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import httpx
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from waypost.content.models import Feed, FeedEntry
from waypost.kit import http

PARSER = "feedparser.parse"  # loaded when the first feed is read
EVERY = timedelta(hours=1)
LARGEST = 3_000_000  # bytes of one feed
LONGEST = 30.0  # seconds for one feed
KEPT = 100  # entries of one feed
_OPTIONS = {"sanitize_html": False, "resolve_relative_uris": True}


class NoFeed(Exception):
    """The address cannot be read as a feed; the words are for the owner."""


def read(feed: Feed) -> None:
    """Fetch what is new; why it did not work stands in ``feed.problem`` afterwards."""
    changes: dict[str, Any] = {"read_at": timezone.now(), "problem": ""}
    try:
        answer = _fetch(feed)
        if answer.status_code != httpx.codes.NOT_MODIFIED:
            changes |= _take(feed, answer)
    except NoFeed as problem:
        changes["problem"] = str(problem)[:300]
    Feed.objects.filter(pk=feed.pk).update(**changes)
    feed.refresh_from_db()


def _fetch(feed: Feed) -> httpx.Response:
    headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    asked = {name: value for name, value in headers.items() if value}
    try:
        with http.client(largest_answer=LARGEST, longest_call=LONGEST) as client:
            answer = client.get(feed.url, headers=asked, follow_redirects=True)
    except http.HostNotAllowed as refused:
        raise NoFeed(str(refused)) from refused
    except http.AnswerTooLarge as error:
        raise NoFeed(_("What stands at this address is too large for a feed.")) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoFeed(_("The server cannot be reached. It is tried again in an hour.")) from error
    if answer.status_code not in {httpx.codes.OK, httpx.codes.NOT_MODIFIED}:
        words = _("The server answers %(status)d. Look at the address in your browser.")
        raise NoFeed(words % {"status": answer.status_code})
    return answer


def _take(feed: Feed, answer: httpx.Response) -> dict[str, Any]:
    # feedparser would fetch an address; bytes are all it is given.
    told = import_string(PARSER)(
        answer.content, response_headers={"content-location": feed.url}, **_OPTIONS
    )
    if not told.get("version"):
        raise NoFeed(
            _(
                "This is a web page or a file, not a feed. Look on the site for a link called"
                " RSS or Atom and use that address."
            )
        )
    entries = [_entry(feed, each) for each in told.entries[:KEPT]]
    known = [each for each in entries if each]
    FeedEntry.objects.bulk_create(known, ignore_conflicts=True)
    _forget(feed)
    return {
        "title": feed.title or plain(told.feed.get("title", ""), 200),
        "etag": answer.headers.get("ETag", "")[:300],
        "modified": answer.headers.get("Last-Modified", "")[:100],
    }


def _entry(feed: Feed, told: Any) -> FeedEntry | None:
    url = str(told.get("link", ""))
    url = url if url.startswith(("http://", "https://")) and len(url) <= 1000 else ""
    title = plain(told.get("title", ""), 300)
    summary = plain(told.get("summary", ""), 2000)
    if not (title or summary):
        return None
    name = str(told.get("id") or url or title)
    return FeedEntry(
        feed=feed,
        key=hashlib.sha256(name.encode()).hexdigest(),
        title=title or Truncator(summary).chars(80),
        summary=summary,
        url=url,
        published_at=_moment(told),
    )


def _moment(told: Any) -> datetime | None:
    parts = told.get("published_parsed") or told.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, OSError):
        return None


def plain(html: str, longest: int) -> str:
    """The words of ``html`` alone."""
    text = unescape(strip_tags(html)).replace("\x00", "")
    return Truncator(" ".join(text.split())).chars(longest)


def _forget(feed: Feed) -> None:
    old = feed.entries.filter(item=None).values_list("pk", flat=True)[KEPT:]
    FeedEntry.objects.filter(pk__in=list(old)).delete()


def due() -> list[int]:
    """Ids of the feeds that were not read for an hour; those of a demo stand nowhere."""
    rows = Feed.objects.filter(business__is_demo=False)
    return list(rows.exclude(read_at__gt=timezone.now() - EVERY).values_list("pk", flat=True))

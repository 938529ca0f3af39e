"""What a web page says about itself, for the card below a post."""

from dataclasses import dataclass
from html.parser import HTMLParser

import httpx

from waypost.kit.http import HostNotAllowed, client

_LARGEST_PAGE = 3_000_000  # bytes
_LONGEST_CALL = 8  # seconds for each hop; a card is not worth a late post
_HOPS = 2
_HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"}
IMAGE_MIMES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class Page:
    """Title and description, each empty when the page gives none."""

    title: str = ""
    description: str = ""
    image: bytes = b""
    image_mime: str = ""


def read_page(address: str, *, largest_image: int) -> Page:
    """Read the page at ``address``; one that cannot be read is an empty ``Page``.

    Any host may stand in a link, so the guarded client reads it, hop by hop. The image
    is left out when it is larger than ``largest_image`` bytes or of an unknown kind.
    """
    with client(
        largest_answer=_LARGEST_PAGE,
        longest_call=_LONGEST_CALL,
        max_redirects=_HOPS,
        headers=_HEADERS,
    ) as reader:
        answer = _get(reader, address)
        if answer is None or not answer.headers.get("Content-Type", "").startswith("text/html"):
            return Page()
        said = _Meta()
        said.feed(answer.text)
        image, mime = _image(reader, answer, said.image, largest_image)
        return Page(said.title[:300], said.description[:1000], image, mime)


def _get(reader: httpx.Client, address: str) -> httpx.Response | None:
    try:
        answer = reader.get(address, follow_redirects=True)
    except (httpx.HTTPError, httpx.InvalidURL, HostNotAllowed):
        return None
    return answer if answer.status_code == 200 else None


def _image(
    reader: httpx.Client, page: httpx.Response, address: str, largest: int
) -> tuple[bytes, str]:
    if not address:
        return b"", ""
    try:
        full = str(page.url.join(address))
    except httpx.InvalidURL:
        return b"", ""
    answer = _get(reader, full)
    if answer is None:
        return b"", ""
    mime = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if mime not in IMAGE_MIMES or not 0 < len(answer.content) <= largest:
        return b"", ""
    return answer.content, mime


class _Meta(HTMLParser):
    """Collects the Open Graph data, and the plain title and description behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, str] = {}
        self._in_title = False

    @property
    def title(self) -> str:
        return self._first("og:title", "twitter:title", "title")

    @property
    def description(self) -> str:
        return self._first("og:description", "twitter:description", "description")

    @property
    def image(self) -> str:
        return self._first("og:image:secure_url", "og:image", "og:image:url", "twitter:image")

    def _first(self, *names: str) -> str:
        found = (" ".join(self._values.get(name, "").split()) for name in names)
        return next(filter(None, found), "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and "title" not in self._values:
            self._in_title = True
        if tag == "meta":
            given = dict(attrs)
            name = (given.get("property") or given.get("name") or "").lower()
            self._values.setdefault(name, given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._values["title"] = self._values.get("title", "") + data

"""Where a talk takes place: something on a page, named by the page itself and never typed."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.utils.text import Truncator

from waypost.accounts.models import Business

SALT = "talk.place"
LONGEST_THREAD = 120
LONGEST_TITLE = 200
LONGEST_PATH = 300
_THREAD = re.compile(r"[a-z0-9][a-z0-9_./-]*")


class NoPlace(Exception):
    """The text names no place of this business."""


@dataclass(frozen=True)
class Place:
    """Raises ``ValueError`` for a thread or a path that a page of this business cannot have."""

    business: Business
    thread: str  # such as "strategy/company.story" or "market/persona/5"
    title: str  # what a person would call it
    path: str  # of the page that shows it

    def __post_init__(self) -> None:
        if len(self.thread) > LONGEST_THREAD or not _THREAD.fullmatch(self.thread):
            raise ValueError(f"no thread can be called {self.thread!r}")
        split = urlsplit(self.path)
        inside = split.path.startswith(f"/b/{self.business.slug}/")
        if split.scheme or split.netloc or not inside or len(self.path) > LONGEST_PATH:
            raise ValueError(f"{self.path!r} is no page of {self.business.slug}")
        object.__setattr__(self, "title", Truncator(self.title).chars(LONGEST_TITLE))

    @property
    def token(self) -> str:
        """Goes through the person's browser and comes back unchanged."""
        row = [self.business.pk, self.thread, str(self.title), self.path]
        return signing.Signer(salt=SALT).sign_object(row, compress=True)

    @classmethod
    def read(cls, token: str, business: Business) -> "Place":
        """Raises ``NoPlace`` for what we did not sign, or signed for another business."""
        try:
            pk, thread, title, path = signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, ValueError) as error:
            raise NoPlace from error
        # The address part of a business may have changed since.
        if pk != business.pk or not str(path).startswith(f"/b/{business.slug}/"):
            raise NoPlace
        return cls(business, thread, title, path)

    @property
    def anchor(self) -> str:
        return anchor(self.thread)

    @property
    def address(self) -> str:
        return address(self.path, self.thread)


def anchor(thread: str) -> str:
    """Id of the button in the page."""
    return "talk-" + re.sub(r"[^a-z0-9]+", "-", thread)


def address(path: str, thread: str) -> str:
    """The page, scrolled to the place, with its talk opened."""
    split = urlsplit(path)
    query = "&".join(part for part in (split.query, urlencode({"talk": thread})) if part)
    return f"{split.path}?{query}#{anchor(thread)}"

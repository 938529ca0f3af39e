"""What a mail carries besides its sentence: a document to read in it, and files.

Who has the document stands above this floor, so the app says when it is loaded
(``apps.py``) how its kind of mail is filled. It is asked when the mail is written, in the
language of the reader, so that a mail that waited for its server says what is so by then.
"""

from collections.abc import Callable
from dataclasses import dataclass

from waypost.documents.values import Document
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice


@dataclass(frozen=True)
class Attached:
    name: str
    content: bytes
    mime: str


@dataclass(frozen=True)
class Enclosure:
    """``words`` stand on the button that opens the page of the notice."""

    document: Document
    words: str
    files: tuple[Attached, ...] = ()


Maker = Callable[[Notice], Enclosure | None]
_MAKERS: dict[str, Maker] = {}


def fill(kind: Kind, maker: Maker) -> None:
    """``maker`` answers what mails of ``kind`` carry; None where it is gone by now."""
    _MAKERS[kind] = maker


def enclosed(notice: Notice) -> Enclosure | None:
    maker = _MAKERS.get(notice.kind)
    return maker(notice) if maker else None

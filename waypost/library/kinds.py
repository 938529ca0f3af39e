"""What a file is: told by its bytes, never by what the browser says.

The name has one say only: it must not claim something else than the bytes do, and among
files that are built alike (Word and Excel are both ZIP archives) its ending chooses.
"""

import codecs
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kit.errors import Refusal

HEAD = 4096  # bytes that are looked at


class Kind(TextChoices):
    PICTURE = "picture", gettext_lazy("Picture")
    VIDEO = "video", gettext_lazy("Video")
    AUDIO = "audio", gettext_lazy("Sound")
    PDF = "pdf", "PDF"
    DOCUMENT = "document", gettext_lazy("Document")
    DESIGN = "design", gettext_lazy("Design file")
    FONT = "font", gettext_lazy("Font")
    ARCHIVE = "archive", gettext_lazy("Archive")
    OTHER = "other", gettext_lazy("Other file")
    LINK = "link", gettext_lazy("Link")


ICONS: dict[str, str] = {
    Kind.PICTURE: "image", Kind.VIDEO: "video", Kind.AUDIO: "music", Kind.PDF: "file-text",
    Kind.DOCUMENT: "file-text", Kind.DESIGN: "palette", Kind.FONT: "type",
    Kind.ARCHIVE: "archive", Kind.OTHER: "file", Kind.LINK: "link",
}  # fmt: skip

PICTURE_MIMES = ("image/jpeg", "image/png", "image/webp", "image/gif")
VIDEO_MIMES = ("video/mp4", "video/quicktime", "video/webm")

_K = Kind
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# Ending → kind and type. The first ending of a type is the one it is saved with.
_ENDINGS: dict[str, tuple[Kind, str]] = {
    ".jpg": (_K.PICTURE, "image/jpeg"), ".jpeg": (_K.PICTURE, "image/jpeg"),
    ".jfif": (_K.PICTURE, "image/jpeg"), ".png": (_K.PICTURE, "image/png"),
    ".webp": (_K.PICTURE, "image/webp"), ".gif": (_K.PICTURE, "image/gif"),
    ".mp4": (_K.VIDEO, "video/mp4"), ".m4v": (_K.VIDEO, "video/mp4"),
    ".mov": (_K.VIDEO, "video/quicktime"), ".webm": (_K.VIDEO, "video/webm"),
    ".mkv": (_K.VIDEO, "video/x-matroska"), ".avi": (_K.VIDEO, "video/x-msvideo"),
    ".m4a": (_K.AUDIO, "audio/mp4"), ".mp3": (_K.AUDIO, "audio/mpeg"),
    ".wav": (_K.AUDIO, "audio/wav"), ".ogg": (_K.AUDIO, "audio/ogg"),
    ".oga": (_K.AUDIO, "audio/ogg"), ".opus": (_K.AUDIO, "audio/ogg"),
    ".flac": (_K.AUDIO, "audio/flac"),
    ".pdf": (_K.PDF, "application/pdf"),
    ".docx": (_K.DOCUMENT, f"{_OFFICE}wordprocessingml.document"),
    ".xlsx": (_K.DOCUMENT, f"{_OFFICE}spreadsheetml.sheet"),
    ".pptx": (_K.DOCUMENT, f"{_OFFICE}presentationml.presentation"),
    ".odt": (_K.DOCUMENT, f"{_OPEN}text"), ".ods": (_K.DOCUMENT, f"{_OPEN}spreadsheet"),
    ".odp": (_K.DOCUMENT, f"{_OPEN}presentation"),
    ".doc": (_K.DOCUMENT, "application/msword"), ".xls": (_K.DOCUMENT, "application/vnd.ms-excel"),
    ".ppt": (_K.DOCUMENT, "application/vnd.ms-powerpoint"),
    ".rtf": (_K.DOCUMENT, "application/rtf"),
    ".txt": (_K.DOCUMENT, "text/plain"), ".md": (_K.DOCUMENT, "text/markdown"),
    ".csv": (_K.DOCUMENT, "text/csv"), ".srt": (_K.DOCUMENT, "application/x-subrip"),
    ".vtt": (_K.DOCUMENT, "text/vtt"), ".ics": (_K.DOCUMENT, "text/calendar"),
    ".json": (_K.DOCUMENT, "application/json"), ".xml": (_K.DOCUMENT, "text/xml"),
    ".html": (_K.DOCUMENT, "text/html"), ".htm": (_K.DOCUMENT, "text/html"),
    ".svg": (_K.DESIGN, "image/svg+xml"), ".psd": (_K.DESIGN, "image/vnd.adobe.photoshop"),
    ".tif": (_K.DESIGN, "image/tiff"), ".tiff": (_K.DESIGN, "image/tiff"),
    ".bmp": (_K.DESIGN, "image/bmp"), ".heic": (_K.DESIGN, "image/heic"),
    ".heif": (_K.DESIGN, "image/heic"), ".avif": (_K.DESIGN, "image/avif"),
    ".ai": (_K.PDF, "application/pdf"),
    ".otf": (_K.FONT, "font/otf"), ".ttf": (_K.FONT, "font/ttf"), ".ttc": (_K.FONT, "font/ttf"),
    ".woff": (_K.FONT, "font/woff"), ".woff2": (_K.FONT, "font/woff2"),
    ".zip": (_K.ARCHIVE, "application/zip"), ".7z": (_K.ARCHIVE, "application/x-7z-compressed"),
    ".gz": (_K.ARCHIVE, "application/gzip"), ".rar": (_K.ARCHIVE, "application/vnd.rar"),
}  # fmt: skip
SUFFIXES: dict[str, str] = {
    mime: suffix for suffix, (_kind, mime) in reversed(list(_ENDINGS.items()))
} | {"application/pdf": ".pdf"}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"), (b"%PDF-", ".pdf"), (b"ID3", ".mp3"), (b"\xff\xfb", ".mp3"),
    (b"\xff\xf3", ".mp3"), (b"fLaC", ".flac"), (b"OggS", ".ogg"), (b"8BPS", ".psd"),
    (b"II*\x00", ".tif"), (b"MM\x00*", ".tif"), (b"BM", ".bmp"), (b"OTTO", ".otf"),
    (b"\x00\x01\x00\x00\x00", ".ttf"), (b"ttcf", ".ttc"), (b"wOFF", ".woff"), (b"wOF2", ".woff2"),
    (b"{\\rtf", ".rtf"), (b"7z\xbc\xaf\x27\x1c", ".7z"), (b"\x1f\x8b", ".gz"), (b"Rar!", ".rar"),
)  # fmt: skip
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLD_OFFICE = (".doc", ".xls", ".ppt")
_IN_ZIP = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_IN_OPEN = (".odt", ".ods", ".odp")
_TEXTS = (".txt", ".md", ".csv", ".srt", ".vtt", ".ics", ".json", ".xml", ".html", ".htm", ".svg")
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
)
_PROGRAM_ENDINGS = {
    ".exe", ".dll", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".js", ".mjs", ".jse",
    ".wsf", ".hta", ".lnk", ".jar", ".apk", ".sh", ".php", ".app", ".reg", ".pif",
}  # fmt: skip
_INLINE = {*PICTURE_MIMES, *VIDEO_MIMES, "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav"}


@dataclass(frozen=True)
class Told:
    """What a file turned out to be."""

    kind: Kind
    mime: str


def is_inline(mime: str) -> bool:
    """Whether a browser may show it on its own: nothing that can carry script."""
    return mime in _INLINE


def tell(stream: BinaryIO, name: str) -> Told:
    """What ``stream`` holds; leaves it at its beginning.

    Raises ``Refusal`` for an empty file, a program, and a name that claims another kind.
    """
    head = stream.read(HEAD)
    if not head:
        raise Refusal(_("This file is empty. Choose another one."))
    ending = PurePath(name.lower()).suffix
    if head.startswith(_PROGRAMS) or ending in _PROGRAM_ENDINGS:
        raise Refusal(_("Programs and scripts are not kept in the library: they could do harm."))
    found = _ending_of(head, stream, ending)
    stream.seek(0)
    told = Told(*_ENDINGS[found]) if found else Told(Kind.OTHER, "application/octet-stream")
    _refuse_a_lie(ending, told)
    return told


def _ending_of(head: bytes, stream: BinaryIO, ending: str) -> str:
    """The ending that fits the bytes; empty for bytes that say nothing."""
    if head[:4] == b"RIFF":
        return {b"WEBP": ".webp", b"WAVE": ".wav", b"AVI ": ".avi"}.get(head[8:12], "")
    if head[4:8] == b"ftyp":
        return _of_boxes(head)
    if head[:4] == b"\x1aE\xdf\xa3":
        return ".webm" if b"webm" in head[:64] else ".mkv"
    if head[:4] == b"PK\x03\x04":
        return _of_zip(stream, ending)
    if head.startswith(_OLD_OFFICE):
        return ending if ending in _IN_OLD_OFFICE else ""
    known = next((each for magic, each in _MAGIC if head.startswith(magic)), "")
    return known or (_of_text(ending) if _is_text(head, ending) else "")


def _of_boxes(head: bytes) -> str:
    """Files of the MP4 family name their brand first, then the brands they fit."""
    brand = head[8:12]
    if brand == b"qt  ":
        return ".mov"
    if brand in (b"M4A ", b"M4B "):
        return ".m4a"
    if brand in (b"avif", b"avis"):
        return ".avif"
    return ".heic" if brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1") else ".mp4"


def _of_zip(stream: BinaryIO, ending: str) -> str:
    """Only the list of names is read; nothing is unpacked, so nothing can blow up."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    for office, folder in _IN_ZIP.items():
        if "[Content_Types].xml" in names and any(each.startswith(folder) for each in names):
            return office
    if names[:1] == ["mimetype"]:
        return ending if ending in _IN_OPEN else ".zip"
    return ".zip"


def _is_text(head: bytes, ending: str) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    if b"\0" in head:
        return False
    if ending in _TEXTS:
        return True  # an old spreadsheet program writes in a code page of its own
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _of_text(ending: str) -> str:
    return ending if ending in _TEXTS else ".txt"


def _refuse_a_lie(ending: str, told: Told) -> None:
    claimed = _ENDINGS.get(ending)
    if claimed is None or claimed[0] == told.kind or {claimed[0], told.kind} == _SOUND_OR_FILM:
        return
    if told.kind == Kind.OTHER:
        words = _("The name ends in %(ending)s, but the content is something else, or damaged.")
        raise Refusal(words % {"ending": ending})
    words = _(
        "The name ends in %(ending)s, but the content is of another kind: %(kind)s."
        " Rename the file or choose the right one."
    )
    raise Refusal(words % {"ending": ending, "kind": told.kind.label})


_SOUND_OR_FILM = {Kind.AUDIO, Kind.VIDEO}  # containers hold both

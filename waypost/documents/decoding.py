"""From the bytes of a text file to its letters, whatever program wrote it."""

import codecs
from typing import Any

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from waypost.documents.kinds import BadFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
USUAL = "cp1250"  # of Excel here, and it never fails on Slovenian letters
KNOWN = (USUAL, "cp1252", "cp1251", "cp1253")
LOOKED_AT = 50_000  # bytes
ENOUGH = 8  # letters beyond a to z, before a guess is worth anything
BINARY = frozenset(range(9)) | frozenset(range(14, 27))  # bytes that no text holds


def decoded(content: bytes) -> str:
    """The text in ``content``; raises ``BadFile`` for one that is none."""
    for encoding in _candidates(content):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise BadFile(_("The letters of this file cannot be read. Save it as CSV with UTF-8."))


def is_text(content: bytes) -> bool:
    """Whether ``content`` can be a text: UTF-16 has zero bytes, other texts have none."""
    start = content[:4096]
    return bool(_utf16(start)) or not BINARY.intersection(start)


def _candidates(content: bytes) -> list[str]:
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    if marked or (wide := _utf16(content[:4096])):
        return marked or [wide]
    try:
        content.decode()
    except UnicodeDecodeError:
        return [_guessed(content), USUAL]
    return ["utf-8"]


def _utf16(start: bytes) -> str:
    """Which way round, by the zero bytes of its plain letters; empty: it is none."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(start) // 2
    zeros = start[: 2 * half : 2].count(0), start[1 : 2 * half : 2].count(0)
    if max(zeros) <= 0.6 * half or min(zeros) > 0.05 * half:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _guessed(content: bytes) -> str:
    """By how likely the letters are beside each other; loaded only for such a file."""
    from_bytes: Any = import_string("charset_normalizer.from_bytes")
    lines = content.splitlines(keepends=True)
    # Plain letters tell nothing: what is looked at are the lines with others.
    telling = b"".join(line for line in lines if not line.isascii())[:LOOKED_AT]
    if sum(byte > 127 for byte in telling) < ENOUGH:
        return USUAL
    found = from_bytes(telling, cp_isolation=list(KNOWN)).best()
    return str(found.encoding) if found else USUAL

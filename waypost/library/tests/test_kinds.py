"""What a file is told to be, and what is refused."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.errors import Refusal
from waypost.library.kinds import SUFFIXES, Kind, Told, is_inline, tell
from waypost.library.tests.samples import mp4, wav, zipped
from waypost.tests import factories

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = zipped("[Content_Types].xml", "word/document.xml")
SHEET = zipped("[Content_Types].xml", "xl/workbook.xml")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)

TOLD = [
    ("a.jpg", factories.picture_bytes(fmt="JPEG"), Kind.PICTURE, "image/jpeg"),
    ("a.jpg", factories.picture_bytes(fmt="PNG"), Kind.PICTURE, "image/png"),
    ("no-ending", factories.picture_bytes(fmt="WEBP"), Kind.PICTURE, "image/webp"),
    ("a.mp4", mp4(), Kind.VIDEO, "video/mp4"),
    ("a.mov", mp4(brand=b"qt  "), Kind.VIDEO, "video/quicktime"),
    ("a.m4a", mp4(brand=b"M4A "), Kind.AUDIO, "audio/mp4"),
    ("a.heic", mp4(brand=b"heic"), Kind.DESIGN, "image/heic"),
    ("a.webm", b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + bytes(50), Kind.VIDEO, "video/webm"),
    ("a.mkv", b"\x1aE\xdf\xa3" + bytes(50), Kind.VIDEO, "video/x-matroska"),
    ("a.wav", wav(), Kind.AUDIO, "audio/wav"),
    ("a.mp3", b"ID3" + bytes(20), Kind.AUDIO, "audio/mpeg"),
    ("a.pdf", b"%PDF-1.7\n", Kind.PDF, "application/pdf"),
    ("a.docx", WORD, Kind.DOCUMENT, f"{OFFICE}wordprocessingml.document"),
    ("a.xlsx", SHEET, Kind.DOCUMENT, f"{OFFICE}spreadsheetml.sheet"),
    ("a.odt", zipped("mimetype"), Kind.DOCUMENT, "application/vnd.oasis.opendocument.text"),
    ("a.zip", zipped("any.txt"), Kind.ARCHIVE, "application/zip"),
    ("a.doc", OLD_OFFICE, Kind.DOCUMENT, "application/msword"),
    ("a.csv", "ime;cena\nsveča;12".encode("cp1250"), Kind.DOCUMENT, "text/csv"),
    ("a.csv", "ime;cena".encode("utf-16"), Kind.DOCUMENT, "text/csv"),
    ("notes", b"plain words", Kind.DOCUMENT, "text/plain"),
    ("a.svg", b"<svg onload='alert(1)'/>", Kind.DESIGN, "image/svg+xml"),
    ("a.html", b"<script>alert(1)</script>", Kind.DOCUMENT, "text/html"),
    ("a.woff2", b"wOF2" + bytes(20), Kind.FONT, "font/woff2"),
    ("a.ttf", b"\x00\x01\x00\x00\x00" + bytes(20), Kind.FONT, "font/ttf"),
    ("a.xyz", b"\x00\x99" * 20, Kind.OTHER, "application/octet-stream"),
]


@pytest.mark.parametrize(("name", "content", "kind", "mime"), TOLD)
def test_a_file_is_told_by_its_bytes(name: str, content: bytes, kind: Kind, mime: str) -> None:
    stream = io.BytesIO(content)
    assert tell(stream, name) == Told(kind, mime)
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"%PDF-1.7\n"),
        ("photo.png", b"<script>alert(1)</script>"),
        ("letter.docx", factories.picture_bytes()),
        ("film.mp4", WORD),
        ("list.pdf", b"MZ is not at the start, but text is"[3:]),
        ("photo.jpg", b"\x00\x99" * 20),
    ],
)
def test_a_name_that_claims_another_kind_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal, match="The name ends in"):
        tell(io.BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("game.exe", b"anything"),
        ("holiday.jpg", b"MZ\x90\x00"),
        ("tool", b"\x7fELF\x02"),
        ("run.txt", b"#!/bin/sh\nrm -rf /"),
        ("page.js", b"alert(1)"),
        ("shell.php", b"<?php"),
    ],
)
def test_programs_are_not_kept(name: str, content: bytes) -> None:
    with pytest.raises(Refusal, match="Programs and scripts"):
        tell(io.BytesIO(content), name)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Refusal, match="empty"):
        tell(io.BytesIO(), "a.txt")


def test_nothing_that_can_carry_script_is_ever_shown() -> None:
    shown = sorted(mime for mime in SUFFIXES if is_inline(mime))
    assert shown == [
        "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "image/gif", "image/jpeg",
        "image/png", "image/webp", "video/mp4", "video/quicktime", "video/webm",
    ]  # fmt: skip


def test_a_broken_archive_is_only_a_file() -> None:
    broken = io.BytesIO(b"PK\x03\x04" + bytes(50))
    assert tell(broken, "thing").kind == Kind.OTHER


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a", "a.jpg", "a.zip", "a.docx"]))
def test_no_bytes_break_the_telling(content: bytes, name: str) -> None:
    with contextlib.suppress(Refusal):
        assert tell(io.BytesIO(content), name).kind in Kind

"""Small files of many kinds, made here byte by byte."""

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from waypost.tests import factories


def sent(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    """An upload as a browser makes it; a small picture unless ``content`` is given."""
    return SimpleUploadedFile(name, factories.picture_bytes() if content is None else content)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def wav(seconds: int = 1) -> bytes:
    """Silence at 8,000 samples in a second."""
    data = bytes(8000 * seconds)
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", len(body) + len(data)) + body + data


def mp4(
    seconds: float = 5, width: int = 640, height: int = 360, *, codec: bytes = b"avc1",
    rate: int = 25, brand: bytes = b"isom", padding: int = 64,
) -> bytes:  # fmt: skip
    """A film without any picture in it: the description that a player reads first.

    ``padding`` is the number of bytes where the frames would lie.
    """
    frames, length = round(seconds * rate), round(seconds * 1000)
    entry = _sample(codec, width, height)
    tables = (
        _box(b"stsd", struct.pack(">II", 0, 1) + entry)
        + _box(b"stts", struct.pack(">IIII", 0, 1, frames, 1000))
        + _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, frames, 1))
        + _box(b"stsz", struct.pack(">III", 0, 1, frames))
        + _box(b"stco", struct.pack(">III", 0, 1, 48))
    )
    reference = _box(b"dref", struct.pack(">II", 0, 1) + _box(b"url ", struct.pack(">I", 1)))
    information = (
        _box(b"vmhd", struct.pack(">IHHHH", 1, 0, 0, 0, 0)) + _box(b"dinf", reference)
        + _box(b"stbl", tables)
    )  # fmt: skip
    media = (
        _box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, rate * 1000, frames * 1000, 0x55C4, 0))
        + _box(b"hdlr", struct.pack(">II4s12xx", 0, 0, b"vide"))
        + _box(b"minf", information)
    )
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    head = struct.pack(">IIIIII8xHHHH", 7, 0, 0, 1, 0, length, 0, 0, 0, 0)
    track = _box(b"tkhd", head + matrix + struct.pack(">II", width << 16, height << 16))
    movie = struct.pack(">IIIIIIH10x", 0, 0, 0, 1000, length, 0x10000, 0x0100) + matrix
    whole = _box(b"mvhd", movie + bytes(24) + struct.pack(">I", 2))
    whole += _box(b"trak", track + _box(b"mdia", media))
    kind = _box(b"ftyp", brand + struct.pack(">I", 512) + b"isomiso2avc1mp41")
    return kind + _box(b"mdat", bytes(padding)) + _box(b"moov", whole)


def _sample(codec: bytes, width: int, height: int) -> bytes:
    plain = bytes(6) + struct.pack(">H16xHHIII", 1, width, height, 0x480000, 0x480000, 0)
    plain += struct.pack(">H32xHh", 1, 24, -1)
    settings = bytes((1, 0x42, 0xC0, 0x1E, 0xFF, 0xE0, 0))
    return _box(codec, plain + (_box(b"avcC", settings) if codec == b"avc1" else b""))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content

"""A film that keeps its worker's lease while the network takes it, piece by piece.

An upload on a slow line may take longer than a lease. Each piece that leaves is a sign of
life: now and then it renews the lease, and with it the time that the call has. Both begin
at the same moment, and the call's is the shorter one, so that no call outlives its lease.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import IO, cast

from waypost.providers.base import Post


class Lasting(io.RawIOBase):
    """``film`` that says ``beat`` before each piece of it is read."""

    def __init__(self, film: IO[bytes], beat: Callable[[], None]) -> None:
        self._film, self._beat = film, beat

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._film.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._film.seek(offset, whence)

    def tell(self) -> int:
        return self._film.tell()

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        self._beat()
        piece = self._film.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        self._film.close()
        super().close()


def lasting(post: Post, beat: Callable[[], None]) -> Post:
    """``post`` with films that say ``beat`` while they are sent."""
    if not post.videos:
        return post
    films = [replace(film, open=partial(_opened, film.open, beat)) for film in post.videos]
    return replace(post, videos=films)


def _opened(usual: Callable[[], IO[bytes]], beat: Callable[[], None]) -> IO[bytes]:
    return cast("IO[bytes]", Lasting(usual(), beat))

"""A large file on its way: read from where it is kept as the network takes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import httpx

from waypost.providers.media import Video

_LONGEST = 150.0
"""Seconds for one upload. Less than a worker's lease, so that nobody starts it anew."""

PATIENCE: dict[str, Any] = {
    "timeout": httpx.Timeout(60, connect=5, pool=10),
    "extensions": {"longest_call": _LONGEST},
}
"""Arguments of ``call`` for an upload: a film takes longer than a question."""


@contextmanager
def sending(video: Video) -> Iterator[IO[bytes]]:
    """The film, opened; never more than a piece of it is in memory."""
    film = video.open()
    try:
        yield film
    finally:
        film.close()

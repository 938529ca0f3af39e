"""A large file on its way: read from where it is kept as the network takes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import httpx

from waypost.providers.media import Video

_QUIET = 150.0
"""Seconds without a piece taken. Less than a worker's lease, which each piece renews."""
_IN_ALL = 20 * 60.0
"""Seconds for one upload; it holds a thread of the worker."""

PATIENCE: dict[str, Any] = {
    "timeout": httpx.Timeout(60, connect=5, pool=10),
    "extensions": {"longest_call": _QUIET, "longest_in_all": _IN_ALL},
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

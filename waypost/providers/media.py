"""Videos of a post, and what a network takes of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Video:
    """One video of a post, and what was found out about it."""

    open: Callable[[], IO[bytes]]  # the stored file, when it is needed; close it after use
    mime: str
    size: int  # bytes
    width: int  # pixels
    height: int  # pixels
    seconds: float | None  # None: not looked into yet, or not known
    frame_rate: float | None = None  # frames in a second
    codec: str = ""  # of the picture, in MediaInfo's words: "AVC", "HEVC"
    alt: str = ""
    is_waiting: bool = False  # the worker has not looked into it yet
    trouble: str = ""  # why it could not be read, in words


@dataclass(frozen=True)
class VideoLimits:
    """What the network takes of one video; ``None`` or empty where it sets no limit."""

    bytes: int | None = None
    longest: float | None = None  # seconds
    shortest: float = 0  # seconds
    mimes: tuple[str, ...] = ("video/mp4", "video/quicktime")
    codecs: tuple[str, ...] = ()  # as in Video.codec
    frame_rates: tuple[float, float] | None = None  # least and most in a second
    pixels: int | None = None  # width times height
    alt: int | None = None  # characters of the description
    beside_pictures: bool = False

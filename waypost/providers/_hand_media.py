"""Pictures and videos as the networks take them that are posted to by hand.

The numbers are those of the networks' own pages, read in November 2026. A network that
tells none takes what a phone makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.providers.media import VideoLimits

_MB, _GB = 1_000_000, 1_000_000_000
_H264, _HEVC = "AVC", "HEVC"
_JPEG, _PNG, _WEBP, _GIF = "image/jpeg", "image/png", "image/webp", "image/gif"


@dataclass(frozen=True)
class PictureLimits:
    """What a network takes of one picture, as in :class:`waypost.providers.base.Limits`."""

    bytes: int = 20 * _MB
    mimes: tuple[str, ...] = (_JPEG, _PNG, _WEBP, _GIF)
    side: int | None = None
    pixels: int | None = None
    ratio: tuple[float, float] | None = None


ANY_PICTURE = PictureLimits()
PICTURES: Mapping[str, PictureLimits] = {
    "instagram": PictureLimits(8 * _MB, (_JPEG,), side=1440, ratio=(0.8, 1.91)),
    "facebook": PictureLimits(4 * _MB, (_JPEG, _PNG, _GIF), side=2048),
    "threads": PictureLimits(8 * _MB, (_JPEG, _PNG), side=1440, ratio=(0.1, 10)),
    "x": PictureLimits(5 * _MB, side=4096),
    "linkedin": PictureLimits(5 * _MB, (_JPEG, _PNG, _GIF), pixels=36_000_000),
    "tiktok": PictureLimits(20 * _MB, (_JPEG, _WEBP), side=1920),
    "pinterest": PictureLimits(10 * _MB, (_JPEG, _PNG, _WEBP)),
    "google-business": PictureLimits(5 * _MB, (_JPEG, _PNG)),
    # A side of 5,000 keeps width and height together below the 10,000 that count there.
    "telegram": PictureLimits(10 * _MB, side=5000, ratio=(0.05, 20)),
    "discord": PictureLimits(10 * _MB),
    "whatsapp": PictureLimits(16 * _MB, (_JPEG, _PNG)),
    "snapchat": PictureLimits(mimes=(_JPEG, _PNG)),
}

ANY_VIDEO = VideoLimits(beside_pictures=True)
VIDEOS: Mapping[str, VideoLimits] = {
    "instagram": VideoLimits(
        300 * _MB, 900, 3, codecs=(_H264, _HEVC), frame_rates=(23, 60), beside_pictures=True
    ),
    "threads": VideoLimits(
        _GB, 300, codecs=(_H264, _HEVC), frame_rates=(23, 60), beside_pictures=True
    ),
    "x": VideoLimits(512 * _MB, 140, 0.5, codecs=(_H264,), frame_rates=(1, 60)),
    "linkedin": VideoLimits(500 * _MB, 1800, 3, mimes=("video/mp4",)),
    "tiktok": VideoLimits(
        4 * _GB, 600, mimes=("video/mp4", "video/quicktime", "video/webm"), frame_rates=(23, 60)
    ),
    "pinterest": VideoLimits(2 * _GB, 900, 4),
}

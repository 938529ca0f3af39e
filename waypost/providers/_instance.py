"""What a server of the Mastodon kind says about itself: its limits and its habits."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from waypost.providers._calls import call, read_object

DEFAULTS: Mapping[str, Any] = {
    "max_characters": 500,
    "characters_reserved_per_url": 23,
    "max_media_attachments": 4,
    "image_size_limit": 16_777_216,  # bytes
    "image_matrix_limit": 33_177_600,  # pixels
    "description_limit": 1500,
    "mime_types": ["image/jpeg", "image/png", "image/gif", "image/webp"],
    "video_size_limit": 103_809_024,  # bytes
    "video_matrix_limit": 8_294_400,  # pixels
    "video_frame_rate_limit": 120,  # in a second
    "video_types": ["video/mp4", "video/quicktime", "video/webm"],
    "honours_key": False,
}
_FIRST_VERSION_AND_UP = re.compile(r"[1-9]\d*\.\d+")
_KEEPS_KEYS = ("pleroma", "akkoma")


def read_settings(host: str) -> dict[str, Any]:
    """The limits of the server at ``host``, with Mastodon's own where it says nothing.

    The keys are those of ``DEFAULTS``, and ``domain``: what stands behind the last @ of
    a handle. Raises ``Busy`` when the server cannot be asked.
    """
    told = _ask(host, "/api/v2/instance") or _ask(host, "/api/v1/instance")
    configuration = _part(told, "configuration")
    statuses = _part(configuration, "statuses")
    media = _part(configuration, "media_attachments")
    taken = media.get("supported_mime_types")
    taken = taken if isinstance(taken, list) else []
    return {
        "max_characters": _number(statuses, "max_characters")
        or _number(told, "max_toot_chars")
        or DEFAULTS["max_characters"],
        "characters_reserved_per_url": _or_default(statuses, "characters_reserved_per_url"),
        "max_media_attachments": _or_default(statuses, "max_media_attachments"),
        "image_size_limit": _or_default(media, "image_size_limit"),
        "image_matrix_limit": _or_default(media, "image_matrix_limit"),
        "description_limit": _or_default(media, "description_limit"),
        "mime_types": _of_kind("image/", taken) or DEFAULTS["mime_types"],
        "video_size_limit": _or_default(media, "video_size_limit"),
        "video_matrix_limit": _or_default(media, "video_matrix_limit"),
        "video_frame_rate_limit": _or_default(media, "video_frame_rate_limit"),
        "video_types": _of_kind("video/", taken) or DEFAULTS["video_types"],
        "honours_key": honours_key(told),
        "domain": _domain(host, told),
    }


def honours_key(told: Mapping[str, Any]) -> bool:
    """Whether the server answers a repeated Idempotency-Key with the first post.

    Mastodon, Pleroma and Akkoma do. GoToSocial does not, and its versions begin with 0;
    others call themselves compatible, and nobody knows.
    """
    version = str(told.get("version") or "").lower()
    if "compatible" in version:
        return any(name in version for name in _KEEPS_KEYS)
    if "gotosocial" in str(told.get("source_url") or "").lower():
        return False
    return _FIRST_VERSION_AND_UP.match(version) is not None


def _ask(host: str, path: str) -> dict[str, Any]:
    response = call("GET", host + path)
    return read_object(response) if response.status_code == 200 else {}


def _part(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = told.get(name)
    return part if isinstance(part, dict) else {}


def _number(told: Mapping[str, Any], name: str) -> int:
    """A positive number, or 0 for anything else that a server may say."""
    value = told.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _or_default(told: Mapping[str, Any], name: str) -> int:
    return _number(told, name) or int(DEFAULTS[name])


def _of_kind(kind: str, mimes: Sequence[Any]) -> list[str]:
    return [mime for mime in mimes if isinstance(mime, str) and mime.startswith(kind)]


def _domain(host: str, told: Mapping[str, Any]) -> str:
    said = str(told.get("domain") or told.get("uri") or "")
    return said.removeprefix("https://").strip("/") or urlsplit(host).netloc

"""Looks into a video or a sound: length, size, codecs. Nothing is decoded."""

from typing import Any, BinaryIO

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from waypost.kit.errors import Refusal

READER = "pymediainfo.MediaInfo"  # loads a library that few processes need (0007)


def probe(stream: BinaryIO) -> dict[str, Any]:
    """Columns of :class:`~waypost.library.models.Stored` that are known of ``stream``.

    Raises ``Refusal`` with a sentence when there is neither picture nor sound in it.
    """
    told = import_string(READER).parse(stream)
    film = told.video_tracks[0] if told.video_tracks else None
    sound = told.audio_tracks[0] if told.audio_tracks else None
    if film is None and sound is None:
        raise Refusal(_("There is no video and no sound in this file. It may be damaged."))
    facts = {
        "seconds": _seconds(told.general_tracks[:1] or [film or sound]),
        "audio_codec": str(getattr(sound, "format", "") or "")[:40],
    }
    return facts | (_of_film(film) if film else {})


def _of_film(film: Any) -> dict[str, Any]:
    width, height = int(film.width or 0), int(film.height or 0)
    if str(film.rotation or "0").partition(".")[0] in ("90", "270"):
        width, height = height, width  # filmed upright
    return {
        "width": width,
        "height": height,
        "frame_rate": float(film.frame_rate) if film.frame_rate else None,
        "video_codec": str(film.format or "")[:40],
    }


def _seconds(tracks: list[Any]) -> float | None:
    length = getattr(tracks[0], "duration", None)  # milliseconds
    return float(length) / 1000 if length else None

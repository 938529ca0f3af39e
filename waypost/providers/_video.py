"""What a network would refuse about the videos of a post, in words."""

from collections.abc import Iterator

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from waypost.providers.base import Limits, Post, Problem
from waypost.providers.media import Video, VideoLimits


def video_problems(post: Post, limits: Limits) -> list[Problem]:
    """The sentences for videos that cannot go out; empty where there are none."""
    if not post.videos:
        return []
    if limits.video is None:
        words = _("Waypost cannot send a video there yet. Take out the video, or this channel.")
        return [Problem("pictures", words)]
    found = list(_together(post, limits.video))
    for video in post.videos:
        found += _of_one(video, limits.video)
    return [Problem("pictures", words) for words in found]


def _together(post: Post, limits: VideoLimits) -> Iterator[str]:
    if limits.beside_pictures:
        return
    if len(post.videos) > 1:
        yield _("This network takes one video in a post. Remove the others.")
    if post.pictures:
        yield _("This network takes a video or pictures, not both. Remove one kind.")


def _of_one(video: Video, limits: VideoLimits) -> list[str]:
    if video.trouble:
        return [video.trouble]
    if video.is_waiting:
        return [_("The video is still being looked at. Try again in a minute.")]
    return [*_of_file(video, limits), *_of_film(video, limits)]


def _of_file(video: Video, limits: VideoLimits) -> Iterator[str]:
    if video.mime not in limits.mimes:
        words = _("The video has a kind that this network does not take: %(mime)s. Use an MP4.")
        yield words % {"mime": video.mime}
    if limits.bytes and video.size > limits.bytes:
        words = _("The video is %(size)s: the limit is %(limit)s. Make it smaller.")
        sizes = {"size": filesizeformat(video.size), "limit": filesizeformat(limits.bytes)}
        yield words % sizes
    if limits.alt and len(video.alt) > limits.alt:
        words = _("The description of the video is too long: the limit is %(limit)d characters.")
        yield words % {"limit": limits.alt}


def _of_film(video: Video, limits: VideoLimits) -> Iterator[str]:
    if limits.codecs and video.codec and video.codec not in limits.codecs:
        words = _("The video is made with %(codec)s, and this network takes %(known)s.")
        yield words % {"codec": video.codec, "known": ", ".join(limits.codecs)}
    if video.seconds is not None and limits.longest and video.seconds > limits.longest:
        words = _("The video is %(length)s seconds long: the limit is %(limit)s. Cut it.")
        yield words % {"length": _number(video.seconds), "limit": _number(limits.longest)}
    if video.seconds is not None and video.seconds < limits.shortest:
        words = _("The video is %(length)s seconds long: it must have at least %(limit)s.")
        yield words % {"length": _number(video.seconds), "limit": _number(limits.shortest)}
    if limits.pixels and video.width * video.height > limits.pixels:
        words = _("The video has %(width)d × %(height)d pixels, more than this network takes.")
        yield words % {"width": video.width, "height": video.height}
    if limits.frame_rates and video.frame_rate:
        least, most = limits.frame_rates
        if not least - 0.5 <= video.frame_rate <= most + 0.5:
            words = _("The video has %(rate)s frames in a second: this network takes %(span)s.")
            span = f"{_number(least)}–{_number(most)}"
            yield words % {"rate": _number(video.frame_rate), "span": span}


def _number(value: float) -> str:
    return number_format(round(value, 1) if value % 1 else int(value))

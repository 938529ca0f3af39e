"""One status of a Mastodon server: how it is written and read back."""

from collections.abc import Mapping
from typing import Any

from waypost.providers._text import with_link
from waypost.providers.base import Json, Post, Published


def spoiler(post: Post) -> str:
    """The content warning, empty when there is none."""
    return str(post.options.get("spoiler_text") or "")


def media_ids(post: Post, staged: Mapping[str, Any]) -> list[str]:
    """The server's ids of the uploaded pictures and videos, in the order of the post."""
    return [staged[f"{step}-ready"]["id"] for step in upload_steps(post)]


def upload_steps(post: Post) -> list[str]:
    """One step for each file: "picture-0", "picture-1", …, "video-0"."""
    counted = (("picture", post.pictures), ("video", post.videos))
    return [f"{kind}-{number}" for kind, files in counted for number in range(len(files))]


def status_of(post: Post, staged: Mapping[str, Any]) -> Json:
    """The body of the request that makes ``post`` visible."""
    status: Json = {
        "status": with_link(post.text, post.link),
        "visibility": post.options.get("visibility") or "public",
    }
    if post.reply_to:
        status["in_reply_to_id"] = post.reply_to.parent
    media = media_ids(post, staged)
    if media:
        status["media_ids"] = media
    return status | _words_around(post)


def _words_around(post: Post) -> Json:
    """What stands beside the text and may be changed together with it."""
    around: Json = {}
    if spoiler(post):
        around["spoiler_text"] = spoiler(post)
    if post.options.get("sensitive"):
        around["sensitive"] = True
    if post.language:
        around["language"] = post.language.partition("-")[0].lower()
    return around


def changed(post: Post, now: Mapping[str, Any]) -> Json:
    """The body that writes ``post`` over the status ``now`` and leaves its pictures."""
    media = [str(medium["id"]) for medium in now.get("media_attachments") or []]
    body: Json = {"status": with_link(post.text, post.link), **_words_around(post)}
    return {**body, "media_ids": media} if media else body


def published_of(status: Mapping[str, Any]) -> Published:
    """Id and address out of the server's answer."""
    return Published(str(status["id"]), str(status.get("url") or status.get("uri") or ""))


def numbers_of(status: Mapping[str, Any]) -> dict[str, int]:
    """The metrics of one status as the server counts them now."""

    def total(*names: str) -> int:
        return sum(int(status.get(name) or 0) for name in names)

    return {
        "likes": total("favourites_count"),
        "comments": total("replies_count"),
        "shares": total("reblogs_count", "quotes_count"),
    }

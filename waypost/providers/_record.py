"""What is written into an account's repository: the record of one Bluesky post."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from waypost.providers._calls import unreachable
from waypost.providers._facets import facets, mentions
from waypost.providers._page import read_page
from waypost.providers._text import with_link
from waypost.providers._xrpc import RecordNotFound, query, upload
from waypost.providers.base import Credentials, Json, Picture, Post
from waypost.providers.errors import Refused
from waypost.providers.media import Video

COLLECTION = "app.bsky.feed.post"
_THUMB_BYTES = 1_000_000


def has_card(post: Post) -> bool:
    """Whether the link becomes a card: pictures and videos would take its place."""
    return bool(post.link) and not (post.pictures or post.videos)


def final_text(post: Post) -> str:
    """The text as it is sent, with the link below it where there is no card."""
    return post.text if has_card(post) else with_link(post.text, post.link)


def own_record(credentials: Credentials, key: str) -> Json | None:
    """A strong reference to our own post with this key; ``None`` when there is none."""
    try:
        answer = query(
            credentials.host,
            "com.atproto.repo.getRecord",
            repo=credentials.remote_id,
            collection=COLLECTION,
            rkey=key,
        )
    except RecordNotFound:
        return None
    except Refused as error:
        raise unreachable(credentials.host) from error
    return {"uri": str(answer.get("uri", "")), "cid": str(answer.get("cid", ""))}


def key_of(uri: str) -> str:
    """The record key at the end of ``at://did/collection/key``."""
    return uri.rpartition("/")[2]


def resolved(text: str, credentials: Credentials) -> dict[str, str]:
    """The account behind each mentioned handle; an unknown one stays plain text."""
    dids: dict[str, str] = {}
    for handle in dict.fromkeys(span.text for span in mentions(text)):
        try:
            answer = query(credentials.host, "com.atproto.identity.resolveHandle", handle=handle)
        except Refused:
            continue
        dids[handle] = str(answer["did"])
    return dids


def uploaded(picture: Picture, credentials: Credentials) -> Json:
    """Upload one picture: its blob reference and its size in pixels."""
    token = credentials.secrets["accessJwt"]
    blob = upload(credentials.host, picture.read(), picture.mime, token=token)
    return {"blob": blob, "width": picture.width, "height": picture.height}


def card_of(link: str, credentials: Credentials) -> Json:
    """The card for ``link``; a page that cannot be read gives its bare address."""
    page = read_page(link, largest_image=_THUMB_BYTES)
    parts = urlsplit(link)
    title = page.title or f"{parts.netloc}{parts.path}".rstrip("/")
    card: Json = {"uri": link, "title": title, "description": page.description}
    if page.image:
        token = credentials.secrets["accessJwt"]
        try:
            card["thumb"] = upload(credentials.host, page.image, page.image_mime, token=token)
        except Refused:
            return card  # a card without its picture is still a card
    return card


def record_of(post: Post, staged: Mapping[str, Any]) -> Json:
    """The record of ``post`` out of the staged results; the same at every call."""
    text = final_text(post)
    record: Json = {
        "$type": COLLECTION,
        "text": text,
        "createdAt": staged["record"]["createdAt"],
    }
    if post.reply_to:
        record["reply"] = staged["reply"]
    if post.language:
        record["langs"] = [post.language]
    found = facets(text, staged.get("mentions", {}).get("dids", {}))
    if found:
        record["facets"] = found
    embed = _embed(post, staged)
    if embed:
        record["embed"] = embed
    return record


def _embed(post: Post, staged: Mapping[str, Any]) -> Json | None:
    if post.pictures:
        pictures = enumerate(post.pictures)
        return {"$type": "app.bsky.embed.images", "images": list(_images(pictures, staged))}
    if post.videos:
        return _film(post.videos[0], staged["video-0-ready"]["blob"])
    if has_card(post):
        return {"$type": "app.bsky.embed.external", "external": staged["card"]}
    return None


def _film(video: Video, blob: Json) -> Json:
    film: Json = {"$type": "app.bsky.embed.video", "video": blob}
    if video.alt:
        film["alt"] = video.alt
    if video.width and video.height:
        film["aspectRatio"] = {"width": video.width, "height": video.height}
    return film


def _images(pictures: Iterable[tuple[int, Picture]], staged: Mapping[str, Any]) -> Iterable[Json]:
    for number, picture in pictures:
        result = staged[f"picture-{number}"]
        size = {"width": result["width"], "height": result["height"]}
        yield {"alt": picture.alt, "image": result["blob"], "aspectRatio": size}

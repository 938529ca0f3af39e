"""Each network that can be published to, with a fake of its server to try it on."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from waypost.providers.base import Credentials, Picture, Post, Provider, Published, Publishes
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon
from waypost.providers.media import Video
from waypost.providers.tests import mastodon_shapes as shapes
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.fake_server import FakeServer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


FILM = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 40


def film(content: bytes = FILM, *, alt: str = "Vlivanje voska", **facts: Any) -> Video:
    known = {"width": 1080, "height": 1920, "seconds": 12.0, "frame_rate": 30.0, "codec": "AVC"}
    told = {**known, **facts}
    return Video(lambda: io.BytesIO(content), "video/mp4", len(content), alt=alt, **told)


def picture(content: bytes = PNG, *, alt: str = "Čebelji vosek") -> Picture:
    return Picture(lambda: content, "image/png", len(content), 40, 30, alt)


@dataclass
class World:
    """A started fake, the provider that speaks with it, and an account there."""

    provider: Provider
    publisher: Publishes
    server: FakeServer
    credentials: Credentials
    publish_path: str
    standing: Callable[[], int]  # how many posts stand on the server
    parent_of: Callable[[str], str | None]  # remote id of what a post of ours follows
    text_of: Callable[[str], str]  # what stands there under a remote id
    revoke: Callable[[], None]
    staged: dict[str, Any] = field(default_factory=dict)

    def stage(self, post: Post) -> dict[str, Any]:
        """All steps in order, each with the results before it."""
        done: dict[str, Any] = {}
        for step in self.publisher.steps(post):
            done[step] = self.publisher.stage(step, post, self.credentials, dict(done))
        return done

    def publish(self, post: Post, key: str, staged: Mapping[str, Any] | None = None) -> Published:
        ready = self.stage(post) if staged is None else staged
        return self.publisher.publish(post, self.credentials, key=key, staged=ready)

    def find(self, post: Post, key: str, staged: Mapping[str, Any], sent_at: datetime) -> Any:
        return self.publisher.find(post, self.credentials, key=key, staged=staged, sent_at=sent_at)


def bluesky_world() -> World:
    server = FakePds().start()
    provider = Bluesky()
    session = server.new_session()
    credentials = Credentials(server.did, server.handle, server.url, session)
    path = "com.atproto.repo.createRecord"
    return World(
        provider,
        provider,
        server,
        credentials,
        path,
        lambda: len(server.records),
        lambda uri: (
            server.records[uri.rpartition("/")[2]].get("reply", {}).get("parent", {}).get("uri")
        ),
        lambda uri: str(server.records[uri.rpartition("/")[2]]["text"]),
        server.revoke_all,
    )


def mastodon_settings(server: FakeMastodon) -> dict[str, Any]:
    return {
        "max_characters": server.max_characters,
        "characters_reserved_per_url": 23,
        "max_media_attachments": 4,
        "image_size_limit": 16_777_216,
        "description_limit": 1500,
        "mime_types": ["image/jpeg", "image/png", "image/webp"],
        "honours_key": server.honours_key,
        "domain": server.netloc,
    }


def mastodon_world() -> World:
    server = FakeMastodon().start()
    provider = Mastodon()
    credentials = Credentials(
        f"{server.account_id}@{server.netloc}",
        f"{server.username}@{server.netloc}",
        server.url,
        {"access_token": server.new_token()},
        mastodon_settings(server),
    )
    path = "/api/v1/statuses"
    return World(
        provider,
        provider,
        server,
        credentials,
        path,
        lambda: len(server.statuses),
        lambda remote_id: server.by_id(remote_id)["in_reply_to_id"],
        lambda remote_id: shapes.plain(server.by_id(remote_id)["content"]),
        server.revoke_all,
    )


WORLDS: dict[str, Callable[[], World]] = {
    Bluesky.id: bluesky_world,
    Mastodon.id: mastodon_world,
}


def now() -> datetime:
    return datetime.now(UTC)

"""Bluesky and every other server of the AT Protocol, with an app password.

Limits and calls are those of the ``app.bsky`` and ``com.atproto`` lexicons of
August 2026. A link that stands beside the text becomes a card; where pictures take the
card's place, the link is added to the end of the text and counted there.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kit.http import normal_host
from waypost.providers._calls import (
    Unclear,
    call,
    not_our_server,
    read_object,
    unreachable,
)
from waypost.providers._facets import mentions
from waypost.providers._record import (
    COLLECTION,
    card_of,
    final_text,
    has_card,
    key_of,
    own_record,
    record_of,
    resolved,
    uploaded,
)
from waypost.providers._session import ends_of, login_refusal, secrets_of
from waypost.providers._text import length_problems, picture_problems
from waypost.providers._tid import new_tid
from waypost.providers._video_service import FILMS, made_film, send_film
from waypost.providers._xrpc import (
    UPLOADS,
    WRITES,
    data_server,
    procedure,
    query,
)
from waypost.providers.abilities import Comments, Deletes, Recognises, Threads
from waypost.providers.allowance import CALLS, Price
from waypost.providers.base import (
    Account,
    Connected,
    ConnectField,
    ConnectsByForm,
    Count,
    Credentials,
    Json,
    Limits,
    Lookup,
    Measures,
    Post,
    Problem,
    Provider,
    Published,
    Publishes,
    Refreshes,
    Renewed,
    Reply,
)
from waypost.providers.counting import Counting, measure
from waypost.providers.display import Display, Text
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.providers.media import VideoLimits

_TEXT_LIMIT = 300  # graphemes
_BYTE_LIMIT = 3000  # of the text in UTF-8
_COUNTING: Counting = {
    "kind": "graphemes",
    "bytes": _BYTE_LIMIT,
    "adds_link": "with_pictures",
}
_POSTS_PER_CALL = 25
_FILM = VideoLimits(bytes=300_000_000, longest=180, mimes=("video/mp4",), alt=1000)
_SHOWN = (0.5, 10.0)  # in a timeline nothing is taller than two squares
_PARTS = 24  # the network has no limit; a thread of more than 25 is an article
_POINTS_OF_A_RECORD = 3  # of 5,000 in an hour and 35,000 in a day
_FIELD_OF_WORD = {"text": "text", "grapheme": "text", "image": "pictures", "blob": "pictures"}


class Bluesky(
    Provider,
    ConnectsByForm,
    Refreshes,
    Publishes,
    Threads,
    Comments,
    Deletes,
    Recognises,
    Measures,
):
    """One account on a personal data server."""

    id: ClassVar[str] = "bluesky"
    name: ClassVar[Text] = "Bluesky"
    colour: ClassVar[str] = "#1185fe"
    icon: ClassVar[str] = "bluesky"
    blurb: ClassVar[Text] = gettext_lazy("Short posts with pictures, a video, links and hashtags.")
    setup_help: ClassVar[Text] = gettext_lazy(
        "At Bluesky open Settings, then Privacy and security, then App passwords. Add one for"
        " Waypost and paste it here. Your real password is never needed."
    )
    fields: ClassVar[tuple[ConnectField, ...]] = (
        ConnectField("handle", gettext_lazy("Handle"), placeholder="svitinsat.bsky.social"),
        ConnectField(
            "password",
            gettext_lazy("App password"),
            help=gettext_lazy("Four groups of four letters, made in Bluesky's settings."),
            secret=True,
        ),
        ConnectField(
            "host",
            gettext_lazy("Server"),
            help=gettext_lazy("Change it only if your account lives on a server of its own."),
            initial="https://bsky.social",
        ),
    )
    keys_are_names: ClassVar[bool] = True
    account_metrics: ClassVar[tuple[str, ...]] = ("followers",)
    post_metrics: ClassVar[tuple[str, ...]] = ("likes", "comments", "shares", "saves")

    # A used token works for two more hours and leads to the very same successor.
    reuse: ClassVar[timedelta] = timedelta(hours=2)

    appview: ClassVar[str] = "https://public.api.bsky.app"
    """Answers public questions for servers that cannot."""
    video: ClassVar[str] = "https://video.bsky.app"
    """Takes the films of accounts on any server."""
    web: ClassVar[str] = "https://bsky.app"

    def remote_id_of(self, url: str, *, account_id: str) -> str:
        """From the page of a post, …/profile/svit.example/post/3k2abc, to its record."""
        match = re.fullmatch(r"/profile/[^/]+/post/([\w.~:-]+)/?", urlsplit(url).path)
        return f"at://{account_id}/{COLLECTION}/{match[1]}" if match else ""

    # --- connecting ---

    def connect(self, values: Mapping[str, str]) -> Connected:
        try:
            host = normal_host(values.get("host") or "https://bsky.social")
        except ValueError as error:
            raise Refused(str(error), field="host") from error
        body = {
            "identifier": values.get("handle", "").strip().lstrip("@"),
            "password": values.get("password", "").strip(),
        }
        response = call("POST", f"{host}/xrpc/com.atproto.server.createSession", json=body)
        if response.status_code != 200:
            raise login_refusal(response, host)
        return self._connected(host, read_object(response))

    def _connected(self, host: str, session: Mapping[str, Any]) -> Connected:
        if not {"did", "handle", "accessJwt", "refreshJwt"} <= session.keys():
            raise not_our_server(host)
        try:
            own = normal_host(data_server(session) or host)
        except ValueError:
            own = host
        did, handle = str(session["did"]), str(session["handle"])
        account = Account(did, handle, handle, self._profile(did, handle), own)
        secrets = secrets_of(session)
        return Connected(account, secrets, {}, **ends_of(secrets))

    def refresh(self, credentials: Credentials) -> Renewed:
        token = credentials.secrets.get("refreshJwt", "")
        name = "com.atproto.server.refreshSession"
        try:
            session = procedure(credentials.host, name, token=token)
            secrets = secrets_of(session)
        except (Refused, KeyError) as error:
            # The token itself was not refused, so it may still be good.
            raise unreachable(credentials.host) from error
        return Renewed(secrets, **ends_of(secrets))

    # --- writing ---

    def display(self, settings: Mapping[str, Any]) -> Display:
        return Display(self.name, self.colour, self.icon, shape=_SHOWN)

    def limits(self, settings: Mapping[str, Any]) -> Limits:
        return Limits(
            text=_TEXT_LIMIT,
            pictures=4,
            picture_bytes=2_000_000,
            picture_mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
            alt=2000,
            video=_FILM,
            counting=_COUNTING,
        )

    def count(self, text: str, settings: Mapping[str, Any]) -> Count:
        return Count(measure(text, _COUNTING), _TEXT_LIMIT, gettext_lazy("characters"))

    def check(self, post: Post, settings: Mapping[str, Any]) -> list[Problem]:
        text = final_text(post)
        problems = length_problems(self.count(text, settings))
        if not problems and len(text.encode()) > _BYTE_LIMIT:
            message = _("The text takes too much room: use fewer emoji and special letters.")
            problems.append(Problem("text", message))
        if not (text.strip() or post.pictures or post.videos or post.link):
            problems.append(Problem("text", _("The post is empty. Write a text.")))
        return problems + picture_problems(post, self.limits(settings))

    # --- publishing ---

    def price(self, step: str) -> Price:
        match step.partition("-")[0]:
            case "picture" | "card":
                return Price(UPLOADS)
            case "video":
                return Price(FILMS)
            case "mentions" | "reply" | "record" | "find":
                return Price(CALLS)
            case "delete":
                return Price(WRITES)
        return Price(WRITES, _POINTS_OF_A_RECORD)

    def new_key(self) -> str:
        return new_tid()

    def steps(self, post: Post) -> list[str]:
        steps = ["reply"] if post.reply_to else []
        steps += ["mentions"] if any(mentions(final_text(post))) else []
        steps += [f"picture-{number}" for number in range(len(post.pictures))]
        # Waiting is a step of its own: a film that was sent is never sent again.
        steps += ["video-0", "video-0-ready"] if post.videos else []
        if has_card(post):
            steps.append("card")
        return [*steps, "record"]

    def stage(
        self, step: str, post: Post, credentials: Credentials, done: Mapping[str, Any]
    ) -> Json:
        name, _dash, number = step.partition("-")
        match name:
            case "reply" if post.reply_to:
                return self._references(post.reply_to, credentials)
            case "mentions":
                return {"dids": resolved(final_text(post), credentials)}
            case "picture":
                return uploaded(post.pictures[int(number)], credentials)
            case "video" if number == "0":
                return send_film(post.videos[0], credentials, self.video)
            case "video":
                return made_film(done["video-0"]["job"], self.video)
            case "card":
                return card_of(post.link, credentials)
            case "record":
                # Frozen here, so that a second try writes the very same record.
                return {"createdAt": datetime.now(UTC).isoformat(timespec="milliseconds")}
        raise LookupError(step)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, staged: Mapping[str, Any]
    ) -> Published:
        body = {
            "repo": credentials.remote_id,
            "collection": COLLECTION,
            "rkey": key,
            "record": record_of(post, staged),
        }
        name = "com.atproto.repo.createRecord"
        token = credentials.secrets["accessJwt"]
        try:
            procedure(credentials.host, name, body, token=token, once=True)
        except (Unclear, Refused) as error:
            # A server refuses a key that is taken, and not always in the same words.
            if not self._stands(credentials, key):
                raise _with_field(error) from error
        return self._published(credentials, key)

    def find(
        self,
        post: Post,
        credentials: Credentials,
        *,
        key: str,
        staged: Mapping[str, Any],
        sent_at: datetime,
    ) -> Published | Lookup:
        if self._has_record(credentials, key):
            return self._published(credentials, key)
        return Lookup.ABSENT

    def same_key_is_safe(
        self, settings: Mapping[str, Any], *, sent_at: datetime, now: datetime
    ) -> bool:
        return True

    def _has_record(self, credentials: Credentials, key: str) -> bool:
        return own_record(credentials, key) is not None

    def _stands(self, credentials: Credentials, key: str) -> bool:
        """Like ``_has_record``, where not being able to ask is no answer of its own."""
        try:
            return self._has_record(credentials, key)
        except (Busy, Disconnected):
            return False

    def _published(self, credentials: Credentials, key: str) -> Published:
        did = credentials.remote_id
        url = f"{self._profile(did, credentials.handle)}/post/{key}"
        return Published(f"at://{did}/{COLLECTION}/{key}", url)

    def _profile(self, did: str, handle: str) -> str:
        # Servers say "handle.invalid" while they cannot verify one.
        return f"{self.web}/profile/{did if handle == 'handle.invalid' else handle}"

    # --- further parts, and what is out already ---

    def further_parts(self, settings: Mapping[str, Any]) -> int:
        return _PARTS

    def comment_limit(self, settings: Mapping[str, Any]) -> int:
        return _TEXT_LIMIT

    def _references(self, reply: Reply, credentials: Credentials) -> Json:
        """Strong references to the first part and to the one before, as they stand now."""
        found = {uri: own_record(credentials, key_of(uri)) for uri in (reply.root, reply.parent)}
        if None in found.values():
            words = _("The part before is no longer on the network, so nothing can follow it.")
            raise Refused(words)
        return {name: found[getattr(reply, name)] for name in ("root", "parent")}

    def delete(self, remote_id: str, credentials: Credentials) -> None:
        body = {
            "repo": credentials.remote_id,
            "collection": COLLECTION,
            "rkey": key_of(remote_id),
        }
        name = "com.atproto.repo.deleteRecord"
        procedure(credentials.host, name, body, token=credentials.secrets["accessJwt"])

    def recognise(self, url: str, credentials: Credentials) -> Published:
        remote_id = self.remote_id_of(url, account_id=credentials.remote_id)
        if not remote_id or own_record(credentials, key_of(remote_id)) is None:
            message = _("There is no post of this account at that address. Copy the post's own.")
            raise Refused(message, field="url")
        return self._published(credentials, key_of(remote_id))

    # --- measuring ---

    def measure_account(self, credentials: Credentials) -> dict[str, int]:
        name = "app.bsky.actor.getProfile"
        profile = self._public(credentials, name, actor=credentials.remote_id)
        return {"followers": int(profile.get("followersCount") or 0)}

    def measure_posts(
        self, credentials: Credentials, remote_ids: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        measured: dict[str, dict[str, int]] = {}
        for start in range(0, len(remote_ids), _POSTS_PER_CALL):
            uris = list(remote_ids[start : start + _POSTS_PER_CALL])
            answer = self._public(credentials, "app.bsky.feed.getPosts", uris=uris)
            measured |= {str(post["uri"]): _numbers(post) for post in answer.get("posts", [])}
        return measured

    def _public(self, credentials: Credentials, name: str, **params: Any) -> dict[str, Any]:
        """Ask the account's own server, and the public one when it cannot answer."""
        try:
            return query(credentials.host, name, token=credentials.secrets["accessJwt"], **params)
        except (Busy, Refused):
            pass
        try:
            return query(self.appview, name, **params)
        except (Refused, Disconnected) as error:
            raise unreachable(self.appview) from error


def _with_field(error: Exception) -> Exception:
    """The refusal with the part of the post it speaks of."""
    if not isinstance(error, Refused) or error.field:
        return error
    said = error.message.lower()
    field = next((field for word, field in _FIELD_OF_WORD.items() if word in said), "")
    return Refused(error.message, field=field)


def _numbers(post: Mapping[str, Any]) -> dict[str, int]:
    def total(*names: str) -> int:
        return sum(int(post.get(name) or 0) for name in names)

    return {
        "likes": total("likeCount"),
        "comments": total("replyCount"),
        "shares": total("repostCount", "quoteCount"),
        "saves": total("bookmarkCount"),
    }

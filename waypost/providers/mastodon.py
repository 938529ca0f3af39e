"""Mastodon and the servers that speak its language, at whatever address they live.

Every server says its own limits; they are read when connecting and kept with the
connection. Facts: Mastodon's API documentation of July 2026, GoToSocial's of October
2025.
"""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import httpx
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kit.http import normal_host
from waypost.providers._calls import (
    call,
    not_our_server,
    read_json,
    read_object,
    unreachable,
)
from waypost.providers._instance import DEFAULTS, read_settings
from waypost.providers._server import (
    DELETIONS,
    GONE,
    MEDIA,
    POSTS,
    delete_status,
    film_uploaded,
    get_object,
    no_longer_there,
    processed,
    raise_refusal,
    status_at,
    uploaded,
    write_status,
)
from waypost.providers._status import (
    changed,
    media_ids,
    numbers_of,
    published_of,
    spoiler,
    status_of,
    upload_steps,
)
from waypost.providers._text import length_problems, picture_problems, with_link
from waypost.providers._timeline import look_through
from waypost.providers.abilities import Comments, Deletes, Edits, Recognises, Threads
from waypost.providers.allowance import CALLS, Meter, Price
from waypost.providers.base import (
    Account,
    App,
    Connected,
    ConnectField,
    ConnectsByOAuth,
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
)
from waypost.providers.counting import measure
from waypost.providers.display import Text
from waypost.providers.errors import Busy, Refused
from waypost.providers.media import VideoLimits

APP_NAME = "Waypost"
SCOPES = "read:accounts read:statuses write:media write:statuses"
_KEY_HELD = timedelta(minutes=55)  # Mastodon keeps a key for an hour; clocks differ
_PARTS = 24  # servers have no limit; a thread of more than 25 is an article


class Mastodon(
    Provider,
    ConnectsByOAuth,
    Publishes,
    Threads,
    Comments,
    Deletes,
    Edits,
    Recognises,
    Measures,
):
    """One account on one server."""

    id: ClassVar[str] = "mastodon"
    name: ClassVar[Text] = "Mastodon"
    colour: ClassVar[str] = "#6364ff"
    icon: ClassVar[str] = "mastodon"
    blurb: ClassVar[Text] = gettext_lazy(
        "Posts on any Mastodon server, also GoToSocial, Pleroma and Akkoma."
    )
    setup_help: ClassVar[Text] = gettext_lazy(
        "Type the address of the server your account is on. It will ask you whether Waypost"
        " may post for you."
    )
    fields: ClassVar[tuple[ConnectField, ...]] = (
        ConnectField("host", gettext_lazy("Server"), placeholder="mastodon.social"),
    )
    options: ClassVar[tuple[ConnectField, ...]] = (
        ConnectField(
            "visibility",
            gettext_lazy("Who can see it"),
            required=False,
            initial="public",
            choices=(
                ("public", gettext_lazy("Everyone")),
                ("unlisted", gettext_lazy("Everyone, but not in public timelines")),
                ("private", gettext_lazy("Followers only")),
            ),
        ),
        ConnectField(
            "spoiler_text",
            gettext_lazy("Content warning"),
            help=gettext_lazy("Shown first; the post opens behind it."),
            required=False,
        ),
        ConnectField(
            "sensitive", gettext_lazy("Hide the pictures at first"), required=False, kind="check"
        ),
    )
    account_metrics: ClassVar[tuple[str, ...]] = ("followers",)
    post_metrics: ClassVar[tuple[str, ...]] = ("likes", "comments", "shares")

    def remote_id_of(self, url: str, *, account_id: str) -> str:
        """The last part of an address on the account's own server, as /@svit/1234567."""
        address = urlsplit(url)
        server = account_id.rpartition("@")[2]
        match = re.fullmatch(r"/.+/(\w+)/?", address.path)
        return match[1] if match and address.netloc == server else ""

    # --- connecting ---

    def host_of(self, values: Mapping[str, str]) -> str:
        try:
            return normal_host(values.get("host", ""))
        except ValueError as error:
            raise Refused(str(error), field="host") from error

    def register(self, host: str, redirect_uri: str) -> App:
        url = f"{host}/api/v1/apps"
        body = {"client_name": APP_NAME, "redirect_uris": [redirect_uri], "scopes": SCOPES}
        response = call("POST", url, json=body)
        if response.status_code in {400, 422}:
            # Servers before Mastodon 4.3 take one address, not a list.
            response = call("POST", url, data={**body, "redirect_uris": redirect_uri})
        answer = _app_answer(response, host)
        return App(host, str(answer["client_id"]), str(answer["client_secret"]))

    def authorize_url(self, app: App, *, redirect_uri: str, state: str, challenge: str) -> str:
        query = {
            "response_type": "code",
            "client_id": app.client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{app.host}/oauth/authorize?{urlencode(query)}"

    def exchange(self, app: App, *, code: str, redirect_uri: str, verifier: str) -> Connected:
        body = {
            "grant_type": "authorization_code",
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "scope": SCOPES,
        }
        response = call("POST", f"{app.host}/oauth/token", json=body)
        if response.status_code != 200:
            raise Refused(_("The server did not confirm the connection. Connect again."))
        answer = read_object(response)
        token = str(answer.get("access_token") or "")
        if not token:
            raise not_our_server(app.host)
        return self._connected(app.host, token, answer.get("expires_in"))

    def _connected(self, host: str, token: str, lifetime: Any) -> Connected:
        me = get_object(host, "/api/v1/accounts/verify_credentials", token)
        if not {"id", "username"} <= me.keys():
            raise not_our_server(host)
        settings = read_settings(host)
        name = str(me["username"])
        handle = f"{name}@{settings['domain']}"
        account = Account(
            remote_id=f"{me['id']}@{urlsplit(host).netloc}",
            handle=handle,
            name=str(me.get("display_name") or name),
            url=str(me.get("url") or f"{host}/@{name}"),
            host=host,
        )
        ends = timedelta(seconds=int(lifetime)) if lifetime else None
        expires_at = datetime.now(UTC) + ends if ends else None
        return Connected(account, {"access_token": token}, settings, expires_at)

    # --- writing ---

    def limits(self, settings: Mapping[str, Any]) -> Limits:
        known = {**DEFAULTS, **settings}
        return Limits(
            text=known["max_characters"],
            pictures=known["max_media_attachments"],
            picture_bytes=known["image_size_limit"],
            picture_mimes=tuple(known["mime_types"]),
            alt=known["description_limit"],
            picture_pixels=known["image_matrix_limit"],
            video=VideoLimits(
                bytes=known["video_size_limit"],
                mimes=tuple(known["video_types"]),
                frame_rates=(0, known["video_frame_rate_limit"]),
                pixels=known["video_matrix_limit"],
                alt=known["description_limit"],
            ),
            counting={
                "kind": "graphemes",
                "url": known["characters_reserved_per_url"],
                "local": True,
                "adds_link": "always",
            },
        )

    def count(self, text: str, settings: Mapping[str, Any]) -> Count:
        limits = self.limits(settings)
        return Count(measure(text, limits.counting), limits.text, gettext_lazy("characters"))

    def check(self, post: Post, settings: Mapping[str, Any]) -> list[Problem]:
        text = with_link(post.text, post.link)
        # The server counts the warning together with the text.
        problems = length_problems(self.count(spoiler(post) + text, settings))
        if not (text.strip() or post.pictures or post.videos):
            problems.append(Problem("text", _("The post is empty. Write a text.")))
        if post.options.get("visibility", "public") not in dict(self.options[0].choices):
            problems.append(Problem("visibility", _("Choose who can see the post.")))
        return problems + picture_problems(post, self.limits(settings))

    # --- publishing ---

    def price(self, step: str) -> Price:
        if step == "find" or step.endswith("-ready"):
            return Price(CALLS)
        if step == "delete":
            return Price(DELETIONS)
        return Price(MEDIA if step.startswith(("picture", "video")) else POSTS)

    def new_key(self) -> str:
        return secrets.token_urlsafe(24)

    def steps(self, post: Post) -> list[str]:
        uploads = upload_steps(post)
        # Waiting is a step of its own: what is uploaded is never uploaded twice.
        return uploads + [f"{step}-ready" for step in uploads]

    def stage(
        self, step: str, post: Post, credentials: Credentials, done: Mapping[str, Any]
    ) -> Json:
        name, _dash, rest = step.partition("-")
        number, _dash, ready = rest.partition("-")
        if name not in {"picture", "video"} or not number.isdigit():
            raise LookupError(step)
        if ready:
            return processed(done[f"{name}-{number}"], credentials)
        if name == "video":
            return film_uploaded(post.videos[int(number)], credentials)
        return uploaded(post.pictures[int(number)], credentials)

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, staged: Mapping[str, Any]
    ) -> Published:
        response = call(
            "POST",
            f"{credentials.host}/api/v1/statuses",
            token=credentials.secrets["access_token"],
            once=True,
            headers={"Idempotency-Key": key},
            meter=Meter(POSTS),
            json=status_of(post, staged),
        )
        if post.reply_to and response.status_code in GONE:
            words = _("The part before is no longer on the network, so nothing can follow it.")
            raise Refused(words)
        raise_refusal(response)
        return published_of(read_object(response, once=True))

    def find(
        self,
        post: Post,
        credentials: Credentials,
        *,
        key: str,
        staged: Mapping[str, Any],
        sent_at: datetime,
    ) -> Published | Lookup:
        asked_at = datetime.now(UTC)
        response = call(
            "GET",
            f"{credentials.host}/api/v1/accounts/{_account_id(credentials)}/statuses",
            token=credentials.secrets["access_token"],
            params={"limit": 40, "exclude_reblogs": "true"},
        )
        raise_refusal(response, answer=unreachable(credentials.host))
        text = with_link(post.text, post.link)
        found = look_through(
            response,
            text=text,
            media=media_ids(post, staged),
            reply_to=post.reply_to.parent if post.reply_to else None,
            sent_at=sent_at,
            asked_at=asked_at,
            settled=self.same_key_is_safe(credentials.settings, sent_at=sent_at, now=asked_at),
        )
        return found if isinstance(found, Lookup) else published_of(found)

    def same_key_is_safe(
        self, settings: Mapping[str, Any], *, sent_at: datetime, now: datetime
    ) -> bool:
        return bool(settings.get("honours_key")) and now - sent_at < _KEY_HELD

    # --- further parts, and what is out already ---

    def further_parts(self, settings: Mapping[str, Any]) -> int:
        return _PARTS

    def comment_limit(self, settings: Mapping[str, Any]) -> int:
        return self.limits(settings).text

    def delete(self, remote_id: str, credentials: Credentials) -> None:
        delete_status(remote_id, credentials)

    def edit(self, remote_id: str, post: Post, credentials: Credentials) -> Published:
        now = status_at(remote_id, credentials)
        if now is None:
            raise no_longer_there()
        return published_of(write_status(remote_id, changed(post, now), credentials))

    def recognise(self, url: str, credentials: Credentials) -> Published:
        remote_id = self.remote_id_of(url, account_id=credentials.remote_id)
        found = status_at(remote_id, credentials) if remote_id else None
        if found is None or str(found.get("account", {}).get("id")) != _account_id(credentials):
            message = _("There is no post of this account at that address. Copy the post's own.")
            raise Refused(message, field="url")
        return published_of(found)

    # --- measuring ---

    def measure_account(self, credentials: Credentials) -> dict[str, int]:
        token = credentials.secrets["access_token"]
        me = get_object(credentials.host, "/api/v1/accounts/verify_credentials", token)
        return {"followers": int(me.get("followers_count") or 0)}

    def measure_posts(
        self, credentials: Credentials, remote_ids: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        measured = {}
        for remote_id in remote_ids:
            status = status_at(remote_id, credentials)
            if status is not None:
                measured[remote_id] = numbers_of(status)
        return measured


def _app_answer(response: httpx.Response, host: str) -> dict[str, Any]:
    if response.status_code not in {200, 201}:
        raise not_our_server(host)
    try:
        answer = read_json(response)
    except Busy as error:
        raise not_our_server(host) from error
    if not isinstance(answer, dict) or not {"client_id", "client_secret"} <= answer.keys():
        raise not_our_server(host)
    return answer


def _account_id(credentials: Credentials) -> str:
    return credentials.remote_id.partition("@")[0]

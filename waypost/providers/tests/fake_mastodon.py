"""A Mastodon server small enough to read, strict enough to trust.

It keeps apps, tokens, pictures and statuses, wants a Bearer token, honours the
Idempotency-Key, counts like Mastodon does, and speaks in the shapes of Mastodon 4.7.
"""

import base64
import hashlib
import html
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from waypost.providers.tests import mastodon_shapes as shapes
from waypost.providers.tests.fake_server import Answer, FakeServer, Request

VISIBILITIES = {"public", "unlisted", "private", "direct"}


class FakeMastodon(FakeServer):
    """One server with one account, ``@svit``; change the attributes to change its habits."""

    def __init__(self) -> None:
        super().__init__()
        self.honours_key = True
        self.version = "4.7.0"
        self.source_url = "https://github.com/mastodon/mastodon"
        self.has_v2 = True  # whether /api/v2/instance is there
        self.takes_lists = True  # whether redirect_uris may be a list (4.3 and up)
        self.max_characters = 500
        self.polls_needed = 0  # how often a picture is asked for before it is ready
        self.spoils_media = False  # whether it fails to read what it accepted
        self.followers = 1234
        self.account_id = "109"
        self.username = "svit"
        self.apps: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: set[str] = set()
        self.media: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.statuses: list[dict[str, Any]] = []  # oldest first
        self._keys: dict[str, dict[str, Any]] = {}
        self._next = 1000

    # --- for the test ---

    def new_token(self) -> str:
        """A token as a finished connect journey would have given it."""
        token = secrets.token_urlsafe(32)
        self.tokens.add(token)
        return token

    def revoke_all(self) -> None:
        self.tokens.clear()

    def approve(self, address: str) -> str:
        """Do what a person does on the authorize page at ``address``; answers the way back."""
        query = address.partition("?")[2]
        request = Request("POST", "/oauth/authorize", {}, {}, query.encode())
        return dict(self._approved(request).headers)["Location"]

    def count_on(self, status_id: str, **numbers: int) -> None:
        """Set counts of a status, e.g. ``favourites_count=3``."""
        self.by_id(status_id).update(numbers)

    def by_id(self, status_id: str) -> dict[str, Any]:
        """The status that stands there under this id."""
        return next(status for status in self.statuses if status["id"] == status_id)

    # --- answers ---

    def answer(self, request: Request) -> Answer:
        for method, pattern, needs_token, act in self._routes():
            match = re.fullmatch(pattern, request.path)
            if match and method == request.method:
                if needs_token and request.bearer not in self.tokens:
                    return Answer(401, {"error": "The access token is invalid"})
                return act(request, *match.groups())
        return Answer(404, {"error": "Record not found"})

    def _routes(self) -> list[tuple[str, str, bool, Callable[..., Answer]]]:
        return [
            ("POST", r"/api/v1/apps", False, self._register),
            ("GET", r"/oauth/authorize", False, self._ask_person),
            ("POST", r"/oauth/authorize", False, self._approved),
            ("POST", r"/oauth/token", False, self._token),
            ("GET", r"/api/v2/instance", False, self._instance),
            ("GET", r"/api/v1/instance", False, self._old_instance),
            ("GET", r"/api/v1/accounts/verify_credentials", True, self._me),
            ("GET", r"/api/v1/accounts/(\w+)/statuses", True, self._list),
            ("POST", r"/api/v2/media", True, self._upload),
            ("GET", r"/api/v1/media/(\w+)", True, self._medium),
            ("POST", r"/api/v1/statuses", True, self._post),
            ("GET", r"/api/v1/statuses/(\w+)", True, self._status),
            ("PUT", r"/api/v1/statuses/(\w+)", True, self._edit),
            ("DELETE", r"/api/v1/statuses/(\w+)", True, self._delete),
        ]

    def _id(self) -> str:
        self._next += 1
        return str(self._next)

    # --- connecting ---

    def _register(self, request: Request) -> Answer:
        given = request.values
        uris = given.get("redirect_uris")
        if isinstance(uris, list) and not self.takes_lists:
            return Answer(422, {"error": "Validation failed: Redirect URI can't be blank"})
        if not given.get("client_name") or not uris:
            return Answer(422, {"error": "Validation failed"})
        listed = uris if isinstance(uris, list) else str(uris).split("\n")
        app = {
            "id": self._id(),
            "name": given["client_name"],
            "website": None,
            "scopes": str(given.get("scopes", "read")).split(),
            "redirect_uri": "\n".join(listed),
            "redirect_uris": listed,
            "client_id": secrets.token_urlsafe(16),
            "client_secret": secrets.token_urlsafe(32),
            "client_secret_expires_at": 0,
            "vapid_key": "none",
        }
        self.apps[app["client_id"]] = app
        return Answer(200, app)

    def _ask_person(self, request: Request) -> Answer:
        given = {name: values[0] for name, values in request.query.items()}
        if problem := self._wrong_authorization(given):
            return Answer(400, {"error": "invalid_request", "error_description": problem})
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in given.items()
        )
        page = (
            '<!doctype html><html lang="en"><title>Authorize</title><h1>Authorize</h1>'
            f'<form method="post" action="/oauth/authorize">{hidden}'
            "<button>Authorize</button></form></html>"
        )
        return Answer(200, page.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _approved(self, request: Request) -> Answer:
        given = request.values
        if problem := self._wrong_authorization(given):
            return Answer(400, {"error": "invalid_request", "error_description": problem})
        code = secrets.token_urlsafe(16)
        self.codes[code] = given
        back = urlencode({"code": code, "state": given.get("state", "")})
        return Answer(302, b"", {"Location": f"{given['redirect_uri']}?{back}"})

    def _wrong_authorization(self, given: dict[str, str]) -> str:
        app = self.apps.get(given.get("client_id", ""))
        if app is None:
            return "unknown client"
        if given.get("redirect_uri") not in app["redirect_uris"]:
            return "the redirect address is not registered"
        if given.get("response_type") != "code" or given.get("code_challenge_method") != "S256":
            return "only codes with S256"
        if not set(given.get("scope", "read").split()) <= set(app["scopes"]):
            return "the scope is larger than the registered one"
        return ""

    def _token(self, request: Request) -> Answer:
        given = request.values
        asked = self.codes.pop(str(given.get("code", "")), None)
        app = self.apps.get(given.get("client_id", ""))
        good = (
            asked is not None
            and app is not None
            and given.get("grant_type") == "authorization_code"
            and given.get("client_secret") == app["client_secret"]
            and asked["client_id"] == app["client_id"]
            and asked["redirect_uri"] == given.get("redirect_uri")
            and asked["code_challenge"] == _challenge(str(given.get("code_verifier", "")))
        )
        if not good or asked is None:
            return Answer(400, {"error": "invalid_grant", "error_description": "The grant is bad"})
        answer = {
            "access_token": self.new_token(),
            "token_type": "Bearer",
            "scope": asked["scope"],
            "created_at": int(datetime.now(UTC).timestamp()),
        }
        return Answer(200, answer)

    # --- the server and the account ---

    def _instance(self, _request: Request) -> Answer:
        if not self.has_v2:
            return Answer(404, {"error": "Not found"})
        said = {"domain": self.netloc, "version": self.version, "source_url": self.source_url}
        return Answer(200, shapes.instance(self.url, self.max_characters) | said)

    def _old_instance(self, _request: Request) -> Answer:
        answer = {
            "uri": self.netloc,
            "title": "Fake",
            "version": self.version,
            "max_toot_chars": self.max_characters,
        }
        return Answer(200, answer)

    def _account(self) -> dict[str, Any]:
        counts = {"followers_count": self.followers, "statuses_count": len(self.statuses)}
        return shapes.account(self.url, self.account_id, self.username) | counts

    def _me(self, _request: Request) -> Answer:
        return Answer(200, self._account() | shapes.OWN)

    # --- pictures ---

    def _upload(self, request: Request) -> Answer:
        content = request.parts.get("file", b"")
        if not content:
            return Answer(422, {"error": "Validation failed: File can't be blank"})
        medium_id = self._id()
        medium: dict[str, Any] = {
            "id": medium_id,
            "type": "video" if content[4:8] == b"ftyp" else "image",
            "url": None if self.polls_needed else f"{self.url}/media/{medium_id}",
            "preview_url": f"{self.url}/media/{medium_id}/small",
            "remote_url": None,
            "description": request.values.get("description"),
            "blurhash": None,
            "meta": {},
        }
        self.media[medium_id] = {**medium, "polls": self.polls_needed}
        self.files[medium_id] = content
        return Answer(202 if self.polls_needed else 200, medium)

    def _medium(self, _request: Request, medium_id: str) -> Answer:
        medium = self.media.get(medium_id)
        if medium is None:
            return Answer(404, {"error": "Record not found"})
        if medium["polls"] > 0:
            medium["polls"] -= 1
            if medium["polls"] > 0:
                return Answer(206, _shown(medium))
            if self.spoils_media:
                return Answer(422, {"error": "There was a problem processing your media"})
            medium["url"] = f"{self.url}/media/{medium_id}"
        return Answer(200, _shown(medium))

    # --- statuses ---

    def _post(self, request: Request) -> Answer:
        # The real server keeps keys by account, not by token.
        key = request.headers.get("idempotency-key", "")
        if key and self.honours_key and key in self._keys:
            return Answer(200, self._keys[key])
        given = request.values
        media = [self.media.get(str(medium_id)) for medium_id in given.get("media_ids", [])]
        parent = given.get("in_reply_to_id")
        if parent and parent not in {status["id"] for status in self.statuses}:
            return Answer(404, {"error": "Record not found"})
        if problem := self._wrong_status(given, media):
            return Answer(422, {"error": f"Validation failed: {problem}"})
        status = self._status_of(given, [_shown(medium) for medium in media if medium])
        for used in filter(None, media):
            del self.media[used["id"]]
        self.statuses.append(status)
        self._keys[key] = status
        return Answer(200, status)

    def _wrong_status(self, given: dict[str, Any], media: list[dict[str, Any] | None]) -> str:
        text = str(given.get("status", ""))
        if not text.strip() and not media:
            return "Text can't be blank"
        if shapes.length(text + str(given.get("spoiler_text", ""))) > self.max_characters:
            return f"Text character limit of {self.max_characters} exceeded"
        if None in media:
            return "Media not found"
        if any(medium and medium["polls"] > 0 for medium in media):
            return "Cannot attach files that have not finished processing. Try again in a moment!"
        if len(media) > 4:
            return "Cannot attach more than 4 files"
        if given.get("visibility", "public") not in VISIBILITIES:
            return "Visibility is not included in the list"
        return ""

    def _status_of(self, given: dict[str, Any], media: list[dict[str, Any]]) -> dict[str, Any]:
        status_id = self._id()
        return {
            "id": status_id,
            "created_at": shapes.iso(datetime.now(UTC)),
            "in_reply_to_id": given.get("in_reply_to_id"),
            "in_reply_to_account_id": self.account_id if given.get("in_reply_to_id") else None,
            "sensitive": bool(given.get("sensitive")),
            "spoiler_text": given.get("spoiler_text", ""),
            "visibility": given.get("visibility", "public"),
            "language": given.get("language"),
            "uri": f"{self.url}/users/{self.username}/statuses/{status_id}",
            "url": f"{self.url}/@{self.username}/{status_id}",
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
            "quotes_count": 0,
            "content": shapes.rendered(str(given.get("status", ""))),
            "reblog": None,
            "application": {"name": "Waypost", "website": None},
            "account": self._account(),
            "media_attachments": media,
            "mentions": [],
            "tags": [],
            "emojis": [],
            "card": None,
            "poll": None,
        }

    def _status(self, _request: Request, status_id: str) -> Answer:
        found = [status for status in self.statuses if status["id"] == status_id]
        return Answer(200, found[0]) if found else Answer(404, {"error": "Record not found"})

    def _edit(self, request: Request, status_id: str) -> Answer:
        status = next((each for each in self.statuses if each["id"] == status_id), None)
        if status is None:
            return Answer(404, {"error": "Record not found"})
        given = request.values
        # What is not named again is taken off, as at the real server.
        kept = [m for m in status["media_attachments"] if m["id"] in given.get("media_ids", [])]
        if problem := self._wrong_status(given, [{**medium, "polls": 0} for medium in kept]):
            return Answer(422, {"error": f"Validation failed: {problem}"})
        status["content"] = shapes.rendered(str(given.get("status", "")))
        status["spoiler_text"] = given.get("spoiler_text", "")
        status["media_attachments"] = kept
        status["edited_at"] = shapes.iso(datetime.now(UTC))
        return Answer(200, status)

    def _delete(self, _request: Request, status_id: str) -> Answer:
        found = [status for status in self.statuses if status["id"] == status_id]
        if not found:
            return Answer(404, {"error": "Record not found"})
        self.statuses.remove(found[0])
        return Answer(200, found[0])

    def _list(self, request: Request, account_id: str) -> Answer:
        if account_id != self.account_id:
            return Answer(404, {"error": "Record not found"})
        limit = min(int(request.one("limit", "20")), 40)
        listed = self.statuses[::-1][:limit]
        more = len(self.statuses) > limit
        link = f'<{self.url}{request.path}?max_id={listed[-1]["id"]}>; rel="next"' if more else ""
        return Answer(200, listed, {"Link": link} if link else {})


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _shown(medium: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in medium.items() if name != "polls"}

"""A personal data server of the AT Protocol, with the answers of the real one.

The real server answers 500 when a record key is taken, and 502 to every ``app.bsky``
question when nothing stands behind it: so does this one.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from typing import Any

import regex

from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_server import Answer, FakeServer, Request


class FakePds(FakeServer):
    """One server with one account; change the attributes to change its habits."""

    def __init__(self) -> None:
        super().__init__()
        self.did = "did:plc:abcdefghijklmnopqrstuvwx"
        self.handle = "svit.test"
        self.password = "abcd-efgh-ijkl-mnop"
        self.own_server = ""  # what the identity document says, when it is another server
        self.handles = {"ana.test": "did:plc:ana", "bor.test": "did:plc:bor"}
        self.has_appview = True
        self.followers = 321
        self.access: set[str] = set()
        self.refreshes: set[str] = set()
        self.used: dict[str, float] = {}  # renewal tokens, and when each was used first
        self.grace = 7200.0  # seconds for which a used renewal token still works
        self.expired: set[str] = set()
        self.records: dict[str, dict[str, Any]] = {}  # by record key
        self.blobs: dict[str, bytes] = {}
        self.numbers: dict[str, dict[str, int]] = {}  # by record key
        self.films = FakeFilms()  # the service for films, which writes into this server
        self.films.blobs, self.films.did = self.blobs, self.did

    # --- for the test ---

    def new_session(self, *, lasts: int = 7200) -> dict[str, str]:
        """The secrets that a finished connect journey would have stored."""
        session = {"accessJwt": _jwt("access", lasts), "refreshJwt": _jwt("refresh", 5_000_000)}
        self.access.add(session["accessJwt"])
        self.refreshes.add(session["refreshJwt"])
        return session

    def expire_access(self) -> None:
        """Every access token so far has ended; the refresh tokens still work."""
        self.expired |= self.access
        self.access.clear()

    def revoke_all(self) -> None:
        """The app password was deleted."""
        self.access.clear()
        self.refreshes.clear()
        self.used.clear()

    def parent_of(self, uri: str) -> str | None:
        """The address of the post that this one answers."""
        reply = self.records[uri.rpartition("/")[2]].get("reply")
        return str(reply["parent"]["uri"]) if reply else None

    # --- answers ---

    def answer(self, request: Request) -> Answer:
        name = request.path.removeprefix("/xrpc/")
        routes: dict[str, tuple[str, bool, Callable[[Request], Answer]]] = {
            "com.atproto.server.createSession": ("POST", False, self._create_session),
            "com.atproto.server.refreshSession": ("POST", False, self._refresh),
            "com.atproto.server.getServiceAuth": ("GET", True, self.films.pass_for),
            "com.atproto.identity.resolveHandle": ("GET", False, self._resolve),
            "com.atproto.repo.uploadBlob": ("POST", True, self._upload),
            "com.atproto.repo.createRecord": ("POST", True, self._create),
            "com.atproto.repo.deleteRecord": ("POST", True, self._delete),
            "com.atproto.repo.getRecord": ("GET", False, self._get),
            "app.bsky.actor.getProfile": ("GET", False, self._profile),
            "app.bsky.feed.getPosts": ("GET", False, self._posts),
        }
        if name not in routes:
            return Answer(404, b"Not found", {"Content-Type": "text/plain"})
        method, needs_token, act = routes[name]
        if method != request.method:
            return _error(405, "InvalidRequest", "Incorrect HTTP method")
        given = request.bearer
        if given and given in self.expired:
            return _error(400, "ExpiredToken", "Token has expired")
        known = self._renewing() if name.endswith("refreshSession") else self.access
        if (given and given not in known) or (needs_token and not given):
            return _error(401, "AuthenticationRequired", "Authentication Required")
        return act(request)

    def _session(self) -> dict[str, Any]:
        service = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": self.own_server or self.url,
        }
        return {
            "did": self.did,
            "handle": self.handle,
            "didDoc": {"id": self.did, "service": [service]},
            "active": True,
            **self.new_session(),
        }

    def _create_session(self, request: Request) -> Answer:
        given = request.json
        if (given["identifier"], given["password"]) not in {
            (self.handle, self.password),
            (self.did, self.password),
        }:
            return _error(401, "AuthenticationRequired", "Invalid identifier or password")
        return Answer(200, self._session())

    def _refresh(self, request: Request) -> Answer:
        if request.bearer not in self._renewing():
            return _error(400, "ExpiredToken", "Token has been revoked")
        self.refreshes.discard(request.bearer)
        self.used.setdefault(request.bearer, time.time())
        return Answer(200, self._session())

    def _renewing(self) -> set[str]:
        """The renewal tokens that work: fresh ones, and used ones in their time of grace."""
        now = time.time()
        return self.refreshes | {
            token for token, used in self.used.items() if now < used + self.grace
        }

    def _resolve(self, request: Request) -> Answer:
        did = {**self.handles, self.handle: self.did}.get(request.one("handle"))
        if did is None:
            return _error(400, "InvalidRequest", "Unable to resolve handle")
        return Answer(200, {"did": did})

    def _upload(self, request: Request) -> Answer:
        if len(request.body) > 2_000_000:
            return _error(413, "PayloadTooLarge", "request entity too large")
        link = "bafkrei" + hashlib.sha256(request.body).hexdigest()[:52]
        self.blobs[link] = request.body
        blob = {
            "$type": "blob",
            "ref": {"$link": link},
            "mimeType": request.headers["content-type"],
            "size": len(request.body),
        }
        return Answer(200, {"blob": blob})

    def _create(self, request: Request) -> Answer:
        given = request.json
        record = given["record"]
        if given["repo"] != self.did:
            return _error(401, "AuthenticationRequired", "Authentication Required")
        if len(regex.findall(r"\X", record["text"])) > 300:
            message = "Invalid app.bsky.feed.post record: Record/text must not be longer than"
            return _error(400, "InvalidRequest", f"{message} 300 graphemes")
        for link in _links(record):
            if link not in self.blobs:
                return _error(400, "BlobNotFound", f"Could not find blob: {link}")
        if given["rkey"] in self.records:
            return _error(500, "InternalServerError", "Internal Server Error")
        self.records[given["rkey"]] = record
        return Answer(200, {"uri": self._uri(given["rkey"]), "cid": cid_of(record)})

    def _delete(self, request: Request) -> Answer:
        # The real one answers the same whether the record was there or not.
        self.records.pop(request.json["rkey"], None)
        return Answer(200, {})

    def _get(self, request: Request) -> Answer:
        record = self.records.get(request.one("rkey"))
        if record is None:
            return _error(400, "RecordNotFound", "Could not locate record")
        uri = self._uri(request.one("rkey"))
        body = {"uri": uri, "cid": cid_of(record), "value": record}
        return Answer(200, body)

    def _profile(self, request: Request) -> Answer:
        if not self.has_appview:
            return _error(502, "UpstreamFailure", "pipethrough network error")
        if request.one("actor") != self.did:
            return _error(400, "InvalidRequest", "Profile not found")
        profile = {"did": self.did, "handle": self.handle, "followersCount": self.followers}
        return Answer(200, profile)

    def _posts(self, request: Request) -> Answer:
        if not self.has_appview:
            return _error(502, "UpstreamFailure", "pipethrough network error")
        uris = request.query.get("uris", [])
        if len(uris) > 25:
            return _error(400, "InvalidRequest", "Params must have at most 25 uris")
        keys = [uri.rpartition("/")[2] for uri in uris]
        posts = [
            {"uri": self._uri(key), "cid": "bafyreifake", **self.numbers.get(key, {})}
            for key in keys
            if key in self.records
        ]
        return Answer(200, {"posts": posts})

    def _uri(self, key: str) -> str:
        return f"at://{self.did}/app.bsky.feed.post/{key}"


def cid_of(record: dict[str, Any]) -> str:
    """A content identifier: another record has another one."""
    content = json.dumps(record, sort_keys=True).encode()
    return "bafyrei" + hashlib.sha256(content).hexdigest()[:52]


def _error(status: int, name: str, message: str) -> Answer:
    return Answer(status, {"error": name, "message": message})


def _links(value: Any) -> list[str]:
    """Every blob reference inside a record."""
    if isinstance(value, dict):
        own = [value["$link"]] if "$link" in value else []
        return own + [link for inner in value.values() for link in _links(inner)]
    if isinstance(value, list):
        return [link for inner in value for link in _links(inner)]
    return []


def _jwt(kind: str, lasts: int) -> str:
    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

    claims = {"scope": kind, "exp": int(time.time()) + lasts, "jti": secrets.token_hex(8)}
    return f"{part({'alg': 'HS256'})}.{part(claims)}.c2lnbmVk"

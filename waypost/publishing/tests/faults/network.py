"""Networks where everything goes wrong that can, and that know what really stands there.

Each is the fake server of a network with a habit of its own: one where the key is the
post's name, one that keeps keys for an hour, one without keys, and the last two again
where a look-up tells nothing. A ``Mishap`` says what happens to one request.
"""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection, Health
from waypost.kit.secrets import seal
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests import mastodon_shapes as shapes
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.fake_server import Answer, FakeServer, Request
from waypost.providers.tests.worlds import mastodon_settings
from waypost.tests import factories

KEYS_LAST = timedelta(hours=1)
LATE = timedelta(seconds=100)
"""A server is at work at most this long on a call that we gave up on."""


@dataclass(frozen=True)
class Mishap:
    """What happens to a request instead of the right thing."""

    name: str
    accepts: bool = False  # the server does its work first
    late: bool = False  # … or long after we stopped listening
    answer: Callable[[], Answer] | None = None  # None: the connection is cut
    spoil: Callable[[Answer], Answer] | None = None  # what becomes of the right answer
    revokes: bool = False  # the account's access ends with this request


def _half(answer: Answer) -> Answer:
    return Answer(answer.status, answer.content, answer.headers, cut_at=len(answer.content) // 2)


def _page(_answer: Answer) -> Answer:
    return Answer(200, b"<!doctype html><p>Hello", {"Content-Type": "text/html"})


def _fault() -> Answer:
    return Answer(500, {"error": "InternalServerError", "message": "no"})


def _limit(**headers: str) -> Answer:
    return Answer(429, {"error": "RateLimitExceeded", "message": "slow down"}, headers)


def _limit_until() -> Answer:
    soon = datetime.now(UTC) + timedelta(seconds=45)
    return _limit(**{"Retry-After": format_datetime(soon, usegmt=True)})


MISHAPS = {
    each.name: each
    for each in (
        Mishap("cut before"),
        Mishap("cut after", accepts=True),
        Mishap("accepted late", late=True),
        Mishap("500 before", answer=_fault),
        Mishap("500 after", accepts=True, answer=_fault),
        Mishap("500 and accepted late", late=True, answer=_fault),
        Mishap("503 with a time", answer=lambda: Answer(503, b"", {"Retry-After": "30"})),
        Mishap("429 with a header", answer=lambda: _limit(**{"Retry-After": "20"})),
        Mishap("429 without a header", answer=_limit),
        Mishap("429 with a date", answer=_limit_until),
        Mishap("half an answer", accepts=True, spoil=_half),
        Mishap("not JSON", accepts=True, spoil=_page),
        Mishap("revoked", revokes=True),
        Mishap("revoked after", accepts=True, revokes=True),
    )
}

Forecast = Callable[[Request], Mishap | None]


@dataclass
class Call:
    """One request as the server saw it."""

    at: datetime
    method: str
    path: str
    key: str
    mishap: str


class Storm(FakeServer):
    """A fake server in bad weather; mixed into the fake of a network."""

    keys_are_names = False

    def __init__(self) -> None:
        super().__init__()
        self.forecast: Forecast = lambda _request: None
        self.late: list[tuple[datetime, Request]] = []
        self.calls: list[Call] = []
        self.gate: Callable[[str, Request], None] = lambda _moment, _request: None

    def respond(self, request: Request) -> Answer | None:
        self.gate("arrived", request)
        with self.lock:
            self.catch_up()
            mishap = self.forecast(request)
            self.calls.append(
                Call(
                    datetime.now(UTC),
                    request.method,
                    request.path,
                    self.key_of(request),
                    mishap.name if mishap else "",
                )
            )
            answer = self._with(mishap, request) if mishap else super().respond(request)
        self.gate("accepted", request)
        return answer

    def _with(self, mishap: Mishap, request: Request) -> Answer | None:
        self.requests.append(request)
        if mishap.revokes and not mishap.accepts:
            self.revoke()
            return self.answer(request)
        right = self.answer(request) if mishap.accepts else None
        if mishap.revokes:
            self.revoke()
        if mishap.late and request.method == "POST" and not self.knows(request):
            self.late.append((datetime.now(UTC) + LATE, request))
        if mishap.spoil and right:
            return mishap.spoil(right)
        return mishap.answer() if mishap.answer else None

    def catch_up(self) -> None:
        """Do what was put off and is due by now."""
        now = datetime.now(UTC)
        with self.lock:
            due = [request for at, request in self.late if at <= now]
            self.late = [(at, request) for at, request in self.late if at > now]
            for request in due:
                self.accept_late(request)

    # --- what the network says for itself ---

    def key_of(self, request: Request) -> str:
        return ""

    def knows(self, request: Request) -> bool:
        return False

    def accept_late(self, request: Request) -> None:
        self.answer(request)

    def revoke(self) -> None:
        raise NotImplementedError

    def renewed_secrets(self) -> dict[str, str]:
        """What the owner gets by connecting again."""
        raise NotImplementedError

    def standing(self, text: str) -> list[str]:
        """Ids of all posts with this text."""
        raise NotImplementedError


class StormyFilms(Storm, FakeFilms):
    """The service for films of the network whose keys are names."""


class StormyPds(Storm, FakePds):
    keys_are_names = True

    def __init__(self) -> None:
        super().__init__()
        self.films: FakeFilms = StormyFilms()
        self.films.blobs, self.films.did = self.blobs, self.did

    def stop(self) -> None:
        self.films.stop()
        super().stop()

    def key_of(self, request: Request) -> str:
        if not request.path.endswith("createRecord"):
            return ""
        return str(json.loads(request.body).get("rkey", ""))

    def revoke(self) -> None:
        self.revoke_all()

    def renewed_secrets(self) -> dict[str, str]:
        return self.new_session()

    def standing(self, text: str) -> list[str]:
        return [self._uri(key) for key, record in self.records.items() if record["text"] == text]


class StormyMastodon(Storm, FakeMastodon):
    tells = True  # whether a listing lets one conclude that something is absent

    def answer(self, request: Request) -> Answer:
        self._forget_keys()
        answer = super().answer(request)
        listing = request.path.endswith("/statuses") and request.method == "GET"
        if listing and answer.status == 200 and not self.tells:
            # Without its clock nobody can say how far back the listing reaches, and one
            # that shows nothing cannot be told from one that lags behind.
            return Answer(answer.status, [], {"Date": ""})
        return answer

    def _forget_keys(self) -> None:
        now = datetime.now(UTC)
        for key, status in list(self._keys.items()):
            if now - datetime.fromisoformat(status["created_at"]) >= KEYS_LAST:
                del self._keys[key]

    def key_of(self, request: Request) -> str:
        return request.headers.get("idempotency-key", "")

    def knows(self, request: Request) -> bool:
        return self.honours_key and self.key_of(request) in self._keys

    def accept_late(self, request: Request) -> None:
        # The key was asked for when the call came in: a second call that went through
        # meanwhile does not stop this one. The real server is written like that.
        honours, self.honours_key = self.honours_key, False
        tokens, self.tokens = self.tokens, {request.bearer}
        self.answer(request)
        self.honours_key, self.tokens = honours, tokens

    def revoke(self) -> None:
        self.revoke_all()

    def renewed_secrets(self) -> dict[str, str]:
        return {"access_token": self.new_token()}

    def standing(self, text: str) -> list[str]:
        shown = shapes.rendered(text)
        return [status["id"] for status in self.statuses if status["content"] == shown]


@dataclass
class Network:
    """A started server, and the account of the business there."""

    server: Storm
    connection: Connection
    publish_path: str
    url_of: Callable[[str], str] = field(default=lambda remote_id: "")

    def standing(self, text: str) -> list[str]:
        self.server.catch_up()
        return self.server.standing(text)

    def reconnect(self) -> None:
        """What connecting again leaves behind."""
        Connection.objects.filter(pk=self.connection.pk).update(
            sealed_secrets=seal(self.server.renewed_secrets()),
            health=Health.CONNECTED,
            broken_reason="",
            broken_at=None,
            refreshing_until=None,
            expires_at=None,
        )

    def stop(self) -> None:
        self.server.stop()


def _named(business: Business) -> Network:
    server = StormyPds().start()
    connection = factories.make_connection(
        business,
        provider_id=Bluesky.id,
        remote_id=server.did,
        handle=server.handle,
        host=server.url,
        secrets=server.new_session(),
        settings={},
    )
    page = f"https://bsky.app/profile/{server.handle}/post"
    return Network(
        server,
        connection,
        "com.atproto.repo.createRecord",
        lambda uri: f"{page}/{uri.rpartition('/')[2]}",
    )


def _listed(business: Business, *, keys: bool, tells: bool) -> Network:
    server = StormyMastodon()
    server.honours_key, server.tells = keys, tells
    server.start()
    settings: dict[str, Any] = mastodon_settings(server)
    connection = factories.make_connection(
        business,
        provider_id=Mastodon.id,
        remote_id=f"{server.account_id}@{server.netloc}",
        handle=f"{server.username}@{server.netloc}",
        host=server.url,
        secrets={"access_token": server.new_token()},
        settings=settings,
    )
    page = f"{server.url}/@{server.username}"
    return Network(server, connection, "/api/v1/statuses", lambda status: f"{page}/{status}")


NETWORKS: dict[str, Callable[[Business], Network]] = {
    "key is the name": _named,
    "key and look-up": lambda business: _listed(business, keys=True, tells=True),
    "key only": lambda business: _listed(business, keys=True, tells=False),
    "look-up only": lambda business: _listed(business, keys=False, tells=True),
    "neither": lambda business: _listed(business, keys=False, tells=False),
}

USUAL = ("key is the name", "look-up only")
"""The two that differ most; the short form of a long test is content with them."""


def some(*values: str, at_once: Collection[str]) -> list[Any]:
    """Values of a test's parameter, of which ``make test`` takes only those ``at_once``."""
    return [
        pytest.param(value, marks=() if value in at_once else pytest.mark.real) for value in values
    ]

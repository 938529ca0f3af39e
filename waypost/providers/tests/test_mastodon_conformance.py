"""Our requests, and the fake's answers, against a description of Mastodon's API.

The description is data of its own and not part of this repository. The tests look for
its folder in WAYPOST_SPECS, then beside the repository, and are skipped without it.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from waypost.providers.base import App, Credentials, Post
from waypost.providers.errors import Disconnected, Refused
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_server import Answer, Request
from waypost.providers.tests.test_mastodon_connecting import BACK, CHALLENGE, VERIFIER
from waypost.providers.tests.worlds import mastodon_settings, now, picture

_ROOT = Path(__file__).resolve().parents[3]
_FOLDER = Path(os.environ.get("WAYPOST_SPECS") or _ROOT.parent / "shared" / "specs")
_FILE = _FOLDER / "third-party" / "mastodon-openapi-abraham.json"
_ADDRESS = "urn:mastodon"

pytestmark = pytest.mark.skipif(
    not _FILE.is_file(),
    reason="The description of Mastodon's API is not here: set WAYPOST_SPECS to its folder.",
)


@cache
def _description() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(_FILE.read_text())
    return described


@cache
def _validator(pointer: str) -> jsonschema.Draft202012Validator:
    """A validator for the part of the description at ``pointer``."""
    resource = DRAFT202012.create_resource(_description())
    registry: Registry[Any] = Registry().with_resource(_ADDRESS, resource)
    return jsonschema.Draft202012Validator({"$ref": f"{_ADDRESS}#{pointer}"}, registry=registry)


def _escaped(*parts: str) -> str:
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _faults(pointer: str, value: Any) -> list[str]:
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in _validator(pointer).iter_errors(value)
    ]


def _path_of(request: Request) -> str:
    """The described path that the request went to; exact names before placeholders."""

    def fits(path: str) -> bool:
        return (
            re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), request.path) is not None
        )

    paths: list[str] = sorted(
        filter(fits, _description()["paths"]), key=lambda path: path.count("{")
    )
    assert paths, f"{request.path} is not described"
    return paths[0]


def _operation(request: Request) -> dict[str, Any]:
    path = _description()["paths"][_path_of(request)]
    assert request.method.lower() in path, f"{request.method} {request.path} is not described"
    operation: dict[str, Any] = path[request.method.lower()]
    return operation


def _body_pointer(request: Request, kind: str) -> str:
    path, method = _path_of(request), request.method.lower()
    if path == "/api/v1/statuses":
        # A text with pictures fits two of the three described kinds at once; which one is
        # meant follows from the pictures.
        name = "MediaStatus" if "media_ids" in request.json else "TextStatus"
        return _escaped("components", "schemas", name)
    return _escaped("paths", path, method, "requestBody", "content", kind, "schema")


def _request_faults(request: Request) -> Iterator[str]:
    operation = _operation(request)
    described = {(p["in"], p["name"].lower()): p for p in operation.get("parameters", [])}
    for name in request.query:
        if ("query", name.lower()) not in described:
            yield f"{request.path}: the parameter {name} is not described"
    for (place, name), parameter in described.items():
        if place == "query" and parameter.get("required") and name not in request.query:
            yield f"{request.path}: the parameter {name} is missing"
    if operation.get("security") and not request.bearer:
        yield f"{request.path}: no token"
    if request.method == "POST":
        kind = request.headers["content-type"].partition(";")[0]
        if kind not in operation["requestBody"]["content"]:
            yield f"{request.path}: {kind} is not described"
        yield from _faults(_body_pointer(request, kind), request.values)


def _answer_faults(request: Request, answer: Answer) -> Iterator[str]:
    path, method, status = _path_of(request), request.method.lower(), str(answer.status)
    responses = _operation(request)["responses"]
    if status not in responses:
        yield f"{request.path}: {status} is not described"
    elif "application/json" in responses[status].get("content", {}):
        pointer = _escaped(
            "paths", path, method, "responses", status, "content", "application/json", "schema"
        )
        yield from _faults(pointer, json.loads(answer.content))


@pytest.fixture
def fake() -> Iterator[FakeMastodon]:
    with FakeMastodon() as running:
        yield running


def _credentials(fake: FakeMastodon) -> Credentials:
    secrets = {"access_token": fake.new_token()}
    settings = mastodon_settings(fake)
    return Credentials(f"{fake.account_id}@x", "svit@x", fake.url, secrets, settings)


def _connect(fake: FakeMastodon) -> None:
    provider = Mastodon()
    app = provider.register(fake.url, BACK)
    address = provider.authorize_url(app, redirect_uri=BACK, state="s", challenge=CHALLENGE)
    code = parse_qs(urlsplit(fake.approve(address)).query)["code"][0]
    provider.exchange(app, code=code, redirect_uri=BACK, verifier=VERIFIER)


def _publish(fake: FakeMastodon) -> None:
    provider, credentials = Mastodon(), _credentials(fake)
    options = {"visibility": "unlisted", "spoiler_text": "Vosek", "sensitive": True}
    for post in (
        Post("Dobro jutro"),
        Post("Novo", link="https://svit.si", language="sl", pictures=[picture()], options=options),
        Post("", pictures=[picture(alt="")]),
    ):
        done: dict[str, Any] = {}
        for step in provider.steps(post):
            done[step] = provider.stage(step, post, credentials, done)
        provider.publish(post, credentials, key=provider.new_key(), staged=done)


def _process(fake: FakeMastodon) -> None:
    fake.polls_needed = 1
    _publish(fake)


def _find(fake: FakeMastodon) -> None:
    _publish(fake)
    Mastodon().find(Post("Dobro jutro"), _credentials(fake), key="k", staged={}, sent_at=now())


def _measure(fake: FakeMastodon) -> None:
    _publish(fake)
    Mastodon().measure_account(_credentials(fake))
    ids = [status["id"] for status in fake.statuses]
    Mastodon().measure_posts(_credentials(fake), [*ids, "404"])


def _be_refused(fake: FakeMastodon) -> None:
    credentials = _credentials(fake)
    with pytest.raises(Refused):
        Mastodon().publish(Post("a" * 501), credentials, key="k", staged={})
    fake.revoke_all()
    with pytest.raises(Disconnected):
        Mastodon().publish(Post("a"), credentials, key="k", staged={})


WAYS = pytest.mark.parametrize(
    ("act", "asked"),
    [
        (_connect, {"/api/v1/apps", "/oauth/token", "/api/v2/instance"}),
        (_publish, {"/api/v2/media", "/api/v1/statuses"}),
        (_process, {"/api/v2/media", "/api/v1/media/{id}", "/api/v1/statuses"}),
        (_find, {"/api/v1/accounts/{id}/statuses"}),
        (_measure, {"/api/v1/accounts/verify_credentials", "/api/v1/statuses/{id}"}),
        (_be_refused, {"/api/v1/statuses"}),
    ],
)


@WAYS
def test_our_requests_are_as_described(
    fake: FakeMastodon, act: Callable[[FakeMastodon], None], asked: set[str]
) -> None:
    act(fake)
    assert asked <= {_path_of(request) for request in fake.requests}
    assert [fault for request in fake.requests for fault in _request_faults(request)] == []


@WAYS
def test_the_fakes_answers_are_as_described(
    fake: FakeMastodon, act: Callable[[FakeMastodon], None], asked: set[str]
) -> None:
    act(fake)
    assert fake.answers
    faults = [fault for pair in fake.answers for fault in _answer_faults(*pair)]
    assert faults == []


def test_the_person_is_sent_to_the_described_page_with_what_it_needs() -> None:
    app = App("https://mastodon.example", "client", "secret")
    address = Mastodon().authorize_url(app, redirect_uri=BACK, state="s", challenge=CHALLENGE)
    parts = urlsplit(address)
    request = Request("GET", parts.path, parse_qs(parts.query), {}, b"")
    assert list(_request_faults(request)) == []


def test_the_key_against_doubles_is_a_described_header_and_is_always_sent(
    fake: FakeMastodon,
) -> None:
    _publish(fake)
    posts = fake.asked("/api/v1/statuses", "POST")
    headers = [p for p in _operation(posts[0])["parameters"] if p["in"] == "header"]
    assert [header["name"] for header in headers] == ["Idempotency-Key"]
    # The description calls the header an object; a header can only be text.
    keys = [post.headers["idempotency-key"] for post in posts]
    assert len(set(keys)) == len(posts) == 3


def test_a_wrong_request_would_be_noticed() -> None:
    bad = json.dumps({"visibility": 5}).encode()
    json_header = {"content-type": "application/json"}
    request = Request("POST", "/api/v1/statuses", {"colour": ["red"]}, json_header, bad)
    faults = list(_request_faults(request))
    assert any("colour is not described" in fault for fault in faults)
    assert any("'status' is a required property" in fault for fault in faults)
    assert any("no token" in fault for fault in faults)


def test_a_wrong_answer_would_be_noticed() -> None:
    request = Request("GET", "/api/v1/statuses/1", {}, {}, b"")
    faults = list(_answer_faults(request, Answer(200, {"id": 1})))
    assert any("'content' is a required property" in fault for fault in faults)
    assert any("1 is not of type 'string'" in fault for fault in faults)
    assert list(_answer_faults(request, Answer(299, {}))) == [
        "/api/v1/statuses/1: 299 is not described"
    ]

"""Web Push against a server that reads what it gets, as a browser's would."""

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.kit.secrets import seal
from waypost.notices import actions, push, sending
from waypost.notices.kinds import Kind
from waypost.notices.models import Device, Dispatch
from waypost.notices.tests.test_telling import tell

AUTH = b"sixteen bytes ok"


def letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass
class PushServer:
    """The server of a browser maker, and the browser behind it."""

    url: str
    key: ec.EllipticCurvePrivateKey
    status: int = 201
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def messages(self) -> list[Any]:
        return [
            json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=AUTH))
            for _headers, body in self.got
        ]


@pytest.fixture
def server() -> Iterator[PushServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append((dict(self.headers), body))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    made = PushServer(
        f"http://127.0.0.1:{listener.server_port}/send/1", ec.generate_private_key(ec.SECP256R1())
    )
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    listener.shutdown()
    listener.server_close()
    thread.join()


@pytest.fixture
def device(server: PushServer, editor: User) -> Device:
    keys = {"p256dh": letters(point(server.key.public_key())), "auth": letters(AUTH)}
    return editor.devices.create(endpoint=server.url, sealed_keys=seal(keys), name="Firefox")


def test_the_browser_reads_the_notice_and_knows_who_sent_it(
    business: Business, editor: User, owner: User, device: Device, server: PushServer
) -> None:
    tell(business, editor, by=owner, url="/b/candle-shop/x/")
    sending.send_due(timezone.now())
    assert server.messages == [
        {
            "title": "Candle shop",
            "body": "Olga Owner asks you to review: Spring",
            "url": "http://127.0.0.1:8000/b/candle-shop/x/",
        }
    ]
    headers = server.got[0][0]
    token = headers["Authorization"].removeprefix("vapid t=").partition(",")[0]
    public = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), base64.urlsafe_b64decode(push.public_key() + "=")
    )
    claims = jwt.decode(token, public, algorithms=["ES256"], audience=server.url[:-7])
    assert claims["sub"].startswith("mailto:")
    sending.send_due(timezone.now())
    assert len(server.got) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_ended_is_forgotten(
    status: int, business: Business, editor: User, device: Device, server: PushServer
) -> None:
    server.status = status
    tell(business, editor)
    sending.send_due(timezone.now())
    assert Device.objects.count() == 0
    assert Dispatch.objects.get(way="push").due_at is None


def test_a_server_in_trouble_is_asked_again(
    business: Business, editor: User, device: Device, server: PushServer
) -> None:
    server.status = 503
    tell(business, editor)
    sending.send_due(timezone.now())
    row = Dispatch.objects.get(way="push")
    assert (row.due_at is not None, row.error) == (True, "status 503")
    server.status = 201
    assert row.due_at is not None
    sending.send_due(row.due_at)
    assert len(server.got) == 2
    assert Dispatch.objects.get(way="push").sent_at is not None


def test_a_private_address_is_never_spoken_to(
    business: Business, editor: User, device: Device, server: PushServer, settings: Any
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    tell(business, editor)
    sending.send_due(timezone.now())
    assert server.got == []
    assert "HostNotAllowed" in Dispatch.objects.get(way="push").error


def test_a_device_is_told_only_of_its_owner(
    business: Business, owner: User, editor: User, device: Device, server: PushServer
) -> None:
    tell(business, owner)
    sending.send_due(timezone.now())
    assert server.got == []


def test_keys_of_the_installation_stay_the_same_and_are_private(settings: Any) -> None:
    assert push.public_key() == push.public_key()
    assert len(base64.urlsafe_b64decode(push.public_key() + "=")) == 65
    assert (settings.DATA / "push.key").stat().st_mode & 0o077 == 0


# --- pages ---


def test_a_browser_registers_itself_and_belongs_to_who_did_it_last(
    business: Business, owner: User, editor: User, page: Client, sign_in: Any
) -> None:
    said = {"endpoint": "https://push.example/1", "p256dh": "p", "auth": "a", "name": "Firefox"}
    address = reverse("notices:device_add", args=[business.slug])
    page.post(address, said)
    assert owner.devices.get().name == "Firefox"
    sign_in(editor).post(address, said)
    assert (owner.devices.count(), editor.devices.count()) == (0, 1)


@pytest.mark.parametrize("changes", [{"endpoint": "http://push.example/1"}, {"auth": ""}])
def test_what_is_no_subscription_is_refused(editor: User, changes: dict[str, str]) -> None:
    said = {"endpoint": "https://push.example/1", "p256dh": "p", "auth": "a", "name": "x"}
    with pytest.raises(Refusal):
        actions.add_device(editor, **{**said, **changes})


def test_nobody_removes_the_device_of_somebody_else(
    business: Business, device: Device, page: Client
) -> None:
    address = reverse("notices:device_remove", args=[business.slug, device.pk])
    assert page.post(address).status_code == 404
    assert Device.objects.count() == 1


def test_the_worker_of_the_browser_is_at_the_root(db: None) -> None:
    answer = Client().get("/notices-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "showNotification" in answer.content.decode()
    assert Kind.REVIEW not in answer.content.decode()

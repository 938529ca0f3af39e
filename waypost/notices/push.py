"""Web Push: a notice that a browser shows even when no page of Waypost is open.

The message is encrypted for the browser (RFC 8291) and signed with a key of this
installation (VAPID, RFC 8292). It goes out through ``kit.http`` like everything else, since
the address was said by somebody's browser.
"""

import base64
import json
import time
from importlib.util import find_spec
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.module_loading import import_string

from waypost.kit import http
from waypost.kit.datafolder import DataFolder
from waypost.kit.http import HostNotAllowed
from waypost.kit.secrets import unseal
from waypost.notices.models import Device

KEPT = 24 * 3600  # seconds that the browser's server keeps a message for a sleeping device
LASTS = 12 * 3600  # seconds a signature holds
GONE = {404, 410}


class NoDevice(Exception):
    """The browser takes no notices any more: the device can be forgotten."""


class NotTaken(Exception):
    """It did not work this time."""


def is_there() -> bool:
    """Whether the operator installed the extra."""
    return find_spec("pywebpush") is not None


def _pem() -> bytes:
    given: str = settings.PUSH_KEY
    return (given or DataFolder(settings.DATA).made_once("push.key", _new_key)).encode()


def _new_key() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def public_key() -> str:
    """What a browser needs to take notices from this installation, and from no other."""
    key = load_pem_private_key(_pem(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def send(device: Device, *, title: str, body: str, url: str) -> None:
    """Raises ``NoDevice`` or ``NotTaken``."""
    message = json.dumps({"title": title, "body": body, "url": url}).encode()
    keys = unseal(device.sealed_keys)
    subscription = {"endpoint": device.endpoint, "keys": keys}
    try:
        sealed = import_string("pywebpush.WebPusher")(subscription).encode(message)["body"]
    except Exception as error:
        # Keys that a browser made wrongly fail in as many ways as the library has steps.
        raise NoDevice(repr(error)) from error
    try:
        answer = http.shared().post(device.endpoint, content=sealed, headers=_headers(device))
    except (httpx.HTTPError, HostNotAllowed) as error:
        raise NotTaken(repr(error)) from error
    if answer.status_code in GONE:
        raise NoDevice(f"status {answer.status_code}")
    if answer.status_code >= 400:
        raise NotTaken(f"status {answer.status_code}")


def _headers(device: Device) -> dict[str, str]:
    parts = urlsplit(device.endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "sub": f"mailto:{settings.DEFAULT_FROM_EMAIL}",
        "exp": int(time.time()) + LASTS,
    }
    signed = import_string("py_vapid.Vapid02").from_pem(_pem()).sign(claims)
    return {
        **signed,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Urgency": "normal",
    }

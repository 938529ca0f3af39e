"""A shop of Ecwid and a property of Google Analytics, as far as Waypost asks them."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from waypost.providers.tests.fake_server import Answer, FakeServer, Request


def order(number: int, at: int, total: float, **more: Any) -> dict[str, Any]:
    """As Ecwid tells one; ``at`` is a Unix time."""
    utm = {"source": "x", "medium": "social", "campaign": "advent"}
    return {
        "id": f"N{number}",
        "createTimestamp": at,
        "total": total,
        "email": "buyer@example.com",
        "paymentStatus": "PAID",
        "utmData": utm,
        **more,
    }


class FakeShop(FakeServer):
    """Shop 77; pages, filters by time and by state of payment as Ecwid does."""

    def __init__(self) -> None:
        super().__init__()
        self.orders: list[dict[str, Any]] = []
        self.currency = "EUR"
        self.token = "secret_wax"

    def answer(self, request: Request) -> Answer:
        if request.bearer != self.token:
            return Answer(403, {"errorMessage": "This application does not have access"})
        if request.path == "/api/v3/77/profile":
            units = {"currency": self.currency}
            return Answer(body={"settings": {"storeName": "Svit"}, "formatsAndUnits": units})
        if request.path == "/api/v3/77/orders":
            return Answer(body=self._orders(request))
        return Answer(404, {"errorMessage": "Not found"})

    def _orders(self, request: Request) -> dict[str, Any]:
        first, last = int(request.one("createdFrom")), int(request.one("createdTo"))
        states = request.one("paymentStatus").split(",")
        rows = [
            row
            for row in self.orders
            if first <= row["createTimestamp"] <= last and row["paymentStatus"] in states
        ]
        offset, limit = int(request.one("offset", "0")), min(int(request.one("limit")), 100)
        items = rows[offset : offset + limit]
        return {
            "total": len(rows),
            "count": len(items),
            "offset": offset,
            "limit": limit,
            "items": items,
        }


def row(day: str, tags: tuple[str, str, str, str], *numbers: float) -> dict[str, Any]:
    """As the Data API tells one: texts, whatever it is."""
    return {
        "dimensionValues": [{"value": value} for value in (day, *tags)],
        "metricValues": [{"value": str(value)} for value in numbers],
    }


class FakeAnalytics(FakeServer):
    """Property 42; gives a token only for a rightly signed claim of its service account."""

    def __init__(self) -> None:
        super().__init__()
        self.private: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
        self.rows: list[dict[str, Any]] = []
        self.is_viewer = self.is_switched_on = self.takes_key = True

    @property
    def key_file(self) -> str:
        pem = self.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        told = {"client_email": "wp@svit.iam.example", "private_key": pem.decode()}
        return json.dumps({"type": "service_account", **told})

    def answer(self, request: Request) -> Answer:
        if request.path == "/token":
            return self._token(request)
        if not self.is_switched_on:
            reason = [{"reason": "SERVICE_DISABLED", "domain": "googleapis.com"}]
            told = {"code": 403, "status": "PERMISSION_DENIED", "details": reason}
            return Answer(403, {"error": told})
        if request.bearer != "ya29.fake" or not self.is_viewer:
            return Answer(403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}})
        if request.path != "/v1beta/properties/42:runReport":
            return Answer(403, {"error": {"code": 403, "status": "PERMISSION_DENIED"}})
        [days] = request.json["dateRanges"]
        first, last = (days[key].replace("-", "") for key in ("startDate", "endDate"))
        rows = [each for each in self.rows if first <= each["dimensionValues"][0]["value"] <= last]
        offset, limit = int(request.json.get("offset", 0)), int(request.json.get("limit", 10_000))
        found = rows[offset : offset + limit]
        # Google leaves "rows" out where there are none.
        return Answer(body={"rowCount": len(rows)} | ({"rows": found} if found else {}))

    def _token(self, request: Request) -> Answer:
        head, body, signature = (
            base64.urlsafe_b64decode(part + "==") for part in request.values["assertion"].split(".")
        )
        text = request.values["assertion"].rpartition(".")[0].encode()
        self.private.public_key().verify(signature, text, PKCS1v15(), SHA256())
        claims = json.loads(body)
        good = (
            json.loads(head) == {"alg": "RS256", "typ": "JWT"}
            and claims["iss"] == "wp@svit.iam.example"
            and claims["aud"] == f"{self.url}/token"
            and claims["scope"].endswith("/analytics.readonly")
            and claims["exp"] - claims["iat"] <= 3600
        )
        if not good or not self.takes_key:
            return Answer(400, {"error": "invalid_grant", "error_description": "Bad claim"})
        return Answer(body={"access_token": "ya29.fake", "expires_in": 3599})

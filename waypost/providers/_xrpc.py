"""Calls to a server of the AT Protocol, and what its refusals mean."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
from django.utils.translation import gettext as _

from waypost.providers._calls import (
    call,
    error_of,
    read_object,
    refused_by_the_server_itself,
    unreachable,
)
from waypost.providers.allowance import CALLS, Meter
from waypost.providers.errors import Disconnected, Refused

_TOKEN_ERRORS = {"ExpiredToken", "InvalidToken"}

WRITES, UPLOADS = "writes", "uploads"
_OF_THE_ADDRESS = 300
"""Seconds: the window in which a server counts all calls of one address together."""
_SCOPES = {
    "com.atproto.repo.createRecord": WRITES,
    "com.atproto.repo.putRecord": WRITES,
    "com.atproto.repo.deleteRecord": WRITES,
    "com.atproto.repo.applyWrites": WRITES,
    "com.atproto.repo.uploadBlob": UPLOADS,
}


def _meter(name: str) -> Meter:
    return Meter(_SCOPES.get(name, CALLS), (_OF_THE_ADDRESS,))


class RecordNotFound(Refused):
    """There is no such record, account or handle."""


def query(host: str, name: str, *, token: str = "", **params: Any) -> dict[str, Any]:
    """Ask; the answer is an object. Raises as :func:`raise_refusal` says, or ``Busy``."""
    response = call("GET", f"{host}/xrpc/{name}", token=token, meter=_meter(name), params=params)
    raise_refusal(response)
    return read_object(response)


def procedure(
    host: str, name: str, body: Mapping[str, Any] | None = None, *, token: str, once: bool = False
) -> dict[str, Any]:
    """Do something; with ``once`` an unknown outcome is passed on as it came."""
    content = {} if body is None else {"json": body}
    response = call(
        "POST", f"{host}/xrpc/{name}", token=token, once=once, meter=_meter(name), **content
    )
    raise_refusal(response)
    return read_object(response, once=once)


def upload(host: str, data: bytes, mime: str, *, token: str) -> dict[str, Any]:
    """The blob reference of ``data``, to be put into a record."""
    name = "com.atproto.repo.uploadBlob"
    response = call(
        "POST",
        f"{host}/xrpc/{name}",
        token=token,
        meter=_meter(name),
        content=data,
        headers={"Content-Type": mime},
    )
    if response.status_code == 413:
        raise Refused(_("The server says that the picture is too large."), field="pictures")
    raise_refusal(response, field="pictures")
    blob = read_object(response).get("blob")
    if not isinstance(blob, dict):
        raise unreachable(response.url.host)
    return blob


def raise_refusal(response: httpx.Response, *, field: str = "") -> None:
    """Turn an answer that is not 200 into the contract's words."""
    if response.status_code == 200:
        return
    name, message = error_of(response)
    if response.status_code in {401, 403}:
        refused_by_the_server_itself(response)
    if response.status_code == 401 or name in _TOKEN_ERRORS or name.startswith("Account"):
        raise Disconnected(_("The server no longer accepts this connection. Connect again."))
    if name in {"RecordNotFound", "HandleNotFound"} or "Unable to resolve" in message:
        raise RecordNotFound(message)
    reason = message or str(response.status_code)
    raise Refused(_("The server did not take this: %(reason)s") % {"reason": reason}, field=field)


def ends_at(jwt: str) -> datetime | None:
    """When a token ends, read from its ``exp`` claim; ``None`` when it does not say."""
    try:
        payload = jwt.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def data_server(session: Mapping[str, Any]) -> str:
    """The address of the account's own server, from the identity document of a session."""
    document = session.get("didDoc")
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service.get("serviceEndpoint", ""))
    return ""

"""One call to a network, with its failures sorted into the contract's answers."""

from collections.abc import Mapping
from typing import Any

import httpx
from django.utils.translation import gettext as _

from waypost.kit.http import HostNotAllowed, shared
from waypost.providers.allowance import Meter, asked_wait, note, retry_after
from waypost.providers.errors import Busy, Refused

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_METER = Meter()


class Unclear(Exception):
    """The server answered so that nobody can say whether it did what it was asked."""


def call(
    method: str,
    url: str,
    *,
    token: str = "",
    once: bool = False,
    headers: Mapping[str, str] | None = None,
    meter: Meter = _METER,
    **content: Any,
) -> httpx.Response:
    """The answer to one request, whatever its status below 500, except 429.

    Raises ``Busy`` when nothing was accepted and ``Refused`` for an address that Waypost
    does not go to. With ``once`` (a call that must not be made twice) a failure after
    the request may have left is passed on as it came, or as ``Unclear``.
    """
    sent = dict(headers or {})
    if token:
        sent["Authorization"] = f"Bearer {token}"
    try:
        response = shared().request(method, url, headers=sent, **content)
    except HostNotAllowed as error:
        raise Refused(str(error), field="host") from error
    except httpx.TransportError as error:
        if once and not isinstance(error, _NEVER_LEFT):
            raise
        raise unreachable(httpx.URL(url).host) from error
    note(response, meter)
    if response.status_code == 429:
        words = _("The network asks us to slow down. Waypost tries again by itself.")
        raise Busy(words, after=asked_wait(response))
    if response.status_code >= 500:
        if once:
            raise Unclear(f"status {response.status_code}")
        words = _("The server has a fault now (%(status)d). Waypost tries again by itself.")
        raise Busy(words % {"status": response.status_code}, after=retry_after(response))
    return response


def unreachable(host: str) -> Busy:
    """What to say when a server does not answer, or not in a way that can be read."""
    words = _("The server %(host)s does not answer as it should. Waypost tries again by itself.")
    return Busy(words % {"host": host.partition("://")[2] or host})


def read_json(response: httpx.Response, *, once: bool = False) -> Any:
    """The JSON of a good answer; one that cannot be read is ``Busy``, or ``Unclear``."""
    try:
        return response.json()
    except ValueError as error:
        if once:
            raise Unclear("the answer cannot be read") from error
        raise unreachable(response.url.host) from error


def read_object(response: httpx.Response, *, once: bool = False) -> dict[str, Any]:
    """Like :func:`read_json` where only an object makes sense."""
    answer = read_json(response, once=once)
    if isinstance(answer, dict):
        return answer
    if once:
        raise Unclear("the answer is no object")
    raise unreachable(response.url.host)


def error_of(response: httpx.Response) -> tuple[str, str]:
    """Short name and sentence of a refusal, each empty when there is none."""
    try:
        answer = response.json()
    except ValueError:
        return "", ""
    if not isinstance(answer, dict):
        return "", ""
    name = str(answer.get("error") or "")
    return name, str(answer.get("message") or answer.get("error_description") or name)


def refused_by_the_server_itself(response: httpx.Response) -> None:
    """Raises ``Busy`` for a refusal (401, 403) that does not come from the network's own code.

    A firewall or a proxy on the way says no in a page of its own. That says nothing about
    the account, and must not disconnect it.
    """
    says_who = "bearer" in response.headers.get("WWW-Authenticate", "").lower()
    if not (says_who or error_of(response)[0]):
        raise unreachable(response.url.host)


def not_our_server(host: str) -> Refused:
    """What to say when something else answers at the address a person typed."""
    message = _("No server of this network answers at %(host)s. Check the address.")
    return Refused(message % {"host": host}, field="host")

"""The one way out to other servers: httpx with time limits, size limits and a guard.

A host that a person typed must not lead into the network Waypost runs in. The guard
sits where a connection is opened: the name is resolved once, every answer is checked,
and the connection goes to a checked address, so neither a redirect nor a name that
changes its answer between two look-ups gets past it. The certificate and the Host
header still belong to the name.
"""

import os
import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from waypost import __version__
from waypost.kit.addresses import is_public

USER_AGENT = f"Waypost/{__version__}"
TIMEOUT = httpx.Timeout(20, connect=5, pool=10)
LONGEST_CALL = 60.0  # seconds for one request and its whole answer
LARGEST_ANSWER = 5_000_000  # bytes
_ADDRESSES_TRIED = 4  # of one name; each may take the whole time to connect
LIMITS = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=30)


class HostNotAllowed(Exception):
    """The address leads into a private network, or is not https."""


class AnswerTooLarge(httpx.TransportError):
    """The server answered with more bytes than we are ready to read."""


def client(
    *,
    trusted: bool = False,
    headers: Mapping[str, str] | None = None,
    timeout: httpx.Timeout | float = TIMEOUT,
    largest_answer: int = LARGEST_ANSWER,
    longest_call: float | None = None,
    max_redirects: int = 5,
) -> httpx.Client:
    """A client of its own; close it after use.

    ``trusted`` is for hosts that stand in our code: they are not guarded. Redirects are
    not followed unless a call asks for it, and then every hop is guarded too.
    """
    return httpx.Client(
        transport=_Transport(
            guarded=not trusted, largest_answer=largest_answer, longest_call=longest_call
        ),
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})},
        timeout=timeout,
        follow_redirects=False,
        max_redirects=max_redirects,
        # One client speaks for many accounts: a server's cookie must never join them.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
    )


_shared: dict[tuple[bool, bool], httpx.Client] = {}
_lock = threading.Lock()


def shared(*, trusted: bool = False) -> httpx.Client:
    """This process's client with its pool of open connections; safe between threads."""
    key = (trusted, private_hosts_allowed())
    with _lock:
        if key not in _shared:
            _shared[key] = client(trusted=trusted)
        return _shared[key]


def _forget_shared() -> None:
    # A forked child must not speak on its parent's sockets, nor wait for its lock.
    global _lock
    _lock = threading.Lock()
    _shared.clear()


os.register_at_fork(after_in_child=_forget_shared)


def private_hosts_allowed() -> bool:
    """Whether the operator allows private addresses and plain http."""
    return bool(settings.ALLOW_PRIVATE_HOSTS)


def normal_host(text: str) -> str:
    """The origin a person means: ``" Mastodon.social/@me "`` → ``"https://mastodon.social"``.

    Takes a bare name, an address, or what is behind the last @ of a handle. Raises
    ``ValueError`` with a sentence for the person.
    """
    wrong = ValueError(_("This is not a server address. Type it like this: mastodon.social"))
    typed = text.strip()
    scheme, mark, rest = typed.partition("://")
    if not mark:
        scheme, rest = "https", typed
    host = rest.partition("/")[0] if mark else rest.lstrip("/").partition("/")[0]
    host = host.partition("?")[0].partition("#")[0].rpartition("@")[2]
    if scheme.lower() not in {"http", "https"} or not host or any(c.isspace() for c in host):
        raise wrong
    try:
        url = httpx.URL(f"https://{host}")
        name, port = url.raw_host.decode().rstrip("."), url.port
    except (httpx.InvalidURL, ValueError) as error:
        raise wrong from error
    private = private_hosts_allowed()
    bare = "." not in name and ":" not in name
    if not name or ".." in name or (bare and not private):
        raise wrong
    # Without the operator's leave a pasted http:// address means the same server.
    kept = scheme.lower() if private else "https"
    name = f"[{name}]" if ":" in name else name
    usual = port is None or (kept, port) in {("https", 443), ("http", 80)}
    return f"{kept}://{name}" if usual else f"{kept}://{name}:{port}"


class _Deadline(threading.local):
    """When the call that this thread makes must be over, in monotonic seconds."""

    at: float = float("inf")
    span: float = float("inf")  # seconds until ``at``, each time that it goes on
    end: float = float("inf")  # later than this ``at`` is never


_deadline = _Deadline()


def goes_on() -> None:
    """The call that this thread makes has come further: its time begins anew.

    Up to ``longest_in_all`` of the request's extensions; without that nothing changes.
    """
    _deadline.at = max(_deadline.at, min(time.monotonic() + _deadline.span, _deadline.end))


def _remaining(timeout: float | None) -> float:
    left = _deadline.at - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole call took too long")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection that also ends when the whole call has taken too long."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, _remaining(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections, when ``guarded`` only to checked addresses."""

    def __init__(self, *, guarded: bool) -> None:
        self._guarded = guarded
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port)
        if self._guarded and not private_hosts_allowed():
            _refuse_private(host, addresses)
        failed: Exception | None = None
        for address in addresses[:_ADDRESSES_TRIED]:
            try:
                opened = self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(opened)
        raise failed or httpcore.ConnectError(f"{host} has no address")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of ``host`` in the system's order, each once."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} cannot be found: {error}") from error
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _refuse_private(host: str, addresses: list[str]) -> None:
    # One private answer among public ones is the mark of a rebinding name.
    if not all(is_public(address.partition("%")[0]) for address in addresses):
        raise HostNotAllowed(
            _("The address %(host)s is inside a private network, so Waypost does not go there.")
            % {"host": host}
        )


class _Transport(httpx.HTTPTransport):
    """httpx's transport over our way of connecting, with a bounded answer."""

    def __init__(self, *, guarded: bool, largest_answer: int, longest_call: float | None) -> None:
        super().__init__()
        self._guarded = guarded
        self._largest = largest_answer
        self._longest = longest_call
        # httpx has no argument for a network backend; its own pool was never used.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=LIMITS.max_connections,
            max_keepalive_connections=LIMITS.max_keepalive_connections,
            keepalive_expiry=LIMITS.keepalive_expiry,
            network_backend=_Backend(guarded=guarded),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self._guarded and request.url.scheme != "https" and not private_hosts_allowed():
            raise HostNotAllowed(
                _("The address %(url)s is not safe: it must begin with https://.")
                % {"url": f"{request.url.scheme}://{request.url.host}"}
            )
        longest = request.extensions.get("longest_call") or self._longest or LONGEST_CALL
        begun = time.monotonic()
        _deadline.span, _deadline.at = longest, begun + longest
        _deadline.end = begun + request.extensions.get("longest_in_all", longest)
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        response.stream = _Bounded(response, response.stream, self._largest)
        return response


class _Bounded(httpx.SyncByteStream):
    """The bytes of an answer up to a limit.

    We ask for an answer that is not compressed; one that is could unpack to any size.
    """

    def __init__(self, response: httpx.Response, stream: httpx.SyncByteStream, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        coding = response.headers.get("Content-Encoding", "identity").lower()
        length = response.headers.get("Content-Length", "0")
        self._refused = coding != "identity" or (length.isdigit() and int(length) > limit)

    def __iter__(self) -> Iterator[bytes]:
        if self._refused:
            raise AnswerTooLarge("the answer is compressed or too large")
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > self._limit:
                raise AnswerTooLarge("the answer is too large")
            yield chunk

    def close(self) -> None:
        self._stream.close()

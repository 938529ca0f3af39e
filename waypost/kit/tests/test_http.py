"""The way out, tried against real sockets and a resolver that lies."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from waypost.kit import http
from waypost.kit.addresses import is_public
from waypost.kit.http import AnswerTooLarge, HostNotAllowed, client, normal_host, shared
from waypost.kit.masking import MaskSecrets, masked


class _Page(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        if self.path.startswith("/to/"):
            self._answer(302, b"", {"Location": self.path.removeprefix("/to/")})
        elif self.path == "/drip":
            self._drip()
        elif self.path == "/endless":
            self._endless()
        elif self.path == "/packed":
            self._answer(200, b"\x1f\x8b", {"Content-Encoding": "gzip"})
        elif self.path.startswith("/size/"):
            self._answer(200, b"x" * int(self.path.removeprefix("/size/")))
        else:
            self._answer(200, b"hello", {"Set-Cookie": "who=first; Path=/"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x" * 1000)
        except OSError:
            self.close_connection = True

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.server.slow.wait(0.05)  # type: ignore[attr-defined]
        except OSError:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Silent."""


class Site(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.slow = threading.Event()
        self.port: int = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that leaves early is part of these tests."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.slow.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def private(settings: Settings) -> None:
    settings.ALLOW_PRIVATE_HOSTS = True


@pytest.fixture
def public_only(settings: Settings) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False


Answers = Callable[[dict[str, list[str]]], list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """A resolver whose answers the test writes; it returns the list of questions asked."""

    def install(answers: dict[str, list[str]]) -> list[str]:
        asked: list[str] = []

        def getaddrinfo(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
            if host in answers:
                asked.append(host)
            return [(2, 1, 6, "", (address, port)) for address in answers.get(host, [host])]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return install


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:7f00:1::",
        "2001:0:1234::1",
        "2001:db8::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "not an address",
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "193.2.1.66", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
)
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address) is True


@given(st.ip_addresses(v=4))
def test_hiding_an_address_inside_ipv6_never_makes_it_public(address: Any) -> None:
    plain = is_public(str(address))
    number = f"{int(address) >> 16:x}:{int(address) & 0xFFFF:x}"
    hidden = [f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{number}::"]
    assert [is_public(form) for form in hidden] == [plain] * 3


@pytest.mark.usefixtures("public_only")
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]",
     "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"],
)  # fmt: skip
def test_every_way_to_write_loopback_is_refused(host: str, site: Site) -> None:
    with client() as http_client, pytest.raises(HostNotAllowed) as refused:
        http_client.get(f"https://{host}:{site.port}/")
    assert "inside a private network" in str(refused.value)
    assert site.seen == []


@pytest.mark.usefixtures("public_only")
def test_plain_http_is_refused() -> None:
    with client() as http_client, pytest.raises(HostNotAllowed) as refused:
        http_client.get("http://example.org/secret")
    assert str(refused.value) == (
        "The address http://example.org is not safe: it must begin with https://."
    )


@pytest.mark.usefixtures("public_only")
def test_one_private_answer_among_public_ones_is_refused(names: Answers) -> None:
    names({"mixed.example": ["8.8.8.8", "10.0.0.1"]})
    with client() as http_client, pytest.raises(HostNotAllowed):
        http_client.get("https://mixed.example/")


@pytest.mark.usefixtures("public_only")
def test_the_name_is_asked_once_and_the_checked_address_is_used(
    names: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = names({"rebinding.example": ["8.8.8.8"]})
    opened: list[Any] = []

    def create_connection(address: Any, *args: Any, **kwargs: Any) -> socket.socket:
        opened.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket, "create_connection", create_connection)
    with client() as http_client, pytest.raises(httpx.ConnectError):
        http_client.get("https://rebinding.example/")
    assert asked == ["rebinding.example"]
    assert opened == [("8.8.8.8", 443)]


@pytest.mark.usefixtures("private")
def test_the_host_header_stays_the_name(site: Site, names: Answers) -> None:
    names({"shop.example": ["127.0.0.1"]})
    with client() as http_client:
        answer = http_client.get(f"http://shop.example:{site.port}/")
    assert answer.text == "hello"
    assert site.seen[0][1]["Host"] == f"shop.example:{site.port}"


@pytest.mark.usefixtures("private")
def test_the_next_address_is_tried_when_the_first_is_dead(site: Site, names: Answers) -> None:
    names({"shop.example": ["127.0.0.9", "127.0.0.1"]})
    with client() as http_client:
        assert http_client.get(f"http://shop.example:{site.port}/").text == "hello"


@pytest.mark.usefixtures("private")
def test_an_unknown_name_is_a_connect_error() -> None:
    with client() as http_client, pytest.raises(httpx.ConnectError):
        http_client.get("http://nowhere.invalid/")


@pytest.mark.usefixtures("private")
def test_redirects_are_followed_only_when_asked(site: Site) -> None:
    with client() as http_client:
        assert http_client.get(f"{site.url}/to//").status_code == 302
        assert http_client.get(f"{site.url}/to//", follow_redirects=True).text == "hello"


def test_a_redirect_to_a_private_address_is_refused(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first hop is made public here, so the second must be caught by itself."""
    settings.ALLOW_PRIVATE_HOSTS = True
    with client() as http_client:
        allowed = iter([True, True])
        monkeypatch.setattr(http, "private_hosts_allowed", lambda: next(allowed, False))
        with pytest.raises(HostNotAllowed):
            http_client.get(f"{site.url}/to/http://localhost/admin", follow_redirects=True)
    assert [path for path, _ in site.seen] == ["/to/http://localhost/admin"]


@pytest.mark.usefixtures("public_only")
def test_a_trusted_client_is_not_guarded(site: Site) -> None:
    with client(trusted=True) as http_client:
        assert http_client.get(site.url).text == "hello"


@pytest.mark.usefixtures("private")
@pytest.mark.parametrize("path", ["/size/5001", "/endless", "/packed"])
def test_an_answer_that_is_too_large_is_not_read(site: Site, path: str) -> None:
    with client(largest_answer=5000) as http_client, pytest.raises(AnswerTooLarge):
        http_client.get(site.url + path)


@pytest.mark.usefixtures("private")
def test_an_answer_of_just_the_limit_is_read(site: Site) -> None:
    with client(largest_answer=5000) as http_client:
        assert len(http_client.get(f"{site.url}/size/5000").content) == 5000


@pytest.mark.usefixtures("private")
def test_a_server_that_drips_is_left_when_the_whole_call_is_too_long(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LONGEST_CALL", 0.3)
    with client() as http_client, pytest.raises(httpx.ReadTimeout):
        http_client.get(f"{site.url}/drip")


@pytest.mark.usefixtures("private")
def test_the_user_agent_is_ours_and_cookies_are_never_kept(site: Site) -> None:
    with client(headers={"X-Own": "1"}) as http_client:
        http_client.get(site.url)
        http_client.get(site.url)
    headers = site.seen[1][1]
    assert (headers["User-Agent"], headers["X-Own"]) == (http.USER_AGENT, "1")
    assert "Cookie" not in headers


def test_the_time_limits_are_explicit() -> None:
    with client() as http_client:
        assert http_client.timeout == httpx.Timeout(connect=5, read=20, write=20, pool=10)


@pytest.mark.usefixtures("private")
def test_one_client_is_shared_by_all_threads() -> None:
    found: list[httpx.Client] = []
    threads = [threading.Thread(target=lambda: found.append(shared())) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [shared()] * 5
    assert shared(trusted=True) is not shared()


def test_connections_opened_with_leave_are_not_used_without_it(settings: Settings) -> None:
    settings.ALLOW_PRIVATE_HOSTS = True
    loose = shared()
    settings.ALLOW_PRIVATE_HOSTS = False
    assert shared() is not loose


@pytest.mark.usefixtures("private")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_gets_a_client_of_its_own() -> None:
    before = shared()
    child = os.fork()
    if child == 0:
        os._exit(0 if shared() is not before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert shared() is before


@pytest.mark.usefixtures("public_only")
@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("mastodon.social", "https://mastodon.social"),
        ("  Mastodon.Social/ ", "https://mastodon.social"),
        ("https://x.y/", "https://x.y"),
        ("https://mastodon.social/@me", "https://mastodon.social"),
        ("https://mastodon.social/@me@other.si", "https://mastodon.social"),
        ("@me@mastodon.social", "https://mastodon.social"),
        ("me@mastodon.social", "https://mastodon.social"),
        ("http://mastodon.social", "https://mastodon.social"),
        ("https://mastodon.social:443", "https://mastodon.social"),
        ("https://mastodon.social:8443/x?y#z", "https://mastodon.social:8443"),
        ("https://me:secret@mastodon.social", "https://mastodon.social"),
        ("//mastodon.social/x", "https://mastodon.social"),
        ("čebela.si", "https://xn--ebela-gya.si"),
        ("mastodon.social.", "https://mastodon.social"),
        ("[2606:4700::1111]:8443", "https://[2606:4700::1111]:8443"),
    ],
)
def test_a_typed_host_becomes_an_origin(typed: str, origin: str) -> None:
    assert normal_host(typed) == origin


@pytest.mark.usefixtures("public_only")
@pytest.mark.parametrize(
    "typed",
    ["", "  ", "localhost", "@me", "ftp://mastodon.social", "two words.si", "https://", "a.b:xx",
     "javascript:alert(1)", "https://exa mple.org", "file:///etc/passwd", "a..b", "0177.0.0.1"],
)  # fmt: skip
def test_what_is_no_host_is_refused_with_an_example(typed: str) -> None:
    sentence = "^This is not a server address. Type it like this: mastodon.social$"
    with pytest.raises(ValueError, match=sentence):
        normal_host(typed)


@pytest.mark.usefixtures("private")
def test_with_leave_a_local_server_may_be_typed() -> None:
    assert normal_host("http://localhost:2583/") == "http://localhost:2583"
    assert normal_host("http://[::1]:80") == "http://[::1]"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Authorization: Bearer abcdef123456", "Authorization: Bearer ***"),
        ("{'Authorization': 'Bearer abcdef123456'}", "{'Authorization': '***'}"),
        ('{"password": "a\\"b", "x": 1}', '{"password": "***", "x": 1}'),
        ("GET /back?code=abc123&state=xyz&page=2", "GET /back?code=***&state=***&page=2"),
        ("client_secret=abc access_token=def", "client_secret=*** access_token=***"),
        ("got eyJhbGciOiJIUzI1.eyJzdWIi.c2ln here", "got *** here"),
        ("https://me:pass@x.y/z", "https://me:***@x.y/z"),
        ("Published in 3 s, status_code=200", "Published in 3 s, status_code=200"),
    ],
)
def test_secrets_are_masked_and_the_rest_stays(line: str, shown: str) -> None:
    assert masked(line) == shown


def test_a_record_is_masked_with_its_arguments_and_traceback() -> None:
    try:
        raise RuntimeError("password=hunter2")
    except RuntimeError as error:
        record = logging.LogRecord(
            "httpx", logging.ERROR, "x.py", 1, "token=%s", ("abc",), (RuntimeError, error, None)
        )
    assert MaskSecrets().filter(record) is True
    assert logging.Formatter().format(record) == "token=***\nRuntimeError: password=***"

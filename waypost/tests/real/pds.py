"""The network's own server: a Bluesky PDS with its directory, installed by name with npm.

Its two start files come from a folder that is not part of this repository: WAYPOST_SERVERS,
or beside the repository. Without it the tests are skipped.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from waypost.tests.product import ROOT, free_port, wait_for

PACKAGE = "@atproto/dev-env@0.3.215"
PLACE = ROOT / ".servers" / "pds"
SERVERS = Path(os.environ.get("WAYPOST_SERVERS") or ROOT.parent / "shared" / "servers")
FILES = ("pds.mjs", "loopback.cjs")
STARTS_WITHIN = 180.0  # seconds
PASSWORD = "a real password"


def install() -> None:
    """Put the server into ``.servers/pds``, unless it is there already; skips without parts."""
    if not all((SERVERS / name).exists() for name in FILES):
        pytest.skip("The start files of the Bluesky server are not here: set WAYPOST_SERVERS.")
    if shutil.which("npm") is None:
        pytest.skip("The Bluesky server needs node and npm, which are missing.")
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(SERVERS / name, PLACE / name)
    whole = PLACE / ".installed"
    if not whole.exists():
        # Without a package of its own npm would install into the repository's.
        (PLACE / "package.json").write_text('{"private": true}\n')
        words = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", PACKAGE]
        subprocess.run(words, cwd=PLACE, check=True)
        whole.touch()


class Account:
    """One account there, with its own session."""

    def __init__(self, pds: "Pds", did: str, handle: str, token: str) -> None:
        self.pds, self.did, self.handle, self._token = pds, did, handle, token

    def new_app_password(self, name: str) -> str:
        return str(self._post("com.atproto.server.createAppPassword", {"name": name})["password"])

    def revoke_app_password(self, name: str) -> None:
        self._post("com.atproto.server.revokeAppPassword", {"name": name})

    def posts(self) -> list[dict[str, Any]]:
        """Its posts, oldest first, as ``{uri, cid, value}``."""
        listed = self.pds.get(
            "com.atproto.repo.listRecords", repo=self.did, collection="app.bsky.feed.post"
        ).json()["records"]
        return sorted(listed, key=lambda each: str(each["value"]["createdAt"]))

    def record(self, key: str) -> dict[str, Any]:
        """The post named ``key``, as the server stores it."""
        found = self.pds.get(
            "com.atproto.repo.getRecord",
            repo=self.did,
            collection="app.bsky.feed.post",
            rkey=key,
        ).json()
        return dict(found["value"])

    def blob(self, cid: str) -> bytes:
        return self.pds.get("com.atproto.sync.getBlob", did=self.did, cid=cid).content

    def _post(self, name: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self.pds.post(name, body, token=self._token)


class Pds:
    """The running server; a context manager."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = PLACE / "pds.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        plc_port = free_port(after=self.port)
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                ["node", "--require", "./loopback.cjs", "pds.mjs"],
                cwd=PLACE,
                env={
                    **os.environ,
                    "LOG_ENABLED": "false",
                    "PDS_PORT": str(self.port),
                    "PLC_PORT": str(plc_port),
                },
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_for("the PDS says that it is ready", self._is_ready, within=STARTS_WITHIN)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()

    def get(self, name: str, **params: str) -> httpx.Response:
        return httpx.get(f"{self.url}/xrpc/{name}", params=params).raise_for_status()

    def post(self, name: str, body: Mapping[str, Any], *, token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = httpx.post(f"{self.url}/xrpc/{name}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return dict(answer.json()) if answer.content else {}

    def new_account(self, name: str) -> Account:
        handle = f"{name}.test"
        body = {"handle": handle, "email": f"{name}@example.com", "password": PASSWORD}
        made = self.post("com.atproto.server.createAccount", body)
        return Account(self, made["did"], handle, made["accessJwt"])

    def _is_ready(self) -> bool:
        assert self._process is not None
        said = self.log.read_text()
        assert self._process.poll() is None, said
        return any(_ready(line) for line in said.splitlines())

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


def _ready(line: str) -> bool:
    try:
        return bool(json.loads(line).get("ready"))
    except (ValueError, AttributeError):
        return False

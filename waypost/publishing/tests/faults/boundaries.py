"""Every statement and every call of a worker is a boundary, found without naming any.

A worker that is watched passes each boundary through a function that may kill it, break
the statement, or let somebody else in first. New steps of the publisher are boundaries
as soon as they write or call.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx
import pytest
from django.db import connections

from waypost.kit import http

Kind = Literal["read", "begin", "write", "commit", "call"]
Act = Callable[[], Any]


class Killed(BaseException):
    """Stands for kill -9: no handler of the code under test catches it."""


@dataclass(frozen=True)
class Boundary:
    kind: Kind
    name: str  # "UPDATE publishing_delivery", "POST /api/v1/statuses"
    inside: bool = False  # in a transaction: nothing of it shows yet


Around = Callable[[Boundary, Act], Any]

STEPS: tuple[Kind, ...] = ("write", "commit", "call")
"""Behind these something may have changed, here or at the network."""

_thread = threading.local()
_TABLE = re.compile(r'\b(?:INTO|UPDATE|FROM)\s+"(\w+)"')
_KINDS: dict[str, Kind] = {
    "SELECT": "read",
    "BEGIN": "begin",
    "INSERT": "write",
    "UPDATE": "write",
    "DELETE": "write",
}


def _pass(boundary: Boundary, act: Act) -> Any:
    around: Around | None = getattr(_thread, "around", None)
    return act() if around is None else around(boundary, act)


@contextmanager
def unwatched() -> Iterator[None]:
    """What runs here belongs to somebody else than the worker of this thread."""
    around = getattr(_thread, "around", None)
    _thread.around = None
    try:
        yield
    finally:
        _thread.around = around


@contextmanager
def watched(around: Around) -> Iterator[None]:
    """All statements and calls of this thread pass ``around``; not to be nested."""
    connection = connections["default"]

    def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = sql.lstrip().split(None, 1)[0].upper()
        if verb not in _KINDS:
            return execute(sql, params, many, context)
        table = _TABLE.search(sql)
        name = f"{verb} {table[1] if table else ''}"
        boundary = Boundary(_KINDS[verb], name, connection.in_atomic_block)
        return _pass(boundary, lambda: execute(sql, params, many, context))

    def commit() -> None:
        try:
            _pass(Boundary("commit", "COMMIT", True), usual_commit)
        except BaseException:
            if connection.connection is not None:
                connection.connection.rollback()
            raise

    usual_commit = connection.commit
    connection.commit = commit  # type: ignore[method-assign]
    connection.execute_wrappers.append(statement)
    _thread.around = around
    try:
        yield
    finally:
        _thread.around = None
        connection.execute_wrappers.remove(statement)
        connection.commit = usual_commit  # type: ignore[method-assign]


def watch_calls(patches: pytest.MonkeyPatch) -> None:
    """Requests of watched threads pass their boundary where they leave the process."""
    usual = http._Transport.handle_request

    def handle(transport: http._Transport, request: httpx.Request) -> httpx.Response:
        name = f"{request.method} {request.url.path}"
        answer = _pass(Boundary("call", name), lambda: usual(transport, request))
        assert isinstance(answer, httpx.Response)
        return answer

    patches.setattr(http._Transport, "handle_request", handle)


@dataclass
class Walk:
    """Counts the boundaries of one worker; ``at`` is where ``strike`` takes the place of it.

    ``strike`` gets the boundary and its act, and answers what the worker gets, or raises.
    """

    at: int = 0  # 1 is the first; 0: never
    strike: Around | None = None
    kinds: tuple[Kind, ...] = STEPS
    passed: list[Boundary] = field(default_factory=list)
    dead: bool = False

    def __call__(self, boundary: Boundary, act: Act) -> Any:
        if self.dead:
            raise Killed  # not even a ``finally`` of the dead does anything
        if boundary.kind not in self.kinds:
            return act()
        self.passed.append(boundary)
        if len(self.passed) != self.at or self.strike is None:
            return act()
        try:
            return self.strike(boundary, act)
        except Killed:
            self.dead = True
            raise

    @property
    def struck(self) -> bool:
        return 0 < self.at <= len(self.passed)


def kill(_boundary: Boundary, _act: Act) -> Any:
    raise Killed


def as_worker(job: Act, around: Around) -> bool:
    """Do ``job`` as a worker of its own; False when it was killed, and its connection with it."""
    try:
        with watched(around):
            job()
    except Killed:
        connections["default"].close()
        return False
    return True

"""Connections of a library that speaks HTTP by itself, held to addresses that are public.

Looking a host up before such a library is called is not enough: it looks the name up again,
and the answer may be another one by then, or the server sends it elsewhere.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any

from django.utils.module_loading import import_string

from waypost.kit.addresses import is_public
from waypost.kit.http import private_hosts_allowed, resolve

Connect = Callable[..., socket.socket]

_guarded: ContextVar[bool] = ContextVar("guarded", default=False)


@contextmanager
def public_only() -> Iterator[None]:
    """Inside, urllib3 opens connections of this thread to public addresses alone.

    A private one is an ``OSError`` to it, as if nobody answered there. Where the operator
    allows private addresses, nothing changes.
    """
    _install()
    mark = _guarded.set(not private_hosts_allowed())
    try:
        yield
    finally:
        _guarded.reset(mark)


@cache
def _install() -> None:
    # urllib3 has no setting for this; all of its connections are opened by this function.
    module = import_string("urllib3.util.connection")
    module.create_connection = _checked(module.create_connection)


def _checked(usual: Connect) -> Connect:
    @wraps(usual)
    def connect(address: tuple[str, int], *args: Any, **named: Any) -> socket.socket:
        if not _guarded.get():
            return usual(address, *args, **named)
        host, port = address
        found = resolve(host, port)
        if not all(is_public(each.partition("%")[0]) for each in found):
            raise OSError(f"{host} is inside a private network")
        # The address that was looked at, and not the name, which may mean another by now.
        return usual((found[0], port), *args, **named)

    return connect

"""Timestamp identifiers of the AT Protocol: the keys of posts.

Thirteen characters that sort by time: 53 bits of microseconds since 1970, then 10 bits
that tell writers of the same microsecond apart.
"""

import secrets
import time

_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"


def new_tid() -> str:
    """A fresh identifier, e.g. ``"3kznmn7xqxc22"``."""
    return _written((time.time_ns() // 1000 << 10) | secrets.randbelow(1024))


def _written(number: int) -> str:
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(60, -1, -5))

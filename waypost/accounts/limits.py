"""How often somebody may do what could be abused, counted for all processes together.

The counts lie in the cache, which every process and machine shares.
"""

import time
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MISSES, WINDOW = 30, 600  # links that open nothing, in so many seconds, from one address


def too_often(request: HttpRequest, action: str) -> HttpResponse | None:
    """The page that says to wait, or None while ``action`` may be done.

    ``action`` is a name in the setting ``ACCOUNT_RATE_LIMITS``. Only sending counts.
    """
    return cast("HttpResponse | None", ratelimit.consume_or_429(request, action=action))


def missed_too_often(request: HttpRequest) -> HttpResponse | None:
    """Count a link that opens nothing; the page that says to wait after ``MISSES`` of them."""
    window = int(time.time()) // WINDOW
    key = f"missed:{get_adapter().get_client_ip(request)}:{window}"
    if cache.add(key, 1, WINDOW) or cache.incr(key) <= MISSES:
        return None
    return render(request, "429.html", status=429)

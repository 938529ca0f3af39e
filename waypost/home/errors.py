"""Pages for what went wrong."""

import errno
import logging
import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

FULL_DATABASE = ("disk is full", "No space left on device")
"""What SQLite and PostgreSQL say when they cannot write any more."""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault that no view expected; a full disk has a sentence of its own."""
    fault = sys.exc_info()[1]
    if is_full_disk(fault):
        log.critical("The disk is full: %s %s was not saved.", request.method, request.path)
        return render(request, "507.html", status=507)
    return render(request, "500.html", status=500)


def is_full_disk(fault: BaseException | None) -> bool:
    """Whether ``fault``, or what caused it, is a disk without room."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        if isinstance(fault, DatabaseError) and any(word in str(fault) for word in FULL_DATABASE):
            return True
        fault = fault.__cause__ or fault.__context__
    return False

"""For whoever keeps the installation running: the operator's page, health, metrics."""

import secrets
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from waypost.accounts.guard import PersonRequest, open_view, operator_view
from waypost.home.operating import SWEEP_LATE, gather
from waypost.publishing import beating

METRICS = "waypost.home.metrics"  # loads a library that few need (0007)
HERE = {"127.0.0.1", "::1"}
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")


@operator_view
@never_cache
@require_GET
def operating(request: PersonRequest) -> HttpResponse:
    return render(request, "home/operating.html", {"told": gather(timezone.now())})


@open_view
@never_cache
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@open_view
@never_cache
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """May people be sent here? 200 when the database answers, else 503.

    ``worker_age`` is how many seconds ago a worker spoke; null: never.
    """
    return _health(fails_without_worker=False)


@open_view
@never_cache
@require_GET
def healthz_worker(request: HttpRequest) -> HttpResponse:
    """Is anything published? 503 when no worker speaks or none sweeps."""
    return _health(fails_without_worker=True)


def _health(*, fails_without_worker: bool) -> HttpResponse:
    now = timezone.now()
    try:
        workers = beating.workers(now)
    except DatabaseError:
        told: dict[str, Any] = {"database": False, "worker_age": None}
        problems = ["The database does not answer."]
        return JsonResponse({**told, "problems": problems}, status=503)
    problems = []
    if not workers.alive:
        problems.append("No worker spoke within two minutes; nothing is published.")
    elif workers.swept_at is None or workers.swept_at < now - SWEEP_LATE:
        problems.append("No worker looked for due posts within three minutes.")
    age = None if workers.heard_at is None else round((now - workers.heard_at).total_seconds())
    status = 503 if problems and fails_without_worker else 200
    return JsonResponse({"database": True, "worker_age": age, "problems": problems}, status=status)


@open_view
@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """For Prometheus: with the token, or without one from this machine itself."""
    if not _may_scrape(request):
        raise Http404
    text = import_string(f"{METRICS}.text")()
    return HttpResponse(text, content_type=import_string(f"{METRICS}.CONTENT_TYPE"))


def _may_scrape(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), settings.METRICS_TOKEN.encode())
    # Behind a proxy on the same machine everybody seems to be here.
    straight = not any(name in request.META for name in FORWARDED)
    asked = request.get_host().rsplit(":", 1)[0].strip("[]")
    return straight and request.META.get("REMOTE_ADDR") in HERE and asked in {*HERE, "localhost"}

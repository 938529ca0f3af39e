"""The answer to a careful form: a page for a person, JSON for the script that saves."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from waypost.kit.careful.merging import Clash
from waypost.kit.careful.saving import Saved
from waypost.kit.htmx import go

HEADER = "X-Autosave"


def respond(
    request: HttpRequest,
    form: Any,
    saved: Saved | None,
    *,
    template: str,
    context: Mapping[str, Any] | None = None,
    then: str,
) -> HttpResponse:
    """JSON to ``X-Autosave``; to a person ``then`` when all is saved, else the page again.

    The page gets ``form`` and ``saved``; it answers 422 while something is not saved.
    """
    if saved is not None and request.headers.get(HEADER):
        return JsonResponse(_answer(request, form, saved))
    whole = saved is not None and not form.errors and not form.clashes
    if whole:
        # Whoever has just chosen between two texts wants to see the outcome.
        chose = any(key.startswith("choose-") for key in form.data)
        return go(request, request.get_full_path() if chose else then)
    status = 200 if saved is None else 422
    return render(
        request, template, {**(context or {}), "form": form, "saved": saved}, status=status
    )


def _answer(request: HttpRequest, form: Any, saved: Saved) -> dict[str, Any]:
    """What frontend/autosave reads; all names are those in the form's data."""
    unsettled = {*form.errors, *form.clashes}
    settled = [name for name in form.careful_names if name not in unsettled]
    whole = NON_FIELD_ERRORS not in form.errors
    return {
        "saved_at": saved.at.isoformat() if whole else None,
        "said": said(saved) if whole else "",
        "written": [form.add_prefix(name) for name in sorted(saved.written)],
        "was": {form.add_prefix(name): form.was[name] for name in settled} if whole else {},
        "values": {
            form.add_prefix(name): form.data.getlist(form.add_prefix(name))
            for name in form.refreshed
        },
        "clashes": {each.name: _clash(request, form, each) for each in form.clashes.values()},
        "errors": {
            "" if name == NON_FIELD_ERRORS else form.add_prefix(name): list(errors)
            for name, errors in form.errors.items()
        },
    }


def said(saved: Saved) -> str:
    time = formats.time_format(timezone.localtime(saved.at), "H:i")
    return _("Saved %(time)s") % {"time": time}


def _clash(request: HttpRequest, form: Any, clash: Clash) -> dict[str, Any]:
    return {
        "theirs": clash.theirs,
        "by": clash.trace.by,
        "at": clash.trace.at.isoformat() if clash.trace.at else None,
        "was": clash.seen,
        "html": render_to_string("parts/clash.html", {"clash": clash}, request),
    }

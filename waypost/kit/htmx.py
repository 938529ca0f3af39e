"""Answers for requests that HTMX made, and the same for a browser without script."""

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from waypost.kit.errors import Refusal


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the person to ``url``, also out of an HTMX swap and to another site."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return redirect(url)


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Put what an action refused beside the field it belongs to."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.message)

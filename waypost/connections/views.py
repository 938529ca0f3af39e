"""Pages of the accounts at networks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from waypost.accounts.guard import BusinessRequest, PersonRequest, business_view, signed_in_view
from waypost.accounts.models import Business
from waypost.connections import actions
from waypost.connections.forms import CapForm, ConnectForm, known_values
from waypost.connections.models import Connection, Journey
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.providers import registry
from waypost.providers.base import ConnectsByOAuth, Provider

JOURNEY_ADDRESS = "connect_journey_address"  # key in the session


@business_view("connections.view")
@require_GET
def connection_list(request: BusinessRequest) -> HttpResponse:
    context = {
        "connections": request.business.connections.usable().select_related("business"),
        "may_connect": request.member.may("connections.connect"),
    }
    return render(request, "connections/list.html", context)


@business_view("connections.connect")
@require_GET
def choose(request: BusinessRequest) -> HttpResponse:
    return render(request, "connections/choose.html", {"providers": registry.ALL.values()})


@business_view("connections.connect")
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def connect(request: BusinessRequest, provider_id: str) -> HttpResponse:
    provider = _provider_or_404(provider_id)
    known = known_values(provider, _account_to_renew(request, provider_id))
    form = ConnectForm(provider, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            return _begin(request, provider, form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    return render(
        request,
        "connections/connect.html",
        {"form": form, "provider": provider, "travels": isinstance(provider, ConnectsByOAuth)},
        status=422 if form.errors else 200,
    )


def _provider_or_404(provider_id: str) -> Provider:
    try:
        return registry.get(provider_id)
    except LookupError:
        raise Http404 from None


def _account_to_renew(request: BusinessRequest, provider_id: str) -> Connection | None:
    number = request.GET.get("account", "")
    if not number.isdecimal():
        return None
    same = request.business.connections.usable().filter(provider_id=provider_id)
    return same.filter(pk=number).first()


def _begin(request: BusinessRequest, provider: Provider, values: dict[str, str]) -> HttpResponse:
    if isinstance(provider, ConnectsByOAuth):
        return _travel(request, provider, values)
    connection = actions.connect_with_form(request.business, provider, values, by=request.user)
    return _connected(request, connection)


def _travel(request: BusinessRequest, provider: Provider, values: dict[str, str]) -> HttpResponse:
    # Our policy for forms ("form-action 'self'") forbids a browser to follow a redirect
    # from a posted form to another site: a script goes there, or the person clicks a link.
    address = actions.begin_journey(
        request.business, provider, values, redirect_uri=redirect_uri(), by=request.user
    )
    if request.htmx:
        return go(request, address)
    request.session[JOURNEY_ADDRESS] = address
    return redirect("connections:continue_", request.business.slug)


def redirect_uri() -> str:
    """Where networks send people back to; part of our registration at each server."""
    return f"{settings.PUBLIC_URL}{reverse('connections_callback:callback')}"


@business_view("connections.connect")
@require_GET
def continue_(request: BusinessRequest) -> HttpResponse:
    address = request.session.get(JOURNEY_ADDRESS)
    if not address:
        return redirect("connections:choose", request.business.slug)
    context = {"address": address, "host": urlsplit(address).netloc}
    return render(request, "connections/continue.html", context)


@signed_in_view
@require_GET
def callback(request: PersonRequest) -> HttpResponse:
    request.session.pop(JOURNEY_ADDRESS, None)
    try:
        journey = actions.take_journey(request.GET.get("state", ""), user=request.user)
    except Refusal as refusal:
        return render(request, "connections/lost.html", {"message": refusal.message}, status=400)
    _still_allowed(request, journey.business)
    return _arrive(request, journey)


def _still_allowed(request: PersonRequest, business: Business) -> None:
    member = business.members.filter(user=request.user).first()
    if member is None or not member.may("connections.connect"):
        raise Http404


def _arrive(request: PersonRequest, journey: Journey) -> HttpResponse:
    code = request.GET.get("code", "")
    try:
        if not code:
            raise Refusal(
                _("You did not allow Waypost to use the account, so it is not connected.")
            )
        connection = actions.finish_journey(journey, code)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(
            "connections:connect", journey.business.slug, journey.registration.provider_id
        )
    return _connected(request, connection)


def _connected(request: PersonRequest, connection: Connection) -> HttpResponse:
    messages.success(
        request, _("%(account)s is connected.") % {"account": connection.handle or connection.name}
    )
    return go(request, reverse("connections:list", args=[connection.business.slug]))


@business_view("connections.connect")
@require_http_methods(["GET", "POST"])
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    connection = get_object_or_404(request.business.connections.usable(), pk=pk)
    if request.method == "GET":
        return render(request, "connections/remove.html", {"connection": connection})
    actions.remove(connection, by=request.user)
    messages.success(
        request,
        _("%(account)s was removed. Its posts and numbers are kept.")
        % {"account": connection.handle or connection.name},
    )
    return go(request, reverse("connections:list", args=[request.business.slug]))


@business_view("connections.connect")
@require_http_methods(["GET", "POST"])
def cap(request: BusinessRequest, pk: int) -> HttpResponse:
    """How many posts this account shall get within a day at the most."""
    connection = get_object_or_404(request.business.connections.usable(), pk=pk)
    form = CapForm(connection, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_cap(connection, cap=form.cleaned_data["daily_cap"], by=request.user)
        messages.success(request, _cap_in_words(connection))
        return redirect("connections:list", request.business.slug)
    return render(
        request,
        "connections/cap.html",
        {"form": form, "connection": connection},
        status=422 if form.errors else 200,
    )


def _cap_in_words(connection: Connection) -> str:
    account = connection.handle or connection.name
    if connection.daily_cap is None:
        return _("%(account)s has no limit of your own any more.") % {"account": account}
    words = ngettext(
        "%(account)s gets at most %(n)d post within 24 hours.",
        "%(account)s gets at most %(n)d posts within 24 hours.",
        connection.daily_cap,
    )
    return words % {"account": account, "n": connection.daily_cap}

"""The first page, the Today page and what belongs to no business."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.actions import found_business
from waypost.accounts.guard import (
    BusinessRequest,
    PersonRequest,
    business_view,
    open_view,
    signed_in_view,
)
from waypost.accounts.models import Business, User
from waypost.home import actions, demo
from waypost.home.forms import BusinessForm, FirstRunForm
from waypost.home.today import gather
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

LAST_BUSINESS = "waypost_business"  # cookie
A_YEAR = 365 * 24 * 60 * 60


@open_view
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """To the first-run page, to sign in, or to the business the person was in last."""
    if not request.user.is_authenticated:
        return redirect("home:first_run" if actions.nobody_lives_here() else settings.LOGIN_URL)
    own = Business.objects.filter(members__user=request.user)
    last = own.filter(slug=request.COOKIES.get(LAST_BUSINESS, "")).first()
    business = last or own.order_by("is_demo", "name").first()
    if business is not None:
        return redirect("home:today", business.slug)
    return render(request, "home/no_business.html", {"may_found": actions.may_found(request.user)})


@open_view
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first_run(request: HttpRequest) -> HttpResponse:
    if not actions.nobody_lives_here():
        return redirect("home:start")
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            business = actions.move_in(**form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            login(request, business.members.get().user)
            return redirect("home:today", business.slug)
    return render(
        request, "home/first_run.html", {"form": form}, status=422 if form.errors else 200
    )


@open_view
@require_POST
def open_demo(request: HttpRequest) -> HttpResponse:
    """Load the demo business and sign in as its owner; only while nobody lives here."""
    if not actions.nobody_lives_here():
        return redirect("home:start")
    entrance = demo.load(today=timezone.localdate(), language=translation.get_language() or "en")
    login(request, User.objects.get(email=entrance.email))
    messages.info(
        request,
        _("This is the demo business. To come back later, sign in with %(email)s and %(password)s.")
        % {"email": entrance.email, "password": entrance.password},
        extra_tags="sticky",
    )
    return redirect(entrance.url_path)


@business_view("accounts.manage")
@require_http_methods(["GET", "POST"])
def remove_demo(request: BusinessRequest) -> HttpResponse:
    if not request.business.is_demo:
        raise Http404
    if request.method == "GET":
        return render(request, "home/remove_demo.html")
    demo.remove(request.business)
    return redirect("home:start")


@business_view("home.view")
@require_GET
def today(request: BusinessRequest) -> HttpResponse:
    context = {"today": gather(request.business, request.member, timezone.now())}
    response = render(request, "home/today.html", context)
    if request.COOKIES.get(LAST_BUSINESS) != request.business.slug:
        response.set_cookie(
            LAST_BUSINESS,
            request.business.slug,
            max_age=A_YEAR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@signed_in_view
@require_http_methods(["GET", "POST"])
def create_business(request: PersonRequest) -> HttpResponse:
    if not actions.may_found(request.user):
        raise PermissionDenied
    form = BusinessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        business = found_business(
            name=values["business_name"],
            owner=request.user,
            time_zone=values["time_zone"],
            language=values["language"],
        )
        return redirect("home:today", business.slug)
    return render(
        request, "home/create_business.html", {"form": form}, status=422 if form.errors else 200
    )


@open_view
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language, following = request.POST.get("language", ""), request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        following, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(following if safe else reverse("home:start"))
    if language in dict(settings.LANGUAGES):
        _remember_language(request, response, language)
    return response


def _remember_language(request: HttpRequest, response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])

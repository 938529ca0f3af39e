"""Pages of the hats: who wears which, and how many hours people have."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts import hat_actions, staffing
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.hat_forms import HatsForm, HatStore
from waypost.kit.careful import respond, save


@business_view("accounts.view")
@never_cache
@require_GET
def hats(request: BusinessRequest) -> HttpResponse:
    staff = staffing.read(request.business)
    manages = request.member.may("accounts.manage")
    context = {
        "staff": staff,
        "manages": manages,
        "may_wear_all": manages and staff.may_wear_all(request.member),
    }
    return render(request, "accounts/hats.html", context)


@business_view("accounts.manage")
@never_cache
@require_http_methods(["GET", "POST"])
def hats_edit(request: BusinessRequest) -> HttpResponse:
    """Solo work asks nothing about people; ``?share`` does."""
    staff = staffing.read(request.business)
    solo = staff.solo is not None and "share" not in request.GET
    form = HatsForm(staff, request.POST or None, solo=solo)
    saved = save(form, HatStore(request.business, by=request.user), by=request.user)
    return respond(
        request,
        form,
        saved,
        template="accounts/hats_edit.html",
        context={"staff": staff, "solo": solo},
        then=reverse("accounts:hats", args=[request.business.slug]),
    )


@business_view("accounts.manage")
@require_POST
def hats_all_mine(request: BusinessRequest) -> HttpResponse:
    """The person who asks wears every hat, unless somebody else wears one."""
    if staffing.read(request.business).may_wear_all(request.member):
        hat_actions.wear_all(request.business, request.member, by=request.user)
        messages.success(request, _("You wear all seven hats."))
    else:
        messages.error(request, _("Somebody else wears a hat. Change the roles one by one."))
    return redirect("accounts:hats", request.business.slug)

"""Pages of the tools in use."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.market.models import Tool
from waypost.market.ordering import last_position
from waypost.market.tool_forms import NewToolForm, ToolForm
from waypost.market.tools import in_use, monthly_cost


def _today(request: BusinessRequest) -> dt.date:
    return timezone.localdate(timezone=request.business.zone)


@business_view("market.view")
@never_cache
@require_GET
def tools(request: BusinessRequest) -> HttpResponse:
    rows = in_use(request.business.tools.all(), _today(request))
    context = {
        "rows": rows,
        "monthly": monthly_cost(rows),
        "unpriced": sum(row.monthly is None for row in rows),
        "currency": request.business.currency,
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/tools.html", context)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def tool_new(request: BusinessRequest) -> HttpResponse:
    form = NewToolForm(request.POST or None)
    if form.is_valid():
        row = Tool.objects.create(
            business=request.business,
            name=form.cleaned_data["name"],
            position=last_position(request.business.tools.all()),
            updated_by=request.user,
        )
        return redirect("market:tool", request.business.slug, row.pk)
    status = 422 if form.errors else 200
    return render(request, "market/tool_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def tool(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.tools.select_related("updated_by"), pk=pk)
    form = ToolForm(request.POST or None, instance=row)
    saved = save(form, Row(row, by=request.user), by=request.user)
    return respond(
        request,
        form,
        saved,
        template="market/tool.html",
        context={"row": row},
        then=reverse("market:tools", args=[request.business.slug]),
    )


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def tool_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.tools, pk=pk)
    back = reverse("market:tools", args=[request.business.slug])
    if request.method == "GET":
        lead = _("Only this entry goes. Lines of the budget stay, and so does your contract.")
        context = {"row": row, "back": back, "lead": lead}
        return render(request, "market/record_remove.html", context)
    row.delete()
    messages.success(request, _("“%(name)s” is removed.") % {"name": row})
    return redirect(back)

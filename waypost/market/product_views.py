"""Pages of products and their prices."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.market import product_actions
from waypost.market.completeness import fields_answered
from waypost.market.models import Product
from waypost.market.ordering import move
from waypost.market.pricing import NUMBERS, Pricing, ceiling
from waypost.market.product_forms import NewProductForm, ProductForm, typed_pricing


@business_view("market.view")
@never_cache
@require_GET
def products(request: BusinessRequest) -> HttpResponse:
    rows = list(request.business.products.select_related("picture"))
    kept = [row for row in rows if row.archived_at is None]
    context = {
        "rows": [(row, Pricing.of(row), fields_answered(row)) for row in kept],
        "archived": [row for row in rows if row.archived_at],
        "ceiling": ceiling(kept),
        "currency": request.business.currency,
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/products.html", context)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def product_new(request: BusinessRequest) -> HttpResponse:
    form = NewProductForm(request.POST or None)
    if form.is_valid():
        try:
            row = product_actions.add_product(
                request.business, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("market:product", request.business.slug, row.pk)
    status = 422 if form.errors else 200
    return render(request, "market/product_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def product(request: BusinessRequest, pk: int) -> HttpResponse:
    """Numbers in the address are those that are being typed: the result is fetched with them."""
    row = _of(request, pk)
    form = ProductForm(request.POST or None, instance=row, business=request.business)
    saved = save(form, Row(row, by=request.user), by=request.user)
    typing = any(name in request.GET for name in NUMBERS)
    pricing = typed_pricing(row, request.GET) if typing else form.pricing
    context: dict[str, Any] = {
        "row": row,
        "pricing": pricing,
        "currency": request.business.currency,
        "done": fields_answered(row),
    }
    return respond(
        request,
        form,
        saved,
        template="market/product.html",
        context=context,
        then=reverse("market:products", args=[request.business.slug]),
    )


def _of(request: BusinessRequest, pk: int) -> Product:
    return get_object_or_404(request.business.products.select_related("updated_by"), pk=pk)


@business_view("market.edit")
@require_POST
def product_move(request: BusinessRequest, pk: int, way: str) -> HttpResponse:
    rows = request.business.products.filter(archived_at=None)
    move(get_object_or_404(rows, pk=pk), rows, by=-1 if way == "up" else 1)
    return redirect("market:products", request.business.slug)


@business_view("market.edit")
@require_POST
def product_archive(request: BusinessRequest, pk: int) -> HttpResponse:
    row = _of(request, pk)
    product_actions.archive_product(row)
    undo = reverse("market:product_restore", args=[request.business.slug, row.pk])
    messages.success(
        request, _("“%(name)s” is put away.") % {"name": row}, extra_tags=f"undo:{undo}"
    )
    return redirect("market:products", request.business.slug)


@business_view("market.edit")
@require_POST
def product_restore(request: BusinessRequest, pk: int) -> HttpResponse:
    product_actions.restore_product(_of(request, pk))
    return redirect("market:products", request.business.slug)

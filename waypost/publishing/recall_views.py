"""Pages for a post that is out: other words, or the question before it is deleted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.providers.abilities import Edits
from waypost.publishing import parts, recalling
from waypost.publishing.forms import WordsForm
from waypost.publishing.models import Delivery
from waypost.publishing.screen import channel_rows


def _delivery(request: BusinessRequest, pk: int) -> Delivery:
    rows = Delivery.objects.select_related("item__business", "connection")
    delivery = get_object_or_404(rows, pk=pk, item__business=request.business)
    if not request.member.may_use(delivery.connection_id):
        raise PermissionDenied
    return delivery


@business_view("publishing.resolve")
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    """Other words for a post, a part or a comment that is out."""
    delivery = _delivery(request, pk)
    variant = parts.variant_of(delivery)
    if variant is None or not recalling.may_edit(delivery):
        messages.error(request, _("This post cannot be changed from here."))
        return redirect("publishing:item", request.business.slug, delivery.item_id)
    now = {"text": parts.text_of(variant, delivery.part)}
    form = WordsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            recalling.edit(delivery, text=form.cleaned_data["text"], by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The new words are on their way."))
            return redirect("publishing:item", request.business.slug, delivery.item_id)
    limits = delivery.connection.composer.limits(delivery.connection.settings)
    context = {
        "form": form,
        "delivery": delivery,
        "counting": [{"label": "", "limit": limits.text, **limits.counting}],
    }
    return render(
        request, "publishing/recall_edit.html", context, status=422 if form.errors else 200
    )


@business_view("publishing.resolve")
def delete(request: BusinessRequest, pk: int) -> HttpResponse:
    """The question first; a POST is the answer."""
    delivery = _delivery(request, pk)
    if request.method == "POST":
        try:
            recalling.delete(delivery, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("The post is being deleted."))
        return redirect("publishing:item", request.business.slug, delivery.item_id)
    rows = channel_rows(delivery.item, {})
    row = next((each for each in rows if each.connection == delivery.connection), None)
    if row is None or not row.can_delete:
        messages.error(request, _("This post cannot be deleted from here."))
        return redirect("publishing:item", request.business.slug, delivery.item_id)
    context = {
        "delivery": delivery,
        "pieces": [piece for piece in row.pieces if piece.delivery and piece.delivery.remote_id],
        "can_edit": isinstance(delivery.connection.provider, Edits),
    }
    return render(request, "publishing/recall_delete.html", context)

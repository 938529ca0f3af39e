"""Posting by hand: what a person needs for it, and where to say that it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.connections.models import Connection
from waypost.content.models import ItemPicture, Variant
from waypost.content.posts import box_of, post_for
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.library.fitting import MIME, Box
from waypost.library.models import Asset, name_made
from waypost.library.renditions import rendition_for
from waypost.library.serving import serve, serve_rendition
from waypost.providers.base import HandsOver
from waypost.publishing import actions
from waypost.publishing.forms import PostedForm
from waypost.publishing.models import Delivery, Status
from waypost.publishing.views import delivery_of, do


@dataclass(frozen=True)
class Handed:
    """One file of the post; ``fitted``: (width, height) of the picture that is made of it."""

    asset: Asset
    alt: str
    fitted: tuple[int, int] | None

    @property
    def name(self) -> str:
        """What is saved is called this."""
        if self.fitted is None:
            return self.asset.name
        return name_made(self.asset.name, *self.fitted, MIME)


@business_view("publishing.hand_over")
def hand_over(request: BusinessRequest, pk: int) -> HttpResponse:
    """The finished text and pictures, to post by hand, and the field for the link."""
    delivery = delivery_of(request, pk)
    if delivery.status != Status.YOUR_TURN:
        return redirect("publishing:item", request.business.slug, delivery.item_id)
    form = PostedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over_done(delivery, url=form.cleaned_data["url"], by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Well done. The post counts as published."))
            return redirect("publishing:item", request.business.slug, delivery.item_id)
    context = {"form": form, "delivery": delivery, **_needed_for(delivery)}
    status = 422 if form.errors else 200
    return render(request, "publishing/hand_over.html", context, status=status)


@require_safe
@business_view("publishing.hand_over")
def fitted(request: BusinessRequest, pk: int, number: int) -> HttpResponseBase:
    """A picture of the post as its network takes it, made when it is first asked for.

    One that cannot be made to fit comes as it is; ``number`` is of the file in the library.
    """
    delivery = delivery_of(request, pk)
    uses = ItemPicture.objects.filter(item=delivery.item_id).select_related("asset")
    asset = get_object_or_404(uses, asset=number, asset__removed_at=None).asset
    row = None
    if asset.is_picture:
        try:
            row = rendition_for(asset, box_of(delivery.connection))
        except Refusal as refusal:
            messages.error(request, f"{asset.name}: {refusal.message}")
            return redirect("publishing:hand_over", request.business.slug, pk)
    if row is not None:
        return serve_rendition(request, row)
    return serve(request, asset.file, asset.mime, etag=asset.sha256, name=asset.name, save=True)


@require_POST
@business_view("publishing.hand_over")
def skip(request: BusinessRequest, pk: int) -> HttpResponse:
    delivery = delivery_of(request, pk)
    if delivery.status != Status.YOUR_TURN and not request.member.may("publishing.resolve"):
        raise PermissionDenied
    return do(
        request,
        delivery.item,
        lambda _item: actions.withdraw(delivery, by=request.user),
        _("This channel does not get the post."),
    )


def _needed_for(delivery: Delivery) -> dict[str, Any]:
    """The texts, the pictures, and where to go."""
    connection, item = delivery.connection, delivery.item
    provider = connection.provider
    assert isinstance(provider, HandsOver)
    variant = (
        Variant.objects.select_related("item").filter(item=item, connection=connection).first()
    )
    variant = variant or Variant(item=item, connection=connection)
    post = post_for(variant)
    return {
        "item": item,
        "connection": connection,
        "text": post.text,
        "further": _numbered(variant.parts),
        "comment": variant.comment,
        "link": post.link,
        "link_is_in_text": bool(post.link) and post.link in post.text,
        "pictures": _handed(item.pictures.select_related("asset"), connection),
        "network": provider.network_name(connection.settings),
        "open_url": provider.open_url(connection.settings),
    }


def _handed(uses: Iterable[ItemPicture], connection: Connection) -> list[Handed]:
    box = box_of(connection)
    return [_handed_one(use.asset, use.alt, box) for use in uses]


def _handed_one(asset: Asset, alt: str, box: Box) -> Handed:
    shape = (asset.width, asset.height)
    made = box.made_of(asset.mime, asset.size, shape) if asset.is_picture else None
    return Handed(asset, alt or asset.alt, made)


def _numbered(texts: Sequence[str]) -> list[tuple[int, str]]:
    return list(enumerate(texts, start=2))

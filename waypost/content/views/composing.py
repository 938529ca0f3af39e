"""The composer."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.adapting import ADD_PART, REMOVE_PART
from waypost.content.item_form import ItemForm, UploadsForm
from waypost.content.keeping import BY_HAND, save
from waypost.content.models import Item, Status
from waypost.content.offering import SHOWN, Offer
from waypost.content.picking import number
from waypost.content.screen import page_of
from waypost.kit import careful
from waypost.kit.careful.answering import HEADER
from waypost.kit.errors import Refusal
from waypost.library.actions import add_picture
from waypost.library.models import Asset

SPLIT = "split"
STAY = ("upload", SHOWN, ADD_PART, REMOVE_PART, SPLIT)
"""Buttons that change what the page offers; the person goes on writing there."""


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest) -> HttpResponse:
    """The page carries a key, so that what is begun on it is made once."""
    key = _key(request.POST.get("key") or request.GET.get("key"))
    item = request.business.items.filter(key=key).first() if key else None
    if item and request.method == "GET":
        return redirect("content:edit", request.business.slug, item.pk)
    return _compose(request, item, key)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    return _compose(request, get_object_or_404(request.business.items.whole(), pk=pk), None)


def _compose(request: BusinessRequest, item: Item | None, key: UUID | None) -> HttpResponse:
    if item and not item.is_editable:
        messages.info(request, _("This item went out or was cancelled, so its text stays."))
        return redirect("publishing:item", request.business.slug, item.pk)
    form = ItemForm(
        request.business,
        request.POST if request.method == "POST" else None,
        item=item,
        key=key,
        day=_day(request.GET.get("day")),
        author=request.user,
        member=request.member,
    )
    form.for_person(request.user)
    if request.method != "POST":
        return _show(request, form)
    added, refused = _store_uploads(request)
    if added:
        form = form.changed(pictures=added)
    if any(name in request.POST for name in STAY) or refused:
        return _stay(request, form, refused)
    return _save(request, form)


def _key(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None


def _day(typed: str | None) -> Any:
    try:
        return parse_date(typed or "")
    except ValueError:
        return None


@business_view("content.write")
@require_safe
def picker(request: BusinessRequest) -> HttpResponse:
    """The library for a post, while it is written: what is ticked and what the post has stays."""
    if not request.htmx:  # a part of the composer, and no page of its own
        return redirect("content:new", request.business.slug)
    names = (name.removeprefix("position_") for name in request.GET)
    taken = {number(name) for name in names if number(name)}
    ticked = {number(each) for each in request.GET.getlist("pictures")}
    offer = Offer(request.business, request.GET.dict(), taken, ticked)
    return render(request, "content/picker.html", {"offer": offer})


def _offer(request: BusinessRequest, form: ItemForm) -> Offer | None:
    """The library, where the person opened it on the page before."""
    if SHOWN not in request.POST:
        return None
    taken = [each.asset.pk for each in form.picker.chosen]
    return Offer(request.business, request.POST.dict(), taken)


def _store_uploads(request: BusinessRequest) -> tuple[list[Asset], list[str]]:
    """Keep sent pictures in the library first, so that no other mistake loses them."""
    added, refused = [], []
    for upload in request.FILES.getlist("new_pictures"):
        try:
            added.append(add_picture(request.business, upload=upload, by=request.user))
        except Refusal as refusal:
            refused.append(f"{upload.name}: {refusal.message}")
    return added, refused


def _stay(request: BusinessRequest, form: ItemForm, refused: list[str]) -> HttpResponse:
    """Keep what is typed, and show the page with what was asked for."""
    if splits := number(request.POST.get(SPLIT, "")):
        form = form.changed(split=splits)
    if removed := request.POST.get(REMOVE_PART, ""):
        form = form.changed(removed=removed)
    if form.item is None or form.item.status not in BY_HAND:
        save(form, by=request.user, typing=True, status=Status.DRAFT)
    form.errors.clear()
    return _show(request, form, refused=refused, status=422 if refused else 200)


def _save(request: BusinessRequest, form: ItemForm) -> HttpResponse:
    typing = HEADER in request.headers
    status = Status.IDEA if request.POST.get("as") == Status.IDEA else Status.DRAFT
    saved, notes = save(form, by=request.user, typing=typing, status=status)
    if typing:
        return careful.respond(
            request, form, saved, template="content/composer.html", then=request.path
        )
    if form.item is None or form.errors or form.clashes:
        return _show(request, form, saved=saved, status=422)
    for note in form.notes:
        messages.info(request, note)
    for note in notes:
        messages.warning(request, note)
    messages.success(request, _("“%(title)s” is saved.") % {"title": form.item.title})
    return redirect("publishing:item", request.business.slug, form.item.pk)


def _show(
    request: BusinessRequest,
    form: ItemForm,
    *,
    refused: Sequence[str] = (),
    saved: careful.Saved | None = None,
    status: int = 200,
) -> HttpResponse:
    item = form.item
    context = {
        **page_of(form, offer=_offer(request, form)),
        "form": form,
        "uploads": UploadsForm(),
        "refused": refused,
        "saved": saved,
        "by_hand": item is not None and item.status in BY_HAND,
        "back": reverse("publishing:item", args=[request.business.slug, item.pk])
        if item
        else reverse("content:calendar", args=[request.business.slug]),
    }
    return render(request, "content/composer.html", context, status=status)

"""The composer."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.adapting import (
    ADD_PART,
    comment_name,
    option_name,
    part_name,
    parts_shown,
    text_name,
)
from waypost.content.item_form import ItemForm
from waypost.content.models import Item, Status
from waypost.content.picking import OFFERED
from waypost.content.posts import problems
from waypost.content.views.deciding import find
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.library.actions import add_picture
from waypost.providers.abilities import comment_length, parts_after
from waypost.providers.base import Problem

STAY = ("upload", "library", ADD_PART)
"""Buttons that change what is offered and save nothing yet."""


@dataclass(frozen=True)
class Channel:
    """One channel of the composer, ready for the template."""

    connection: Connection
    chosen: bool
    text: forms.BoundField
    parts: list[forms.BoundField]
    next_part: int | None  # number of the part that may still be added
    comment: forms.BoundField | None
    comment_counting: list[dict[str, Any]]
    options: list[forms.BoundField]
    counting: dict[str, Any]
    problems: list[Problem]

    @property
    def own_counting(self) -> list[dict[str, Any]]:
        """The counter of its own text needs no name."""
        return [{**self.counting, "label": ""}]

    @property
    def has_own(self) -> bool:
        """Whether to show the channel's own text and choices at once."""
        fields = [self.text, *self.parts, *([self.comment] if self.comment else [])]
        return bool(self.problems or any(each.value() or each.errors for each in fields))

    @property
    def is_thread(self) -> bool:
        """Whether part 1 has to be told from others."""
        return bool(self.parts)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest) -> HttpResponse:
    return _compose(request, None)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    if not item.is_editable:
        messages.info(request, _("This item went out or was cancelled, so its text stays."))
        return redirect("publishing:item", request.business.slug, item.pk)
    return _compose(request, item)


def _compose(request: BusinessRequest, item: Item | None) -> HttpResponse:
    form = _form(request, item)
    if request.method != "POST":
        return _show(request, form)
    refused = _store_uploads(request, form)
    if any(name in request.POST for name in STAY):
        form.errors.clear()
    _say_refused(form, refused)
    if any(name in request.POST for name in STAY):
        return _show(request, form, status=422 if refused else 200)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _save(request, form)


def _form(request: BusinessRequest, item: Item | None) -> ItemForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return ItemForm(
        request.business, *sent, item=item, author=request.user, day=_day(request.GET.get("day"))
    )


def _day(typed: str | None) -> Any:
    try:
        return parse_date(typed or "")
    except ValueError:
        return None


def _store_uploads(request: BusinessRequest, form: ItemForm) -> list[Refusal]:
    """Keep sent pictures in the library first, so that no other mistake loses them."""
    refused = []
    for upload in request.FILES.getlist("new_pictures"):
        try:
            form.picker.add(add_picture(request.business, upload=upload, by=request.user))
        except Refusal as refusal:
            refused.append(Refusal(f"{upload.name}: {refusal.message}", field="new_pictures"))
    return refused


def _say_refused(form: ItemForm, refused: list[Refusal]) -> None:
    for refusal in refused:
        show_refusal(form, refusal)


def _save(request: BusinessRequest, form: ItemForm) -> HttpResponse:
    try:
        item, notes = _write(request, form)
    except actions.Clash as clash:
        form.renew_version(clash.item.version)
        return _show(request, form, status=409, saved=clash.item)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show(request, form, status=422)
    for note in form.notes:
        messages.info(request, note)
    for note in notes:
        messages.warning(request, note)
    messages.success(request, _("“%(title)s” is saved.") % {"title": item.title})
    return redirect("publishing:item", request.business.slug, item.pk)


def _write(request: BusinessRequest, form: ItemForm) -> tuple[Item, list[str]]:
    as_idea = request.POST.get("as") == Status.IDEA
    draft, by = form.draft(), request.user
    if form.item is None:
        status = Status.IDEA if as_idea else Status.DRAFT
        return actions.write(request.business, draft=draft, by=by, status=status), []
    version = form.cleaned_data["version"] or 0
    notes = actions.rewrite(form.item, draft=draft, version=version, by=by, stays_idea=as_idea)
    return form.item, notes


def _show(
    request: BusinessRequest, form: ItemForm, *, status: int = 200, saved: Item | None = None
) -> HttpResponse:
    channels = _channels(form)
    offered = form.picker.offered()
    context = {
        "form": form,
        "item": form.item,
        "channels": channels,
        "counters": [
            {**each.counting, "when": f"id_channel_{each.connection.pk}"} for each in channels
        ],
        "chosen": form.picker.chosen,
        "offered": offered[: form.picker.shown],
        "shown": form.picker.shown,
        "more_asked": "library" in request.POST,
        "more": form.picker.shown + OFFERED if len(offered) > form.picker.shown else 0,
        "saved": saved,
        "saved_channels": saved.variants.select_related("connection") if saved else (),
        "may_be_idea": form.item is None or form.item.status == Status.IDEA,
    }
    return render(request, "content/composer.html", context, status=status)


def _channels(form: ItemForm) -> list[Channel]:
    chosen = {str(pk) for pk in form["channels"].value() or ()}
    found = problems(form.item) if form.item else []
    return [
        _channel(
            form,
            each,
            chosen=str(each.pk) in chosen,
            found=[problem for connection, problem in found if connection == each],
        )
        for each in form.connections
    ]


def _channel(
    form: ItemForm, connection: Connection, *, chosen: bool, found: list[Problem]
) -> Channel:
    composer, settings = connection.composer, connection.settings
    variant, data = form.variants.get(connection.pk), form.data if form.is_bound else None
    shown = parts_shown(connection, variant.parts if variant else [], data)
    comment = comment_length(composer, settings)
    counting = _counting(connection)
    return Channel(
        connection=connection,
        chosen=chosen,
        text=form[text_name(connection)],
        parts=[form[part_name(connection, number)] for number in range(2, shown + 2)],
        next_part=shown + 2 if shown < parts_after(composer, settings) else None,
        comment=form[comment_name(connection)] if comment else None,
        comment_counting=[{**counting, "label": "", "limit": comment}],
        options=[form[option_name(connection, option)] for option in composer.options],
        counting=counting,
        problems=found,
    )


def _counting(connection: Connection) -> dict[str, Any]:
    limits = connection.composer.limits(connection.settings)
    return {"label": str(connection), "limit": limits.text, **limits.counting}

"""Describing, moving, deleting and putting back."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.library import actions
from waypost.library.forms import AssetForm, BulkForm, FolderForm, NamingForm
from waypost.library.models import Asset
from waypost.library.trees import FolderTree
from waypost.library.views.adding import list_url
from waypost.library.views.looking import find, show_one

UNDO_FILES, UNDO_FOLDER = "library.remove", "library.remove_folder"
UNDO_LASTS = 24 * 3600  # seconds


@require_POST
@business_view("library.add")
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    asset = find(request, pk)
    form = AssetForm(request.POST, asset=asset, tree=FolderTree.of(request.business))
    if form.is_valid():
        try:
            actions.describe(asset, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
    if form.errors:
        return show_one(request, find(request, pk), form=form, status=422)
    messages.success(request, _("“%(name)s” is saved.") % {"name": asset.name})
    return redirect(list_url(request, asset.folder))


@require_POST
@business_view("library.add")
def rename(request: BusinessRequest, pk: int) -> HttpResponse:
    """Name a file by the pattern YYYY-MM-DD_channel_type."""
    asset = find(request, pk)
    form = NamingForm(request.POST)
    if not form.is_valid():
        return show_one(request, asset, naming_form=form, status=422)
    actions.describe(asset, name=actions.under_its_name(asset, form.naming))
    messages.success(request, _("The file is called “%(name)s” now.") % {"name": asset.name})
    return redirect("library:one", request.business.slug, pk)


@require_POST
@business_view("library.add")
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    asset = find(request, pk)
    try:
        gone = actions.remove(request.business, [asset])
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("library:one", request.business.slug, pk)
    _say_removed(request, gone, 0)
    return redirect(list_url(request, asset.folder))


@require_POST
@business_view("library.add")
def bulk(request: BusinessRequest) -> HttpResponse:
    """Move, tag or delete the ticked files, and go back to the list as it was."""
    form = BulkForm(request.business, request.POST, tree=FolderTree.of(request.business))
    if form.is_valid():
        chosen = list(request.business.assets.filter(pk__in=form.cleaned_data["files"]))
        try:
            _DO[form.cleaned_data["do"]](request, chosen, form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, refusal.message)
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    query = request.POST.get("query", "")
    url = reverse("library:list", args=[request.business.slug])
    return redirect(f"{url}?{query}" if query else url)


def _move(request: BusinessRequest, chosen: list[Asset], given: dict[str, Any]) -> None:
    actions.move(request.business, chosen, given["folder"])
    n = len(chosen)
    text = ngettext("%(n)d file is moved.", "%(n)d files are moved.", n)
    messages.success(request, text % {"n": n})


def _tag(request: BusinessRequest, chosen: list[Asset], given: dict[str, Any]) -> None:
    if not given["tags"]:
        raise Refusal(_("Write the tag that the files shall have."))
    actions.tag(request.business, chosen, given["tags"])
    text = ngettext("%(n)d file is tagged.", "%(n)d files are tagged.", len(chosen))
    messages.success(request, text % {"n": len(chosen)})


def _delete(request: BusinessRequest, chosen: list[Asset], given: dict[str, Any]) -> None:
    gone = actions.remove(request.business, chosen)
    _say_removed(request, gone, len(chosen) - len(gone))


_DO = {BulkForm.MOVE: _move, BulkForm.TAG: _tag, BulkForm.DELETE: _delete}


def _say_removed(request: BusinessRequest, gone: list[Asset], kept: int) -> None:
    if len(gone) == 1:
        text = _("“%(name)s” is deleted.") % {"name": gone[0].name}
    else:
        text = ngettext("%(n)d file is deleted.", "%(n)d files are deleted.", len(gone))
        text %= {"n": len(gone)}
    token = signing.dumps([asset.pk for asset in gone], salt=UNDO_FILES, compress=True)
    url = reverse("library:put_back", args=[request.business.slug, token])
    messages.success(request, text, extra_tags=f"undo:{url}")
    if kept:
        text = ngettext("%(n)d file is used and stays.", "%(n)d files are used and stay.", kept)
        messages.info(request, text % {"n": kept})


@require_POST
@business_view("library.add")
def put_back(request: BusinessRequest, token: str) -> HttpResponse:
    n = actions.put_back(request.business, _kept(token, UNDO_FILES))
    text = ngettext("%(n)d file is back.", "%(n)d files are back.", n)
    messages.success(request, text % {"n": n})
    return redirect("library:list", request.business.slug)


def _kept(token: str, salt: str) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None


@business_view("library.add")
@require_http_methods(["GET", "POST"])
def folder_new(request: BusinessRequest) -> HttpResponse:
    tree = FolderTree.of(request.business)
    form = FolderForm(
        request.POST or None, initial={"parent": request.GET.get("folder", "")}, tree=tree
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_folder(request.business, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The folder “%(name)s” is there.") % {"name": made.name})
            return redirect(list_url(request, made))
    return render(
        request, "library/folder.html", {"form": form}, status=422 if form.errors else 200
    )


@business_view("library.add")
@require_http_methods(["GET", "POST"])
def folder_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    folder = get_object_or_404(request.business.folders.select_related("business"), pk=pk)
    tree = FolderTree.of(request.business)
    known = {"name": folder.name, "parent": folder.parent_id or ""}
    form = FolderForm(request.POST or None, initial=known, tree=tree, folder=folder)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_folder(folder, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The folder is saved."))
            return redirect(list_url(request, folder))
    context = {"form": form, "folder": folder, "name": known["name"]}
    return render(request, "library/folder.html", context, status=422 if form.errors else 200)


@require_POST
@business_view("library.add")
def folder_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    folder = get_object_or_404(request.business.folders, pk=pk)
    try:
        row = actions.remove_folder(folder)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("library:folder_edit", request.business.slug, pk)
    token = signing.dumps(row, salt=UNDO_FOLDER, compress=True)
    url = reverse("library:folder_back", args=[request.business.slug, token])
    words = _("The folder “%(name)s” is deleted; what was in it lies one level higher.")
    messages.success(request, words % {"name": row["name"]}, extra_tags=f"undo:{url}")
    parent = request.business.folders.filter(pk=row["parent"]).first()
    return redirect(list_url(request, parent))


@require_POST
@business_view("library.add")
def folder_back(request: BusinessRequest, token: str) -> HttpResponse:
    try:
        folder = actions.restore_folder(request.business, _kept(token, UNDO_FOLDER))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("library:list", request.business.slug)
    messages.success(request, _("The folder “%(name)s” is back.") % {"name": folder.name})
    return redirect(list_url(request, folder))

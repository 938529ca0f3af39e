"""Adding files, links and versions."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.library import actions
from waypost.library.actions import Added, How
from waypost.library.forms import LinkForm, UploadForm, VersionForm
from waypost.library.models import Folder, Version
from waypost.library.shelves import Shelf
from waypost.library.trees import FolderTree
from waypost.library.views.looking import find, show_list, show_one


@business_view("library.add")
@require_http_methods(["GET", "POST"])
def upload(request: BusinessRequest) -> HttpResponse:
    """Keep what was sent. The island sends one file at a time and reads JSON."""
    shelf = Shelf(request.business, {"folder": request.POST.get("folder", "")})
    if request.method == "GET":
        return show_list(request, Shelf(request.business, request.GET.dict()))
    form = UploadForm(request.POST, request.FILES, tree=shelf.tree)
    added = _add_all(request, form) if form.is_valid() else []
    if request.headers.get("Accept") == "application/json":
        return _told(request, form, added)
    _say_added(request, added)
    if form.errors:
        return show_list(request, shelf, form=form, status=422)
    return redirect(list_url(request, added[0].asset.folder if added else None))


def _add_all(request: BusinessRequest, form: UploadForm) -> list[Added]:
    folder, by_month = form.cleaned_data["folder"], form.cleaned_data["by_month"]
    added = []
    for each in form.uploads:
        try:
            if by_month:
                folder = actions.folder_of_month(request.business, timezone.localdate())
            added.append(_add_one(request, each, folder))
        except Refusal as refusal:
            show_refusal(form, Refusal(f"{each.name}: {refusal.message}", field="files"))
    return added


def _add_one(
    request: BusinessRequest, upload: "UploadedFile[bytes]", folder: Folder | None
) -> Added:
    return actions.add_file(request.business, upload=upload, by=request.user, folder=folder)


def _say_added(request: BusinessRequest, added: list[Added]) -> None:
    new = sum(each.how == How.NEW for each in added)
    if new:
        text = ngettext("%(n)d file was added.", "%(n)d files were added.", new)
        messages.success(request, text % {"n": new})
    for each in added:
        if each.how != How.NEW:
            messages.info(request, words_of(each))


def words_of(added: Added) -> str:
    """What a person is told about a file that is not new."""
    words = {
        How.NEW: _("“%(name)s” is added."),
        How.KNOWN: _("The library has this file already, as “%(name)s”."),
        How.OLDER: _("This is an older version of “%(name)s”, which the library has."),
        How.RESTORED: _("This file had been deleted; it is back as “%(name)s”."),
    }
    return words[added.how] % {"name": added.asset.name}


def _told(request: BusinessRequest, form: UploadForm, added: list[Added]) -> HttpResponse:
    """For the island: ``{"error": sentence}``, or what became of the file and how it looks."""
    if not added:
        errors = [str(error) for found in form.errors.values() for error in found]
        return JsonResponse({"error": " ".join(errors)}, status=422)
    first = added[0]
    entry = {"asset": first.asset, "business": request.business, "may_add": True, "wait": 1}
    answer: dict[str, Any] = {
        "how": first.how,
        "words": words_of(first),
        "url": reverse("library:one", args=[request.business.slug, first.asset.pk]),
        "html": render_to_string("library/entry.html", entry, request),
    }
    return JsonResponse(answer)


def list_url(request: BusinessRequest, folder: Folder | None) -> str:
    url = reverse("library:list", args=[request.business.slug])
    return f"{url}?folder={folder.pk}" if folder else url


@business_view("library.add")
@require_http_methods(["GET", "POST"])
def link(request: BusinessRequest) -> HttpResponse:
    tree = FolderTree.of(request.business)
    here = {"folder": request.GET.get("folder", "")}
    form = LinkForm(request.POST or None, initial=here, tree=tree)
    if request.method == "POST" and form.is_valid():
        added = actions.add_link(request.business, by=request.user, **form.cleaned_data)
        say = messages.success if added.how == How.NEW else messages.info
        say(request, words_of(added))
        return redirect("library:one", request.business.slug, added.asset.pk)
    return render(request, "library/link.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@business_view("library.add")
def version(request: BusinessRequest, pk: int) -> HttpResponse:
    asset = find(request, pk)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_version(asset, upload=form.cleaned_data["file"], by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
    if form.errors:
        return show_one(request, find(request, pk), version_form=form, status=422)
    messages.success(request, _("Version %(n)d is in its place now.") % {"n": asset.number})
    return redirect("library:one", request.business.slug, pk)


@require_POST
@business_view("library.add")
def bring_back(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = Version.objects.filter(asset__business=request.business, asset__removed_at=None)
    old = get_object_or_404(rows.select_related("asset__business"), pk=pk)
    try:
        asset = actions.bring_back(old)
        messages.success(request, _("Version %(n)d is back in its place.") % {"n": asset.number})
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("library:one", request.business.slug, old.asset_id)

"""Looking through the library, and at one file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.library.forms import AssetForm, NamingForm, UploadForm, VersionForm
from waypost.library.kinds import Kind
from waypost.library.models import Asset
from waypost.library.shelves import MISSING, SORTS, Shelf
from waypost.library.trees import FolderTree
from waypost.library.uses import Use, uses_of


@require_safe
@business_view("library.view")
def list_(request: BusinessRequest) -> HttpResponse:
    shelf = Shelf(request.business, request.GET.dict())
    return show_list(request, shelf)


def show_list(
    request: BusinessRequest, shelf: Shelf, *, form: UploadForm | None = None, status: int = 200
) -> HttpResponse:
    here = shelf.folder.pk if shelf.folder else ""
    context = {
        "shelf": shelf,
        "page": shelf.page,
        "entries": [(asset, shelf.place_of(asset)) for asset in shelf.page],
        "form": form or UploadForm(initial={"folder": here}, tree=shelf.tree),
        "words": upload_words(),
        "kinds": Kind.choices,
        "sorts": [(key, words) for key, (words, _order) in SORTS.items()],
        "missing_choices": MISSING.items(),
        "branches": list(shelf.tree.branches()),
        "may_add": request.member.may("library.add"),
    }
    return render(request, "library/list.html", context, status=status)


def upload_words() -> dict[str, str]:
    """What the island says while files are on their way."""
    return {
        "waiting": _("waits"),
        "working": _("is being checked"),
        "lost": _("The connection was lost. Try this file again."),
        "tooLarge": _("The server does not take a file of this size."),
        "again": _("Try again"),
        "stop": _("Stop"),
        "stopped": _("Stopped"),
        "done": _("{n} of {all} files are there."),
        "drop": _("Let go to add the files"),
    }


@require_safe
@business_view("library.view")
def one(request: BusinessRequest, pk: int) -> HttpResponse:
    return show_one(request, find(request, pk))


def find(request: BusinessRequest, pk: int) -> Asset:
    rows = request.business.assets.select_related("business", "folder", "added_by")
    return get_object_or_404(rows.prefetch_related("tags"), pk=pk)


def show_one(
    request: BusinessRequest, asset: Asset, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of one file; ``forms`` are those that came back with errors, by name."""
    tree = FolderTree.of(request.business)
    uses = uses_of(request.business, [asset.pk])[asset.pk]
    folder = tree.get(asset.folder_id or 0)
    context = {
        "asset": asset,
        "uses": uses,
        "path": tree.path(folder) if folder else [],
        "versions": asset.versions.select_related("added_by"),
        "tags": request.business.file_tags.all(),
        "form": AssetForm(asset=asset, tree=tree),
        "version_form": VersionForm(),
        "naming_form": NamingForm(initial=_naming(asset, uses)),
        "may_add": request.member.may("library.add"),
        **forms,
    }
    return render(request, "library/one.html", context, status=status)


def _naming(asset: Asset, uses: list[Use]) -> dict[str, Any]:
    """What a name by the pattern could say: of the first use, else of the file itself."""
    known = next((use.naming for use in uses if use.naming), None)
    if known:
        return {"date": known.date, "channel": known.channel, "what": known.what}
    day = timezone.localtime(asset.added_at).date()
    return {"date": day, "what": Kind(asset.kind).label}


@require_safe
@business_view("library.view")
def card(request: BusinessRequest, pk: int) -> HttpResponse:
    """The entry of one file in the list, asked for again until its small picture is there.

    It is a piece of a page; whoever opens its address gets the page of the file.
    """
    asset = find(request, pk)
    if not request.htmx:
        return redirect("library:one", request.business.slug, asset.pk)
    asked = request.GET.get("again", "")
    tries = min(int(asked), 6) if asked.isdecimal() and len(asked) < 3 else 0
    context = {
        "asset": asset,
        "again": tries + 1,
        "wait": 2**tries,
        "may_add": request.member.may("library.add"),
    }
    return render(request, "library/preview.html", context)

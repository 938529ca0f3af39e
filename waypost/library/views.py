"""Pages of the library, and the one guarded way to its files."""

import logging

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.library import actions
from waypost.library.forms import AssetForm, UploadForm
from waypost.library.models import Asset

PER_PAGE = 48
CACHED_FOR = 60 * 60  # seconds; in the person's own browser only

log = logging.getLogger(__name__)


@require_safe
@business_view("library.view")
def list_(request: BusinessRequest) -> HttpResponse:
    return _show_list(request, UploadForm())


def _show_list(request: BusinessRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    assets = request.business.assets.prefetch_related("uses__item")
    only_missing = request.GET.get("alt") == "missing"
    if only_missing:
        assets = assets.without_alt()
    page = Paginator(assets, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "only_missing": only_missing,
        "missing": request.business.assets.without_alt().count(),
        "may_add": request.member.may("library.add"),
    }
    return render(request, "library/list.html", context, status=status)


@require_POST
@business_view("library.add")
def upload(request: BusinessRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        before = request.business.assets.count()
        for each in form.cleaned_data["pictures"]:
            _add_one(request, form, each)
        _say_added(request, request.business.assets.count() - before)
    if form.errors:
        return _show_list(request, form, status=422)
    return redirect("library:list", request.business.slug)


def _add_one(request: BusinessRequest, form: UploadForm, upload: "UploadedFile[bytes]") -> None:
    try:
        actions.add_picture(request.business, upload=upload, by=request.user)
    except Refusal as refusal:
        show_refusal(form, Refusal(f"{upload.name}: {refusal.message}", field=refusal.field))


def _say_added(request: BusinessRequest, added: int) -> None:
    if added:
        text = ngettext("%(n)d picture was added.", "%(n)d pictures were added.", added)
        messages.success(request, text % {"n": added})
    elif not request.FILES:
        return
    else:
        messages.info(request, _("Nothing new was added: the library has these pictures already."))


@business_view("library.add")
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    asset = _asset(request, pk)
    known = {"name": asset.name, "alt": asset.alt}
    form = AssetForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.describe(asset, name=form.cleaned_data["name"], alt=form.cleaned_data["alt"])
        messages.success(request, _("The description is saved."))
        return redirect("library:list", request.business.slug)
    context = {"form": form, "asset": asset, "uses": asset.uses.select_related("item")}
    return render(request, "library/edit.html", context, status=422 if form.errors else 200)


@require_POST
@business_view("library.add")
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    asset = _asset(request, pk)
    try:
        actions.remove(asset)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("library:edit", request.business.slug, pk)
    messages.success(request, _("The picture “%(name)s” is deleted.") % {"name": asset.name})
    return redirect("library:list", request.business.slug)


@require_safe
@business_view("library.view")
def file(request: BusinessRequest, pk: int) -> HttpResponseBase:
    asset = _asset(request, pk)
    return _serve(request, asset.file, asset.mime, etag=f'"{asset.sha256}"')


@require_safe
@business_view("library.view")
def thumbnail(request: BusinessRequest, pk: int) -> HttpResponseBase:
    asset = _asset(request, pk)
    if not asset.thumbnail:
        return _serve(request, asset.file, asset.mime, etag=f'"{asset.sha256}"')
    return _serve(request, asset.thumbnail, "image/webp", etag=f'"{asset.sha256}-thumbnail"')


def _asset(request: BusinessRequest, pk: int) -> Asset:
    return get_object_or_404(request.business.assets, pk=pk)


def _serve(request: BusinessRequest, file: FieldFile, mime: str, *, etag: str) -> HttpResponseBase:
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = unchanged or FileResponse(_opened(file), content_type=mime)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"private, max-age={CACHED_FOR}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Pictures are packed already; without this the page compressor works on them in vain.
    response.headers["Content-Encoding"] = "identity"
    return response


def _opened(file: FieldFile) -> FieldFile:
    try:
        file.open("rb")
    except FileNotFoundError:
        log.error("The stored file %s is missing", file.name)
        raise Http404 from None
    return file

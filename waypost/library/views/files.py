"""The files themselves."""

import base64

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.library.models import Asset, Rendition, Version
from waypost.library.serving import serve, serve_rendition

SHOWN_WHOLE = 1_000_000  # bytes: until the small picture is made, the picture itself is shown
_NOTHING = base64.b64decode("R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")


@require_safe
@business_view("library.view")
def file(request: BusinessRequest, pk: int) -> HttpResponseBase:
    rows = Asset.objects.filter(business=request.business).exclude(file="")
    asset: Asset = get_object_or_404(rows, pk=pk)
    save = "save" in request.GET
    return serve(request, asset.file, asset.mime, etag=asset.sha256, name=asset.name, save=save)


@require_safe
@business_view("library.view")
def thumbnail(request: BusinessRequest, pk: int) -> HttpResponseBase:
    """The small picture; a grey one while the worker has not made it."""
    asset: Asset = get_object_or_404(request.business.assets, pk=pk)
    etag = f"{asset.sha256}-thumbnail"
    if asset.thumbnail:
        return serve(request, asset.thumbnail, "image/webp", etag=etag, name="thumbnail.webp")
    if asset.is_picture and asset.size <= SHOWN_WHOLE:
        return serve(request, asset.file, asset.mime, etag=asset.sha256, name=asset.name)
    return HttpResponse(_NOTHING, content_type="image/gif", headers={"Cache-Control": "no-store"})


@require_safe
@business_view("library.view")
def version_file(request: BusinessRequest, pk: int) -> HttpResponseBase:
    rows = Version.objects.filter(asset__business=request.business, asset__removed_at=None)
    row = get_object_or_404(rows.select_related("asset"), pk=pk)
    name = f"v{row.number}-{row.asset.name}"
    return serve(request, row.file, row.mime, etag=row.sha256, name=name, save=True)


@require_safe
@business_view("library.view")
def rendition(request: BusinessRequest, pk: int) -> HttpResponseBase:
    """A picture as it was made for one network."""
    rows = Rendition.objects.filter(asset__business=request.business, asset__removed_at=None)
    row: Rendition = get_object_or_404(rows.select_related("asset"), pk=pk)
    return serve_rendition(request, row)

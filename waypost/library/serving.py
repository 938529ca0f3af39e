"""The one guarded way to a stored file.

Whatever a file claims to be, it never becomes a page of our origin: only pictures, videos
and sounds are shown, everything else is saved; no type is guessed; and what a browser
opens all the same runs in a sandbox that forbids everything.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from waypost.library.kinds import is_inline
from waypost.library.models import Rendition
from waypost.library.storing import is_storage_fault

CACHED_FOR = 60 * 60  # seconds; in the person's own browser only
_CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SANDBOX = "sandbox; default-src 'none'"

log = logging.getLogger(__name__)


def serve(
    request: HttpRequest, file: FieldFile, mime: str, *, etag: str, name: str, save: bool = False
) -> HttpResponseBase:
    """The stored ``file``, whole or the part that a player asks for.

    ``name`` is what it is called when it is saved. Raises ``Http404`` when it is missing.
    """
    quoted = f'"{etag}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=quoted)
    if response is None:
        response = _answer(request, _opened(file))
    shown = is_inline(mime) and not save
    # Another type than these could be taken for a page.
    response.headers["Content-Type"] = mime if is_inline(mime) else "application/octet-stream"
    disposition = content_disposition_header(as_attachment=not shown, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["ETag"] = quoted
    response.headers["Cache-Control"] = f"private, max-age={CACHED_FOR}"
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Accept-Ranges"] = "bytes"
    # Files are packed already; without this the page compressor works on them in vain.
    response.headers["Content-Encoding"] = "identity"
    return response


def serve_rendition(request: HttpRequest, row: Rendition) -> HttpResponseBase:
    """A picture as it was made for one network, to be saved."""
    etag = f"{row.sha256}-{row.pk}"
    return serve(request, row.file, row.mime, etag=etag, name=row.name, save=True)


def _answer(request: HttpRequest, stream: Any) -> HttpResponseBase:
    size = stream.size
    wanted = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if wanted is None or not any(wanted.groups()):
        return FileResponse(stream)
    first, last = _span(wanted[1], wanted[2], size)
    if first >= size or first > last:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream.seek(first)
    part = StreamingHttpResponse(_piece(stream, last - first + 1), status=206)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    part.headers["Content-Length"] = str(last - first + 1)
    return part


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte that "first-last", "first-" or "-length" means."""
    if not first:
        return max(0, size - int(last[:18])), size - 1
    return int(first[:18]), min(int(last[:18]), size - 1) if last else size - 1


def _piece(stream: BinaryIO, length: int) -> Iterator[bytes]:
    try:
        while length > 0 and (chunk := stream.read(min(_CHUNK, length))):
            length -= len(chunk)
            yield chunk
    finally:
        stream.close()


def _opened(file: FieldFile) -> FieldFile:
    try:
        file.open("rb")
    except Exception as error:  # a bucket's client has errors of its own; others go on
        if not is_storage_fault(error):
            raise
        log.error("The stored file %s cannot be read: %s", file.name, error)
        raise Http404 from None
    return file

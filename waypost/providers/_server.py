"""Calls to a server that speaks Mastodon's language, and what its refusals mean."""

from collections.abc import Mapping
from datetime import timedelta
from typing import IO, Any

import httpx
from django.utils.translation import gettext as _

from waypost.providers._calls import (
    call,
    error_of,
    read_object,
    refused_by_the_server_itself,
    unreachable,
)
from waypost.providers._sending import PATIENCE, sending
from waypost.providers.allowance import CALLS, Meter
from waypost.providers.base import Credentials, Json, Picture
from waypost.providers.errors import Busy, Disconnected, Processing, Refused
from waypost.providers.media import Video

POSTS, MEDIA, DELETIONS = "posts", "media", "deletions"
"""Each has a budget of its own at the server."""
GONE = {404, 410}
_STILL_WORKING = timedelta(seconds=3)


def get_object(host: str, path: str, token: str) -> dict[str, Any]:
    response = call("GET", f"{host}{path}", token=token)
    raise_refusal(response)
    return read_object(response)


def raise_refusal(response: httpx.Response, *, answer: Exception | None = None) -> None:
    """Turn an answer that is not good into the contract's words, or into ``answer``."""
    if response.status_code in {200, 201, 202, 206}:
        return
    if response.status_code in {401, 403}:
        refused_by_the_server_itself(response)
        raise Disconnected(_("The server no longer accepts this connection. Connect again."))
    if answer is not None:
        raise answer
    _name, message = error_of(response)
    if "finished processing" in message:
        raise Busy(message, after=_STILL_WORKING)
    reason = message or str(response.status_code)
    raise Refused(_("The server did not take this: %(reason)s") % {"reason": reason})


def status_at(remote_id: str, credentials: Credentials) -> dict[str, Any] | None:
    """The status as the server has it now; ``None`` when it is gone."""
    response = _ask("GET", remote_id, credentials, CALLS)
    if response.status_code in GONE:
        return None
    raise_refusal(response, answer=unreachable(credentials.host))
    return read_object(response)


def delete_status(remote_id: str, credentials: Credentials) -> None:
    """Take it away; one that is gone already is fine."""
    response = _ask("DELETE", remote_id, credentials, DELETIONS)
    if response.status_code not in GONE:
        raise_refusal(response)


def write_status(remote_id: str, body: Mapping[str, Any], credentials: Credentials) -> Json:
    """Write over a status that is out; the answer is its new state."""
    response = _ask("PUT", remote_id, credentials, POSTS, json=body)
    if response.status_code in GONE:
        raise no_longer_there()
    raise_refusal(response)
    return read_object(response)


def no_longer_there() -> Refused:
    return Refused(_("The post is no longer on the network, so it cannot be changed."))


def _ask(
    method: str, remote_id: str, credentials: Credentials, budget: str, **content: Any
) -> httpx.Response:
    url = f"{credentials.host}/api/v1/statuses/{remote_id}"
    token = credentials.secrets["access_token"]
    return call(method, url, token=token, meter=Meter(budget), **content)


def uploaded(picture: Picture, credentials: Credentials) -> Json:
    """Upload one picture: its id, and whether it can be used at once."""
    words = _("The server did not take a picture: %(reason)s")
    return _uploaded(picture.read(), picture, credentials, words=words)


def film_uploaded(video: Video, credentials: Credentials) -> Json:
    """Upload one video, as it is read: its id, and whether it can be used at once."""
    words = _("The network did not take the video: %(reason)s")
    with sending(video) as film:
        upload = _uploaded(film, video, credentials, words=words, **PATIENCE)
    return {**upload, "film": True}


def _uploaded(
    content: bytes | IO[bytes],
    file: Picture | Video,
    credentials: Credentials,
    *,
    words: str,
    **patience: Any,
) -> Json:
    response = call(
        "POST",
        f"{credentials.host}/api/v2/media",
        token=credentials.secrets["access_token"],
        meter=Meter(MEDIA),
        files={"file": (_file_name(file), content, file.mime)},
        data={"description": file.alt} if file.alt else {},
        **patience,
    )
    if response.status_code in {413, 422}:
        reason = error_of(response)[1] or str(response.status_code)
        raise Refused(words % {"reason": reason}, field="pictures")
    raise_refusal(response)
    return {"id": str(read_object(response)["id"]), "ready": response.status_code != 202}


def _file_name(file: Picture | Video) -> str:
    kind, _slash, ending = file.mime.partition("/")
    return f"{'picture' if kind == 'image' else kind}.{ending}"


def processed(upload: Mapping[str, Any], credentials: Credentials) -> Json:
    """Ask for an upload; ``Processing`` while the server is at work on it."""
    if upload["ready"]:
        return {"id": upload["id"]}
    url = f"{credentials.host}/api/v1/media/{upload['id']}"
    response = call("GET", url, token=credentials.secrets["access_token"])
    if response.status_code == 206:
        raise Processing(_("The network is still working on the video or picture."))
    if response.status_code in {404, 422}:
        message = _("The server could not read a picture. Choose another one.")
        if upload.get("film"):
            message = _("The server could not read the video. Choose another one.")
        raise Refused(message, field="pictures")
    raise_refusal(response)
    return {"id": upload["id"]}

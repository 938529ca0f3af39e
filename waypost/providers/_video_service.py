"""The service that turns a film into what Bluesky shows; the account's own server lets it in.

A film goes there once, with a pass of the account's server. The service works on it, puts
the result into the account's server as a blob, and says which one. Lexicons
``app.bsky.video`` and ``com.atproto.server.getServiceAuth`` of August 2026.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext as _

from waypost.providers._calls import call, error_of, read_object, unreachable
from waypost.providers._sending import PATIENCE, sending
from waypost.providers._xrpc import query
from waypost.providers.allowance import Meter
from waypost.providers.base import Credentials, Json
from waypost.providers.errors import Busy, Processing, Refused
from waypost.providers.media import Video

FILMS = "films"
"""The service counts for itself, apart from the account's server."""
_PASS_LASTS = timedelta(minutes=30)
_A_DAY_IS_FULL = timedelta(hours=1)
_UPLOAD, _LIMITS = "com.atproto.repo.uploadBlob", "app.bsky.video.getUploadLimits"


def send_film(video: Video, credentials: Credentials, service: str) -> Json:
    """Upload ``video``: the number of the job that works on it."""
    _refuse_when_full(video, credentials, service)
    server = f"did:web:{urlsplit(credentials.host).hostname}"
    with sending(video) as film:
        response = call(
            "POST",
            f"{service}/xrpc/app.bsky.video.uploadVideo",
            token=_pass(credentials, server, _UPLOAD),
            meter=Meter(FILMS),
            params={"did": credentials.remote_id, "name": f"{secrets.token_hex(8)}.mp4"},
            headers={"Content-Type": video.mime, "Content-Length": str(video.size)},
            content=film,
            **PATIENCE,
        )
    job = _job(response)
    if not job.get("jobId"):
        raise _refusal(response)  # a film that was sent before is no refusal: its job is named
    return {"job": str(job["jobId"])}


def made_film(job: str, service: str) -> Json:
    """The blob that was made; ``Processing`` while the service is at work on it."""
    url = f"{service}/xrpc/app.bsky.video.getJobStatus"
    response = call("GET", url, meter=Meter(FILMS), params={"jobId": job})
    if response.status_code != 200:
        raise _refusal(response)
    state = _job(response)
    if isinstance(state.get("blob"), dict):
        return {"blob": state["blob"]}
    if state.get("state") == "JOB_STATE_FAILED":
        reason = str(state.get("message") or state.get("error") or "")
        raise _not_taken(reason or _("it could not be read"))
    raise Processing(_("The network is still working on the video or picture."))


def _refuse_when_full(video: Video, credentials: Credentials, service: str) -> None:
    """Ask before hundreds of megabytes are on their way."""
    given = _pass(credentials, f"did:web:{urlsplit(service).hostname}", _LIMITS)
    response = call("GET", f"{service}/xrpc/{_LIMITS}", token=given, meter=Meter(FILMS))
    if response.status_code != 200:
        raise _refusal(response)
    told = read_object(response)
    left = told.get("remainingDailyVideos"), told.get("remainingDailyBytes")
    if left[0] == 0 or (isinstance(left[1], int) and left[1] < video.size):
        words = _("The account may upload no more videos today. Waypost tries again by itself.")
        raise Busy(words, after=_A_DAY_IS_FULL)
    if told.get("canUpload") is False:
        raise _not_taken(str(told.get("message") or told.get("error") or ""))


def _pass(credentials: Credentials, audience: str, lxm: str) -> str:
    """Leave for one kind of call at ``audience`` in the account's name."""
    answer = query(
        credentials.host,
        "com.atproto.server.getServiceAuth",
        token=credentials.secrets["accessJwt"],
        aud=audience,
        lxm=lxm,
        exp=int((datetime.now(UTC) + _PASS_LASTS).timestamp()),
    )
    if not answer.get("token"):
        raise unreachable(credentials.host)
    return str(answer["token"])


def _job(response: httpx.Response) -> Mapping[str, Any]:
    """The job in an answer; the service names it with and without the frame of the lexicon."""
    answer = read_object(response)
    framed = answer.get("jobStatus")
    return framed if isinstance(framed, dict) else answer


def _refusal(response: httpx.Response) -> Refused:
    """The pass was fresh, so that a 401 speaks of the account's standing, not of its access."""
    return _not_taken(error_of(response)[1] or str(response.status_code))


def _not_taken(reason: str) -> Refused:
    message = _("The network did not take the video: %(reason)s") % {"reason": reason}
    return Refused(message, field="pictures")

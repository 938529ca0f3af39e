"""The service that takes films for Bluesky, as its lexicons and its own app know it."""

import hashlib
import secrets
from typing import Any
from urllib.parse import urlsplit

from waypost.providers.tests.fake_server import Answer, FakeServer, Request

UPLOAD, LIMITS = "com.atproto.repo.uploadBlob", "app.bsky.video.getUploadLimits"


class FakeFilms(FakeServer):
    """Change the attributes to change its habits; ``passes`` are given by the account's server."""

    def __init__(self) -> None:
        super().__init__()
        self.did = "did:plc:abcdefghijklmnopqrstuvwx"
        self.passes: dict[str, tuple[str, str]] = {}  # audience and kind of call, by token
        self.blobs: dict[str, bytes] = {}
        self.films: dict[str, bytes] = {}  # by number of the job
        self.polls_needed = 0  # how often a job is asked for before it is done
        self.spoils_films = False  # whether it fails to read what it accepted
        self.films_left = 25
        self.refuses_because = ""
        self.framed = False  # whether it answers in the frame that its lexicon describes

    def pass_for(self, request: Request) -> Answer:
        """What the account's own server says to getServiceAuth."""
        token = secrets.token_urlsafe(16)
        self.passes[token] = (request.one("aud"), request.one("lxm"))
        return Answer(200, {"token": token})

    def answer(self, request: Request) -> Answer:
        match request.method, request.path.removeprefix("/xrpc/"):
            case "GET", "app.bsky.video.getUploadLimits":
                return self._limits(request)
            case "POST", "app.bsky.video.uploadVideo":
                return self._upload(request)
            case "GET", "app.bsky.video.getJobStatus":
                return self._status(request)
        return Answer(404, {"error": "MethodNotImplemented"})

    def _limits(self, request: Request) -> Answer:
        own = f"did:web:{urlsplit(self.url).hostname}"
        if self.passes.get(request.bearer) != (own, LIMITS):
            return Answer(401, {"error": "BadJwt", "message": "jwt audience does not match"})
        if self.refuses_because:
            said = {"error": "unconfirmed", "message": self.refuses_because}
            return Answer(200, {"canUpload": False, **said})
        left = {"remainingDailyVideos": self.films_left, "remainingDailyBytes": 10_000_000_000}
        return Answer(200, {"canUpload": self.films_left > 0, **left})

    def _upload(self, request: Request) -> Answer:
        if self.passes.get(request.bearer, ("", ""))[1] != UPLOAD:
            return Answer(401, {"error": "BadJwt", "message": "bad lexicon method"})
        if request.one("did") != self.did or not request.one("name").endswith(".mp4"):
            return Answer(400, {"error": "InvalidRequest", "message": "did or name is missing"})
        job = hashlib.sha256(request.body).hexdigest()[:20]
        if job in self.films:
            return Answer(409, {"jobId": job, "error": "already_exists", "message": "Again"})
        self.films[job] = request.body
        return Answer(200, self._shown({"jobId": job, "state": "JOB_STATE_CREATED"}))

    def _status(self, request: Request) -> Answer:
        job = request.one("jobId")
        if job not in self.films:
            return Answer(400, {"error": "InvalidRequest", "message": "There is no such job"})
        about = {"jobId": job, "did": self.did}
        if self.polls_needed > 0:
            self.polls_needed -= 1
            return Answer(200, self._shown({**about, "state": "JOB_STATE_ENCODING"}))
        if self.spoils_films:
            said = {"state": "JOB_STATE_FAILED", "error": "bad", "message": "Cannot be decoded"}
            return Answer(200, self._shown({**about, **said}))
        return Answer(
            200, self._shown({**about, "state": "JOB_STATE_COMPLETED", **self._made(job)})
        )

    def _made(self, job: str) -> dict[str, Any]:
        link = "bafkrei" + job
        self.blobs[link] = self.films[job]
        size = len(self.films[job])
        ref = {"$type": "blob", "ref": {"$link": link}, "mimeType": "video/mp4", "size": size}
        return {"blob": ref}

    def _shown(self, job: dict[str, Any]) -> dict[str, Any]:
        return {"jobStatus": job} if self.framed else job

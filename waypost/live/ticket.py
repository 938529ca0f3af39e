"""The leave to hear of changes: asked for like any page, then honoured by the server.

A view hands out a ticket instead of a page. The gateway sees it in the answer and keeps the
connection open; whoever serves Waypost without the gateway answers 204, which tells the page
to ask now and then instead.
"""

import json
from dataclasses import asdict, dataclass

from django.http import HttpResponse

from waypost.accounts.guard import BusinessRequest

HEADER = "X-Waypost-Live"
UNDERSTOOD = "waypost.live"
"""In the WSGI environment of a server that honours tickets."""


@dataclass(frozen=True)
class Ticket:
    """Who may hear of what, and until when: as long as the session and the role last."""

    business: int
    topic: str
    user: int
    session: str
    permission: str
    since: int  # number of the latest change that the page knows of

    @classmethod
    def of(cls, request: BusinessRequest, *, topic: str, permission: str) -> "Ticket":
        """A browser that connects anew says ``Last-Event-ID``, a fresh page ``?since=``."""
        asked = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
        return cls(
            business=request.business.pk,
            topic=topic,
            user=request.user.pk,
            session=request.session.session_key or "",
            permission=permission,
            since=int(asked) if asked.isdecimal() and len(asked) < 19 else 0,
        )

    def written(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> "Ticket":
        return cls(**json.loads(text))


def hand_out(request: BusinessRequest, ticket: Ticket) -> HttpResponse:
    answer = HttpResponse(status=204)
    if request.META.get(UNDERSTOOD):
        answer[HEADER] = ticket.written()
    return answer

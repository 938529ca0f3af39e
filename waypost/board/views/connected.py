"""The door of the live connection."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.live.ticket import Ticket, hand_out


@business_view("board.view")
@require_GET
def live(request: BusinessRequest) -> HttpResponse:
    """Whoever may look at the board may hear of it; ``?since=`` says where to begin."""
    return hand_out(request, Ticket.of(request, topic="board", permission="board.view"))

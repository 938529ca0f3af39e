"""The page for somebody who lost their place while a page was open: nothing typed is lost."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from waypost.accounts.models import Business

TROUBLE = "X-Waypost-Trouble"
"""Names the sentence that the frame shows for an answer to HTMX; see frame/requests.ts."""
OURS = ("csrfmiddlewaretoken", "next")
MOST = 40  # texts that are shown


class NoLongerHere(Exception):
    """The person was in ``business`` until ``day``."""

    def __init__(self, business: Business, day: date) -> None:
        super().__init__(f"no longer in {business.slug} since {day}")
        self.business, self.day = business, day


def typed(request: HttpRequest) -> list[str]:
    """What a person wrote into the form that they sent: texts, no keys and no passwords."""
    texts = [
        text.strip()
        for name, values in request.POST.lists()
        if name not in OURS and "password" not in name and not name.startswith("was")
        for text in values
        if isinstance(text, str)
    ]
    wordy = [text for text in texts if len(text) > 2 and any(map(str.isalpha, text))]
    return list(dict.fromkeys(wordy))[:MOST]


def show_gone(request: HttpRequest, gone: NoLongerHere) -> HttpResponse:
    """403, with everything that was typed to copy."""
    context = {"gone": gone, "typed": typed(request)}
    answer = render(request, "accounts/gone.html", context, status=403)
    answer.headers[TROUBLE] = "removed"
    return answer

"""The calendar for calendar programs: a page's buttons, and the secret address itself."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.content.exchange import feed as feeds
from waypost.documents.rendering import MIMES
from waypost.kit.doors import private
from waypost.kit.htmx import go

MINUTES = 10
MOST_ASKED = 60  # times in ten minutes for one feed; programs ask every quarter of an hour
MOST_WRONG = 20  # tokens that open nothing, from one address


@open_view
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a program reads; who guesses learns nothing, and soon has to wait."""
    feed = feeds.find(token)
    if feed is None:
        caller = get_adapter().get_client_ip(request)
        status = 429 if _too_often(f"feed-wrong:{caller}", MOST_WRONG) else 404
        return _private(HttpResponse(status=status))
    if _too_often(f"feed:{feed.pk}", MOST_ASKED):
        answer = HttpResponse(status=429)
        answer["Retry-After"] = str(MINUTES * 60)
        return _private(answer)
    feeds.note_asked(feed)
    person, business = feed.member.user, feed.member.business
    chosen = feeds.Chosen.read(request.GET)
    language = person.language or business.language
    with timezone.override(business.zone), translation.override(language):
        etag = feeds.etag(feed, chosen, language)
        unchanged: Any = get_conditional_response(request, etag=etag)
        if unchanged is None:
            answer = HttpResponse(feeds.content(feed, chosen), content_type=MIMES["ics"])
            answer["Content-Disposition"] = f'inline; filename="{business.slug}.ics"'
            answer["ETag"] = etag
            return _private(answer)
    return _private(unchanged)


def _too_often(name: str, most: int) -> bool:
    cache.add(name, 0, timeout=MINUTES * 60)
    try:
        return bool(cache.incr(name) > most)
    except ValueError:  # it ran out between the two lines
        return False


def _private(answer: HttpResponse) -> HttpResponse:
    return private(answer, Cache_Control="private, no-cache")


@business_view("content.view")
@require_POST
def feed_renew(request: BusinessRequest) -> HttpResponse:
    had_one = feeds.feed_of(request.member) is not None
    feeds.renew(request.member)
    if had_one:
        text = _("The address is new. The one before opens nothing any more.")
    else:
        text = _("Your calendar has an address. Copy it into your calendar program.")
    messages.success(request, text)
    return go(request, reverse("content:exchange", args=[request.business.slug]) + "#feed")


@business_view("content.view")
@require_POST
def feed_revoke(request: BusinessRequest) -> HttpResponse:
    feeds.revoke(request.member)
    messages.success(request, _("The address is withdrawn. It opens nothing any more."))
    return go(request, reverse("content:exchange", args=[request.business.slug]) + "#feed")

"""The button that opens the talk about one thing on a page."""

from collections.abc import Mapping
from typing import Any

from django.template import Context, Library

from waypost.accounts.guard import BusinessRequest
from waypost.talk.models import Comment, Talked
from waypost.talk.places import Place

register = Library()


@register.inclusion_tag("talk/button.html", takes_context=True)
def talk(
    context: Context,
    thread: str,
    title: str,
    path: str = "",
    counts: Mapping[str, Talked] | None = None,
) -> dict[str, Any]:
    """A link with the number of comments; nothing on a page outside of a business.

    ``counts`` is ``Comment.objects.counts(business, prefix)``, for a page with many of them;
    without it each button asks for itself. ``path`` is the page itself unless it is given,
    which a fragment must do.
    """
    request: BusinessRequest = context["request"]
    if not hasattr(request, "member") or not request.member.may("talk.read"):
        return {"place": None}
    known = Comment.objects.counts(request.business, thread) if counts is None else counts
    return {
        "place": Place(request.business, thread, str(title), path or request.path),
        "talked": known.get(thread, Talked()),
        "slug": request.business.slug,
        "opens": request.GET.get("talk") == thread,
    }

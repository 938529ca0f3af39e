"""What the calendar does without being left: looking into an entry, dragging it elsewhere."""

import json
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import actions
from waypost.content.clock import on_the_wall
from waypost.content.filters import calendar_at
from waypost.content.posts import problems
from waypost.content.views.deciding import find, say_moved
from waypost.kit.errors import Refusal


@business_view("content.view")
@require_safe
def peek(request: BusinessRequest, pk: int) -> HttpResponse:
    """The post as a drawer shows it; without script it is a small page."""
    item = find(request, pk)
    context = {
        "item": item,
        "variants": item.variants.select_related("connection"),
        "pictures": item.pictures.select_related("asset"),
        "problems": problems(item) if item.is_editable else [],
        "may_write": request.member.may("content.write"),
        "back": calendar_at(request, item.due_at),
    }
    return render(request, "content/peek.html", context)


@business_view("content.write")
@require_POST
def place(request: BusinessRequest, pk: int) -> HttpResponse:
    """Dropped on ``day`` (ISO), in the day view on ``hour`` too; the answer is what to say.

    The event ``calendar:placed`` tells the script that it stays there, and its new time.
    """
    item = find(request, pk)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        hour = int(request.POST["hour"]) % 24 if request.POST.get("hour") else None
    except ValueError:
        return HttpResponse(status=422)
    before, placed = item.due_at, False
    try:
        notes = actions.place(item, day=day, hour=hour, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        for note in notes:
            messages.info(request, note)
        if item.due_at != before:
            say_moved(request, item, before)
        placed = True
    if not request.htmx:
        return redirect(calendar_at(request, item.due_at))
    answer = render(request, "parts/toasts.html", status=200 if placed else 422)
    if placed and item.due_at:
        wall = on_the_wall(item.due_at, request.business.zone)
        told = {"pk": item.pk, "clock": f"{wall:%H:%M}"}
        answer.headers["HX-Trigger"] = json.dumps({"calendar:placed": told})
    return answer

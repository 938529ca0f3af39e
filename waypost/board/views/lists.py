"""Small steps on the tasks of an initiative; its page, which shows them, belongs to insights."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions
from waypost.board.forms import NewTaskForm
from waypost.board.views.shared import back, task_of, tasks_url
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go

MOST_KEPT = 5  # removed tasks that one session can put back


@business_view("board.write")
@require_POST
def task_new(request: BusinessRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(request.business.initiatives, pk=pk)
    form = NewTaskForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "initiative": initiative}
        return render(request, "board/task_new.html", context, status=422)
    actions.add_task(initiative, by=request.user, **form.cleaned_data)
    return go(request, tasks_url(request, initiative.pk))


@business_view("board.write")
@require_POST
def count_tasks(request: BusinessRequest, pk: int) -> HttpResponse:
    """Count the progress of an initiative from its tasks, or (``typed``) type it again."""
    initiative = get_object_or_404(request.business.initiatives, pk=pk)
    actions.count_tasks(initiative, counted="typed" not in request.POST)
    return go(request, tasks_url(request, initiative.pk))


@business_view("board.write")
@require_POST
def finish(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    try:
        actions.finish(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return back(request, tasks_url(request, found.initiative_id))
    found.refresh_from_db()
    if not found.is_done:
        text = _("It waits for review by %(person)s now.") % {"person": found.reviewer}
        messages.info(request, text)
    return back(request, tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def reopen(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    try:
        actions.reopen(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return back(request, tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def up(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    actions.move(found, by=-1)
    return go(request, tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def down(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    actions.move(found, by=1)
    return go(request, tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    _keep(request, actions.remove(found, by=request.user))
    url = reverse("board:put_back", args=[request.business.slug, pk])
    messages.success(request, _("The task is removed."), extra_tags=f"undo:{url}")
    return back(request, tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def put_back(request: BusinessRequest, pk: int) -> HttpResponse:
    """Undo a removal that this person made in this session."""
    kept = _removed(request).get(str(pk))
    if kept is None:
        raise Http404
    try:
        restored = actions.put_back(request.business, kept, by=request.user)
    except Initiative.DoesNotExist:
        raise Http404 from None
    messages.info(request, _("The task is back."))
    return go(request, tasks_url(request, restored.initiative_id))


def _keep(request: BusinessRequest, kept: dict[str, Any]) -> None:
    """In the session and not in an address: a description may be long."""
    found = {**_removed(request), str(kept["pk"]): kept}
    request.session[_place(request)] = dict(list(found.items())[-MOST_KEPT:])


def _removed(request: BusinessRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(_place(request), {})
    return found


def _place(request: BusinessRequest) -> str:
    return f"board.removed.{request.business.pk}"

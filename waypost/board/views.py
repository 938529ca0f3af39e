"""Small steps on the tasks of an initiative; its page, which shows them, belongs to insights."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions
from waypost.board.forms import NewTaskForm, TaskForm
from waypost.board.models import Task
from waypost.goals.models import Initiative
from waypost.kit.htmx import go

UNDO_SALT = "board.remove"
UNDO_LASTS = 24 * 3600  # seconds


@business_view("board.write")
@require_POST
def task_new(request: BusinessRequest, pk: int) -> HttpResponse:
    initiative = get_object_or_404(request.business.initiatives, pk=pk)
    form = NewTaskForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "initiative": initiative}
        return render(request, "board/task_new.html", context, status=422)
    actions.add_task(initiative, **form.cleaned_data)
    return go(request, _tasks_url(request, initiative.pk))


@business_view("board.write")
@require_http_methods(["GET", "POST"])
def task(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    form = TaskForm(request.POST or None, business=request.business, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.edit_task(found, **form.cleaned_data)
        messages.success(request, _("The task is saved."))
        return go(request, _tasks_url(request, found.initiative_id))
    context = {"form": form, "task": found, "initiative": found.initiative}
    return render(request, "board/task.html", context, status=422 if form.errors else 200)


@business_view("board.write")
@require_POST
def finish(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    actions.finish(found)
    return go(request, _tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def reopen(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    actions.reopen(found)
    return go(request, _tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def up(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    actions.move(found, by=-1)
    return go(request, _tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def down(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    actions.move(found, by=1)
    return go(request, _tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    token = signing.dumps(actions.remove(found), salt=UNDO_SALT)
    back = reverse("board:put_back", args=[request.business.slug, token])
    messages.success(request, _("The task is removed."), extra_tags=f"undo:{back}")
    return go(request, _tasks_url(request, found.initiative_id))


@business_view("board.write")
@require_POST
def put_back(request: BusinessRequest, token: str) -> HttpResponse:
    try:
        restored = actions.put_back(request.business, _kept(token))
    except Initiative.DoesNotExist:
        raise Http404 from None
    messages.info(request, _("The task is back."))
    return go(request, _tasks_url(request, restored.initiative_id))


def _kept(token: str) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    return kept


def _task(request: BusinessRequest, pk: int) -> Task:
    rows = request.business.tasks.exclude(initiative=None).select_related("initiative__goal")
    return get_object_or_404(rows, pk=pk)


def _tasks_url(request: BusinessRequest, initiative_id: int | None) -> str:
    return reverse("insights:initiative", args=[request.business.slug, initiative_id]) + "#tasks"

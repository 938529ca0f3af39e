"""What the pages of tasks have in common."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from waypost.accounts.guard import BusinessRequest
from waypost.board.models import Task
from waypost.kit.htmx import go


def task_of(request: BusinessRequest, pk: int) -> Task:
    rows = request.business.tasks.select_related(
        "initiative__goal", "assignee", "reviewer", "column", "updated_by"
    )
    found = get_object_or_404(rows, pk=pk)
    found.business = request.business
    return found


def board_url(request: BusinessRequest) -> str:
    return reverse("board:board", args=[request.business.slug])


def task_url(request: BusinessRequest, task: Task) -> str:
    return reverse("board:task", args=[request.business.slug, task.pk])


def tasks_url(request: BusinessRequest, initiative_id: int | None) -> str:
    """The list of an initiative's tasks, or the board."""
    if initiative_id is None:
        return board_url(request)
    return reverse("insights:initiative", args=[request.business.slug, initiative_id]) + "#tasks"


def back(request: BusinessRequest, usual: str) -> HttpResponse:
    """To the page that asked (``next``), where it is one of ours."""
    following = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
    return go(request, following if safe and following.startswith("/") else usual)


def see(request: BusinessRequest, task: Task, anchor: str = "") -> HttpResponse:
    return redirect(task_url(request, task) + anchor)

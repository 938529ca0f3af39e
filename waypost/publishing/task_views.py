"""The tasks that belong to a post, on its page: begin one, take one in, let one go."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions as board
from waypost.board.models import Status, Task, TaskLink
from waypost.content.models import Item
from waypost.kit.errors import Refusal
from waypost.publishing.forms import TaskForm

SHOWN_TASKS = 200  # older ones are found on the board


def thing(item: Item) -> str:
    """What links of tasks call this post."""
    return f"content/item/{item.pk}"


def tasks_around(item: Item) -> list[tuple[Task, bool]]:
    """(task, whether it belongs to the post): its own first, then the newest open ones."""
    linked = TaskLink.objects.filter(task=OuterRef("pk"), key=thing(item))
    rows = item.business.tasks.on_board().annotate(is_linked=Exists(linked))
    shown = rows.filter(Q(is_linked=True) | ~Q(status=Status.DONE)).select_related("assignee")
    ordered = shown.order_by("-is_linked", "-pk")[:SHOWN_TASKS]
    return [(task, getattr(task, "is_linked")) for task in ordered]  # noqa: B009 - annotated


def _item(request: BusinessRequest, pk: int) -> Item:
    rows = Item.objects.filter(business=request.business).select_related("business", "initiative")
    return get_object_or_404(rows, pk=pk)


@require_POST
@business_view("board.write")
def task_add(request: BusinessRequest, pk: int) -> HttpResponse:
    """A new task in the backlog, or one of the board, that belongs to the post from now on."""
    item = _item(request, pk)
    form = TaskForm(request.POST, item=item, key=thing(item))
    if form.is_valid():
        try:
            _connect(item, form, request)
        except Refusal as refusal:
            messages.error(request, refusal.message)
    else:
        messages.error(request, " ".join(str(each) for each in form.errors.values()))
    return redirect(_page(item) + "#tasks")


@transaction.atomic
def _connect(item: Item, form: TaskForm, request: BusinessRequest) -> None:
    task: Task | None = form.cleaned_data["task"]
    if task is None:
        task = board.add_card(
            item.business,
            by=request.user,
            title=form.cleaned_data["title"],
            initiative=item.initiative,
        )
    board.link(task, key=thing(item), title=item.title, path=_page(item), by=request.user)
    messages.success(
        request, _("The task “%(title)s” belongs to this post.") % {"title": task.title}
    )


@require_POST
@business_view("board.write")
def task_remove(request: BusinessRequest, pk: int, number: int) -> HttpResponse:
    """The task stays on the board; it only belongs to the post no more."""
    item = _item(request, pk)
    task = get_object_or_404(request.business.tasks.linked_to(thing(item)), pk=number)
    board.unlink(task.links.get(key=thing(item)), by=request.user)
    messages.success(request, _("“%(title)s” is on the board still.") % {"title": task.title})
    return redirect(_page(item) + "#tasks")


def _page(item: Item) -> str:
    return reverse("publishing:item", args=[item.business.slug, item.pk])

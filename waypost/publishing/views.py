"""The page of an item: what goes where, what became of it, and what a person can do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.content.posts import problems
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.publishing import actions
from waypost.publishing.forms import FoundForm, ScheduleForm, TaskForm
from waypost.publishing.models import Delivery, Status
from waypost.publishing.screen import channel_rows
from waypost.publishing.task_views import tasks_around, thing


def _item(request: BusinessRequest, pk: int) -> Item:
    rows = Item.objects.filter(business=request.business).select_related(
        "initiative__goal", "goal", "owner", "business"
    )
    return get_object_or_404(rows, pk=pk)


def delivery_of(request: BusinessRequest, pk: int) -> Delivery:
    rows = Delivery.objects.select_related("item__business", "connection")
    delivery = get_object_or_404(rows, pk=pk, item__business=request.business)
    if not request.member.may_use(delivery.connection_id):
        raise PermissionDenied
    return delivery


def _show(
    request: BusinessRequest,
    item: Item,
    *,
    status: int = 200,
    schedule_form: ScheduleForm | None = None,
    found_forms: dict[int, FoundForm] | None = None,
) -> HttpResponse:
    """The page, whole or the part that HTMX asked for."""
    rows = channel_rows(item, found_forms or {})
    context: dict[str, Any] = {
        "item": item,
        "rows": rows,
        "waits_for_person": any(row.waits_for_person for row in rows),
        "all_deleted": bool(rows) and all(row.post.status == Status.DELETED for row in rows),
        "follow": item.status == ItemStatus.PUBLISHING or any(row.moves for row in rows),
        "pictures": item.pictures.select_related("asset"),
        "short_links": item.short_links.select_related("connection").with_clicks(),
        "problems": problems(item) if item.is_editable else [],
        "schedule_form": schedule_form or ScheduleForm(item=item),
        "may_schedule": request.member.may("publishing.schedule"),
        "may_resolve": request.member.may("publishing.resolve"),
        "may_write": request.member.may("content.write"),
        "may_approve": request.member.may("content.approve"),
        "may_hand_over": request.member.may("publishing.hand_over"),
        **_tasks(request, item),
    }
    template = "publishing/item.html"
    if request.htmx and request.htmx.target == "channels":
        template = "publishing/channels.html"
    return render(request, template, context, status=status)


def _tasks(request: BusinessRequest, item: Item) -> dict[str, Any]:
    """The tasks of the post and the form for more of them; one query."""
    if not request.member.may("board.view"):
        return {}
    rows = tasks_around(item)
    offered = [task for task, is_linked in rows if not is_linked]
    may_write = request.member.may("board.write")
    return {
        "tasks": [task for task, is_linked in rows if is_linked],
        "task_form": TaskForm(item=item, key=thing(item), offered=offered) if may_write else None,
    }


@business_view("publishing.view")
def item(request: BusinessRequest, pk: int) -> HttpResponse:
    return _show(request, _item(request, pk))


@require_POST
@business_view("publishing.schedule")
def schedule(request: BusinessRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    form = ScheduleForm(request.POST, item=item)
    if form.is_valid() and form.due_at:
        try:
            actions.schedule(item, due_at=form.due_at, by=request.user, anyway=form.anyway)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, " ".join([_("The post is scheduled."), *form.notes]))
            return redirect("publishing:item", request.business.slug, pk)
    return _show(request, item, status=422, schedule_form=form)


@require_POST
@business_view("publishing.schedule")
def publish_now(request: BusinessRequest, pk: int) -> HttpResponse:
    return do(
        request,
        _item(request, pk),
        lambda item: actions.publish_now(item, by=request.user),
        _("The post is on its way."),
    )


@require_POST
@business_view("publishing.schedule")
def send_anyway(request: BusinessRequest, pk: int) -> HttpResponse:
    return do(
        request,
        _item(request, pk),
        lambda item: actions.send_anyway(item, by=request.user),
        _("The post does not wait for the end of the quiet hours."),
    )


@require_POST
@business_view("publishing.schedule")
def unschedule(request: BusinessRequest, pk: int) -> HttpResponse:
    return do(
        request,
        _item(request, pk),
        lambda item: actions.unschedule(item, by=request.user),
        _("The post is a draft again. Nothing was sent."),
    )


def do(
    request: BusinessRequest, item: Item, act: Callable[[Item], None], done: str
) -> HttpResponse:
    """One verb on the item; a refusal stands above its page."""
    try:
        act(item)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("publishing:item", request.business.slug, item.pk)


@require_POST
@business_view("publishing.resolve")
def retry(request: BusinessRequest, pk: int) -> HttpResponse:
    delivery = delivery_of(request, pk)
    return do(
        request,
        delivery.item,
        lambda _item: actions.retry(delivery, by=request.user),
        _("Waypost tries again."),
    )


@require_POST
@business_view("publishing.resolve")
def send_again(request: BusinessRequest, pk: int) -> HttpResponse:
    delivery = delivery_of(request, pk)
    return do(
        request,
        delivery.item,
        lambda _item: actions.send_again(delivery, by=request.user),
        _("Waypost sends the post again."),
    )


@require_POST
@business_view("publishing.resolve")
def found(request: BusinessRequest, pk: int) -> HttpResponse:
    delivery = delivery_of(request, pk)
    form = FoundForm(request.POST, prefix=f"d{pk}")
    if form.is_valid():
        try:
            actions.found(delivery, url=form.cleaned_data["url"], by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The post counts as published."))
            return redirect("publishing:item", request.business.slug, delivery.item_id)
    return _show(request, delivery.item, status=422, found_forms={pk: form})

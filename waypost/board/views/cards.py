"""The page of one task, and the small things on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions
from waypost.board.forms import AttachForm, CardForm, LabelForm, StepForm
from waypost.board.history import lines
from waypost.board.models import Attachment, Step, Task, TaskLink
from waypost.board.views.shared import see, task_of, task_url
from waypost.kit.careful import Row, respond, save
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.markdown import as_html
from waypost.library.models import Asset

HISTORY = 50  # lines that are shown
FILES = 24  # of the library, the newest that fit


@business_view("board.view")
@require_http_methods(["GET", "POST"])
def task(request: BusinessRequest, pk: int) -> HttpResponse:
    """The task to work on. Links all over lead here, so who only looks is led on to the look."""
    found = task_of(request, pk)
    if not request.member.may("board.write"):
        if request.method == "POST":
            raise PermissionDenied
        return redirect("board:look", request.business.slug, found.pk)
    form = CardForm(request.POST or None, business=request.business, instance=found)

    def write(row: Task, changes: dict[str, Any]) -> None:
        row.business = request.business
        actions.change_card(row, changes, by=request.user)

    saved = save(form, Row(found, by=request.user, write=write), by=request.user)
    return respond(
        request,
        form,
        saved,
        template="board/task.html",
        context=_context(request, found),
        then=task_url(request, found),
    )


@business_view("board.view")
def look(request: BusinessRequest, pk: int) -> HttpResponse:
    """The task to read, for those who may not change it."""
    found = task_of(request, pk)
    return render(request, "board/look.html", _context(request, found))


def _context(request: BusinessRequest, found: Task, **forms: Any) -> dict[str, Any]:
    return {
        "task": found,
        "described": as_html(found.description),
        "steps": found.steps.all(),
        "labels": found.labels.all(),
        "attachments": found.attachments.select_related("asset"),
        "links": found.links.all(),
        "history": lines(found, HISTORY),
        "step_form": StepForm(auto_id="step_%s"),
        "label_form": LabelForm(auto_id="label_%s"),
        "attach_form": AttachForm(auto_id="attach_%s"),
        "all_labels": request.business.labels.all(),
        **_files(request),
        **forms,
    }


def _files(request: BusinessRequest) -> dict[str, Any]:
    """Files of the library to attach; ``?files=`` has words that they must have."""
    words = request.GET.get("files", "").strip()[:80]
    found = list(request.business.assets.searched(words)[: FILES + 1])
    return {"words": words, "files": found[:FILES], "more_files": len(found) > FILES}


def _again(request: BusinessRequest, found: Task, **forms: Any) -> HttpResponse:
    """The page with a form that was wrong."""
    context = _context(request, found, **forms)
    form = CardForm(None, business=request.business, instance=found)
    form.for_person(request.user)
    return render(request, "board/task.html", {**context, "form": form, "saved": None}, status=422)


@business_view("board.write")
@require_POST
def step_add(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    form = StepForm(request.POST, auto_id="step_%s")
    if form.is_valid():
        try:
            actions.add_step(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return see(request, found, "#steps")
    return _again(request, found, step_form=form)


@business_view("board.write")
@require_POST
def step_tick(request: BusinessRequest, pk: int) -> HttpResponse:
    """``done`` in the form: it is done now."""
    step = _step(request, pk)
    actions.tick_step(step, done="done" in request.POST, by=request.user)
    return see(request, step.task, "#steps")


@business_view("board.write")
@require_POST
def step_move(request: BusinessRequest, pk: int) -> HttpResponse:
    """``down`` in the form: one place down, else one up."""
    step = _step(request, pk)
    actions.move_step(step, by_places=1 if "down" in request.POST else -1, by=request.user)
    return see(request, step.task, "#steps")


@business_view("board.write")
@require_POST
def step_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    step = _step(request, pk)
    actions.remove_step(step, by=request.user)
    return see(request, step.task, "#steps")


def _step(request: BusinessRequest, pk: int) -> Step:
    rows = Step.objects.filter(task__business=request.business).select_related("task__business")
    return get_object_or_404(rows, pk=pk)


@business_view("board.write")
@require_POST
def labels(request: BusinessRequest, pk: int) -> HttpResponse:
    """Which of the known labels it carries."""
    found = task_of(request, pk)
    chosen = request.business.labels.filter(
        pk__in=[key for key in request.POST.getlist("label") if key.isdecimal()]
    )
    actions.set_labels(found, list(chosen), by=request.user)
    return see(request, found, "#labels")


@business_view("board.write")
@require_POST
def label_new(request: BusinessRequest, pk: int) -> HttpResponse:
    found = task_of(request, pk)
    form = LabelForm(request.POST, auto_id="label_%s")
    if form.is_valid():
        try:
            label = actions.make_label(request.business, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            actions.set_labels(found, [*found.labels.all(), label], by=request.user)
            return see(request, found, "#labels")
    return _again(request, found, label_form=form)


@business_view("board.write")
@require_POST
def attach(request: BusinessRequest, pk: int) -> HttpResponse:
    """A picture of the library (``asset``), or a link."""
    found = task_of(request, pk)
    key = request.POST.get("asset", "")
    if key:
        asset: Asset = get_object_or_404(request.business.assets, pk=key if key.isdecimal() else 0)
        actions.attach(found, asset=asset, by=request.user)
        return see(request, found, "#attachments")
    form = AttachForm(request.POST, auto_id="attach_%s")
    if form.is_valid():
        actions.attach(found, by=request.user, **form.cleaned_data)
        return see(request, found, "#attachments")
    return _again(request, found, attach_form=form)


@business_view("board.write")
@require_POST
def detach(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = Attachment.objects.filter(task__business=request.business)
    attachment = get_object_or_404(rows.select_related("task__business", "asset"), pk=pk)
    actions.detach(attachment, by=request.user)
    return see(request, attachment.task, "#attachments")


@business_view("board.write")
@require_POST
def unlink(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = TaskLink.objects.filter(task__business=request.business)
    link = get_object_or_404(rows.select_related("task__business"), pk=pk)
    actions.unlink(link, by=request.user)
    messages.info(
        request, _("The task is no longer linked to “%(title)s”.") % {"title": link.title}
    )
    return see(request, link.task)

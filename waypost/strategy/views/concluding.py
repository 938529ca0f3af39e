""" "Therefore we will …": from what was found to what is done."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.goals import actions as goals
from waypost.goals.forms import GoalForm, InitiativeForm
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.strategy.actions import conclusions as actions
from waypost.strategy.forms import ConclusionForm, LeadForm, OwnQuestionForm
from waypost.strategy.models import Conclusion
from waypost.strategy.views.overview import section_context
from waypost.strategy.views.shared import chapter_or_404


def _conclusion(request: BusinessRequest, pk: int) -> Conclusion:
    rows = request.business.conclusions.select_related("goal", "initiative", "task")
    return get_object_or_404(rows, pk=pk)


def _back(request: BusinessRequest, section: str) -> str:
    if section == "swot":
        return reverse("strategy:swot", args=[request.business.slug]) + "#therefore"
    return reverse("strategy:section", args=[request.business.slug, section]) + "#therefore"


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest, key: str) -> HttpResponse:
    whole, chapter = chapter_or_404(request, key)
    form = ConclusionForm(request.POST or None, section=key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude(request.business, key, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Written down. Now say what comes of it."))
            return redirect(_back(request, key))
    context = {
        **section_context(request, whole, chapter),
        "own_form": OwnQuestionForm(),
        "conclusion_form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategy/section.html", context, status=status)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    conclusion = _conclusion(request, pk)
    form = ConclusionForm(request.POST or None, instance=conclusion, section=conclusion.section)
    if request.method == "POST" and form.is_valid():
        data = {"pairing": conclusion.pairing, **form.cleaned_data}
        try:
            actions.edit_conclusion(conclusion, **data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(_back(request, conclusion.section))
    context = {
        "form": form,
        "conclusion": conclusion,
        "back": _back(request, conclusion.section),
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategy/conclusion.html", context, status=status)


@business_view("strategy.edit")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    conclusion = _conclusion(request, pk)
    conclusion.delete()
    messages.success(request, _("The line is removed. What it led to stays."))
    return redirect(_back(request, conclusion.section))


@business_view("strategy.edit")
@require_POST
def unlink(request: BusinessRequest, pk: int) -> HttpResponse:
    conclusion = _conclusion(request, pk)
    actions.unlink(conclusion)
    return redirect(_back(request, conclusion.section))


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def lead(request: BusinessRequest, pk: int) -> HttpResponse:
    """Choose what comes of a conclusion."""
    conclusion = _conclusion(request, pk)
    form = LeadForm(request.POST or None, business=request.business)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_led(request, conclusion, form.cleaned_data))
        except Refusal as refusal:
            show_refusal(form, refusal)
    context = {
        "form": form,
        "conclusion": conclusion,
        "back": _back(request, conclusion.section),
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategy/conclusion_lead.html", context, status=status)


def _led(request: BusinessRequest, conclusion: Conclusion, data: dict[str, object]) -> str:
    """Do it, or say where it is done."""
    slug, what = request.business.slug, data["what"]
    if what == "new_goal":
        return reverse("strategy:conclusion_goal", args=[slug, conclusion.pk])
    if what == "new_initiative":
        goal = data["goal"]
        return reverse("strategy:conclusion_initiative", args=[slug, conclusion.pk, goal.pk])  # type: ignore[attr-defined]
    if what == "new_task":
        actions.make_task(conclusion, data["initiative"])  # type: ignore[arg-type]
        messages.success(request, _("The task is on the board."))
    elif what == "initiative":
        actions.link_initiative(conclusion, data["initiative"])  # type: ignore[arg-type]
    else:
        actions.link_goal(conclusion, data["goal"])  # type: ignore[arg-type]
    return _back(request, conclusion.section)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def new_goal(request: BusinessRequest, pk: int) -> HttpResponse:
    conclusion, today = _conclusion(request, pk), timezone.localdate()
    initial = {
        "title": conclusion.text[:200],
        "specific": conclusion.text,
        "start_date": today,
        "owner": request.user.pk,
    }
    form = GoalForm(request.POST or None, business=request.business, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                goal = goals.create_goal(request.business, by=request.user, **form.values)
                actions.link_goal(conclusion, goal)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The goal is saved. Now add what you will do for it."))
            return redirect("goals:goal", request.business.slug, goal.pk)
    status = 422 if form.is_bound else 200
    return render(request, "goals/form.html", {"form": form}, status=status)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def new_initiative(request: BusinessRequest, pk: int, goal: int) -> HttpResponse:
    conclusion = _conclusion(request, pk)
    of = get_object_or_404(request.business.goals, pk=goal)
    initial = {
        "title": conclusion.text[:200],
        "start_date": max(of.start_date, timezone.localdate()),
        "end_date": of.deadline_date,
        "owner": of.owner_id,
    }
    form = InitiativeForm(request.POST or None, business=request.business, goal=of, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                initiative = goals.create_initiative(of, by=request.user, **form.values)
                actions.link_initiative(conclusion, initiative)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The initiative is saved."))
            return redirect(_back(request, conclusion.section))
    context = {"form": form, "goal": of}
    status = 422 if form.is_bound else 200
    return render(request, "goals/initiative_form.html", context, status=status)

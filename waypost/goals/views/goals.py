"""Pages of goals and their values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.core import signing
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.goals import actions
from waypost.goals.actions import Before
from waypost.goals.chart import NARROW, WIDE, chart
from waypost.goals.forms import GoalForm, ValueForm
from waypost.goals.formulas import Kind, Standing, cover
from waypost.goals.models import Checkpoint, Goal, GoalValue, Initiative
from waypost.goals.smart import next_due, smart
from waypost.goals.views.shared import form_page, goal_url
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal

UNDO_SALT = "goals.record"
UNDO_LASTS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Card:
    """One line of the list."""

    goal: Goal
    state: Standing


@dataclass(frozen=True)
class Line:
    """One initiative in the table of its goal."""

    initiative: Initiative
    after: list[str]
    timing: str
    late: bool

    @classmethod
    def of(cls, initiative: Initiative, today: dt.date) -> "Line":
        return cls(
            initiative,
            [other.title for other in initiative.depends_on.all()],
            initiative.timing(today),
            initiative.is_late(today),
        )


@business_view("goals.view")
@require_GET
def goal_list(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    goals = request.business.goals.with_values().select_related("owner")
    archived = request.GET.get("show") == "archived"
    shown = goals.archived() if archived else goals.open()
    context = {
        "cards": [Card(goal, goal.standing(today)) for goal in shown],
        "archived": archived,
        "has_archived": archived or goals.archived().exists(),
        "may_edit": request.member.may("goals.edit"),
    }
    return render(request, "goals/list.html", context)


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    initial = {"start_date": today, "owner": request.user.pk}
    form = GoalForm(request.POST or None, business=request.business, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            goal = actions.create_goal(request.business, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The goal is saved. Now add what you will do for it."))
            return go(request, goal_url(request, goal))
    return form_page(request, "goals/form.html", form)


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(request.business.goals, pk=pk)
    form = GoalForm(
        request.POST or None,
        business=request.business,
        today=timezone.localdate(),
        instance=goal,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_goal(goal, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The goal is saved."))
            return go(request, goal_url(request, goal))
    return form_page(request, "goals/form.html", form, goal=goal)


@business_view("goals.view")
@require_GET
def goal_page(request: BusinessRequest, pk: int) -> HttpResponse:
    form = ValueForm(initial={"date": timezone.localdate()})
    return _show_goal(request, _whole_goal(request, pk), form)


@business_view("goals.record")
@require_POST
def record(request: BusinessRequest, pk: int) -> HttpResponse:
    goal = _whole_goal(request, pk)
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _show_goal(request, goal, form)
    day = form.cleaned_data["date"]
    try:
        before = actions.record_value(
            goal,
            date=day,
            value=form.cleaned_data["value"],
            source=GoalValue.Source.TYPED,
            by=request.user,
        )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _show_goal(request, goal, form)
    said = _("The value is saved; it replaced another one.") if before else _("The value is saved.")
    token = _undo_token(goal, day, before)
    back = reverse("goals:undo_record", args=[request.business.slug, goal.pk, token])
    messages.success(request, said, extra_tags=f"undo:{back}")
    return go(request, goal_url(request, goal))


@business_view("goals.record")
@require_POST
def undo_record(request: BusinessRequest, pk: int, token: str) -> HttpResponse:
    goal = get_object_or_404(request.business.goals, pk=pk)
    day, before = _read_undo_token(goal, token)
    actions.put_back(goal, date=day, before=before, by=request.user)
    messages.info(request, _("The value is as it was."))
    return go(request, goal_url(request, goal))


@business_view("goals.edit")
@require_POST
def archive(request: BusinessRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(request.business.goals, pk=pk)
    actions.archive(goal, by=request.user)
    back = reverse("goals:restore", args=[request.business.slug, goal.pk])
    messages.success(request, _("The goal is archived."), extra_tags=f"undo:{back}")
    return go(request, reverse("goals:list", args=[request.business.slug]))


@business_view("goals.edit")
@require_POST
def restore(request: BusinessRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(request.business.goals, pk=pk)
    actions.restore(goal, by=request.user)
    messages.success(request, _("The goal is back in the list."))
    return go(request, goal_url(request, goal))


def _whole_goal(request: BusinessRequest, pk: int) -> Goal:
    rows_of_goal = Initiative.objects.select_related("owner").prefetch_related("depends_on")
    initiatives = Prefetch("initiatives", rows_of_goal)
    rows = request.business.goals.select_related("owner", "connection", "business")
    return get_object_or_404(rows.prefetch_related("values__recorded_by", initiatives), pk=pk)


def _show_goal(request: BusinessRequest, goal: Goal, form: ValueForm) -> HttpResponse:
    today = timezone.localdate()
    state = goal.standing(today)
    values = list(goal.values.all())
    points = [value.point for value in values]
    context = {
        "goal": goal,
        "state": state,
        "charts": [chart(goal, points, state, today, size=size) for size in (WIDE, NARROW)],
        "values": values[::-1],
        "form": form,
        "lines": [Line.of(initiative, today) for initiative in goal.initiatives.all()],
        "smart": smart(goal),
        "due": None if goal.archived_at else next_due(goal, [day for day, _v in points], today),
        "checkpoints": [Checkpoint(each).label for each in goal.checkpoints],
        "trend_differs": state.trend is not None and state.trend != state.forecast,
        "may_record": request.member.may("goals.record") and goal.start_date <= today,
        "may_edit": request.member.may("goals.edit"),
        **_promised(goal),
    }
    return render(request, "goals/goal.html", context, status=422 if form.errors else 200)


def _promised(goal: Goal) -> dict[str, Decimal | None]:
    """What the initiatives that were not dropped add up to."""
    amounts = [
        initiative.expected_contribution
        for initiative in goal.initiatives.all()
        if initiative.status != Initiative.Status.DROPPED
    ]
    reach = goal.kind == Kind.REACH
    known = [amount for amount in amounts if amount is not None]
    return {
        "cover": cover(amounts, goal.baseline, goal.target) if reach else None,
        "promised": sum(known, Decimal(0)) if known else None,
        "way": abs(goal.target - goal.baseline),
    }


def _undo_token(goal: Goal, day: dt.date, before: Before | None) -> str:
    row = [str(before.value), before.source, before.by_id] if before else None
    return signing.dumps([goal.pk, day.isoformat(), row], salt=UNDO_SALT)


def _read_undo_token(goal: Goal, token: str) -> tuple[dt.date, Before | None]:
    try:
        goal_pk, day, row = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    if goal_pk != goal.pk:
        raise Http404
    before = Before(Decimal(row[0]), row[1], row[2]) if row else None
    return dt.date.fromisoformat(day), before

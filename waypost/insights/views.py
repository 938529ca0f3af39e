"""The report, and the page of an initiative with what it brought."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board.forms import NewTaskForm
from waypost.content.models import Item
from waypost.goals.models import Initiative
from waypost.insights import actions, work
from waypost.insights.costs import cost_of, costs_in
from waypost.insights.forms import PeriodForm
from waypost.insights.initiatives import posts_of
from waypost.insights.periods import presets, usual
from waypost.insights.reports import build
from waypost.kit.htmx import go


@business_view("insights.view")
@require_GET
def report(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = "from" in request.GET or "to" in request.GET
    initial = usual(today)
    form = PeriodForm(
        request.GET if asked else None, initial={"from": initial.first, "to": initial.last}
    )
    period = form.period if asked and form.is_valid() else initial
    found = build(request.business, period, today=today)
    context = {
        "form": form,
        "presets": presets(today),
        "period": period,
        "report": found,
        "costs": costs_in(
            request.business, period, [line.initiative for line in found.initiatives]
        ),
        "may_pull": request.member.may("insights.pull"),
    }
    return render(request, "insights/report.html", context, status=422 if form.errors else 200)


@business_view("insights.pull")
@require_POST
def measure(request: BusinessRequest) -> HttpResponse:
    asked = actions.measure_now(request.business)
    for connection_id in asked:
        work.measure(connection_id)
    if asked:
        said = ngettext(
            "Waypost is asking %(n)s account. Reload this page in a minute.",
            "Waypost is asking %(n)s accounts. Reload this page in a minute.",
            len(asked),
        )
        messages.success(request, said % {"n": len(asked)})
    else:
        messages.info(request, _("There is nothing to ask: everything was measured just now."))
    return go(request, reverse("insights:report", args=[request.business.slug]))


@business_view("insights.view")
@require_GET
def initiative(request: BusinessRequest, pk: int) -> HttpResponse:
    today = timezone.localdate()
    rows = request.business.initiatives.select_related("goal", "owner")
    found = get_object_or_404(rows, pk=pk)
    tasks = list(found.tasks.select_related("assignee"))
    posts = posts_of(Item.objects.filter(initiative=found), now=timezone.now())
    context = {
        "initiative": found,
        "goal": found.goal,
        "state": found.goal.standing(today),
        "posts": posts,
        "waits": found.depends_on.all(),
        "tasks": tasks,
        "tasks_done": sum(task.is_done for task in tasks),
        "new_task": NewTaskForm(),
        "today": today,
        "timing": found.timing(today),
        "late": found.is_late(today),
        "cost": cost_of(found, posts.interactions),
        "statuses": Initiative.Status.choices,
        "may_edit": request.member.may("goals.edit"),
        "may_task": request.member.may("board.write"),
        "may_write": request.member.may("content.write"),
    }
    return render(request, "insights/initiative.html", context)

"""A goal with everything that hangs on it, and a post with everything it hangs on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.reviews.tracing import trace_goal, trace_post


@business_view("reviews.view")
@require_GET
def goal(request: BusinessRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(request.business.goals.with_values(), pk=pk)
    trace = trace_goal(request.business, found, today=timezone.localdate(), now=timezone.now())
    return render(
        request,
        "reviews/trace_goal.html",
        {"trace": trace, "goal": found, "may_edit": request.member.may("goals.edit")},
    )


@business_view("reviews.view")
@require_GET
def post(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.items.select_related("initiative__goal", "goal")
    found = get_object_or_404(rows, pk=pk)
    trace = trace_post(request.business, found, today=timezone.localdate(), now=timezone.now())
    context = {
        "trace": trace,
        "item": found,
        "may_record": request.member.may("insights.record"),
    }
    return render(request, "reviews/trace_post.html", context)

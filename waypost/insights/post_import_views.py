"""Pages on which totals of posts come in: from a file, and typed for one post."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.documents.held import Held
from waypost.documents.kinds import BadFile
from waypost.insights.import_forms import PostColumnsForm
from waypost.insights.models import Source
from waypost.insights.post_files import PostTable, read_posts
from waypost.insights.post_form import PostTotalsForm
from waypost.insights.post_imports import PostPlan, bring_posts
from waypost.insights.post_totals import keep_totals
from waypost.kit.htmx import go
from waypost.publishing.models import Delivery

SHOWN = 100  # rows of a long list


@business_view("insights.record")
@require_POST
def import_posts(request: BusinessRequest) -> HttpResponse:
    """Try the columns, or (``accept``) keep the totals that they bring."""
    try:
        held = Held.unpacked(request.business, request.POST.get("held", ""))
        posts = read_posts(held.content, held.name)
        if posts is None:
            raise BadFile(_("The file is no longer here. Choose it again."))
    except BadFile as error:
        messages.error(request, str(error))
        return go(request, reverse("insights:import", args=[request.business.slug]))
    form = PostColumnsForm(request.business, posts, request.POST)
    if not form.is_valid():
        return look_at_posts(request, held, posts, form, None, status=422)
    accept = "accept" in request.POST
    plan = bring_posts(request.business, posts, form.choices, dry_run=not accept)
    if not accept or not plan.found:
        return look_at_posts(request, held, posts, form, plan)
    messages.success(request, _told(plan))
    first = plan.day.replace(day=1)
    page = reverse("insights:posts", args=[request.business.slug])
    return go(request, f"{page}?from={first}&to={plan.day}")


def _told(plan: PostPlan) -> str:
    number = len(plan.by_post)
    words = ngettext("The totals of %(n)s post are in", "The totals of %(n)s posts are in", number)
    done = plan.recorded
    more = _("%(added)s new, %(changed)s replaced, %(same)s as before.")
    counts = {"added": done.added, "changed": done.changed, "same": done.unchanged}
    return f"{words % {'n': number}}: {more % counts}"


def look_at_posts(
    request: BusinessRequest,
    held: Held,
    posts: PostTable,
    form: PostColumnsForm,
    plan: PostPlan | None,
    *,
    lacks: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "lacks": lacks,
        "form": form,
        "plan": plan,
        "name": held.name,
        "held": held.packed(request.business),
        "lines": len(posts.table.lines),
        "rows": plan.found[:SHOWN] if plan else [],
        "more": max(0, len(plan.found) - SHOWN) if plan else 0,
        "unmatched": plan.unmatched[:SHOWN] if plan else [],
        "errors": plan.errors[:SHOWN] if plan else [],
        "notes": plan.notes[:SHOWN] if plan else [],
    }
    return render(request, "insights/import_posts.html", context, status=status)


@business_view("insights.record")
@require_http_methods(["GET", "POST"])
def post_numbers(request: BusinessRequest, pk: int) -> HttpResponse:
    """Type the totals of one post on one channel."""
    rows = Delivery.objects.published().whole().select_related("item", "connection")
    delivery = get_object_or_404(rows.filter(item__business=request.business), pk=pk)
    form = PostTotalsForm(delivery, request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_totals({delivery: form.totals}, day=form.cleaned_data["day"], source=Source.TYPED)
        messages.success(request, _("The numbers of the post are saved."))
        page = reverse("reviews:trace_post", args=[request.business.slug, delivery.item_id])
        return go(request, page)
    context = {"form": form, "delivery": delivery, "missing": form.missing}
    status = 422 if form.errors else 200
    return render(request, "insights/post_numbers.html", context, status=status)

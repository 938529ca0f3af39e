"""Pages on which a file of numbers is brought in: choose it, look at it, import it."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.documents.held import Held
from waypost.documents.kinds import BadFile
from waypost.insights.import_forms import ColumnsForm, FileForm, PostColumnsForm
from waypost.insights.imports import Plan, bring, first_choices, what_lacks
from waypost.insights.metric_files import Table, read_table
from waypost.insights.post_files import PostTable, read_posts
from waypost.insights.post_import_views import look_at_posts
from waypost.insights.post_imports import bring_posts
from waypost.insights.post_imports import first_choices as first_of_posts
from waypost.insights.post_imports import what_lacks as posts_lack
from waypost.kit.htmx import go

SHOWN = 100  # rows of a long list


@business_view("insights.record")
@require_http_methods(["GET", "POST"])
def import_file(request: BusinessRequest) -> HttpResponse:
    """Choose a file; its columns are guessed, or remembered from the last one of its kind."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = form.held()
            if (posts := read_posts(held.content, held.name)) is not None:
                return _first_look_at_posts(request, held, posts)
            table = read_table(held.content, held.name)
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            first = first_choices(request.business, table, held.name)
            plan, lacks = None, what_lacks(first)
            if not lacks:
                plan = bring(request.business, table, first, by=None, dry_run=True)
            columns = ColumnsForm(request.business, table, first=first)
            return _look(request, held, table, columns, plan, lacks=lacks)
    status = 422 if form.errors else 200
    return render(request, "insights/import.html", {"form": form}, status=status)


def _first_look_at_posts(request: BusinessRequest, held: Held, posts: PostTable) -> HttpResponse:
    first = first_of_posts(request.business, posts, held.name)
    plan, lacks = None, posts_lack(first)
    if not lacks:
        plan = bring_posts(request.business, posts, first, dry_run=True)
    first = replace(first, day=plan.day if plan else timezone.localdate())
    columns = PostColumnsForm(request.business, posts, first=first)
    return look_at_posts(request, held, posts, columns, plan, lacks=lacks)


@business_view("insights.record")
@require_POST
def import_bring(request: BusinessRequest) -> HttpResponse:
    """Try the columns, or (``accept``) keep what they bring."""
    try:
        held = Held.unpacked(request.business, request.POST.get("held", ""))
        table = read_table(held.content, held.name)
    except BadFile as error:
        messages.error(request, str(error))
        return go(request, reverse("insights:import", args=[request.business.slug]))
    form = ColumnsForm(request.business, table, request.POST)
    if not form.is_valid():
        return _look(request, held, table, form, None, status=422)
    accept = "accept" in request.POST
    plan = bring(request.business, table, form.choices, by=request.user, dry_run=not accept)
    if not accept or not plan.number:
        return _look(request, held, table, form, plan)
    messages.success(request, _told(plan))
    month = max(entry.date for _holder, _metric, entry in plan.rows)
    page = reverse("insights:numbers", args=[request.business.slug])
    return go(request, f"{page}?month={month:%Y-%m}")


def _told(plan: Plan) -> str:
    done = plan.recorded
    words = ngettext("%(n)s number is in", "%(n)s numbers are in", plan.number)
    more = _("%(added)s new, %(changed)s replaced, %(same)s as before.")
    counts = {"added": done.added, "changed": done.changed, "same": done.unchanged}
    return f"{words % {'n': plan.number}}: {more % counts}"


def _look(
    request: BusinessRequest,
    held: Held,
    table: Table,
    form: ColumnsForm,
    plan: Plan | None,
    *,
    lacks: str = "",
    status: int = 200,
) -> HttpResponse:
    """``lacks`` is what nobody was asked yet; what was answered wrong stands in ``form``."""
    context: dict[str, Any] = {
        "lacks": lacks,
        "form": form,
        "plan": plan,
        "name": held.name,
        "held": held.packed(request.business),
        "lines": len(table.lines),
        "rows": plan.rows[:SHOWN] if plan else [],
        "more": max(0, plan.number - SHOWN) if plan else 0,
        "errors": plan.errors[:SHOWN] if plan else [],
        "notes": plan.notes[:SHOWN] if plan else [],
    }
    return render(request, "insights/import_look.html", context, status=status)

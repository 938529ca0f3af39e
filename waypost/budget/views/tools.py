"""The calculators: open to everybody, and inside a business with a way into its plan.

The numbers stand in the address, so that a result can be linked.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.accounts.models import Member, User
from waypost.budget.actions.cells import write_cell
from waypost.budget.models import Line
from waypost.budget.tool_forms import ToolForm, UseForm
from waypost.budget.tools import BY_NAME, GROUPS
from waypost.budget.tools.base import Tool
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal

CURRENCY = "EUR"  # of the pages without a business


@open_view
@require_GET
def open_tools(request: HttpRequest) -> HttpResponse:
    groups = _groups(lambda name: reverse("tools:tool", args=[name]))
    context = {"frame": "bare.html", "width": "bare-page-wide", "groups": groups}
    return render(request, "budget/tools.html", context)


@open_view
@require_GET
def open_tool(request: HttpRequest, tool: str) -> HttpResponse:
    context = {"frame": "bare.html", "width": "bare-page-wide", "all": reverse("tools:list")}
    return _calculator(request, find(tool), CURRENCY, context)


@business_view("budget.view")
@require_GET
def tools(request: BusinessRequest) -> HttpResponse:
    slug = request.business.slug
    groups = _groups(lambda name: reverse("budget:tool", args=[slug, name]))
    return render(request, "budget/tools.html", {"frame": "base.html", "groups": groups})


@business_view("budget.view")
@require_GET
def tool(request: BusinessRequest, tool: str) -> HttpResponse:
    context = {"frame": "base.html", "all": reverse("budget:tools", args=[request.business.slug])}
    return _calculator(request, find(tool), request.business.currency, context)


def _groups(address: Callable[[str], str]) -> list[tuple[Promise, list[tuple[Tool, str]]]]:
    """The calculators under their headings, each with its address."""
    return [(group.title, [(tool, address(tool.name)) for tool in group.tools]) for group in GROUPS]


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def use_tool(request: BusinessRequest) -> HttpResponse:
    """Put a result into the plan of one line and month."""
    form = UseForm(request.business, request.POST or None)
    if form.is_valid():
        try:
            line = _write(form, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(line)s” has its new amount.") % {"line": line})
            sheet = reverse("budget:sheet", args=[request.business.slug])
            return go(request, f"{sheet}?year={line.budget.year}")
    status = 422 if form.errors else 200
    return render(request, "budget/tool_use.html", {"form": form}, status=status)


def _write(form: UseForm, *, by: User) -> Line:
    chosen = form.cleaned_data
    line: Line = chosen["line"]
    write_cell(
        line, kind="plan", month=chosen["month"], amount=chosen["amount"], by=by, version=None
    )
    return line


def find(name: str) -> Tool:
    """The calculator of this name, or 404."""
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def _calculator(
    request: HttpRequest, tool: Tool, currency: str, context: dict[str, Any]
) -> HttpResponse:
    asked = any(request.GET.get(each.name) for each in tool.inputs)
    form = ToolForm(tool, currency, request.GET if asked else None)
    answer = form.answer()
    results = [(each, each.unit.word(currency)) for each in answer.results]
    member = editor_of(request)
    usable = [each for each in answer.results if each.amount]
    use = UseForm(member.business, results=usable) if member and usable else None
    context |= {"tool": tool, "form": form, "asked": asked, "answer": answer, "results": results}
    context |= {"currency": currency, "use": use, "example": urlencode(tool.example)}
    return render(request, "budget/tool.html", context, status=422 if form.errors else 200)


def editor_of(request: HttpRequest) -> Member | None:
    """Who asks, when they may change the plan of the business they are in."""
    member: Member | None = getattr(request, "member", None)
    return member if member and member.may("budget.edit") else None

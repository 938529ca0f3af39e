"""The calculators: open to everybody, and inside a business with a way into its plan.

The numbers stand in the address, so that a result can be linked.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.accounts.models import Member
from waypost.budget.tool_forms import ToolForm, UseForm
from waypost.budget.tools import BY_NAME, GROUPS
from waypost.budget.tools.base import Tool

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
    member = getattr(request, "member", None)
    usable = [each for each in answer.results if each.amount]
    use = UseForm(member.business, results=usable) if usable and may_use(member) else None
    context |= {"tool": tool, "form": form, "asked": asked, "answer": answer, "results": results}
    context |= {"currency": currency, "use": use, "example": urlencode(tool.example)}
    return render(request, "budget/tool.html", context, status=422 if form.errors else 200)


def may_use(member: Member | None) -> bool:
    return member is not None and member.may("budget.edit")

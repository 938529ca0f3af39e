"""The page from which the calendar is taken out as a file and files are brought in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.exchange import feed as feeds
from waypost.content.exchange.export_form import ExportForm
from waypost.content.exchange.import_forms import FileForm

LAST_SHOWN = 5


@business_view("content.view")
@require_safe
def exchange(request: BusinessRequest) -> HttpResponse:
    """The filters of the calendar come along in the address."""
    return page(request, FileForm())


def page(request: BusinessRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
    feed = feeds.feed_of(request.member)
    chosen = feeds.Chosen.read(request.GET)
    context = {
        "form": form,
        "export": ExportForm(request.business, request.GET),
        "feed": feed,
        "feed_address": feeds.address(feed, chosen) if feed else "",
        "chosen": chosen,
        "channels": request.business.connections.usable(),
        "imports": request.business.calendar_imports.defer("content")[:LAST_SHOWN],
        "may_write": request.member.may("content.write"),
    }
    return render(request, "content/exchange.html", context, status=status)

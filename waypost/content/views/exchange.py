"""The page from which the calendar is taken out as a file and files are brought in."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import work
from waypost.content.exchange import feed as feeds
from waypost.content.exchange import jobs
from waypost.content.exchange.export_form import ExportForm
from waypost.content.exchange.import_forms import ChoicesForm, FileForm
from waypost.content.exchange.planning import Plan, plan
from waypost.content.models import CalendarImport, ImportState
from waypost.documents.kinds import BadFile
from waypost.kit.htmx import go

LAST_SHOWN = 5
SHOWN = 200  # rows of a long table


@business_view("content.view")
@require_safe
def exchange(request: BusinessRequest) -> HttpResponse:
    """The filters of the calendar come along in the address."""
    return _page(request, FileForm())


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def send(request: BusinessRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            job = jobs.keep(
                request.business, name=upload.name, content=form.content(), by=request.user
            )
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            return go(request, reverse("content:import", args=[request.business.slug, job.pk]))
    return _page(request, form)


def _page(request: BusinessRequest, form: FileForm) -> HttpResponse:
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
    return render(request, "content/exchange.html", context, status=422 if form.errors else 200)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def import_(request: BusinessRequest, pk: int) -> HttpResponse:
    """Where a file stands: what it would do, how far it is, or what it did."""
    job = get_object_or_404(request.business.calendar_imports, pk=pk)
    if job.status in {ImportState.OPEN, ImportState.STOPPED} and not job.result:
        return _check(request, job)
    written = jobs.written(job)
    context = {
        "job": job,
        "written": written,
        **job.result,
        "again": job.status == ImportState.STOPPED,
    }
    return render(request, "content/import_state.html", context)


def _check(request: BusinessRequest, job: CalendarImport) -> HttpResponse:
    file, choices = jobs.file_of(job), jobs.choices_of(job)
    form = ChoicesForm(request.member, file, choices, request.POST or None)
    wrong = form.is_bound and not form.is_valid()
    if form.is_bound and not wrong:
        choices = form.chosen()
        jobs.choose(job, choices)
        form = ChoicesForm(request.member, file, choices)
    ready = not wrong and (request.method == "POST" or not form.asks)
    seen = plan(request.business, file, choices, by=request.user) if ready else None
    context = {"job": job, "file": file, "form": form, "plan": seen, **_shown(seen)}
    wrong = wrong or bool(seen and seen.errors)
    return render(request, "content/import_check.html", context, status=422 if wrong else 200)


def _shown(seen: Plan | None) -> dict[str, object]:
    if seen is None:
        return {}
    work = seen.of("added", "changed", "known")
    return {
        "errors": seen.errors[:SHOWN],
        "number_of_errors": len(seen.errors),
        "posts": work[:SHOWN],
        "more": max(0, len(work) - SHOWN),
        "counts": seen.counts,
        "number_of_pictures": len(seen.addresses),
        "may_import": not seen.errors and bool(seen.of("added", "changed")),
    }


@business_view("content.write")
@require_POST
def import_start(request: BusinessRequest, pk: int) -> HttpResponse:
    """Hand the file to the workers; the page that follows can be left."""
    job = get_object_or_404(request.business.calendar_imports, pk=pk)
    if "again" in request.POST and job.status == ImportState.STOPPED:
        CalendarImport.objects.filter(pk=job.pk, status=job.status).update(result={})
    elif jobs.start(job, skip_pictures="skip_pictures" in request.POST):
        transaction.on_commit(lambda: work.import_calendar(job.pk))
    else:
        messages.info(request, _("This file is being imported already, or it is done."))
    return redirect("content:import", request.business.slug, job.pk)

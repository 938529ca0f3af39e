"""The list of reports, one report with its numbers and questions, its signed versions."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.documents import paper
from waypost.kit import careful
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.reviews import actions
from waypost.reviews.assembled import document
from waypost.reviews.content import of_report, of_version
from waypost.reviews.forms import AnswersForm, LineForm, PeriodForm
from waypost.reviews.leading import links
from waypost.reviews.models import Report, Version
from waypost.reviews.screen import shown_chapters, shown_lines
from waypost.reviews.times import last_month, last_week

FORMATS = (
    ("pdf", "PDF"),
    ("pptx", "PowerPoint"),
    ("xlsx", "Excel"),
    ("docx", "Word"),
    ("csv", "CSV"),
)
"""What a report can be downloaded as; names that are the same in every language."""


@business_view("reviews.view")
@require_GET
def report_list(request: BusinessRequest) -> HttpResponse:
    """All reports, and the one that is due."""
    today = timezone.localdate()
    due = last_month(today)
    form = PeriodForm(initial={"from": due.first, "to": due.last})
    return _list(request, form)


def _list(request: BusinessRequest, form: PeriodForm) -> HttpResponse:
    today = timezone.localdate()
    month, week = last_month(today), last_week(today)
    reports = list(request.business.reports.select_related("updated_by").with_signing())
    written = {report.period for report in reports}
    context = {
        "reports": reports,
        "formats": FORMATS,
        "proposals": actions.open_proposals(
            request.business, reports[0].numbers if reports else None
        ),
        "may_task": request.member.may("board.write"),
        "month": None if month in written else month,
        "week": None if week in written else week,
        "form": form,
        "may_write": request.member.may("reviews.write"),
        "may_share": request.member.may("reviews.share"),
    }
    return render(request, "reviews/list.html", context, status=422 if form.errors else 200)


@business_view("reviews.write")
@require_POST
def start(request: BusinessRequest) -> HttpResponse:
    form = PeriodForm(request.POST)
    if form.is_valid():
        try:
            report = actions.start(request.business, form.period, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return go(request, _url(request, report))
    return _list(request, form)


@business_view("reviews.view")
@require_http_methods(["GET", "POST"])
def report_page(request: BusinessRequest, pk: int) -> HttpResponse:
    """Numbers beside the questions; the answers save themselves."""
    rows = request.business.reports.select_related("business").with_signing()
    report = get_object_or_404(rows, pk=pk)
    may_write = request.member.may("reviews.write")
    sent = request.POST if request.method == "POST" and may_write else None
    form = AnswersForm(sent, instance=report).for_person(request.user)
    store = careful.Row(report, by=request.user, write=partial(_answer, by=request.user))
    saved = careful.save(form, store, by=request.user)
    if saved is not None:
        report.refresh_from_db()
    return careful.respond(
        request,
        form,
        saved,
        template="reviews/report.html",
        context=_context(request, report, form, may_write=may_write),
        then=f"{request.path}#tasks",
    )


def _answer(report: Report, changes: dict[str, Any], *, by: Any) -> None:
    actions.answer(report, changes, by=by)


def _context(
    request: BusinessRequest, report: Report, form: Any, *, may_write: bool
) -> dict[str, Any]:
    content = of_report(report)
    return {
        "report": report,
        "content": content,
        "links": links(request.business, content.figures),
        "chapters": shown_chapters(content, form),
        "proposals": actions.open_proposals(request.business, content.figures),
        "lines": shown_lines(content, request.business),
        "versions": list(report.versions.all()),
        "formats": FORMATS,
        "may_write": may_write,
        "may_sign": request.member.may("reviews.sign"),
        "may_task": request.member.may("board.write"),
        "may_share": request.member.may("reviews.share"),
    }


def _url(request: BusinessRequest, report: Report) -> str:
    return reverse("reviews:report", args=[request.business.slug, report.pk])


@business_view("reviews.write")
@require_POST
def count_anew(request: BusinessRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(request.business.reports, pk=pk)
    actions.count_anew(report, by=request.user)
    messages.success(request, _("The numbers are those of now."))
    return go(request, _url(request, report))


@business_view("reviews.sign")
@require_POST
def sign(request: BusinessRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(request.business.reports, pk=pk)
    try:
        version = actions.sign(report, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        words = _("Signed. Version %(number)s stays as it is.")
        messages.success(request, words % {"number": version.number})
    return go(request, _url(request, report))


@business_view("reviews.write")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(request.business.reports, pk=pk)
    try:
        actions.remove(report)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return go(request, _url(request, report))
    messages.success(request, _("The draft is removed."))
    return go(request, reverse("reviews:list", args=[request.business.slug]))


@business_view("board.write")
@require_POST
def line_task(request: BusinessRequest, pk: int) -> HttpResponse:
    """A line of an answer becomes a task."""
    report = get_object_or_404(request.business.reports.select_related("business"), pk=pk)
    form = LineForm(request.POST, business=request.business)
    if not form.is_valid():
        messages.error(request, _("This line cannot become a task. Check the day and the person."))
        return go(request, f"{_url(request, report)}#tasks")
    told = form.cleaned_data
    try:
        task = actions.make_task(
            report,
            question=told["question"],
            text=told["text"],
            assignee=told["assignee"],
            due_date=form.due,
            by=request.user,
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("On the board: %(title)s") % {"title": task.title})
    return go(request, f"{_url(request, report)}#tasks")


@business_view("reviews.view")
@require_GET
def version(request: BusinessRequest, pk: int, number: int) -> HttpResponse:
    """A signed version, as it was, to read and print."""
    rows = Version.objects.filter(report__business=request.business)
    found = get_object_or_404(rows.select_related("report__business"), report=pk, number=number)
    context = paper.page(document(of_version(found)))
    more = {"report": found.report, "number": number, "formats": FORMATS}
    return render(request, "reviews/version.html", {**context, **more})

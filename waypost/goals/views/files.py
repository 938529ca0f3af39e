"""The roadmap as a file: taking it out, and bringing one in after a look at it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.documents.kinds import BadFile
from waypost.documents.reading import LARGEST
from waypost.documents.rendering import MIMES
from waypost.goals import export
from waypost.goals.import_file import RoadmapFile
from waypost.goals.import_forms import ColumnsForm, FileForm
from waypost.goals.imports import bring
from waypost.kit.htmx import go


@business_view("goals.view")
@require_GET
def roadmap_export(request: BusinessRequest, format_name: str) -> HttpResponse:
    renderer = export.ROADMAP.formats.get(format_name)
    if renderer is None:
        raise Http404
    blank = "blank" in request.GET
    content = renderer(request.business, blank=blank)
    name = f"{request.business.slug}-roadmap{'-template' if blank else ''}.{format_name}"
    answer = HttpResponse(content, content_type=MIMES[format_name])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def roadmap_import(request: BusinessRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            # One byte more than allowed is enough to know that it is too large.
            file = RoadmapFile.read(upload.read(LARGEST + 1), upload.name)
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            return _look(request, file, ColumnsForm(file.roadmap))
    status = 422 if form.errors else 200
    return render(request, "goals/import.html", {"form": form}, status=status)


@business_view("goals.edit")
@require_POST
def roadmap_bring(request: BusinessRequest) -> HttpResponse:
    try:
        file = RoadmapFile.unpacked(request.business, request.POST.get("token", ""))
    except BadFile as error:
        messages.error(request, str(error))
        return go(request, reverse("goals:roadmap_import", args=[request.business.slug]))
    form = ColumnsForm(file.roadmap, request.POST)
    if not form.is_valid():
        return _look(request, file, form)
    file = RoadmapFile(file.roadmap.mapped(form.columns), file.goals)
    if "confirm" not in request.POST:
        return _look(request, file, form)
    result = bring(request.business, file, dry_run=False, by=request.user).result
    if result.errors:
        return _look(request, file, form)
    said = _("The file is imported: %(added)s new, %(changed)s changed, %(unchanged)s as before.")
    counts = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
    }
    messages.success(request, said % counts)
    return go(request, reverse("goals:roadmap", args=[request.business.slug]))


def _look(request: BusinessRequest, file: RoadmapFile, form: ColumnsForm) -> HttpResponse:
    """What the file would do; without its needed columns the question which they are."""
    ready = not (form.errors if form.is_bound else form.missing)
    brought = bring(request.business, file, dry_run=True) if ready else None
    result = brought.result if brought else None
    context = {
        "form": form,
        "token": file.packed(request.business),
        "brought": brought,
        "result": result,
        "may_import": bool(result and not result.errors and result.added + result.changed),
        "goals_read": len(file.goals.lines),
    }
    wrong = form.errors or (result and result.errors)
    return render(request, "goals/import_check.html", context, status=422 if wrong else 200)

"""The board as a file: taking it out, and bringing one in after a look at it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import (
    BusinessRequest,
    PersonRequest,
    business_view,
    open_view,
    signed_in_view,
)
from waypost.board import due_feed, export
from waypost.board.actions.bringing import bring_in, guess, take_back
from waypost.board.import_forms import BoardFileForm, MappingForm
from waypost.board.incoming import Incoming
from waypost.board.models import Import
from waypost.board.reading import Filters
from waypost.board.reading_files import read_board_file
from waypost.documents.kinds import BadFile
from waypost.documents.rendering import MIMES
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go

SHOWN = 100  # cards and notes of a long file


@business_view("board.view")
@require_GET
def export_file(request: BusinessRequest, format_name: str) -> HttpResponse:
    """The cards that the filters in the address show."""
    if format_name not in export.FORMATS:
        raise Http404
    rows = Filters.read(request.GET).apply(request.business.tasks.on_board(), request.user)
    tasks = export.tasks_of(request.business, rows.distinct())
    content = export.write(request.business, tasks, format_name)
    answer = HttpResponse(content, content_type=MIMES.get(format_name, "application/json"))
    name = f"{request.business.slug}-board.{format_name}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@business_view("board.manage")
@require_http_methods(["GET", "POST"])
def import_file(request: BusinessRequest) -> HttpResponse:
    """Read the file and keep what it says; nothing is brought in yet."""
    form = BoardFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = read_board_file(upload.file, str(upload.name), upload.size)
            if not found.cards:
                raise BadFile(_("There is no card in this file."))
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            kept = request.business.board_imports.create(
                name=str(upload.name)[:200], content=found.packed(), created_by=request.user
            )
            return go(request, reverse("board:import_look", args=[request.business.slug, kept.pk]))
    context = {"form": form, "earlier": request.business.board_imports.all()[:5]}
    return render(request, "board/import.html", context, status=422 if form.errors else 200)


@business_view("board.manage")
@require_http_methods(["GET", "POST"])
def import_look(request: BusinessRequest, pk: int) -> HttpResponse:
    """What would come, list by list and person by person; with ``accept`` it comes."""
    kept = get_object_or_404(request.business.board_imports, pk=pk)
    found = Incoming.unpacked(kept.content)
    first = guess(request.business, found)
    form = MappingForm(request.POST or None, business=request.business, found=found, first=first)
    mapped = form.mapped if form.is_bound and form.is_valid() else first
    if form.is_bound and form.is_valid() and "accept" in request.POST:
        return _accept(request, kept, form)
    outcome = bring_in(request.business, found, mapped, by=request.user, dry_run=True)
    context = {
        "kept": kept,
        "found": found,
        "form": form,
        "outcome": outcome,
        "shown": outcome.added[:SHOWN],
        "more": max(0, len(outcome.added) - SHOWN),
        "notes": outcome.notes[:SHOWN],
    }
    return render(request, "board/import_look.html", context, status=422 if form.errors else 200)


def _accept(request: BusinessRequest, kept: Import, form: MappingForm) -> HttpResponse:
    done = bring_in(request.business, form.found, form.mapped, by=request.user, brought=kept)
    kept.done_at = timezone.now()
    kept.save(update_fields=["done_at"])
    count = len(done.added)
    text = ngettext("%(n)s task came with the file.", "%(n)s tasks came with the file.", count)
    undo = reverse("board:import_undo", args=[request.business.slug, kept.pk])
    messages.success(request, text % {"n": count}, extra_tags=f"undo:{undo}")
    return go(request, reverse("board:board", args=[request.business.slug]))


@business_view("board.manage")
@require_POST
def import_undo(request: BusinessRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(request.business.board_imports, pk=pk)
    try:
        count = take_back(kept, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        text = ngettext("%(n)s task is removed again.", "%(n)s tasks are removed again.", count)
        messages.info(request, text % {"n": count})
    return go(request, reverse("board:import", args=[request.business.slug]))


@signed_in_view
@require_http_methods(["GET", "POST"])
def feed(request: PersonRequest) -> HttpResponse:
    """The person's own secret address; posting makes a new one, and the old one ends."""
    if request.method == "POST":
        due_feed.renew(request.user)
        messages.success(request, _("There is a new address. The old one ends."))
        return redirect("due_feed")
    key = due_feed.key_of(request.user)
    address = request.build_absolute_uri(reverse("due_dates", args=[key]))
    return render(request, "board/feed.html", {"address": address})


@open_view
@require_GET
def due_dates(request: HttpRequest, key: str) -> HttpResponse:
    """Due dates for a calendar program, which cannot sign in: the address is the key."""
    found = due_feed.find(key)
    if found is None:
        raise Http404
    answer = HttpResponse(due_feed.agenda(found), content_type=MIMES["ics"])
    answer["Content-Disposition"] = 'inline; filename="waypost.ics"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer

"""The board: looking at it, adding to it, moving cards."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions
from waypost.board.columns import find_column
from waypost.board.faces import Drawing
from waypost.board.forms import MoveForm, NewCardForm, NewTaskForm
from waypost.board.models import Task
from waypost.board.reading import Face, Filters, faces, read_board
from waypost.board.rules import ways
from waypost.board.team import team_of
from waypost.board.views.shared import back, board_url, task_of, task_url
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.live import actions as live
from waypost.live.models import Change

SALT = "board.move"
UNDO_LASTS = 24 * 3600  # seconds
ISLAND = "X-Board"
"""Header of a request that the island made: it wants JSON."""
MOST_ASKED = 200  # cards that one request may ask for


@business_view("board.view")
@require_GET
def board(request: BusinessRequest) -> HttpResponse:
    found = read_board(request.business, request.member, Filters.read(request.GET))
    draw = _drawing(request)
    context = {
        "board": found,
        "lanes": [(lane, [draw(face) for face in lane.faces]) for lane in found.lanes],
        "may_write": request.member.may("board.write"),
        "may_manage": request.member.may("board.manage"),
        "new_task": NewTaskForm(auto_id="new_%s"),
        "island": _island(request, found.since) if request.member.may("board.view") else {},
    }
    return render(request, "board/board.html", context)


def _island(request: BusinessRequest, since: int) -> dict[str, Any]:
    slug = request.business.slug
    # Addresses of one card carry its key in the place of this number.
    any_pk = 987654321
    return {
        "since": since,
        "me": request.user.pk,
        "move": reverse("board:move", args=[slug, any_pk]).replace(str(any_pk), "{pk}"),
        "cards": reverse("board:cards", args=[slug]),
        "live": reverse("board:live", args=[slug]),
        "changes": reverse("board:changes", args=[slug]),
        "editable": request.member.may("board.write"),
        "words": {
            "taken": _("“{title}” is taken. Arrow keys move it, space drops it, Escape lets go."),
            "at": _("“{title}”: {column}, place {place} of {all}"),
            "dropped": _("“{title}” is in “{column}” now."),
            "back": _("“{title}” is back where it was."),
            "moved": _("Somebody moved “{title}” to “{column}”."),
            "offline": _("No connection to the server. What others do is shown when it is back."),
            "failed": _("The card could not be moved. It is back where it was; try again."),
        },
    }


@business_view("board.view")
@require_GET
def cards(request: BusinessRequest) -> HttpResponse:
    """Faces of the cards ``?ids=1,2``, as far as they stand on the board that is asked for."""
    ids = [int(text) for text in request.GET.get("ids", "").split(",") if text.isdecimal()]
    rows = Filters.read(request.GET).apply(request.business.tasks.on_board(), request.user)
    found = faces(request.business, rows.filter(pk__in=ids[:MOST_ASKED]))
    draw = _drawing(request)
    return JsonResponse({"cards": {face.pk: _drawn(draw, face) for face in found}})


@business_view("board.view")
@require_GET
def changes(request: BusinessRequest) -> HttpResponse:
    """What changed after ``?since=``, for a page that has no live connection."""
    since = request.GET.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 19 else 0
    rows = Change.objects.after(number).filter(business=request.business, topic="board")[:500]
    told = [{"row": each.row, "version": each.version, "by": each.by_id} for each in rows]
    return JsonResponse({"latest": max(live.latest(), number), "changes": told})


def _drawing(request: BusinessRequest) -> Drawing:
    return Drawing(request.business.slug, request.member.may("board.write"))


def _drawn(draw: Drawing, face: Face) -> dict[str, Any]:
    return {"html": draw(face), "column": face.column_key}


@business_view("board.write")
@require_http_methods(["GET", "POST"])
def card_new(request: BusinessRequest) -> HttpResponse:
    """``?column=`` says where it shall stand; the quick line above the backlog sends a title."""
    initial: dict[str, Any] = {"priority": Task.Priority.NORMAL}
    initial |= {name: request.GET[name] for name in ("initiative", "role") if name in request.GET}
    quick = bool(request.POST) and set(request.POST) <= {"title", "csrfmiddlewaretoken"}
    usual = {"priority": str(Task.Priority.NORMAL.value)} if quick else {}
    form = NewCardForm(
        {**request.POST.dict(), **usual} if request.POST else None,
        business=request.business,
        new=True,
        initial=initial,
        instance=Task(business=request.business),
    )
    if request.method == "POST" and form.is_valid():
        card = actions.add_card(request.business, by=request.user, **form.cleaned_data)
        text = _("“%(title)s” is in the backlog.") % {"title": card.title}
        messages.success(request, text)
        return go(request, board_url(request) if quick else task_url(request, card))
    return render(
        request, "board/card_new.html", {"form": form}, status=422 if form.errors else 200
    )


@business_view("board.write")
@require_http_methods(["GET", "POST"])
def move(request: BusinessRequest, pk: int) -> HttpResponse:
    """Move a card by a form, by drag or by key: the same address, the same rules."""
    card = task_of(request, pk)
    if request.method == "GET":
        first = {"column": request.GET.get("column") or card.column_key, "moves": card.moves}
        form = MoveForm(task=card, initial={**first, **_values(card)})
        return _show_move(request, card, form)
    form = MoveForm(request.POST, task=card)
    if form.is_valid():
        try:
            return _moved(request, card, form)
        except actions.Overtaken as overtaken:
            return _overtaken(request, overtaken.task)
        except Refusal as refusal:
            if ISLAND in request.headers and refusal.field not in MoveForm.ASKED:
                return JsonResponse({"said": refusal.message}, status=422)
            if ISLAND in request.headers and "asked" not in request.POST:
                form = MoveForm(task=card, initial=request.POST.dict())  # a question, no fault
            else:
                show_refusal(form, refusal)
            form.ask_only(refusal.field)
    return _show_move(request, card, form)


def _values(card: Task) -> dict[str, Any]:
    return {name: getattr(card, name) for name in ("assignee", "due_date", "reviewer")}


def _moved(request: BusinessRequest, card: Task, form: MoveForm) -> HttpResponse:
    values = form.cleaned_data
    below = values["below"] if values["below"] is not None else actions.END
    if form.to.key == card.column_key and values["below"] is None:
        below = actions.TOP
    wanted = actions.Move(form.to, values["moves"], below, form.given)
    kept = actions.move_card(card, wanted, by=request.user)
    token = signing.dumps(kept, salt=SALT, compress=True)
    undo = reverse("board:undo", args=[request.business.slug, token])
    said = _("“%(title)s” is in “%(column)s” now.") % {"title": card.title, "column": form.to}
    if ISLAND not in request.headers:
        messages.success(request, said, extra_tags=f"undo:{undo}")
        return back(request, board_url(request))
    return JsonResponse({"said": said, "undo": undo, **_card(request, card.pk)})


def _overtaken(request: BusinessRequest, card: Task) -> HttpResponse:
    column = find_column(request.business, card.column_key)
    said = _("Somebody moved “%(title)s” a moment ago: it is in “%(column)s” now.") % {
        "title": card.title,
        "column": column or card.get_status_display(),
    }
    if ISLAND not in request.headers:
        messages.warning(request, said)
        return back(request, board_url(request))
    return JsonResponse({"said": said, **_card(request, card.pk)}, status=409)


def _card(request: BusinessRequest, pk: int) -> dict[str, Any]:
    """The card as it is now; without one it is not on the board that the person looks at."""
    rows = Filters.read(request.GET).apply(request.business.tasks.on_board(), request.user)
    found = faces(request.business, rows.filter(pk=pk))
    return {"pk": pk, "card": _drawn(_drawing(request), found[0]) if found else None}


def _show_move(request: BusinessRequest, card: Task, form: MoveForm) -> HttpResponse:
    reachable = set(ways(card.status, team_of(request.business)))
    context = {
        "form": form,
        "task": card,
        "reachable": [each for each in form.columns.values() if each.meaning in reachable],
        "action": request.get_full_path(),
    }
    if ISLAND in request.headers:
        html = render_to_string("board/move_form.html", context, request)
        return JsonResponse({"form": html}, status=422)
    return render(request, "board/move.html", context, status=422 if form.errors else 200)


@business_view("board.write")
@require_POST
def undo(request: BusinessRequest, token: str) -> HttpResponse:
    """Take a move back; the token is what ``move_card`` answered, signed."""
    try:
        kept = signing.loads(token, salt=SALT, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    card = get_object_or_404(request.business.tasks, pk=kept["pk"])
    try:
        actions.undo_move(request.business, kept, by=request.user)
    except Refusal as refusal:
        if ISLAND in request.headers:
            return JsonResponse({"said": refusal.message, **_card(request, card.pk)}, status=409)
        messages.warning(request, refusal.message)
        return back(request, board_url(request))
    said = _("“%(title)s” is back where it was.") % {"title": card.title}
    if ISLAND in request.headers:
        return JsonResponse({"said": said, **_card(request, card.pk)})
    messages.info(request, said)
    return back(request, board_url(request))

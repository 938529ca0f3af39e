"""How the board of a business works: columns, limits, labels."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board import actions
from waypost.board.columns import columns_of, find_column, settings_of
from waypost.board.forms import ColumnForm, NewColumnForm, SettingsForm
from waypost.board.models import Column
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal


@business_view("board.manage")
@require_http_methods(["GET", "POST"])
def setup(request: BusinessRequest) -> HttpResponse:
    settings = settings_of(request.business)
    form = SettingsForm(request.POST or None, instance=settings)
    if request.method == "POST" and form.is_valid():
        actions.change_settings(settings, by=request.user, **form.cleaned_data)
        messages.success(request, _("The settings of the board are saved."))
        return _to_setup(request)
    return _show(request, form, NewColumnForm(auto_id="new_%s"))


@business_view("board.manage")
@require_POST
def column_new(request: BusinessRequest) -> HttpResponse:
    form = NewColumnForm(request.POST, auto_id="new_%s")
    if form.is_valid():
        try:
            actions.add_column(request.business, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The column is on the board."))
            return _to_setup(request)
    return _show(request, SettingsForm(instance=settings_of(request.business)), form)


@business_view("board.manage")
@require_http_methods(["GET", "POST"])
def column(request: BusinessRequest, column: str) -> HttpResponse:
    found = _column(request, column)
    initial = {"name": found.name, "limit": found.limit}
    form = ColumnForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_column(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The column is saved."))
            return _to_setup(request)
    context = {"form": form, "column": found, "usual": found.get_meaning_display()}
    return render(request, "board/column.html", context, status=422 if form.errors else 200)


@business_view("board.manage")
@require_POST
def column_move(request: BusinessRequest, column: str) -> HttpResponse:
    """``later`` in the form: one place further, else one back."""
    places = 1 if "later" in request.POST else -1
    actions.move_column(_column(request, column), by_places=places, by=request.user)
    return _to_setup(request)


@business_view("board.manage")
@require_POST
def column_remove(request: BusinessRequest, column: str) -> HttpResponse:
    found = _column(request, column)
    try:
        cards = actions.remove_column(found, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return _to_setup(request)
    text = ngettext(
        "The column is removed; %(n)s card went to “%(usual)s”.",
        "The column is removed; %(n)s cards went to “%(usual)s”.",
        cards,
    )
    messages.success(request, text % {"n": cards, "usual": found.get_meaning_display()})
    return _to_setup(request)


@business_view("board.manage")
@require_POST
def label_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    label = get_object_or_404(request.business.labels, pk=pk)
    label.delete()
    messages.success(request, _("The label “%(name)s” is removed.") % {"name": label.name})
    return _to_setup(request)


def _column(request: BusinessRequest, key: str) -> Column:
    found = find_column(request.business, key)
    if found is None:
        raise Http404
    return found


def _to_setup(request: BusinessRequest) -> HttpResponse:
    return go(request, reverse("board:setup", args=[request.business.slug]))


def _show(request: BusinessRequest, form: SettingsForm, new: NewColumnForm) -> HttpResponse:
    context = {
        "form": form,
        "new_column": new,
        "columns": columns_of(request.business),
        "labels": request.business.labels.all(),
    }
    wrong = form.errors or new.errors
    return render(request, "board/setup.html", context, status=422 if wrong else 200)

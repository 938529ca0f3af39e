"""Templates of tasks, and the periods of the board."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.board.actions.cooking import cook, keep_recipe
from waypost.board.actions.periods import close_period, reopen_period
from waypost.board.columns import settings_of
from waypost.board.periods import period_of
from waypost.board.reading import Filters
from waypost.board.recipes import Cooking, recipes_of
from waypost.board.views.shared import board_url
from waypost.goals.forms import DayInput
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal


class CookForm(forms.Form):
    event = forms.DateField(
        label=gettext_lazy("Day of the event"),
        widget=DayInput(),
        help_text=gettext_lazy("The due dates are counted from it, forwards and backwards."),
    )
    initiative = forms.ModelChoiceField(
        label=gettext_lazy("Initiative"), queryset=Initiative.objects.none(), required=False
    )

    def __init__(self, *args: Any, request: BusinessRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Initiative]", self.fields["initiative"])
        field.queryset = request.business.initiatives.order_by("title")
        field.empty_label = _("None")


class RecipeForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the template"), max_length=120)


@business_view("board.view")
@require_GET
def recipes(request: BusinessRequest) -> HttpResponse:
    return _show(request, RecipeForm())


def _show(request: BusinessRequest, form: RecipeForm) -> HttpResponse:
    context = {
        "recipes": recipes_of(request.business),
        "form": form,
        "filters": Filters.read(request.GET),
        "may_write": request.member.may("board.write"),
    }
    return render(request, "board/recipes.html", context, status=422 if form.errors else 200)


@business_view("board.write")
@require_POST
def recipe_new(request: BusinessRequest) -> HttpResponse:
    """A template of the cards that the filters in the address show."""
    form = RecipeForm(request.POST)
    rows = Filters.read(request.GET).apply(request.business.tasks.on_board(), request.user)
    if form.is_valid():
        try:
            made = keep_recipe(
                request.business,
                list(rows.distinct().prefetch_related("steps")[:100]),
                by=request.user,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The template “%(name)s” is kept.") % {"name": made.name})
            return go(request, reverse("board:recipes", args=[request.business.slug]))
    return _show(request, form)


@business_view("board.write")
@require_http_methods(["GET", "POST"])
def recipe_use(request: BusinessRequest, recipe: str) -> HttpResponse:
    found = _recipe(request, recipe)
    form = CookForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        made = len(cook(request.business, found, by=request.user, **form.cleaned_data))
        text = ngettext("%(n)s task is on the board.", "%(n)s tasks are on the board.", made)
        messages.success(request, text % {"n": made})
        return go(request, board_url(request))
    context = {"form": form, "recipe": found}
    return render(request, "board/recipe.html", context, status=422 if form.errors else 200)


@business_view("board.write")
@require_POST
def recipe_remove(request: BusinessRequest, recipe: str) -> HttpResponse:
    found = _recipe(request, recipe)
    if found.pk is not None:
        request.business.recipes.filter(pk=found.pk).delete()
        messages.success(request, _("The template is removed."))
    return go(request, reverse("board:recipes", args=[request.business.slug]))


def _recipe(request: BusinessRequest, key: str) -> Cooking:
    found = next((each for each in recipes_of(request.business) if each.key == key), None)
    if found is None:
        raise Http404
    return found


@business_view("board.view")
@require_GET
def periods(request: BusinessRequest) -> HttpResponse:
    settings = settings_of(request.business)
    start, end = period_of(timezone.localdate(), settings.period)
    rows = request.business.tasks.on_board()
    context = {
        "closed": request.business.board_periods.select_related("closed_by")[:24],
        "start": start,
        "end": end,
        "done": rows.done().count(),
        "open": rows.open().count(),
        "settings": settings,
        "may_manage": request.member.may("board.manage"),
    }
    return render(request, "board/periods.html", context)


@business_view("board.manage")
@require_POST
def period_close(request: BusinessRequest) -> HttpResponse:
    """Close the present period today, before it is over."""
    try:
        closed = close_period(request.business, on=timezone.localdate(), by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    else:
        undo = reverse("board:period_reopen", args=[request.business.slug, closed.pk])
        text = _("The period is closed: done %(done)s, moved on %(on)s.")
        said = text % {"done": closed.done, "on": closed.moved_on}
        messages.success(request, said, extra_tags=f"undo:{undo}")
    return go(request, reverse("board:periods", args=[request.business.slug]))


@business_view("board.manage")
@require_POST
def period_reopen(request: BusinessRequest, pk: int) -> HttpResponse:
    """Only the latest one; what came after it stands on it."""
    latest = request.business.board_periods.first()
    period = get_object_or_404(request.business.board_periods, pk=pk)
    if latest != period:
        messages.warning(request, _("Only the latest period can be opened again."))
    else:
        reopen_period(period, by=request.user)
        messages.info(request, _("The period is open again."))
    return go(request, reverse("board:periods", args=[request.business.slug]))

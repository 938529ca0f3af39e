"""The page of days: what is kept where in the coming year, and days of one's own."""

import datetime as dt
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.htmx import go
from waypost.market.days import Date, Day, Kind, by_date, days_between
from waypost.market.forms.geography import KeyDayForm
from waypost.market.models import KeyDay
from waypost.market.territories import country_name
from waypost.market.views.shared import ask_and_remove, at, language

Month = tuple[dt.date, list[Date]]


class DayFilter(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, data: QueryDict, *, countries: list[str]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["kind"].choices = [("", _("All kinds")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _("All countries")),
            *((code, country_name(code)) for code in countries),
        ]

    def holds(self, day: Day) -> bool:
        """What cannot be understood filters nothing."""
        self.full_clean()
        kind, country = (self.cleaned_data.get(name, "") for name in ("kind", "country"))
        here = not country or country in day.countries or day.kind == Kind.OWN
        return here and kind in {"", day.kind}

    @property
    def is_filtering(self) -> bool:
        self.full_clean()
        return any(self.cleaned_data.values())


@business_view("market.view")
@never_cache
@require_GET
def days(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    every = days_between(request.business, today, _in_a_year(today), language())
    countries = list(dict.fromkeys(code for each in every for code in each.countries))
    filters = DayFilter(request.GET, countries=countries)
    context = {
        "filters": filters,
        "months": _months([each for each in every if filters.holds(each)]),
        "guessed": bool(countries) and not request.business.places.exclude(country="").exists(),
        "countries": [country_name(code) for code in countries],
        "edits": request.member.may("market.edit"),
        "next": next((each for each in by_date(every) if each.day >= today), None),
        "past": _past(request, today),
    }
    return render(request, "market/days.html", context)


def _in_a_year(today: dt.date) -> dt.date:
    return today + dt.timedelta(days=365)


def _months(found: list[Day]) -> list[Month]:
    dates = by_date(found)
    return [
        (first, list(inside))
        for first, inside in groupby(dates, key=lambda each: each.day.replace(day=1))
    ]


def _past(request: BusinessRequest, today: dt.date) -> list[KeyDay]:
    """Own days that will not come again."""
    return list(request.business.key_days.filter(yearly=False, date__lt=today))


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def day_new(request: BusinessRequest) -> HttpResponse:
    """A new day of one's own; other pages may suggest it with the fields in the address."""
    form = KeyDayForm(request.POST or None, business=request.business, initial=request.GET.dict())
    if form.is_valid():
        row = form.save(commit=False)
        row.business, row.updated_by = request.business, request.user
        row.save()
        messages.success(request, _("“%(name)s” is among your days.") % {"name": row})
        return go(request, at(request, "days"))
    return _form_page(request, form)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def day_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.key_days, pk=pk)
    form = KeyDayForm(request.POST or None, business=request.business, instance=row)
    if form.is_valid():
        row = form.save(commit=False)
        row.updated_by = request.user
        row.save()
        messages.success(request, _("The day is saved."))
        return go(request, at(request, "days"))
    return _form_page(request, form, row=row)


def _form_page(request: BusinessRequest, form: KeyDayForm, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "market/day.html", {"form": form, **context}, status=status)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def day_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.key_days, pk=pk)
    return ask_and_remove(request, row, page="days", back=at(request, "day", pk), loses="")

"""What of the calendar shall be in a file; all of it stands in the address."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.content.calendar import Month
from waypost.content.exchange.rows import Wanted
from waypost.content.filters import FilterForm

MONTH, COMING, ALL = "month", "coming", "all"
PERIODS = (
    (MONTH, gettext_lazy("One month")),
    (COMING, gettext_lazy("From today on")),
    (ALL, gettext_lazy("Everything")),
)
SEPARATORS = ((";", gettext_lazy("Semicolon (Excel here)")), (",", gettext_lazy("Comma")))


class ExportForm(FilterForm):
    """The calendar's own filters, and which days. A value that is nonsense is left out."""

    period = forms.ChoiceField(label=gettext_lazy("Which days"), choices=PERIODS, required=False)
    month = forms.CharField(
        label=gettext_lazy("Month"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"}),
    )
    separator = forms.ChoiceField(
        label=gettext_lazy("Sign between cells (CSV)"), choices=SEPARATORS, required=False
    )
    field_order = ("period", "month", *FilterForm.base_fields, "separator")
    OWN = ("period", "month", "separator")

    def __init__(self, business: Any, data: Any, *args: Any, **kwargs: Any) -> None:
        self.business = business
        self.today = timezone.localdate(timezone=business.zone)
        self.shown_month = Month.read(data.get("month", ""), Month.of(self.today))
        given = data.copy()
        given.setdefault("period", MONTH if "month" in data else ALL)
        given["month"] = str(self.shown_month)
        given.setdefault("separator", ";" if get_format("DECIMAL_SEPARATOR") == "," else ",")
        super().__init__(business, given, *args, **kwargs)

    @property
    def days(self) -> list[forms.BoundField]:
        """What everybody chooses."""
        return [self[name] for name in self.OWN]

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """What leaves posts out."""
        return [self[name] for name in self.fields if name not in self.OWN]

    @property
    def is_narrowed(self) -> bool:
        return any(name not in self.OWN for name in self.chosen())

    @property
    def sign(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("separator", ""))

    def wanted(self) -> Wanted:
        filters = {name: value for name, value in self.chosen().items() if name not in self.OWN}
        first: dt.date | None = None
        last: dt.date | None = None
        period = self.cleaned_data.get("period")
        if period == MONTH:
            first = self.shown_month.first
            last = self.shown_month.plus(1).first - dt.timedelta(days=1)
        elif period == COMING:
            first = self.today
        return Wanted(filters, first, last, self.shown_month)

    def period_words(self) -> str:
        """``October 2026`` for the head of a page."""
        period = self.wanted() and self.cleaned_data.get("period")
        if period == MONTH:
            return self.shown_month.title
        return _("From today on") if period == COMING else ""

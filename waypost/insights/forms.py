"""Which days a report is about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.insights.periods import Period


class PeriodForm(forms.Form):
    """Reads ``?from=…&to=…``; both days belong to the period."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", gettext_lazy("From")), ("to", gettext_lazy("To"))):
            widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, widget=widget)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "from" in data and "to" in data and data["to"] < data["from"]:
            self.add_error("to", _("The last day must not come before the first."))
        return data

    @property
    def period(self) -> Period:
        """After :meth:`is_valid`."""
        first: dt.date = self.cleaned_data["from"]
        return Period(first, self.cleaned_data["to"])

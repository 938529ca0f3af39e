"""Which days a report is about."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.insights.periods import Period
from waypost.insights.rates import ENGAGEMENT_BY
from waypost.providers.visits import TellsVisits


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


class ComparedForm(PeriodForm):
    """A period, what it is compared with, and by what interactions are divided."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with"] = forms.ChoiceField(
            label=gettext_lazy("Compared with"),
            required=False,
            choices=[
                ("before", gettext_lazy("the time before")),
                ("year", gettext_lazy("a year earlier")),
            ],
        )
        self.fields["by"] = forms.ChoiceField(
            label=gettext_lazy("Engagement rate"),
            required=False,
            choices=[
                ("", gettext_lazy("as known for each channel")),
                *((key, ratio.label) for key, ratio in ENGAGEMENT_BY.items()),
            ],
        )


class SourceForm(forms.Form):
    """The fields that a service asks for; secrets are never sent back to the page."""

    def __init__(self, *args: Any, service: TellsVisits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in service.fields:
            shown: dict[str, Any] = {"placeholder": field.placeholder, "autocomplete": "off"}
            widget = forms.PasswordInput(attrs=shown) if field.secret else forms.TextInput(shown)
            self.fields[field.name] = forms.CharField(
                label=str(field.label), help_text=str(field.help), max_length=20_000, widget=widget
            )

"""What a person fills in on the roadmap."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.goals.forms import DayInput
from waypost.goals.models import Goal, Initiative
from waypost.goals.roadmap import Scale, Wanted

WEEK = 7


class RoadmapFilter(forms.Form):
    """What of the roadmap is shown; it lives in the address."""

    goal = forms.ModelChoiceField(Goal.objects.none(), label=gettext_lazy("Goal"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    start = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    end = forms.DateField(label=gettext_lazy("To"), required=False, widget=DayInput())

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goal = cast("forms.ModelChoiceField[Goal]", self.fields["goal"])
        goal.queryset = business.goals.open()
        goal.empty_label = _("All goals")
        status = cast(forms.ChoiceField, self.fields["status"])
        status.choices = [("", _("Every status")), *Initiative.Status.choices]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", _("This day comes before the first one. Choose a later day."))
        return data

    @property
    def wanted(self) -> Wanted:
        """What was understood; a wrong part of it filters nothing."""
        self.full_clean()
        data = getattr(self, "cleaned_data", {})
        goal = data.get("goal")
        return Wanted(
            goal=goal.pk if goal else None,
            status=data.get("status", ""),
            start=data.get("start"),
            end=data.get("end"),
        )

    @property
    def is_filtering(self) -> bool:
        return any(self.data.get(name) for name in ("goal", "status", "start", "end"))


def chosen_scale(word: str) -> Scale:
    """The scale that an address names, else months."""
    return Scale(word) if word in Scale.values else Scale.MONTHS


class MoveForm(forms.Form):
    """New dates; ``by`` moves both by so many days more."""

    start = forms.DateField(label=gettext_lazy("Start"), widget=DayInput())
    end = forms.DateField(label=gettext_lazy("End"), widget=DayInput())
    by = forms.IntegerField(
        required=False, min_value=-WEEK, max_value=WEEK, widget=forms.HiddenInput()
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        more = dt.timedelta(days=data.get("by") or 0)
        for name in ("start", "end"):
            if name in data:
                data[name] = _moved(data[name], more)
        return data


def _moved(day: dt.date, more: dt.timedelta) -> dt.date:
    try:
        return day + more
    except OverflowError:
        return day

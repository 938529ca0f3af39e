"""What people type around reports."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.insights.forms import PeriodForm
from waypost.kit.careful import CarefulMixin
from waypost.reviews.models import Report

__all__ = ["AnswersForm", "LineForm", "PeriodForm"]


class AnswersForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    """The four answers, or the two that a week is asked."""

    class Meta:
        model = Report
        fields = ("result", "effective", "effective_why", "next", "improve")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {*self.instance.asked, "effective_why"}:
            del self.fields[name]
        if "effective" not in self.fields:
            del self.fields["effective_why"]
        for name, rows in ROWS.items():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows
                self.fields[name].help_text = HELP[name]


ROWS = {"result": 5, "effective_why": 3, "next": 4, "improve": 4}
HELP = {
    "result": _("The two or three things that matter, in plain words."),
    "effective_why": _("What makes you think so?"),
    "next": _("One thing a line. Each line can become a task."),
    "improve": _("One thing a line. Each line can become a task."),
}


class LineForm(forms.Form):
    """Who takes a line of a report, and by when."""

    question = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(widget=forms.HiddenInput)
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=_("Who"), required=False, empty_label=_("Nobody yet")
    )
    due_date = forms.DateField(
        label=_("Due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__business=business)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]

    def people(self) -> list[tuple[Any, Any]]:
        """Who may take it, to be shown in several forms."""
        # `list()` would ask for the number of them first.
        return [each for each in self.fields["assignee"].choices]  # type: ignore[attr-defined]  # noqa: C416

    @property
    def due(self) -> dt.date | None:
        """After ``is_valid``."""
        found: dt.date | None = self.cleaned_data["due_date"]
        return found

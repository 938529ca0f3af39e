"""Reading the log: what a person asks for, and the file of it."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.forms import DayInput
from waypost.accounts.models import Business, LogEntry, Thing
from waypost.accounts.models.log import LogQuerySet

NOBODY = "-"  # among the people: Waypost itself


class LogFilter(forms.Form):
    """By person, kind and period; everything may stay empty."""

    person = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    thing = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=[("", gettext_lazy("Everything")), *Thing.choices],
    )
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)

    def __init__(self, business: Business, data: Any) -> None:
        super().__init__(data)
        self.business = business
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        names = business.log.order_by("by_name").values_list("by_name", flat=True).distinct()
        people = [(name, name) for name in names if name]
        person.choices = [("", _("Everybody")), *people, (NOBODY, "Waypost")]

    @property
    def is_asking(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first. Choose a later one."))
        return cleaned

    def rows(self) -> LogQuerySet:
        """Lines that fit; what is wrong in the form is not asked for."""
        self.is_valid()
        asked = self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        rows: LogQuerySet = self.business.log.all()
        if asked.get("thing"):
            rows = rows.filter(thing=asked["thing"])
        if asked.get("person"):
            rows = rows.filter(by_name="" if asked["person"] == NOBODY else asked["person"])
        end = until + timedelta(days=1) if until else None
        return rows.between(self._moment(since), self._moment(end))

    def _moment(self, day: Any) -> datetime | None:
        return datetime.combine(day, time(), self.business.zone) if day else None


def as_csv(rows: Iterable[LogEntry]) -> str:
    """With a byte order mark and semicolons where the reader's language writes decimal commas.

    One line for each changed field, or one for a deed without fields.
    """
    stream = io.StringIO()
    stream.write("\ufeff")
    write = csv.writer(
        stream, delimiter=";" if get_format("DECIMAL_SEPARATOR") == "," else ","
    ).writerow
    write([_("When"), _("Who"), _("What"), _("Deed"), _("Name"), _("Field"), _("Before"), _("Now")])
    for row in rows:
        at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
        start = [at, row.by_name or "Waypost", row.get_thing_display(), row.get_deed_display()]
        for field, before, after in row.changed or [("", "", "")]:
            write(map(_harmless, [*start, row.name, field, before, after]))
    return stream.getvalue()


def _harmless(text: str) -> str:
    """A spreadsheet must not take a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text

"""What a person says while a file is imported: which file, and what its columns are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.documents.headings import Part
from waypost.goals.planned import HEADINGS

NEEDED = ("title", "start_date", "end_date")
CHOICES = [name for name in HEADINGS if name != "days"]  # Waypost counts the days itself


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or CSV, at most 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
    )


class ColumnsForm(forms.Form):
    """A choice for each heading of the file; filled in where the heading is known."""

    def __init__(self, part: Part, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._part = part
        choices = [("", _("Leave out")), *((name, str(HEADINGS[name])) for name in CHOICES)]
        for place, heading in enumerate(part.headings):
            if heading:
                known = part.columns.get(place, "")
                self.fields[f"column_{place}"] = forms.ChoiceField(
                    label=heading,
                    choices=choices,
                    required=False,
                    initial=known if known in CHOICES else "",
                )

    @property
    def unknown(self) -> list[str]:
        """Headings that mean nothing to Waypost."""
        places = [place for place, heading in enumerate(self._part.headings) if heading]
        return [self._part.headings[place] for place in places if place not in self._part.columns]

    @property
    def missing(self) -> list[str]:
        """Needed columns that no heading was recognised for."""
        return _missing(self._part.columns)

    @property
    def columns(self) -> dict[int, str]:
        """Column → field as chosen, after ``is_valid``."""
        return {
            int(name.removeprefix("column_")): field
            for name, field in self.cleaned_data.items()
            if field
        }

    def clean(self) -> dict[str, Any]:
        chosen = [field for field in self.cleaned_data.values() if field]
        for name, field in list(self.cleaned_data.items()):
            if field and chosen.count(field) > 1:
                self.add_error(name, _("Two columns cannot both be this. Change one of them."))
        missing = _missing(dict(enumerate(chosen)))
        if missing:
            message = _("Say which columns these are: %(words)s.") % {"words": ", ".join(missing)}
            self.add_error(None, message)
        return self.cleaned_data


def _missing(columns: Mapping[int, str]) -> list[str]:
    return [str(HEADINGS[name]) for name in NEEDED if name not in columns.values()]

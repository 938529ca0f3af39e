"""What a person says while a file is brought in: which file, and what stands in it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Member
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.choices import Choices, order_of_file
from waypost.content.exchange.columns import COMPUTED, HEADINGS
from waypost.content.exchange.told import unknown_channels
from waypost.documents.headings import plain
from waypost.documents.reading import LARGEST
from waypost.kit.days import DAY_FIRST, MONTH_FIRST

ASKED = [name for name in HEADINGS if name not in COMPUTED]
NO_CHANNEL = "0"
MOST_UNKNOWN = 40  # words of a file that are asked about


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or CSV, also as Buffer and Hootsuite take them;"
            " at most 5 MB and 2,000 rows."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv"}),
    )

    def content(self) -> bytes:
        """One byte more than is allowed is enough to know that it is too large."""
        return bytes(self.cleaned_data["file"].read(LARGEST + 1))


class ChoicesForm(forms.Form):
    """A choice for each heading, and what else the file leaves open."""

    def __init__(
        self, member: Member, file: CalendarFile, choices: Choices, data: Any = None
    ) -> None:
        super().__init__(data)
        self.file, self.choices, business = file, choices, member.business
        self.connections = [
            (str(each.pk), str(each))
            for each in business.connections.usable()
            if member.may_use(each.pk)
        ]
        self._add_columns()
        columns = self._columns_now()
        part = file.part.mapped(columns)
        cells = [part.values(line) for line in part.lines]
        self._add_order(
            order_of_file(file, columns).example, asked=order_of_file(file, columns).asked
        )
        self.words = unknown_channels(business, (row.get("channel") for row in cells))[
            :MOST_UNKNOWN
        ]
        self._add_words()
        if any(not row.get("channel") for row in cells):
            self._add_for_all()

    def _add_columns(self) -> None:
        offered = [("", _("Leave out")), *((name, str(HEADINGS[name])) for name in ASKED)]
        for place, heading in enumerate(self.file.part.headings):
            if heading:
                known = self.choices.columns.get(place, "")
                self.fields[f"column_{place}"] = forms.ChoiceField(
                    label=heading,
                    choices=offered,
                    required=False,
                    initial=known if known in ASKED else "",
                )

    def _columns_now(self) -> dict[int, str]:
        """As they were just chosen, or as they were known."""
        if not self.is_bound:
            return {place: name for place, name in self.choices.columns.items() if name in ASKED}
        found = {}
        for name in [each for each in self.fields if each.startswith("column_")]:
            value = self.data.get(name, "")
            if value in ASKED:
                found[int(name.removeprefix("column_"))] = value
        return found

    def _add_order(self, example: str, *, asked: bool) -> None:
        if asked:
            self.fields["order"] = forms.ChoiceField(
                label=_("How is %(example)s meant?") % {"example": example},
                choices=[
                    ("", _("Choose")),
                    (DAY_FIRST, _("day/month/year")),
                    (MONTH_FIRST, _("month/day/year")),
                ],
                initial=self.choices.order,
            )

    def _add_words(self) -> None:
        offered = [("", _("Choose")), *self.connections, (NO_CHANNEL, _("no channel"))]
        for number, word in enumerate(self.words):
            known = self.choices.channels.get(plain(word))
            self.fields[f"channel_{number}"] = forms.ChoiceField(
                label=word, choices=offered, initial="" if known is None else str(known)
            )

    def _add_for_all(self) -> None:
        self.fields["for_all"] = forms.MultipleChoiceField(
            label=_("Channels of the rows that name none"),
            choices=self.connections,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[str(key) for key in self.choices.for_all],
        )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("column_")]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("column_")]

    @property
    def asks(self) -> bool:
        """Whether something must be said before the file can be checked."""
        if missing(self._columns_now()):
            return True
        known = self.choices.channels
        return "order" in self.fields or any(plain(word) not in known for word in self.words)

    @property
    def unknown(self) -> list[str]:
        """Headings that mean nothing to Waypost."""
        places = enumerate(self.file.part.headings)
        return [head for place, head in places if head and place not in self.choices.columns]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        chosen = {name: value for name, value in cleaned.items() if name.startswith("column_")}
        used = [value for value in chosen.values() if value]
        for name, value in chosen.items():
            if value and used.count(value) > 1:
                self.add_error(name, _("Two columns cannot both be this. Change one of them."))
        if lacking := missing(dict(enumerate(used))):
            words = ", ".join(lacking)
            message = _("Say which columns these are: %(words)s.") % {"words": words}
            self.add_error(None, message)
        return cleaned

    def chosen(self) -> Choices:
        """After ``is_valid``."""
        cleaned = self.cleaned_data
        channels = {
            plain(word): int(cleaned[f"channel_{number}"]) for number, word in enumerate(self.words)
        }
        return replace(
            self.choices,
            columns={
                int(name.removeprefix("column_")): value
                for name, value in cleaned.items()
                if name.startswith("column_") and value
            },
            channels={**self.choices.channels, **channels},
            for_all=tuple(int(key) for key in cleaned.get("for_all", ())),
            order=cleaned.get("order") or order_of_file(self.file, self._columns_now()).known,
            skip_pictures=False,
        )


def missing(columns: Mapping[int, str]) -> list[str]:
    """What no post can do without: a title or a text."""
    if {"title", "text"} & set(columns.values()):
        return []
    return [_("%(title)s or %(text)s") % {"title": HEADINGS["title"], "text": HEADINGS["text"]}]

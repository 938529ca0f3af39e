"""What a person decides about a file before it is brought in."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.board.actions.bringing import Mapped
from waypost.board.columns import columns_of
from waypost.board.incoming import Incoming
from waypost.board.trello import LARGEST, NO_LIST
from waypost.goals.forms import people


class BoardFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A board that Trello exported as JSON, or a table (CSV, XLSX)."
            " At most 60 MB and 5,000 cards."
        ),
    )

    @property
    def sending(self) -> dict[str, Any]:
        """What the page says while the file is on its way."""
        return {
            "largest": LARGEST,
            "sending": _("The file is being sent: {n} %"),
            "reading": _("The file has arrived and is being read."),
            "tooLarge": _(
                "This file has {size} MB; at most 60 MB are taken. In Trello, delete old archived"
                " cards and export again."
            ),
        }


class MappingForm(forms.Form):
    """One choice for each list and for each person of the file."""

    closed = forms.BooleanField(
        label=gettext_lazy("Bring in archived cards, too (they stay archived)"), required=False
    )

    def __init__(
        self, *args: Any, business: Business, found: Incoming, first: Mapped, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        fields = cast("dict[str, Any]", self.fields)
        columns = [(each.key, str(each)) for each in columns_of(business)]
        known = [("0", _("Nobody")), *((str(each.pk), str(each)) for each in people(business))]
        for place, name in enumerate(found.lists):
            fields[f"list-{place}"] = forms.ChoiceField(
                label=_("Cards without a list") if name == NO_LIST else name,
                required=False,
                choices=[*columns, ("", _("leave out"))],
                initial=first.columns.get(name, ""),
            )
        for place, name in enumerate(found.people):
            fields[f"person-{place}"] = forms.ChoiceField(
                label=name, choices=known, initial=str(first.people.get(name, 0))
            )

    @property
    def list_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("list-")]

    @property
    def people_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("person-")]

    @property
    def mapped(self) -> Mapped:
        """After :meth:`is_valid`."""
        given = self.cleaned_data
        return Mapped(
            {name: given[f"list-{place}"] for place, name in enumerate(self.found.lists)},
            {name: int(given[f"person-{place}"]) for place, name in enumerate(self.found.people)},
            given["closed"],
        )

"""The grid in which the numbers of channels are typed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kit.numbers import NumberField
from waypost.market.channel_words import display_of, networks
from waypost.market.forms.shared import DayField
from waypost.market.models import ChannelReading
from waypost.providers.display import Display

COLUMNS = {
    "followers": gettext_lazy("Followers"),
    "avg_likes": gettext_lazy("Likes a post"),
    "avg_shares": gettext_lazy("Shares a post"),
    "avg_comments": gettext_lazy("Comments a post"),
    "posts_per_week": gettext_lazy("Posts a week"),
}
MORE = "more"  # the row whose network is chosen
NOT_BELOW = gettext_lazy("Write 0 or more.")
TOO_MUCH = gettext_lazy("Nobody has so many. Check the number.")
_GROUPED = re.compile(r"\d{1,3}([.,\s\u00a0\u202f'’]\d{3})+")
_SHORT = re.compile(r"(\d+(?:[.,]\d+)?)\s*([kKmM])")
_TIMES = {"k": 1_000, "m": 1_000_000}


class CountField(NumberField):
    """A whole number as networks show it: ``48.200``, ``48,200``, ``48.2K`` or ``1,2M``."""

    def __init__(self, **kwargs: Any) -> None:
        usual = {"max_digits": 12, "decimal_places": 0, "required": False, "min_value": 0}
        super().__init__(**{**usual, **kwargs})
        self.error_messages["max_decimal_places"] = gettext_lazy("Write a whole number.")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip()
        # Nobody has half a follower, so a sign before three digits parts thousands.
        if _GROUPED.fullmatch(text):
            return Decimal(re.sub(r"\D", "", text))
        if short := _SHORT.fullmatch(text):
            number, unit = short.groups()
            return (Decimal(number.replace(",", ".")) * _TIMES[unit.lower()]).quantize(Decimal(1))
        number = super().to_python(value)
        whole = number is not None and number == number.to_integral_value()
        return Decimal(int(number)) if number is not None and whole else number


@dataclass(frozen=True)
class Cell:
    field: BoundField
    last: Any  # the newest number that is known


@dataclass(frozen=True)
class GridRow:
    network: str
    display: Display | None  # None: the network is chosen in this row
    choice: BoundField | None
    cells: list[Cell]


class GridForm(forms.Form):
    """One line for each network; ``last`` are the newest readings by network."""

    date = DayField(label=gettext_lazy("Which day are the numbers from?"))

    def __init__(
        self,
        *args: Any,
        shown: list[str],
        last: Mapping[str, ChannelReading],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.last = shown, last
        for network in (*shown, MORE):
            for column in COLUMNS:
                self.fields[f"{column}_{network}"] = _number(column, network)
        self.fields[f"network_{MORE}"] = forms.ChoiceField(
            label=_("Another network"),
            required=False,
            choices=[("", _("Choose")), *_others(shown)],
        )
        self.fields["mentions"] = CountField(
            label=_("How often were they mentioned in the last month?"),
            help_text=_(
                "Posts of other people that name them, on all networks together. Search for the"
                " name, or take the number from a tool."
            ),
        )

    def rows(self) -> Iterator[GridRow]:
        for network in self.shown:
            yield GridRow(network, display_of(network), None, self._cells(network))
        yield GridRow(MORE, None, self[f"network_{MORE}"], self._cells(MORE))

    def _cells(self, network: str) -> list[Cell]:
        last = self.last.get(network)
        return [
            Cell(self[f"{column}_{network}"], getattr(last, column) if last else None)
            for column in COLUMNS
        ]

    @property
    def last_mentions(self) -> ChannelReading | None:
        return self.last.get("")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if _row(data, MORE) and not data.get(f"network_{MORE}"):
            self.add_error(
                f"network_{MORE}",
                ValidationError(_("Choose the network that these numbers belong to.")),
            )
        return data

    @property
    def readings(self) -> dict[str, dict[str, Any]]:
        """Numbers by network; the mentions belong to none."""
        data = self.cleaned_data
        found = {network: _row(data, network) for network in self.shown}
        if chosen := data.get(f"network_{MORE}"):
            found[chosen] = _row(data, MORE)
        found[""] = {"mentions": data.get("mentions")}
        return found


def _row(data: Mapping[str, Any], network: str) -> dict[str, Any]:
    values = {column: data.get(f"{column}_{network}") for column in COLUMNS}
    return {column: value for column, value in values.items() if value is not None}


def _number(column: str, network: str) -> NumberField:
    name = display_of(network).name if network != MORE else _("another network")
    usual: dict[str, Any] = {
        "label": _("%(what)s on %(network)s") % {"what": COLUMNS[column], "network": name},
        "required": False,
        "min_value": 0,
        "error_messages": {
            "min_value": NOT_BELOW,
            "max_digits": TOO_MUCH,
            "max_whole_digits": TOO_MUCH,
        },
    }
    if column == "followers":
        return CountField(**usual)
    places = 1 if column == "posts_per_week" else 2
    return NumberField(
        **usual, max_digits=6 if column == "posts_per_week" else 12, decimal_places=places
    )


def _others(shown: list[str]) -> list[tuple[str, str]]:
    return [
        (key, str(display.name)) for key, display in networks().items() if key not in set(shown)
    ]


def values_of(day: dt.date, rows: Mapping[str, ChannelReading]) -> dict[str, Any]:
    """What is known of ``day`` already, by the names of the form's fields."""
    found: dict[str, Any] = {"date": day}
    for network, row in rows.items():
        for column in COLUMNS:
            value = getattr(row, column)
            found[f"{column}_{network}"] = Decimal(value) if value is not None else None
    if "" in rows:
        found["mentions"] = rows[""].mentions
    return found

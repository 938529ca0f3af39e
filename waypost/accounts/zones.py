"""Time zones as a person chooses them."""

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

_REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone that is named after a place, and UTC."""
    places = (name for name in available_timezones() if name.partition("/")[0] in _REGIONS)
    return (*sorted(places), "UTC")


class TimeZoneField(forms.ChoiceField):
    """A list of zones by place; a browser jumps to the one that is typed."""

    def __init__(self, *, label: object, initial: str = "Europe/Ljubljana") -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]
            choices=lambda: [(name, name.replace("_", " ")) for name in zone_names()],
            initial=initial,
            error_messages={"invalid_choice": _("Choose a time zone from the list.")},
        )

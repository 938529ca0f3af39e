"""Forms on how somebody wants notices."""

from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from waypost.accounts.forms import ClockInput
from waypost.accounts.models import User
from waypost.accounts.zones import TimeZoneField
from waypost.notices.actions.choosing import choose, grid, set_habit
from waypost.notices.kinds import Kind, Way
from waypost.notices.models import Habit
from waypost.notices.sending import zone_of


class Row(NamedTuple):
    label: str
    cells: list[tuple[str, BoundField]]  # the way in words, and its box


class ChoiceForm(forms.Form):
    """A box for each kind in each way, and the hour of the daily mail."""

    digest_at = forms.TimeField(label=_("Daily e-mail at"), widget=ClockInput)
    time_zone = TimeZoneField(label=_("In the time of"))

    def __init__(self, user: User, data: Any) -> None:
        self.user = user
        habit = getattr(user, "notice_habit", None) or Habit(user=user)
        self.cells = grid(user)
        initial: dict[str, Any] = {
            "digest_at": habit.digest_at,
            "time_zone": str(zone_of(habit)),
            **{f"{kind}-{way}": on for (kind, way), on in self.cells.items()},
        }
        super().__init__(data, initial=initial)
        for kind, way in self.cells:
            label = f"{Kind(kind).label}: {Way(way).label}"
            self.fields[f"{kind}-{way}"] = forms.BooleanField(
                required=False,
                label=label,
                widget=forms.CheckboxInput(attrs={"aria-label": label}),
            )

    @property
    def ways(self) -> list[str]:
        return [str(way.label) for way in Way]

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                str(kind.label),
                [(str(way.label), self[f"{kind.value}-{way.value}"]) for way in Way],
            )
            for kind in Kind
        ]

    def save(self) -> None:
        values = self.cleaned_data
        choose(self.user, {cell for cell in self.cells if values["-".join(cell)]})
        set_habit(self.user, digest_at=values["digest_at"], time_zone=values["time_zone"])


class AddressForm(forms.Form):
    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        help_text=_(
            "As the program Apprise writes it, for example tgram://bot-token/chat-id. It is kept"
            " encrypted and never shown again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DeviceForm(forms.Form):
    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=200)
    auth = forms.CharField(max_length=100)
    name = forms.CharField(max_length=120, required=False)

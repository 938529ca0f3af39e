"""Forms for people and for the business itself."""

from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.accounts.permissions import Role
from waypost.accounts.zones import TimeZoneField

EXPLAINED: dict[str, Promise] = {
    Role.OWNER: _("Everything, also people, accounts at networks and these settings."),
    Role.EDITOR: _("Plans goals, approves and schedules posts, answers what went wrong."),
    Role.CONTRIBUTOR: _(
        "Writes posts, adds pictures and numbers, posts by hand. Approves nothing."
    ),
    Role.VIEWER: _("Sees everything and may comment, changes nothing."),
}


def _role_choices() -> list[tuple[str, str]]:
    return [(role.value, f"{role.label}: {EXPLAINED[role]}") for role in Role]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("The person signs in with it.")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=_role_choices,
        initial=Role.CONTRIBUTOR,
        widget=forms.RadioSelect,
    )


@lru_cache
def currencies(language: str | None) -> list[tuple[str, str]]:
    """Every currency in use anywhere, as (code, "EUR – euro")."""
    codes = {
        code for territory in get_global("territory_currencies") for code in _in_use(territory)
    }
    names = Locale.parse(language or "en", sep="-").currencies
    return [(code, f"{code} – {names.get(code, code)}") for code in sorted(codes)]


def _in_use(territory: str) -> list[str]:
    return [str(code) for code in get_territory_currencies(territory, tender=True)]


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class BusinessSettingsForm(forms.Form):
    name = forms.CharField(label=_("Name of the business"), max_length=120)
    time_zone = TimeZoneField(label=_("Time zone"))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For documents and new people. Everybody chooses their own for the pages."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=lambda: currencies(get_language()))
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=ClockInput)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=ClockInput)

    def __init__(self, business: Business, *args: Any, **kwargs: Any) -> None:
        kept = {name: getattr(business, name) for name in self.base_fields}
        kwargs["initial"] = kept
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].help_text = _(
            "For the hours of new posts. Posts with a time keep their moment."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if start and not end and "quiet_until" not in self.errors:
            self.add_error("quiet_until", _("Say too when the quiet hours end."))
        elif end and not start and "quiet_from" not in self.errors:
            self.add_error("quiet_from", _("Say too when the quiet hours begin."))
        elif start and start == end:
            self.add_error("quiet_until", _("Choose another time: a whole day cannot be quiet."))
        return cleaned

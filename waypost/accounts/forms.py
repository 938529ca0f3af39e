"""Forms for people and for the business itself."""

from functools import lru_cache
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from waypost.accounts.actions.inviting import LASTS
from waypost.accounts.actions.people import GRACES
from waypost.accounts.models import Business, Invitation, Member, User
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


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


def _days() -> list[tuple[int, str]]:
    return [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LASTS]


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_(
            "Only this person can then come in. Leave it empty for a link to hand over yourself."
        ),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=_role_choices,
        initial=Role.CONTRIBUTOR,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("The link works for"), choices=_days, coerce=int, initial=7
    )


class JoinForm(forms.Form):
    """What somebody without an account says about themselves."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=256,
        strip=False,
        help_text=_("At least 8 characters; a short sentence is best."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invitation.email
        if self.invited:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.invited:
            values["email"] = self.invited
        if "password" in values:
            person = User(email=values.get("email", ""), name=values.get("name", ""))
            try:
                validate_password(values["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class AbsenceForm(forms.Form):
    """Days off of one member; the owner chooses whose."""

    member = forms.TypedChoiceField(label=_("Who"), coerce=int)
    from_date = forms.DateField(label=_("From"), widget=DayInput)
    until_date = forms.DateField(
        label=_("Until"), widget=DayInput, help_text=_("The last day away.")
    )
    stand_in = forms.TypedChoiceField(
        label=_("Stands in"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Without a name, the backup of each role steps in."),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("Everybody in the business can read it."),
    )

    def __init__(self, members: list[Member], *args: Any, alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {each.pk: each for each in members}
        people = [(each.pk, str(each.user)) for each in members]
        member, stand_in = self.fields["member"], self.fields["stand_in"]
        assert isinstance(member, forms.TypedChoiceField)
        assert isinstance(stand_in, forms.TypedChoiceField)
        member.choices = people
        stand_in.choices = [("", _("The backup of each role")), *people]
        if alone:
            del self.fields["member"]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes; ``member`` only where it was asked."""
        values = {**self.cleaned_data, "stand_in": self.members.get(self.cleaned_data["stand_in"])}
        if "member" in values:
            values["member"] = self.members[values["member"]]
        return values


class SecondFactorForm(forms.Form):
    grace = forms.TypedChoiceField(
        label=_("Two steps to sign in"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=lambda: [
            ("", _("Everybody decides for themselves")),
            *((days, _grace(days)) for days in GRACES),
        ],
    )


def _grace(days: int) -> str:
    if not days:
        return str(_("Everybody needs them, from today on"))
    said = ngettext(
        "Everybody needs them, in %(n)s day", "Everybody needs them, in %(n)s days", days
    )
    return said % {"n": days}


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

"""The form that a network asks for, built from what its provider declares."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.connections.models import Connection
from waypost.providers.base import ConnectField, Provider


class ConnectForm(forms.Form):
    """Fields named as ``provider.fields``; secrets are never written back into the page."""

    def __init__(self, provider: Provider, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in provider.fields:
            self.fields[field.name] = _form_field(field)


class CapForm(forms.Form):
    """The owner's own limit; the network's, where it has one, is told beside it."""

    daily_cap = forms.IntegerField(
        label=gettext_lazy("Most posts within 24 hours"),
        min_value=1,
        max_value=1000,
        required=False,
    )

    def __init__(self, connection: Connection, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"daily_cap": connection.daily_cap}
        super().__init__(*args, **kwargs)
        known = connection.composer.posts_a_day(connection.settings)
        words = _("Leave it empty to set no limit of your own.")
        if known is not None:
            words += " " + _("The network itself takes at most %(n)d.") % {"n": known}
        self.fields["daily_cap"].help_text = words


def known_values(provider: Provider, connection: Connection | None) -> dict[str, str]:
    """What need not be typed again when ``connection`` is connected anew."""
    if connection is None:
        return {}
    known = {"handle": connection.handle, "host": connection.host, **connection.settings}
    return {
        field.name: str(known[field.name])
        for field in provider.fields
        if not field.secret and field.name in known
    }


def _form_field(field: ConnectField) -> forms.Field:
    shown: dict[str, Any] = {
        "label": field.label,
        "help_text": field.help,
        "required": field.required,
        "initial": field.initial,
    }
    if field.choices:
        return forms.ChoiceField(choices=field.choices, **shown)
    attributes = {"placeholder": field.placeholder} if field.placeholder else {}
    if field.secret:
        return forms.CharField(
            max_length=500,
            widget=forms.PasswordInput(attrs={"autocomplete": "off", **attributes}),
            **shown,
        )
    attributes |= {"autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(max_length=300, widget=forms.TextInput(attrs=attributes), **shown)

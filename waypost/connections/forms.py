"""The form that a network asks for, built from what its provider declares."""

from typing import Any

from django import forms

from waypost.connections.models import Connection
from waypost.providers.base import ConnectField, Provider


class ConnectForm(forms.Form):
    """Fields named as ``provider.fields``; secrets are never written back into the page."""

    def __init__(self, provider: Provider, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in provider.fields:
            self.fields[field.name] = _form_field(field)


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

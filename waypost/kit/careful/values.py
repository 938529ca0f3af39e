"""Values of form fields in one normal form, so that equal ones have equal fingerprints."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _

SHORT = 16  # hexadecimal digits: no two texts of one field will ever share them

_Unordered = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)


def plain(text: str) -> str:
    """One newline style; browsers send CRLF, stored texts have LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fingerprint(field: forms.Field, value: Any) -> str:
    """Of ``value`` as this field would send it back unchanged."""
    items = normal(as_sent_back(field, value))
    if isinstance(field, _Unordered) and items:
        items = json.dumps(sorted(json.loads(items)))
    return hashlib.sha256(items.encode("utf-8", "surrogatepass")).hexdigest()[:SHORT]


def as_sent_back(field: forms.Field, value: Any) -> Any:
    """What the field makes of the value it shows: 1.234 shown as 1.23 comes back as 1.23."""
    typed_in = isinstance(field.widget, forms.widgets.Input | forms.Textarea)
    if not typed_in or isinstance(field.widget, forms.CheckboxInput):
        return value
    try:
        return field.to_python(posted(field, value)[0])
    except ValidationError:
        return value


def posted(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends for ``value``, one text for each chosen control."""
    if isinstance(field.widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(each) for each in shown]
    return [plain(str(shown)) if shown is not None else ""]


def normal(value: Any) -> str:
    """One text for each value, whatever its type; every kind of nothing is the empty text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(str(value)))
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = value.astimezone(dt.UTC)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = {str(key): normal(each) for key, each in value.items()}
        return json.dumps(pairs, sort_keys=True) if pairs else ""
    if isinstance(value, Iterable):
        items = [normal(each) for each in value]
        return json.dumps(items) if items else ""
    return "" if value is None else str(value)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}" if value else "0"


def shown(field: forms.Field, value: Any) -> str:
    """``value`` as a person reads it, to compare it with their own."""
    if isinstance(field, forms.ModelChoiceField):
        wanted = [value] if isinstance(value, Model | int | str) else list(value or [])
        keys = [normal(each) for each in wanted if normal(each)]
        rows: Any = field.queryset
        return ", ".join(str(row) for row in rows.filter(pk__in=keys))
    if isinstance(field, forms.ChoiceField):
        return _chosen(field, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.date | dt.time):
        return str(formats.localize(value, use_l10n=True))
    return posted(field, value)[0]


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    words: dict[str, str] = {}
    choices: Any = field.choices  # whatever they were given as, pairs or groups by now
    for key, word in choices:
        group = word if isinstance(word, list | tuple) else [(key, word)]
        words.update({str(each): str(label) for each, label in group})
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(words.get(str(each), normal(each)) for each in values)

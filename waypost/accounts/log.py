"""Writing down who changed what, on one line of an action.

``log.record(business, Thing.PERSON, Deed.CHANGED, by=user, on=member, changes=…)``

No secret is ever handed over: a field whose name sounds like one is refused.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from waypost.accounts.models import Business, Deed, LogEntry, Thing, User

LONGEST = 200  # characters of a name or a value
SECRET = ("password", "secret", "token", "key", "code")


class Field(NamedTuple):
    """A field that was changed; ``label`` is a lazy translation or English."""

    label: str | Promise
    before: Any
    after: Any


def record(
    business: Business,
    thing: Thing,
    deed: Deed,
    *,
    by: User | None,
    on: Model | str | Promise,
    changes: Iterable[Field] = (),
) -> LogEntry | None:
    """Write that ``by`` did ``deed`` to ``on``; answers None where nothing changed.

    Fields whose two values are equal are left out. A deed "changed" without any other
    field is no deed. ``by`` is None for Waypost itself.
    """
    with override(_language(business)):
        told = [_plain(each) for each in changes if each.before != each.after]
        if deed == Deed.CHANGED and not told:
            return None
        return LogEntry.objects.create(
            business=business,
            thing=thing,
            deed=deed,
            by=by,
            by_name=str(by or "")[:120],
            name=str(on)[:LONGEST],
            ref=str(on.pk or "") if isinstance(on, Model) else "",
            changes=told,
        )


def fields_of(row: Model, before: Mapping[str, Any]) -> list[Field]:
    """Every named field of ``row`` with what it held ``before``, as people read it."""
    return [
        Field(_column(row, name).verbose_name, said(row, name, old), said(row, name))
        for name, old in before.items()
    ]


def said(row: Model, name: str, *value: Any) -> str | Promise:
    """The field's value (or another ``value`` of it) in words; a lazy one where it must be."""
    (found,) = value or (getattr(row, name),)
    words: dict[Any, str | Promise] = dict(_column(row, name).flatchoices)
    if found is None or found == "":
        return ""
    if isinstance(found, list):
        return ", ".join(map(str, found))
    if isinstance(found, bool):
        return _("Yes") if found else _("No")
    if isinstance(found, Decimal):
        return f"{found.normalize():f}"
    return words.get(found, str(found))


def _column(row: Model, name: str) -> "models.Field[Any, Any]":
    found = row._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def _language(business: Business) -> str:
    known = dict(settings.LANGUAGES)
    return business.language if business.language in known else settings.LANGUAGE_CODE


def _plain(field: Field) -> tuple[str, str, str]:
    with override("en"):
        label = str(field.label)
    if any(word in label.lower().split() for word in SECRET):
        raise ValueError(f"the log takes no secrets: {label}")
    return label, _value(field.before), _value(field.after)


def _value(value: Any) -> str:
    return "" if value is None else str(value)[:LONGEST]

"""Verbs on personas."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.market.models import Persona
from waypost.market.ordering import last_position


@transaction.atomic
def copy_persona(persona: Persona, *, by: User | None) -> Persona:
    """A new one that begins with all that this one says, except its picture."""
    kept: dict[str, Any] = {
        field.attname: getattr(persona, field.attname)
        for field in Persona._meta.concrete_fields
        if not field.primary_key and field.name not in {"picture", "created_at", "updated_at"}
    }
    longest = Persona._meta.get_field("name").max_length or 0
    named = _("%(name)s, copy") % {"name": persona.name}
    kept |= {
        "name": named[:longest],
        "position": last_position(persona.business.personas.all()),
        "updated_by_id": by.pk if by else None,
    }
    copy = Persona.objects.create(**kept)
    copy.channels.set(persona.channels.all())
    return copy

"""A new key for everything that is stored encrypted."""

from collections.abc import Callable
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.db.models import Model

from waypost.accounts.second_step import resealed
from waypost.connections.models import Connection, Journey, Registration
from waypost.kit.secrets import UnreadableSecret, reseal
from waypost.notices.models import Address, Device


class Rotation(NamedTuple):
    changed: int  # secrets that are now under the newest key
    unreadable: int  # secrets that none of the keys opens; left as they were


SEALED: tuple[tuple[type[Model], str, Callable[[Any], Any]], ...] = (
    (Connection, "sealed_secrets", reseal),
    (Registration, "sealed_secret", reseal),
    (Journey, "sealed_verifier", reseal),
    (Device, "sealed_keys", reseal),
    (Address, "sealed_url", reseal),
    (Authenticator, "data", resealed),
)


def rotate_all() -> Rotation:
    """Encrypt every stored secret anew with the newest key."""
    changed = unreadable = 0
    for model, column, anew in SEALED:
        rows = model._default_manager.order_by("pk")
        for pk, old in rows.values_list("pk", column).iterator():
            try:
                new = anew(old)
            except UnreadableSecret:
                unreadable += 1
                continue
            if new != old:
                # A secret that was refreshed meanwhile is under the newest key already.
                changed += rows.filter(pk=pk, **{column: old}).update(**{column: new})
    return Rotation(changed, unreadable)

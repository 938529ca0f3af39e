"""A new key for everything that is stored encrypted."""

from typing import NamedTuple

from waypost.connections.models import Connection, Journey, Registration
from waypost.kit.secrets import UnreadableSecret, reseal


class Rotation(NamedTuple):
    changed: int  # secrets that are now under the newest key
    unreadable: int  # secrets that none of the keys opens; left as they were


def rotate_all() -> Rotation:
    """Encrypt every stored secret anew with the newest key."""
    changed = unreadable = 0
    for model, column in (
        (Connection, "sealed_secrets"),
        (Registration, "sealed_secret"),
        (Journey, "sealed_verifier"),
    ):
        rows = model._default_manager.order_by("pk")
        for pk, old in rows.values_list("pk", column).iterator():
            try:
                new = reseal(old)
            except UnreadableSecret:
                unreadable += 1
                continue
            # A secret that was refreshed meanwhile is under the newest key already.
            changed += rows.filter(pk=pk, **{column: old}).update(**{column: new})
    return Rotation(changed, unreadable)

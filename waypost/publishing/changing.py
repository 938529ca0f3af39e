"""Posts that are out are changed or deleted: asked for by a person, done by a worker.

Both calls may be repeated without harm: what is gone stays gone, and the same words are
the same words. So an unknown outcome is simply asked again, and a worker that dies leaves
a row that falls due once more.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.connections import actions as connections
from waypost.kit.secrets import UnreadableSecret
from waypost.providers.abilities import Deletes, Edits
from waypost.providers.base import Publishes
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.publishing import parts, patience
from waypost.publishing.limits import Limits
from waypost.publishing.loading import in_its_language
from waypost.publishing.models import DELIVERY, LEASE, Change, Delivery, Status
from waypost.publishing.publisher import renewed
from waypost.publishing.running import NoClearAnswer, Run
from waypost.publishing.settling import settle

_RENEWALS = 3
"""So often is a renewed access tried before the account counts as broken."""


@in_its_language
def change(delivery: Delivery) -> None:
    """Do what was asked of one post that is out; does nothing when nothing is, or not yet."""
    now = timezone.now()
    if not delivery.change or delivery.due_at > now:
        return
    # Two sweeps may ask for the same change: the one that moves due_at does it.
    token = str(uuid.uuid4())
    held = Delivery.objects.filter(
        pk=delivery.pk, status=Status.PUBLISHED, change=delivery.change, due_at=delivery.due_at
    )
    if not held.update(due_at=now + LEASE, lease_token=token, tries=delivery.tries + 1):
        return
    delivery.lease_token, delivery.tries = token, delivery.tries + 1
    limits = Limits(delivery.connection)
    try:
        _DO[delivery.change](delivery, limits)
    except (Busy, NoClearAnswer) as answer:
        _again(delivery, answer)
    except Refused as answer:
        _give_up(delivery, answer.message)
    except (Disconnected, UnreadableSecret) as answer:
        if isinstance(answer, Disconnected) and renewed(delivery) and delivery.tries < _RENEWALS:
            _again(delivery, Busy())
            return
        words = str(answer) or _("The account must be connected again.")
        connections.mark_broken(delivery.connection, reason=words)
        _give_up(delivery, words)
    finally:
        limits.keep()


def _delete(delivery: Delivery, limits: Limits) -> None:
    provider, run = _run(delivery, limits)
    assert isinstance(provider, Deletes)
    run.call("delete", lambda: provider.delete(delivery.remote_id, run.credentials))
    DELIVERY.move(
        delivery,
        Status.PUBLISHED,
        Status.DELETED,
        holding={"lease_token": delivery.lease_token},
        deleted_at=timezone.now(),
        change="",
        reason="",
    )
    parts.call_up(delivery)
    settle(delivery.item)


def _edit(delivery: Delivery, limits: Limits) -> None:
    provider, run = _run(delivery, limits)
    assert isinstance(provider, Edits)
    run.call("edit", lambda: provider.edit(delivery.remote_id, run.post, run.credentials))
    _close(delivery, edited_at=timezone.now(), reason="")


_DO: dict[str, Callable[[Delivery, Limits], None]] = {Change.DELETE: _delete, Change.EDIT: _edit}


def _run(delivery: Delivery, limits: Limits) -> tuple[Publishes, Run]:
    provider = delivery.connection.provider
    assert isinstance(provider, Publishes)
    credentials = connections.fresh_credentials(delivery.connection)
    post = parts.words_of(delivery)
    return provider, Run(delivery, provider, post, credentials, limits)


def _again(delivery: Delivery, answer: Busy | NoClearAnswer) -> None:
    now = timezone.now()
    if patience.is_over(delivery.change_asked_at or now, now):
        _give_up(delivery, _("The network did not answer for a whole day. Nothing was changed."))
        return
    asked = answer.after if isinstance(answer, Busy) else None
    wait = patience.after_busy(delivery.tries, asked)
    reason = _("The network asked to wait. Waypost tries again by itself.")
    _mine(delivery).update(due_at=now + wait, reason=reason)


def _give_up(delivery: Delivery, why: str) -> None:
    words = {
        Change.DELETE: _("The post could not be deleted: %(why)s"),
        Change.EDIT: _("The post could not be changed: %(why)s"),
    }[Change(delivery.change)]
    _close(delivery, reason=words % {"why": why})


def _close(delivery: Delivery, **changes: Any) -> None:
    _mine(delivery).update(change="", **changes)


def _mine(delivery: Delivery) -> Any:
    return Delivery.objects.filter(
        pk=delivery.pk, status=Status.PUBLISHED, lease_token=delivery.lease_token
    )

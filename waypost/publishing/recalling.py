"""What a person does with a post that is out: change its words, take it away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.connections.models import Health
from waypost.content import actions as content
from waypost.kit.errors import Refusal
from waypost.providers.abilities import Deletes, Edits
from waypost.publishing import parts, work
from waypost.publishing.models import DELIVERY, Change, Decision, Delivery, Status
from waypost.publishing.settling import settle

UNDER_WAY = (Status.STAGING, Status.SENDING, Status.UNCONFIRMED)
NOT_SENT = (Status.WAITING, Status.SCHEDULED, Status.FAILED, Status.BLOCKED)


def may_delete(delivery: Delivery) -> bool:
    """Whether the network can take this post away for us."""
    return _is_out(delivery) and isinstance(delivery.connection.provider, Deletes)


def may_edit(delivery: Delivery) -> bool:
    """Whether the network lets us change the words of this post."""
    return _is_out(delivery) and isinstance(delivery.connection.provider, Edits)


def _is_out(delivery: Delivery) -> bool:
    out = delivery.status == Status.PUBLISHED and not delivery.change
    return out and bool(delivery.remote_id) and delivery.connection.health == Health.CONNECTED


def delete(delivery: Delivery, *, by: User) -> None:
    """Take a post away, with all its parts and its comment; the last one goes first.

    What was not sent yet is not sent any more. Raises ``Refusal`` when the network cannot
    do it, or while a part is being sent or its fate is not known.
    """
    rows = list(Delivery.objects.of_channel(delivery).select_related("connection", "item"))
    if not any(may_delete(row) for row in rows):
        raise Refusal(_("This post cannot be deleted from here. Delete it on the network."))
    if any(row.status in UNDER_WAY for row in rows):
        raise Refusal(
            _("A part of it is being sent, or it is not known whether it is there. Wait for that.")
        )
    for row in rows:
        if row.status in NOT_SENT:
            DELIVERY.move(row, row.status, Status.WITHDRAWN)
    for row in reversed(rows):
        if may_delete(row):
            _ask(row, Change.DELETE, by)
    settle(delivery.item)


def edit(delivery: Delivery, *, text: str, by: User) -> None:
    """Write other words over a post, a part or a comment that is out. Raises ``Refusal``."""
    if not may_edit(delivery):
        raise Refusal(_("This post cannot be changed from here. Change it on the network."))
    variant = parts.variant_of(delivery)
    if variant is None:
        raise Refusal(_("The words of this post are no longer here, so they cannot be changed."))
    problems = delivery.connection.composer.check(
        parts.with_words(delivery, variant, text), delivery.connection.settings
    )
    if problems:
        raise Refusal(" ".join(problem.message for problem in problems), field="text")
    content.correct(variant, **parts.correction(delivery, variant, text))
    _ask(delivery, Change.EDIT, by)


def _ask(delivery: Delivery, change: Change, by: User) -> None:
    now = timezone.now()
    rows = Delivery.objects.filter(pk=delivery.pk, status=Status.PUBLISHED, change="")
    if not rows.update(change=change, change_asked_at=now, due_at=now, tries=0, reason=""):
        raise Refusal(_("Something changed in the meantime. Look at the state of the post now."))
    Decision.objects.create(delivery=delivery, user=by, verb=str(change.value))
    transaction.on_commit(lambda: work.wake_change(delivery.pk, now))

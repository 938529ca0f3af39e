"""After an unclear answer: ask the network whether the post is there, before anything else."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.connections import actions as connections
from waypost.kit.secrets import UnreadableSecret
from waypost.providers.base import Lookup, Published, Publishes
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.publishing import parts, patience
from waypost.publishing.limits import Limits
from waypost.publishing.loading import in_its_language
from waypost.publishing.models import DELIVERY, Delivery, Status
from waypost.publishing.publisher import confirm_published, renewed
from waypost.publishing.running import NoClearAnswer, Run


@in_its_language
def confirm(delivery: Delivery) -> None:
    """Look for one unconfirmed delivery; does nothing for any other."""
    now = timezone.now()
    if delivery.status != Status.UNCONFIRMED or delivery.due_at > now:
        return
    # Two sweeps may ask for the same look-up: the one that moves due_at does it.
    next_at = now + patience.next_look(delivery.sent_at or now, now)
    waiting = Delivery.objects.filter(
        pk=delivery.pk, status=Status.UNCONFIRMED, due_at=delivery.due_at
    )
    if not waiting.update(due_at=next_at):
        return
    answer = _look(delivery)
    if isinstance(answer, Published):
        confirm_published(delivery, Status.UNCONFIRMED, answer)
    elif answer is not None:
        _decide(delivery, answer, now)


def _look(delivery: Delivery) -> Published | Lookup | None:
    """What the network says; ``None`` when it cannot be asked now."""
    provider = delivery.connection.provider
    assert isinstance(provider, Publishes)
    variant = parts.variant_of(delivery)
    if variant is None:
        return Lookup.CANNOT_TELL
    limits = Limits(delivery.connection)
    try:
        credentials = connections.fresh_credentials(delivery.connection)
        run = Run(delivery, provider, parts.post_of(delivery, variant), credentials, limits)
        return run.call(
            "find",
            lambda: provider.find(
                run.post,
                credentials,
                key=delivery.client_key,
                staged=delivery.staged,
                sent_at=delivery.first_sent_at or delivery.due_at,
            ),
        )
    except Disconnected as answer:
        if not renewed(delivery):
            connections.mark_broken(delivery.connection, reason=answer.message)
    except (Busy, Refused, UnreadableSecret, NoClearAnswer):
        pass
    finally:
        limits.keep()
    return None


def _decide(delivery: Delivery, answer: Lookup, now: datetime) -> None:
    """Send again only where that cannot double the post; otherwise ask the owner."""
    if _may_send_again(delivery, answer, now):
        again = patience.after_busy(delivery.tries, None) if delivery.tries > 1 else timedelta()
        DELIVERY.move(
            delivery,
            Status.UNCONFIRMED,
            Status.SCHEDULED,
            due_at=now + again,
            reason=_("The post was not there. Waypost sends it again."),
        )
    elif answer is Lookup.CANNOT_TELL and not may_still_arrive(delivery, now):
        Delivery.objects.filter(pk=delivery.pk, status=Status.UNCONFIRMED).update(
            due_at=now + patience.UNTIL_DECIDED,
            reason=_(
                "The network cannot tell whether the post is there. "
                "Please look, and say what you found."
            ),
        )


def _may_send_again(delivery: Delivery, answer: Lookup, now: datetime) -> bool:
    """The key stops a double, or the network proved that nothing is there or can still come."""
    provider = delivery.connection.provider
    assert isinstance(provider, Publishes)
    first = delivery.first_sent_at or now
    if parts.variant_of(delivery) is None:
        return False
    if may_still_arrive(delivery, now):
        return False
    safe = provider.same_key_is_safe(delivery.connection.settings, sent_at=first, now=now)
    return safe or answer is Lookup.ABSENT


def may_still_arrive(delivery: Delivery, now: datetime) -> bool:
    """Whether the network may still be at work on the latest call, and a second make two.

    Keys do not help against that: a network looks for one when a call comes in, and does
    not see the call that has come in and is not done.
    """
    provider, last = delivery.connection.provider, delivery.sent_at
    if last is None or not isinstance(provider, Publishes) or provider.keys_are_names:
        return False
    return now - last < patience.SETTLED

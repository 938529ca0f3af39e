"""Takes one delivery as far as it goes. Never sends twice, never loses one.

Nothing here is inside a transaction: each move of the row is committed on its own, so
that a process may die between any two lines. What the row then says decides what the
next worker does (docs/architecture.md, "Never twice, never lost").
"""

import logging
import uuid
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.connections import actions as connections
from waypost.connections.models import Health
from waypost.content import actions as content
from waypost.content.calendar import clock_of
from waypost.content.models import Status as ItemStatus
from waypost.content.models import Variant
from waypost.kit.secrets import UnreadableSecret
from waypost.providers.base import HandsOver, Published, Publishes
from waypost.providers.errors import Busy, Disconnected, Processing, Refused
from waypost.publishing import parts, patience
from waypost.publishing.holding import in_turn, must_wait
from waypost.publishing.lasting import lasting
from waypost.publishing.limits import Limits
from waypost.publishing.loading import in_its_language
from waypost.publishing.models import DELIVERY, LEASE, Delivery, Status
from waypost.publishing.running import LostLease, NoClearAnswer, Run
from waypost.publishing.settling import settle

log = logging.getLogger(__name__)


@in_its_language
def deliver(delivery: Delivery) -> bool:
    """Send one delivery that is due; does nothing when it is not, or is in other hands.

    False when it is out and nothing may follow it; after anything else somebody may have to
    come back to it, or to a part after it.
    """
    if delivery.status != Status.SCHEDULED or delivery.due_at > timezone.now():
        return True
    variant = parts.variant_of(delivery)
    if not _still_wanted(delivery, variant):
        return True
    limits = Limits(delivery.connection)
    if _cannot_start(delivery) or must_wait(delivery, limits) or not _take(delivery):
        return True
    run = _prepare(delivery, variant, limits)
    if run is None:
        return True
    try:
        _stage(run)
        _send(run)
    except LostLease:
        log.info("delivery %s was taken over by another worker", delivery.pk)
    finally:
        limits.keep()
    return run.goes_on or delivery.status != Status.PUBLISHED


def _still_wanted(delivery: Delivery, variant: Variant | None) -> bool:
    """Follow what the owner did with the item since this delivery was armed."""
    item = delivery.item
    if item.status == ItemStatus.SCHEDULED and item.due_at and item.due_at > timezone.now():
        Delivery.objects.filter(pk=delivery.pk, status=Status.SCHEDULED).update(due_at=item.due_at)
        return False
    wanted = item.status in (ItemStatus.SCHEDULED, ItemStatus.PUBLISHING, ItemStatus.FAILED)
    if not wanted or variant is None:
        DELIVERY.move(delivery, Status.SCHEDULED, Status.WITHDRAWN)
        parts.call_up(delivery)
        settle(item)
        return False
    return True


def _cannot_start(delivery: Delivery) -> bool:
    """Deliveries of an account that is not there, or not let in."""
    connection = delivery.connection
    if connection.health == Health.REMOVED:
        return _end(delivery, Status.FAILED, _("This account was removed. Connect it again."))
    if connection.health == Health.BROKEN:
        reason = connection.broken_reason or _("The account must be connected again.")
        return _end(delivery, Status.BLOCKED, reason)
    return False


def _end(delivery: Delivery, status: str, reason: str) -> bool:
    content.start_publishing(delivery.item)
    DELIVERY.move(delivery, Status.SCHEDULED, status, reason=reason)
    settle(delivery.item)
    return True


def _take(delivery: Delivery) -> bool:
    """Claim the delivery for this worker, in its turn; a post by hand goes to a person."""
    with in_turn(delivery) as it_may:
        if not it_may:
            return False
        if isinstance(delivery.connection.provider, HandsOver):
            _end(delivery, Status.YOUR_TURN, "")
            return False
        return DELIVERY.move(
            delivery,
            Status.SCHEDULED,
            Status.STAGING,
            lease_token=str(uuid.uuid4()),
            lease_until=timezone.now() + LEASE,
            tries=delivery.tries + 1,
            hold="",
            reason="",
        )


def _prepare(delivery: Delivery, variant: Variant | None, limits: Limits) -> Run | None:
    """Gather what a claimed delivery needs to be sent.

    ``variant`` was read after the item. It is read anew unless the item is closed at the
    very version that was read before it: whoever changes words or pictures counts that up.
    """
    as_seen = content.start_publishing(delivery.item)
    if not as_seen and not _still_begun(delivery):
        return None
    provider = delivery.connection.provider
    assert isinstance(provider, Publishes)
    try:
        credentials = connections.fresh_credentials(delivery.connection)
    except Busy as answer:
        _put_back(delivery, answer)
        return None
    except (Disconnected, UnreadableSecret) as fault:
        _block(delivery, Status.STAGING, getattr(fault, "message", ""))
        return None
    if not as_seen:
        variant = parts.variant_of(delivery)
    if variant is None:
        _give_back(delivery, Status.WITHDRAWN, "")
        return None
    try:
        post = parts.post_of(delivery, variant)
    except Refused as answer:
        _give_back(delivery, Status.FAILED, answer.message)
        return None
    run = Run(delivery, provider, post, credentials, limits)
    run.post = lasting(post, run.beat)
    run.goes_on = bool(delivery.part or parts.numbers(variant, provider.id))
    return run


def _still_begun(delivery: Delivery) -> bool:
    """Whether an item that could not be closed to its owner is closed, or may wait.

    They may have acted on it since it was loaded, or another channel was quicker.
    """
    item = delivery.item
    item.refresh_from_db()
    if item.status in (ItemStatus.PUBLISHING, ItemStatus.PUBLISHED):
        return True
    if item.status in (ItemStatus.SCHEDULED, ItemStatus.FAILED):
        holding = {"lease_token": delivery.lease_token}
        due_at = max(item.due_at or timezone.now(), timezone.now())
        DELIVERY.move(delivery, Status.STAGING, Status.SCHEDULED, holding=holding, due_at=due_at)
    else:
        _give_back(delivery, Status.WITHDRAWN, "")
    return False


def _give_back(delivery: Delivery, status: str, reason: str) -> None:
    """A claimed delivery that cannot be sent, for a reason that lies with us."""
    holding = {"lease_token": delivery.lease_token}
    DELIVERY.move(delivery, Status.STAGING, status, holding=holding, reason=reason)
    parts.call_up(delivery)
    settle(delivery.item)


def _put_back(delivery: Delivery, answer: Busy) -> None:
    """The access cannot be renewed now: the network did not say yes, and not no."""
    if patience.is_over(delivery.wanted_at, timezone.now()) and not delivery.was_unclear:
        reason = _("The network did not renew the access to the account for a whole day.")
        _give_back(delivery, Status.FAILED, reason)
        return
    wait = patience.after_busy(delivery.tries, answer.after)
    DELIVERY.move(
        delivery,
        Status.STAGING,
        Status.SCHEDULED,
        holding={"lease_token": delivery.lease_token},
        due_at=timezone.now() + wait,
        reason=_("The network asked to wait. Waypost tries again by itself."),
    )


def _block(delivery: Delivery, old: str, reason: str) -> None:
    reason = reason or _("The stored access cannot be read any more. Connect the account again.")
    connections.mark_broken(delivery.connection, reason=reason)
    DELIVERY.move(
        delivery,
        old,
        Status.BLOCKED,
        holding={"lease_token": delivery.lease_token},
        reason=reason,
    )
    settle(delivery.item)


def _stage(run: Run) -> None:
    """Do what can be done before anything is visible; each result is stored at once."""
    delivery = run.delivery
    for step in run.provider.steps(run.post):
        if step in delivery.staged:
            continue
        done = dict(delivery.staged)
        try:
            result = run.call(
                step,
                lambda step=step, done=done: run.provider.stage(  # type: ignore[misc]
                    step, run.post, run.credentials, done
                ),
            )
        except NoClearAnswer:
            _answer(run, Status.STAGING, Busy(_("The network did not answer.")))
        except Processing as answer:
            _come_back(run, answer)
        except (Busy, Refused, Disconnected) as answer:
            _answer(run, Status.STAGING, answer)
        else:
            run.keep(staged={**done, step: result}, processing_since=None)
            continue
        raise LostLease


def _come_back(run: Run, answer: Processing) -> None:
    """The network works on what was uploaded: ask again later, and hold no worker meanwhile."""
    delivery, now = run.delivery, timezone.now()
    since = delivery.processing_since or now
    if now - since > patience.PROCESSING:
        reason = _(
            "The network was still working on the video or picture after two hours. "
            "Try again, or choose a smaller file."
        )
        run.move(Status.STAGING, Status.FAILED, reason=reason)
        settle(delivery.item)
        return
    run.move(
        Status.STAGING,
        Status.SCHEDULED,
        due_at=now + max(patience.next_poll(since, now), answer.after or timedelta()),
        processing_since=since,
        tries=max(delivery.tries - 1, 0),  # nothing failed
        reason=str(answer),
    )


def _send(run: Run) -> None:
    """The one irreversible call, between two commits."""
    delivery = run.delivery
    key = delivery.client_key or run.provider.new_key()
    try:
        # Before the key counts as used: a call that is not made has no time of sending.
        run.limits.spend(run.provider.price("publish"))
    except Busy as answer:
        _answer(run, Status.STAGING, answer)
        return
    run.move(
        Status.STAGING,
        Status.SENDING,
        client_key=key,
        first_sent_at=delivery.first_sent_at or timezone.now(),
        sent_at=timezone.now(),
        lease_until=timezone.now() + LEASE,
    )
    try:
        published = run.call(
            "publish",
            lambda: run.provider.publish(
                run.post, run.credentials, key=key, staged=delivery.staged
            ),
            paid=True,
        )
    except NoClearAnswer:
        run.move(
            Status.SENDING,
            Status.UNCONFIRMED,
            due_at=timezone.now() + patience.FIRST_LOOK,
            was_unclear=True,
            reason=_("The network gave no clear answer. Waypost is looking whether it is there."),
        )
        settle(delivery.item)
    except (Busy, Refused, Disconnected) as answer:
        _answer(run, Status.SENDING, answer)
    else:
        confirm_published(delivery, Status.SENDING, published, goes_on=run.goes_on)


def _answer(run: Run, old: str, answer: Busy | Refused | Disconnected) -> None:
    """Move the row as the network's answer asks."""
    delivery, now = run.delivery, timezone.now()
    # What may be out already is not given up before it was sent again: a retry of a failed
    # delivery gets a new key, and nothing could then keep a double away.
    keeps_on = delivery.was_unclear and old == Status.STAGING
    if isinstance(answer, Busy) and (
        keeps_on or not patience.is_over(delivery.wanted_at, now, answer.after)
    ):
        wait = patience.after_busy(delivery.tries, answer.after)
        reason = str(answer) or _("The network asked to wait. Waypost tries again by itself.")
        run.move(old, Status.SCHEDULED, due_at=now + wait, reason=reason)
    elif delivery.was_unclear and old == Status.SENDING:
        _ask_owner(run)
    elif isinstance(answer, Busy):
        run.move(old, Status.FAILED, reason=_too_long(delivery, now, answer))
    elif isinstance(answer, Refused):
        run.move(old, Status.FAILED, reason=answer.message)
    elif not patience.is_over(delivery.wanted_at, now) and renewed(delivery):
        run.move(old, Status.SCHEDULED, due_at=now + patience.after_renewal(delivery.tries))
    else:
        _block(delivery, old, answer.message)
    settle(delivery.item)


def _too_long(delivery: Delivery, now: datetime, answer: Busy) -> str:
    if answer.after is None or patience.is_over(delivery.wanted_at, now):
        return _("The network did not take the post for a whole day.")
    until = clock_of(now + answer.after, delivery.item.zone)
    words = _("The network takes nothing before %(time)s. Choose a new time after that.")
    return words % {"time": until}


def renewed(delivery: Delivery) -> bool:
    """Whether the refused access may work at the next try."""
    try:
        return connections.renew_now(delivery.connection)
    except Busy:
        return True  # not told yet: the access is asked for again with the next try


def _ask_owner(run: Run) -> None:
    """Sending again was refused, perhaps because the first try did arrive: only a person knows."""
    run.move(
        Status.SENDING,
        Status.UNCONFIRMED,
        due_at=timezone.now() + patience.UNTIL_DECIDED,
        reason=_(
            "The network refused a second try after a first one without an answer, "
            "so the post may be there already. Please look, and say what you found."
        ),
    )


def confirm_published(
    delivery: Delivery, old: str, published: Published, *, goes_on: bool = True
) -> bool:
    """Commit the remote id; True when this caller was the one that did.

    ``goes_on``: whether something may wait for it. Called up before the item is closed.
    """
    moved = DELIVERY.move(
        delivery,
        old,
        Status.PUBLISHED,
        remote_id=published.remote_id,
        remote_url=published.url,
        published_at=timezone.now(),
        reason="",
    )
    if goes_on:
        parts.call_up(delivery)
    settle(delivery.item)
    return moved


@in_its_language
def recover(delivery: Delivery) -> None:
    """A worker died with this delivery in its hands: put the row where it is safe."""
    now = timezone.now()
    if delivery.lease_until is None or delivery.lease_until > now:
        return
    holding = {"lease_token": delivery.lease_token}
    if delivery.status == Status.STAGING:
        DELIVERY.move(delivery, Status.STAGING, Status.SCHEDULED, holding=holding, due_at=now)
    elif delivery.status == Status.SENDING:
        DELIVERY.move(
            delivery,
            Status.SENDING,
            Status.UNCONFIRMED,
            holding=holding,
            due_at=now,
            was_unclear=True,
            reason=_("Sending was interrupted. Waypost is looking whether the post is there."),
        )
        settle(delivery.item)

"""Posts that became late while their account was broken: a person says what becomes of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.content import actions as content
from waypost.content.calendar import clock_of
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.kit.errors import Refusal
from waypost.publishing import actions, parts
from waypost.publishing.models import DELIVERY, Decision, Delivery, DeliveryQuerySet, Hold, Status
from waypost.publishing.settling import settle

GIVEN_UP, MOVED, TAKEN_BACK = "give up", "move", "take back"


@dataclass
class Outcome:
    """What was done, and why not to the others."""

    done: list[Delivery] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def undoable(self) -> list[Delivery]:
        """Those that can go back to waiting: their item is not closed by another channel."""
        return [each for each in self.done if _item_status(each) != ItemStatus.PUBLISHED]


def late_posts(business: Business) -> DeliveryQuerySet:
    """In the order of the times that they missed, with what a page shows of them."""
    rows = Delivery.objects.late(timezone.now()).filter(item__business=business)
    return rows.select_related("item__business", "connection__business").order_by(
        "item__due_at", "pk"
    )


def send_all(deliveries: Iterable[Delivery], *, by: User) -> Outcome:
    """Send each at once; one whose account is still broken is refused with a sentence."""
    return _each(deliveries, lambda each: actions.retry(each, by=by))


def move_all(
    deliveries: Iterable[Delivery], *, due_at: datetime, gap: timedelta, by: User
) -> Outcome:
    """Send the first at ``due_at`` (aware), and each further one ``gap`` later.

    Raises ``Refusal`` for a time that is past.
    """
    if due_at <= timezone.now():
        raise Refusal(_("This time is past. Choose a later one."), field="due_time")
    moments = iter(range(10**6))
    return _each(deliveries, lambda each: _move(each, due_at + gap * next(moments), by))


def give_up_all(deliveries: Iterable[Delivery], *, by: User) -> Outcome:
    """None of them goes out on its channel."""
    return _each(deliveries, lambda each: _give_up(each, by))


def take_back_all(business: Business, picked: Iterable[int], *, by: User) -> int:
    """Undo moving and giving up: the posts wait for a decision again. Answers how many."""
    rows = Delivery.objects.filter(item__business=business, pk__in=picked)
    return sum(_take_back(each, by) for each in rows.select_related("item__business"))


def _each(deliveries: Iterable[Delivery], act: Callable[[Delivery], None]) -> Outcome:
    outcome = Outcome()
    for delivery in deliveries:
        try:
            act(delivery)
        except Refusal as refusal:
            outcome.refused.append(f"{delivery.item.title}: {refusal.message}")
        else:
            outcome.done.append(delivery)
    return outcome


def _move(delivery: Delivery, due_at: datetime, by: User) -> None:
    with translation.override(delivery.item.business.language):
        reason = _("Moved to %(time)s.") % {"time": clock_of(due_at, delivery.item.business.zone)}
    _change(
        delivery,
        Status.BLOCKED,
        Status.SCHEDULED,
        due_at=due_at,
        held_until=due_at,
        hold=Hold.MOVED,
        reason=reason,
    )
    Decision.objects.create(delivery=delivery, user=by, verb=MOVED)


def _give_up(delivery: Delivery, by: User) -> None:
    _change(delivery, Status.BLOCKED, Status.WITHDRAWN)
    Decision.objects.create(delivery=delivery, user=by, verb=GIVEN_UP)
    parts.call_up(delivery)
    settle(delivery.item)


def _change(delivery: Delivery, old: Status, new: Status, **changes: Any) -> None:
    if not DELIVERY.move(delivery, old, new, **changes):
        raise Refusal(_("Something changed in the meantime. Look at the state of the post now."))


def _take_back(delivery: Delivery, by: User) -> bool:
    changes: dict[str, Any] = {}
    if delivery.status == Status.SCHEDULED and delivery.hold == Hold.MOVED:
        changes = {"hold": "", "held_until": None, "due_at": delivery.item.due_at or timezone.now()}
    elif not (_was_given_up(delivery) and content.reopen(delivery.item)):
        return False
    was_given_up = delivery.status == Status.WITHDRAWN
    if not DELIVERY.move(delivery, delivery.status, Status.BLOCKED, **changes):
        return False
    if was_given_up:
        _wait_again(delivery)
    Decision.objects.create(delivery=delivery, user=by, verb=TAKEN_BACK)
    return True


def _wait_again(delivery: Delivery) -> None:
    """What was to follow it went with it, and comes back with it."""
    rows = Delivery.objects.of_channel(delivery).filter(part__gt=delivery.part)
    for row in rows.filter(status=Status.WITHDRAWN):
        DELIVERY.move(row, Status.WITHDRAWN, Status.WAITING)


def _was_given_up(delivery: Delivery) -> bool:
    last = delivery.decisions.order_by("-pk").values_list("verb", flat=True).first()
    return delivery.status == Status.WITHDRAWN and last == GIVEN_UP


def _item_status(delivery: Delivery) -> str:
    return Item.objects.values_list("status", flat=True).get(pk=delivery.item_id)

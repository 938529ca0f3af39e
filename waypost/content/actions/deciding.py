"""What people decide about an item: review, time, cancelling.

``who`` is what ``by`` may do here; whoever decides about many items at once asks it once.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Deed, Thing, User
from waypost.board import actions as board
from waypost.board.models import Status as Card
from waypost.content.actions import approving, telling
from waypost.content.actions.approving import Standing
from waypost.content.models import ITEM, Item, Status
from waypost.content.posts import problems
from waypost.kit.errors import Refusal

GRACE = timedelta(minutes=1)
"""A time this little past is "now": the person was reading the page meanwhile."""

_GUARDED = (Status.APPROVED, Status.SCHEDULED)


def submit_for_review(item: Item, *, by: User, who: Standing | None = None) -> None:
    """Ask somebody to approve it. Raises ``Refusal``."""
    _require(item, who or Standing(item.business, by), "content.write")
    if item.status == Status.IDEA:
        _move(item, Status.DRAFT)
    _move(item, Status.IN_REVIEW)
    telling.ask_for_review(item, approving.asked_of(item), by=by)
    _move_card(item, Card.REVIEW, by)


def approve(item: Item, *, by: User, who: Standing | None = None) -> None:
    """Raises ``Refusal`` for the author's own item where somebody else could approve it, and
    for prices and giveaways unless ``by`` is the lead.
    """
    who = who or Standing(item.business, by)
    _require(item, who, "content.approve")
    if reason := approving.why_not_by(item, who):
        raise reason
    _move(item, Status.APPROVED)
    approving.record(item, by=by)
    telling.decided(item, Deed.APPROVED, by=by)
    _move_card(item, Card.DONE, by)


def back_to_draft(item: Item, *, by: User, who: Standing | None = None) -> None:
    """Take it out of review, approval or the schedule. Raises ``Refusal``."""
    _require(item, who or Standing(item.business, by), _permission_to_touch(item))
    _move(item, Status.DRAFT)
    telling.decided(item, Deed.SENT_BACK, by=by)
    _move_card(item, Card.IN_PROGRESS, by)


def cancel(item: Item, *, by: User, who: Standing | None = None) -> None:
    """It shall not go out; it can be restored. Raises ``Refusal``."""
    _require(item, who or Standing(item.business, by), _permission_to_touch(item))
    _move(item, Status.CANCELLED)
    record(item.business, Thing.POST, Deed.CANCELLED, by=by, on=item)


def restore(item: Item, *, by: User, who: Standing | None = None) -> None:
    """Make a cancelled item a draft again. Raises ``Refusal``."""
    _require(item, who or Standing(item.business, by), "content.write")
    _move(item, Status.DRAFT)


def schedule(item: Item, *, due_at: datetime | None, by: User, who: Standing | None = None) -> None:
    """Let it go out at ``due_at`` (aware). Raises ``Refusal`` with the reason in words."""
    who = who or Standing(item.business, by)
    _require(item, who, "content.approve")
    if due_at is None:
        raise Refusal(_("Choose the day and time when it shall go out."), field="due_at")
    if item.status == Status.IN_REVIEW:
        raise Refusal(_("This item is in review. Approve it first, then schedule it."))
    if reason := _why_not_yet(item, who) or why_not_scheduled(item, due_at):
        raise reason
    if item.status == Status.SCHEDULED:
        _set_time(item, due_at)
        return
    if item.status == Status.IDEA:
        _move(item, Status.DRAFT)
    _move(item, Status.SCHEDULED, due_at=due_at, time_zone=item.business.time_zone)
    record(item.business, Thing.POST, Deed.SCHEDULED, by=by, on=item)


def _why_not_yet(item: Item, who: Standing) -> Refusal | None:
    """Drafts that somebody else has to see first, and approvals of what was changed since."""
    if item.status in (Status.DRAFT, Status.IDEA):
        return approving.why_not_straight(item, who)
    if item.status == Status.APPROVED and not approving.is_current(item):
        return approving.why_not_straight(item, who)
    return None


def unschedule(item: Item, *, by: User) -> None:
    """Take it out of the schedule, back to draft. Raises ``Refusal``."""
    _require(item, Standing(item.business, by), "content.approve")
    if item.status != Status.SCHEDULED:
        raise _too_late()
    _move(item, Status.DRAFT)


def move(item: Item, *, due_at: datetime, by: User) -> None:
    """Give it another time (aware) and leave its state. Raises ``Refusal``."""
    _require(item, Standing(item.business, by), _permission_to_touch(item))
    if not item.is_movable:
        raise Refusal(_("This item cannot be moved now. Its own page says what you can do."))
    if item.status == Status.SCHEDULED:
        _refuse_past(due_at)
    _set_time(item, due_at)


def why_not_scheduled(item: Item, due_at: datetime) -> Refusal | None:
    """The first reason why the saved item cannot go out at ``due_at``."""
    try:
        _refuse_past(due_at)
    except Refusal as refusal:
        return refusal
    if not item.variants.all():
        return Refusal(_("Choose at least one channel first: edit the item."), field="channels")
    for connection, problem in problems(item):
        return Refusal(f"{connection}: {problem.message}", field="channels")
    return None


def may(item: Item, by: User, permission: str) -> bool:
    """Whether ``by`` holds ``permission`` in the item's business."""
    return Standing(item.business, by).may(item, permission)


def card_key(item: Item) -> str:
    """What the board calls the item on the cards that belong to it."""
    return f"content/item/{item.pk}"


def _move_card(item: Item, to: str, by: User) -> None:
    """One source of truth: the card goes where the item went."""
    board.follow(item.business, card_key(item), to=to, by=by)


def _require(item: Item, who: Standing, permission: str) -> None:
    if not who.may(item, permission):
        raise Refusal(_("Your role does not allow this. Ask an editor or the owner."))


def _permission_to_touch(item: Item) -> str:
    return "content.approve" if item.status in _GUARDED else "content.write"


def _refuse_past(due_at: datetime) -> None:
    if due_at < timezone.now() - GRACE:
        raise Refusal(_("This time is past. Choose a later one, or publish now."), field="due_at")


def _set_time(item: Item, due_at: datetime) -> None:
    changes = {
        "due_at": due_at,
        "time_zone": item.business.time_zone,
        "version": item.version + 1,
        "updated_at": timezone.now(),
    }
    rows = Item.objects.filter(pk=item.pk, status=item.status, version=item.version)
    if not rows.update(**changes):
        raise _changed()
    for name, value in changes.items():
        setattr(item, name, value)


def _move(item: Item, new: Status, **changes: object) -> None:
    """Move the version that the person saw, or refuse in words."""
    # While it is publishing a network may hold it: only publishing itself moves it then.
    if item.status == Status.PUBLISHING or not ITEM.allows(item.status, new):
        raise _too_late()
    changes |= {"version": item.version + 1, "updated_at": timezone.now()}
    if not ITEM.move(item, item.status, new, holding={"version": item.version}, **changes):
        raise _changed()


def _too_late() -> Refusal:
    return Refusal(_("This is not possible in the item's present state. Look at it again."))


def _changed() -> Refusal:
    return Refusal(_("Somebody changed this item a moment ago. Look at it again, then decide."))

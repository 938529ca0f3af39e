"""What one person has to do, in all their businesses, on one calm page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from waypost.accounts.models import Business, Member, User
from waypost.board.models import Status, Task
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.publishing.models import ATTENTION, Delivery
from waypost.publishing.models import Status as DeliveryStatus
from waypost.talk.models import Mention

AHEAD = dt.timedelta(days=7)
MOST = 30  # rows of one kind that are read
TO_WRITE = (ItemStatus.IDEA, ItemStatus.DRAFT)


@dataclass
class Share:
    """What of one business is theirs; every list is read already."""

    member: Member
    late: list[Task] = field(default_factory=list)
    today: list[Task] = field(default_factory=list)
    soon: list[Task] = field(default_factory=list)
    undated: list[Task] = field(default_factory=list)
    to_review: list[Task] = field(default_factory=list)
    to_write: list[Item] = field(default_factory=list)
    to_approve: list[Item] = field(default_factory=list)
    by_hand: list[Delivery] = field(default_factory=list)
    to_confirm: list[Delivery] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def business(self) -> Business:
        return self.member.business

    @property
    def count(self) -> int:
        return sum(len(value) for name, value in vars(self).items() if name != "member")

    @property
    def now(self) -> int:
        """How many of them cannot wait."""
        tasks = len(self.late) + len(self.today) + len(self.to_review)
        posts = len(self.to_approve) + len(self.by_hand) + len(self.to_confirm)
        return tasks + posts + len(self.mentions)


@dataclass
class MyDay:
    user: User
    shares: list[Share]

    @property
    def busy(self) -> list[Share]:
        return [share for share in self.shares if share.count]

    @property
    def is_free(self) -> bool:
        return not self.busy

    @property
    def now(self) -> int:
        return sum(share.now for share in self.shares)


def gather(user: User) -> MyDay:
    """Six queries, however many businesses there are."""
    members = user.memberships.select_related("business").order_by("business__name")
    shares = {member.business_id: Share(member) for member in members}
    for share in shares.values():
        share.member.user = user
    _tasks(user, shares)
    _items(user, shares)
    _deliveries(shares)
    unseen = Mention.objects.filter(
        user=user, seen_at=None, comment__removed_at=None, comment__business__in=shares
    )
    for mention in unseen.select_related("comment__author").order_by("-comment_id")[:MOST]:
        shares[mention.comment.business_id].mentions.append(mention)
    return MyDay(user, list(shares.values()))


def _tasks(user: User, shares: dict[int, Share]) -> None:
    mine = Q(assignee=user) & ~Q(status=Status.REVIEW)
    theirs = Q(reviewer=user, status=Status.REVIEW)
    rows = Task.objects.on_board().open().filter(business__in=shares).filter(mine | theirs)
    ordered = rows.exclude(status=Status.ON_HOLD).order_by("due_date", "position")
    for task in ordered[: 4 * MOST]:
        share = shares[task.business_id]
        day = timezone.localdate(timezone=share.business.zone)
        _list_for(task, share, day).append(task)


def _list_for(task: Task, share: Share, day: dt.date) -> list[Task]:
    if task.status == Status.REVIEW:
        return share.to_review
    if task.due_date is None or task.due_date > day + AHEAD:
        # What is far off stays on the board; what was begun is shown though it has no day.
        return share.undated if task.status == Status.IN_PROGRESS else []
    if task.due_date < day:
        return share.late
    return share.today if task.due_date == day else share.soon


def _items(user: User, shares: dict[int, Share]) -> None:
    until = timezone.now() + AHEAD
    mine = Q(owner=user, status__in=TO_WRITE) & (Q(due_at=None) | Q(due_at__lt=until))
    review = Q(status=ItemStatus.IN_REVIEW) & ~Q(author=user)
    rows = Item.objects.filter(business__in=shares).filter(mine | review).order_by("due_at", "pk")
    for item in rows[: 4 * MOST]:
        share = shares[item.business_id]
        if item.status != ItemStatus.IN_REVIEW:
            share.to_write.append(item)
        elif share.member.may("content.approve"):
            share.to_approve.append(item)


def _deliveries(shares: dict[int, Share]) -> None:
    rows = Delivery.objects.filter(item__business__in=shares, status__in=ATTENTION)
    for delivery in _ordered(rows.select_related("item", "connection")):
        share = shares[delivery.item.business_id]
        if delivery.status == DeliveryStatus.YOUR_TURN:
            if share.member.may("publishing.hand_over"):
                share.by_hand.append(delivery)
        elif share.member.may("publishing.resolve"):
            share.to_confirm.append(delivery)


def _ordered(rows: Iterable[Delivery]) -> list[Delivery]:
    return sorted(rows, key=lambda each: each.due_at)[: 2 * MOST]

"""Who may approve what, and whether what was approved still stands as it was seen."""

import hashlib
import json
import re
from functools import cached_property

from django.utils.translation import gettext as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, HatHolder, Member, User
from waypost.accounts.permissions import PERMISSIONS, Narrowing, Role
from waypost.content.models import Approval, Item, Kind
from waypost.kit.errors import Refusal

_PRICE = re.compile(
    r"\d\s*(?:€|\$|£|EUR\b|USD\b|GBP\b|CHF\b)"
    r"|(?:€|\$|£)\s*\d"
    r"|[-−–]\s?\d+\s*%"
    r"|\d\s*%\s*(?:off|discount|cheaper|popust\w*|ceneje|Rabatt)",
    re.IGNORECASE,
)
"""A price, or how much cheaper something is; "100 % cotton" is neither."""


class Standing:
    """What a person may decide in a business; each fact is asked once, for many items."""

    def __init__(self, business: Business, user: User) -> None:
        self.business, self.user = business, user

    @cached_property
    def member(self) -> Member | None:
        return self.business.members.filter(user=self.user).first()

    @cached_property
    def is_lead(self) -> bool:
        return is_lead(self.business, self.user)

    @cached_property
    def is_owner(self) -> bool:
        return is_owner(self.business, self.user)

    @cached_property
    def has_colleague(self) -> bool:
        """Whether somebody else could approve."""
        return len(approvers(self.business)) > 1

    def may(self, item: Item, permission: str) -> bool:
        """Whether the person holds ``permission``, on every channel of ``item``."""
        if self.member is None or not self.member.may(permission):
            return False
        if self.member.narrowed_to != Narrowing.CHANNELS:
            return True
        return self.member.may_use_all(each.connection_id for each in item.variants.all())


def fingerprint(item: Item) -> str:
    """SHA-256 of everything that the world would see of the item; its moment is not part of it."""
    variants = sorted(item.variants.all(), key=lambda each: each.connection_id)
    seen = [
        item.kind,
        item.text,
        item.link,
        item.language,
        item.send_anyway,
        [[v.connection_id, v.text, v.parts, v.comment, v.options] for v in variants],
        [[each.asset_id, each.alt] for each in item.pictures.all()],
    ]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def record(item: Item, *, by: User | None = None, guest: str = "") -> Approval:
    """Keep who approved, and what it was that they saw."""
    return Approval.objects.create(item=item, fingerprint=fingerprint(item), by=by, guest=guest)


def is_current(item: Item) -> bool:
    """Whether the latest approval saw the item as it is now; True where none is kept."""
    latest = item.approvals.first()
    return latest is None or latest.fingerprint == fingerprint(item)


def approvers(business: Business) -> list[Member]:
    """The members who may approve."""
    roles = [role for role, names in PERMISSIONS.items() if "content.approve" in names]
    members = business.members.filter(role__in=roles).select_related("user")
    return [member for member in members if member.may("content.approve")]


def asked_of(item: Item) -> list[User]:
    """Who is asked to review: the one who was chosen, else everybody who may approve it."""
    if item.reviewer is not None:
        return [item.reviewer]
    channels = list(item.variants.values_list("connection_id", flat=True))
    may_all = (each for each in approvers(item.business) if each.may_use_all(channels))
    return [each.user for each in may_all if each.user_id != item.author_id]


def needs_lead(item: Item) -> bool:
    """Whether it names a price or a discount, or gives something away."""
    if item.kind == Kind.GIVEAWAY:
        return True
    own = [word for v in item.variants.all() for word in (v.text, *v.parts, v.comment)]
    return any(_PRICE.search(text) for text in (item.text, *own))


def is_lead(business: Business, user: User) -> bool:
    """Who wears the hat of the lead, or steps in; while no member does, the owners."""
    holder = HatHolder.objects.filter(business=business, hat=Hat.LEAD).first()
    worn = [each for each in (holder.holder_id, holder.backup_id) if each] if holder else []
    members = business.members.filter(user=user)
    if holder and holder.holder_id:
        return members.filter(pk__in=worn).exists()
    return is_owner(business, user)


def is_owner(business: Business, user: User) -> bool:
    return business.members.filter(user=user, role=Role.OWNER).exists()


def why_not_by(item: Item, who: Standing) -> Refusal | None:
    """Why ``who``, that may approve in general, does not approve this item."""
    if needs_lead(item) and not who.is_lead:
        return Refusal(_("It names a price or gives something away, so the lead approves it."))
    if item.author_id == who.user.pk and who.has_colleague:
        return Refusal(_("You wrote this item, so somebody else approves it. Ask a colleague."))
    return None


def why_not_straight(item: Item, who: Standing) -> Refusal | None:
    """Why ``who`` does not schedule a draft without review.

    The lead has the last word, and so has an owner on what is no matter of the lead.
    """
    if who.is_lead:
        return None
    if not needs_lead(item) and who.is_owner:
        return None
    return why_not_by(item, who)

"""Verbs on people and businesses."""

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from waypost.accounts import log
from waypost.accounts.models import Business, Deed, Member, Thing, User
from waypost.accounts.permissions import Narrowing, Role
from waypost.kit.errors import Refusal


@transaction.atomic
def found_business(
    *, name: str, owner: User, time_zone: str, language: str, is_demo: bool = False
) -> Business:
    """A new business with ``owner`` as its first member."""
    business = Business.objects.create(
        name=name,
        slug=Business.free_slug(name),
        time_zone=time_zone,
        language=language,
        is_demo=is_demo,
    )
    Member.objects.create(business=business, user=owner, role=Role.OWNER)
    return business


SETTINGS = ("name", "time_zone", "language", "currency", "quiet_from", "quiet_until")
GRACES = (0, 7, 14, 30)  # days


def change_business(
    business: Business,
    *,
    name: str,
    time_zone: str,
    language: str,
    currency: str,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    by: User | None,
) -> None:
    """Its address (slug) stays, so that links keep working; posts keep their moment.

    Quiet hours need both ends; without them there are none.
    """
    before = {field: getattr(business, field) for field in SETTINGS}
    business.name, business.time_zone = name, time_zone
    business.language, business.currency = language, currency
    business.quiet_from, business.quiet_until = quiet_from, quiet_until
    business.save(update_fields=SETTINGS)
    _write_down(business, before, by=by)


def _write_down(business: Business, before: Mapping[str, object], *, by: User | None) -> None:
    changes = [
        log.Field(_label(field), old, getattr(business, field)) for field, old in before.items()
    ]
    log.record(business, Thing.BUSINESS, Deed.CHANGED, by=by, on=business, changes=changes)


def _label(field: str) -> str | Promise:
    found = Business._meta.get_field(field)
    assert isinstance(found, models.Field)
    return found.verbose_name


def demand_second_factor(business: Business, *, grace: int | None, by: User) -> None:
    """Everybody needs one after ``grace`` days (one of ``GRACES``); None: nobody needs one.

    A demand that stands already keeps its day. Raises ``ValueError`` for another grace.
    """
    if grace is not None and grace not in GRACES:
        raise ValueError(f"a grace is one of {GRACES} days, not {grace}")
    if grace is not None and business.two_factor_from:
        return
    before = {"two_factor_from": business.two_factor_from}
    today = timezone.localdate(timezone=business.zone)
    business.two_factor_from = None if grace is None else today + timedelta(days=grace)
    business.save(update_fields=["two_factor_from"])
    _write_down(business, before, by=by)


@transaction.atomic
def change_role(member: Member, *, role: str, by: User | None) -> None:
    """Raises ``Refusal`` when the business would be left without an owner.

    An owner is never narrowed.
    """
    if role != Role.OWNER:
        _keep_an_owner(member)
    before, member.role = Role(member.role).label, role
    if role == Role.OWNER:
        member.narrowed_to = ""
    member.save(update_fields=["role", "narrowed_to"])
    field = log.Field(Member._meta.get_field("role").verbose_name, before, Role(role).label)
    log.record(
        member.business, Thing.PERSON, Deed.CHANGED, by=by, on=str(member.user), changes=[field]
    )


def narrow(member: Member, *, to: str, channels: Collection[int] = (), by: User | None) -> None:
    """Leave of their role only what ``to`` (a ``Narrowing``, or empty) allows.

    ``channels`` are keys of accounts at networks. Raises ``Refusal``.
    """
    if to and member.role == Role.OWNER:
        raise Refusal(_("An owner may do everything. Choose another role first."))
    if to == Narrowing.CHANNELS and not channels:
        raise Refusal(_("Choose at least one account."), field="channels")
    before = (member.get_narrowed_to_display(), member.channels)
    member.narrowed_to = to
    member.channels = sorted(channels) if to == Narrowing.CHANNELS else []
    member.save(update_fields=["narrowed_to", "channels"])
    word = Member._meta.get_field("narrowed_to").verbose_name
    after = (member.get_narrowed_to_display(), member.channels)
    pair = zip((word, _ACCOUNTS), before, after, strict=True)
    changes = [log.Field(label, _text(old), _text(new)) for label, old, new in pair]
    on = str(member.user)
    log.record(member.business, Thing.PERSON, Deed.CHANGED, by=by, on=on, changes=changes)


_ACCOUNTS = gettext_noop("accounts")


def _text(value: object) -> str:
    return ", ".join(f"#{each}" for each in value) if isinstance(value, list) else str(value)


@transaction.atomic
def remove_member(member: Member, *, by: User | None) -> None:
    """Take the person out of the business; what they made stays. Raises ``Refusal``."""
    _keep_an_owner(member)
    log.record(member.business, Thing.PERSON, Deed.REMOVED, by=by, on=member.user)
    member.delete()


def was_here(user: User, business: Business) -> date | None:
    """The day on which ``user`` was last taken out of the business; None when never."""
    gone = business.log.filter(thing=Thing.PERSON, deed=Deed.REMOVED, ref=str(user.pk)).first()
    return timezone.localtime(gone.at, business.zone).date() if gone else None


def _keep_an_owner(member: Member) -> None:
    owners = member.business.members.filter(role=Role.OWNER)
    if member.role == Role.OWNER and owners.count() == 1:
        raise Refusal(
            _("A business needs an owner. Make somebody else an owner first."), field="role"
        )

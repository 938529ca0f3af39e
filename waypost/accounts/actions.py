"""Verbs on people and businesses."""

from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
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


@transaction.atomic
def add_person(business: Business, *, name: str, email: str, role: str) -> Member:
    """Make the person a member; an account is made when the e-mail has none.

    A new account has no password until the person sets one (see ``waypost.accounts.invite``).
    Raises ``Refusal`` when they are a member already.
    """
    address = email.strip().lower()
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, None, name=name, language=business.language)
    member, added = Member.objects.get_or_create(
        business=business, user=user, defaults={"role": role}
    )
    if not added:
        raise Refusal(
            _("%(person)s is in this business already.") % {"person": user}, field="email"
        )
    return member


def change_business(
    business: Business,
    *,
    name: str,
    time_zone: str,
    language: str,
    currency: str,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> None:
    """Its address (slug) stays, so that links keep working; posts keep their moment.

    Quiet hours need both ends; without them there are none.
    """
    business.name, business.time_zone = name, time_zone
    business.language, business.currency = language, currency
    business.quiet_from, business.quiet_until = quiet_from, quiet_until
    changed = ["name", "time_zone", "language", "currency", "quiet_from", "quiet_until"]
    business.save(update_fields=changed)


def change_role(member: Member, *, role: str) -> None:
    """Raises ``Refusal`` when the business would be left without an owner."""
    if role != Role.OWNER:
        _keep_an_owner(member)
    member.role = role
    member.save(update_fields=["role"])


def remove_member(member: Member) -> None:
    """Take the person out of the business; what they made stays. Raises ``Refusal``."""
    _keep_an_owner(member)
    member.delete()


def _keep_an_owner(member: Member) -> None:
    owners = member.business.members.filter(role=Role.OWNER)
    if member.role == Role.OWNER and owners.count() == 1:
        raise Refusal(
            _("A business needs an owner. Make somebody else an owner first."), field="role"
        )


def pause(business: Business, *, reason: str, by: User) -> None:
    """Nothing of the business goes out until it is resumed."""
    business.paused_at, business.paused_by, business.pause_reason = timezone.now(), by, reason
    business.save(update_fields=["paused_at", "paused_by", "pause_reason"])


def resume(business: Business) -> None:
    business.paused_at, business.paused_by, business.pause_reason = None, None, ""
    business.save(update_fields=["paused_at", "paused_by", "pause_reason"])

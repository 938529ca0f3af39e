"""Verbs on people and businesses."""

from django.db import transaction
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

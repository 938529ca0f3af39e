"""The first steps on a new installation."""

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal

_LOCK = "home.first-run"


def nobody_lives_here() -> bool:
    """Whether the installation waits for its owner; people of the demo do not count."""
    real = Q(memberships=None) | Q(memberships__business__is_demo=False)
    return not User.objects.filter(real).exists()


def may_found(user: User) -> bool:
    """Whether the person may add a business: the operator, or an owner of one."""
    return user.is_operator or user.memberships.filter(role=Role.OWNER).exists()


def move_in(
    *, name: str, email: str, password: str, business_name: str, time_zone: str, language: str
) -> Business:
    """The first person and their business, once. Raises ``Refusal`` afterwards."""
    # Two people may send the page at the same moment; only one becomes the owner.
    if not cache.add(_LOCK, True, timeout=60):
        raise Refusal(_("Somebody else is setting up this installation right now."))
    try:
        return _move_in_alone(name, email, password, business_name, time_zone, language)
    finally:
        cache.delete(_LOCK)


@transaction.atomic
def _move_in_alone(
    name: str, email: str, password: str, business_name: str, time_zone: str, language: str
) -> Business:
    if not nobody_lives_here():
        raise Refusal(_("This installation has an owner already. Sign in instead."))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refusal(
            _("A person of the demo business has this e-mail. Use another."), field="email"
        )
    owner = User.objects.create_user(
        email, password, name=name, language=language, is_operator=True
    )
    return found_business(name=business_name, owner=owner, time_zone=time_zone, language=language)

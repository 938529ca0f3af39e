"""The link with which a new person sets their password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from waypost.accounts.models import Business, Member, User


def may_be_invited(member: Member) -> bool:
    """Whether an owner may be shown a link for the person.

    Only while they have no password and are in no other business: whoever holds the link
    becomes that person.
    """
    user = member.user
    return not user.has_usable_password() and user.memberships.count() == 1


def link(user: User) -> str:
    """Full address; it ends when a password was set, or after three days."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return f"{settings.PUBLIC_URL}{path}"


def sends_mail() -> bool:
    """Whether the operator told Waypost how to send e-mail."""
    return "console" not in settings.EMAIL_BACKEND


def mail(user: User, business: Business, address: str) -> None:
    """Send the link in the person's language."""
    with override(user.language or business.language):
        send_mail(
            _("Your account at %(business)s") % {"business": business.name},
            _(
                "You were added to %(business)s in Waypost.\n\n"
                "Set your password here, within three days:\n%(link)s\n\n"
                "Then sign in with this e-mail address."
            )
            % {"business": business.name, "link": address},
            None,
            [user.email],
        )

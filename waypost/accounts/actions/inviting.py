"""Verbs on invitations."""

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from waypost.accounts import log
from waypost.accounts.models import Business, Deed, Invitation, Member, Thing, User
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal
from waypost.kit.mail import sends_mail
from waypost.kit.tokens import fingerprint, new_token

LASTS = (1, 3, 7, 14, 30)  # days
ROLE = gettext_noop("role")
JOINING = "joining"  # key in a session: the token with which somebody is coming in
OPEN_AT_MOST = 100  # of one business


@transaction.atomic
def invite(
    business: Business, *, email: str, role: str, days: int, by: User
) -> tuple[Invitation, str]:
    """A door for one person, and its token, which is told here once and kept nowhere.

    An empty ``email`` means whoever holds the link. An older invitation to the same address
    ends. Raises ``Refusal`` for somebody who is in the business already.
    """
    address = email.strip().lower()
    if address:
        _refuse_member(business, address)
        business.invitations.waiting().filter(email=address).update(revoked_at=timezone.now())
    if business.invitations.open().count() >= OPEN_AT_MOST:
        raise Refusal(_("So many invitations are open already. Take some back first."))
    token = new_token()
    invitation = Invitation.objects.create(
        business=business,
        email=address,
        role=role,
        token_hash=fingerprint(token),
        expires_at=timezone.now() + dt.timedelta(days=days),
        created_by=by,
    )
    log.record(
        business,
        Thing.INVITATION,
        Deed.INVITED,
        by=by,
        on=invitation,
        changes=[log.Field(ROLE, None, Role(role).label)],
    )
    return invitation, token


def _refuse_member(business: Business, address: str) -> None:
    member = business.members.filter(user__email=address).select_related("user").first()
    if member:
        told = _("%(person)s is in this business already.") % {"person": member.user}
        raise Refusal(told, field="email")


def renew(invitation: Invitation, *, days: int, by: User) -> str:
    """A new token for the same person; the old link ends. Raises ``Refusal`` when it was used."""
    token = new_token()
    changes = {
        "token_hash": fingerprint(token),
        "expires_at": timezone.now() + dt.timedelta(days=days),
        "created_by": by,
    }
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(**changes):
        raise Refusal(_("This invitation was used or taken back meanwhile."))
    for name, value in changes.items():
        setattr(invitation, name, value)
    return token


def take_back(invitation: Invitation, *, by: User) -> None:
    """The link lets nobody in any more. Raises ``Refusal`` when somebody came in with it."""
    rows = Invitation.objects.waiting().filter(pk=invitation.pk)
    if not rows.update(revoked_at=timezone.now()):
        raise Refusal(_("This invitation was used or taken back meanwhile."))
    log.record(invitation.business, Thing.INVITATION, Deed.TAKEN_BACK, by=by, on=invitation)


def find(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("business", "created_by")
    return rows.filter(token_hash=fingerprint(token)).first()


def why_shut(invitation: Invitation | None) -> str:
    """Why a link lets nobody in, in a sentence; empty when it does."""
    if invitation is None:
        return _("We do not know this link. Was all of it copied? Or was a newer one sent since?")
    if invitation.accepted_at:
        return _("Somebody came in with this link already. It works only once.")
    if invitation.revoked_at:
        return _("The invitation was taken back.")
    if invitation.is_over:
        day = date_format(timezone.localtime(invitation.expires_at, invitation.business.zone))
        return _("The invitation ended on %(day)s.") % {"day": day}
    return ""


@transaction.atomic
def accept(invitation: Invitation, *, user: User) -> Member:
    """Make ``user`` a member, once. Raises ``Refusal`` in words; then the link is not used up."""
    if invitation.email and invitation.email != user.email:
        told = _("This invitation is for %(email)s, and you are signed in as %(me)s.")
        raise Refusal(told % {"email": invitation.email, "me": user.email})
    business = invitation.business
    if business.members.filter(user=user).exists():
        raise Refusal(_("You are in this business already."))
    rows = Invitation.objects.open().filter(pk=invitation.pk)
    if not rows.update(accepted_at=timezone.now(), accepted_by=user):
        fresh = Invitation.objects.select_related("business").filter(pk=invitation.pk).first()
        raise Refusal(why_shut(fresh))
    member = Member.objects.create(business=business, user=user, role=invitation.role)
    log.record(
        business,
        Thing.PERSON,
        Deed.JOINED,
        by=user,
        on=str(user),
        changes=[log.Field(ROLE, None, Role(member.role).label)],
    )
    return member


@transaction.atomic
def accept_as_new(
    invitation: Invitation, *, name: str, email: str, password: str, language: str
) -> Member:
    """Make an account and a member of it. Raises ``Refusal`` when the address has an account."""
    address = (invitation.email or email).strip().lower()
    if User.objects.filter(email=address).exists():
        told = _("There is an account with this e-mail already. Sign in, then open the link again.")
        raise Refusal(told, field="email")
    user = User.objects.create_user(address, password, name=name, language=language)
    return accept(invitation, user=user)


def link(token: str) -> str:
    """The full address that lets somebody in."""
    return f"{settings.PUBLIC_URL}{reverse('join', args=[token])}"


def mail(invitation: Invitation, address: str) -> bool:
    """Send the link in the language of the business; whether it was handed to a mail server."""
    if not invitation.email or not sends_mail():
        return False
    business = invitation.business
    with override(business.language), timezone.override(business.zone):
        told = {
            "business": business.name,
            "by": invitation.created_by or business.name,
            "link": address,
            "day": date_format(timezone.localtime(invitation.expires_at)),
        }
        subject = _("%(by)s invites you to %(business)s") % told
        text = (
            _(
                "%(by)s invites you to work on %(business)s in Waypost.\n\n"
                "Open this link until %(day)s. It works once:\n%(link)s\n\n"
                "If you do not know what this is about, do nothing."
            )
            % told
        )
        try:
            send_mail(subject, text, None, [invitation.email])
        except OSError:  # everything that smtplib raises is one
            return False
    return True

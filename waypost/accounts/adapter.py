"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from waypost.accounts.actions import inviting
from waypost.accounts.models import User
from waypost.kit.secrets import seal, unseal

SEALED = "v"  # what a sealed secret of the second step is called


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made on the first-run page or by invitation, never by passers-by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class OutsideAdapter(DefaultSocialAccountAdapter):
    """Signing in through another service.

    It opens accounts that are here already, by their verified e-mail. A new account needs an
    open invitation in this browser, or the operator's leave (``WAYPOST_OPEN_SIGNUP``).
    """

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        if settings.OPEN_SIGNUP:
            return True
        invitation = inviting.find(request.session.get(inviting.JOINING, ""))
        if invitation is None or inviting.why_shut(invitation):
            return False
        verified = {each.email.lower() for each in sociallogin.email_addresses if each.verified}
        return bool(verified) and (not invitation.email or invitation.email in verified)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        user.email = user.email.strip().lower()
        user.name = str(data.get("name") or "").strip()[:120] or user.email.partition("@")[0]
        return user


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of the second step lie encrypted in the database, like all credentials."""

    def encrypt(self, text: str) -> str:
        return seal({SEALED: text})

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)[SEALED]

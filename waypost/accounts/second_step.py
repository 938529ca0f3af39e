"""Whether somebody signs in with two steps, and what happens where a business demands it."""

from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from waypost.accounts import log
from waypost.accounts.leftover import typed
from waypost.accounts.models import Business, Deed, Member, Thing, User
from waypost.kit.secrets import reseal

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_step() -> Exists:
    """For a query of members: whether their person has an app or a passkey."""
    return Exists(Authenticator.objects.filter(user=OuterRef("user"), type__in=STEPS))


def needed_from(member: Member) -> date | None:
    """From which day ``member`` (read with ``has_step``) needs a step they do not have."""
    return None if getattr(member, "has_step", True) else member.business.two_factor_from


def is_missing(member: Member) -> bool:
    """Whether that day has come."""
    day = needed_from(member)
    return day is not None and timezone.localdate(timezone=member.business.zone) >= day


def show_missing(request: HttpRequest, business: Business) -> HttpResponse:
    """403, with the way to the second step and everything that was typed to copy."""
    context = {"demanding": business, "typed": typed(request)}
    return render(request, "accounts/two_steps.html", context, status=403)


def resealed(data: dict[str, Any]) -> dict[str, Any]:
    """The row of an app, of passkeys or of recovery codes with its secrets under the newest key.

    What allauth encrypts: the secret of an app, the seed of codes, and codes taken over from
    elsewhere. Raises ``UnreadableSecret``.
    """
    new: dict[str, Any] = {name: reseal(data[name]) for name in ("secret", "seed") if name in data}
    if "migrated_codes" in data:
        new["migrated_codes"] = [reseal(code) for code in data["migrated_codes"]]
    return {**data, **new}


def reset(user: User, *, by: User | None) -> int:
    """Forget app, passkeys and recovery codes of somebody who lost them; how many there were."""
    rows = Authenticator.objects.filter(user=user)
    count = int(rows.count())
    rows.delete()
    for member in user.memberships.select_related("business"):
        log.record(member.business, Thing.SIGN_IN, Deed.REMOVED, by=by, on=user)
    return count

"""The switch that stops everything a business would publish."""

from django.utils import timezone

from waypost.accounts.models import Business, User


def pause(business: Business, *, reason: str, by: User) -> None:
    """Nothing of the business goes out until it is resumed."""
    business.paused_at, business.paused_by, business.pause_reason = timezone.now(), by, reason
    business.save(update_fields=["paused_at", "paused_by", "pause_reason"])


def resume(business: Business) -> None:
    business.paused_at, business.paused_by, business.pause_reason = None, None, ""
    business.save(update_fields=["paused_at", "paused_by", "pause_reason"])

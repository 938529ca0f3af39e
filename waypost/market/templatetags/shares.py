"""The filter for shares, which are kept as parts of 1 and read in percent."""

from decimal import Decimal

from django.template import Library

register = Library()


@register.filter
def hundredfold(share: Decimal | None) -> Decimal | None:
    """0.225 → 22.5; nothing stays nothing."""
    return None if share is None else share * 100

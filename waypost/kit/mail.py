"""Whether mail goes out from here at all."""

from django.conf import settings


def sends_mail() -> bool:
    """Whether the operator told Waypost how to send e-mail."""
    return "console" not in settings.EMAIL_BACKEND

"""What the pages of signing in ask."""

from django.template import Library

from waypost.kit.mail import sends_mail

register = Library()


@register.simple_tag
def mail_goes_out() -> bool:
    """Whether a code or a link can be sent by e-mail."""
    return sends_mail()

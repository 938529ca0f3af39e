"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Accounts are made on the first-run page or by an owner, never by passers-by."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

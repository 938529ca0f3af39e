"""Fills a folder for the measurement of open connections; prints slug, cookie name, sessions."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")
django.setup()

from django.conf import settings
from django.test import Client

from waypost.accounts.actions import found_business
from waypost.accounts.models import Member, User
from waypost.accounts.permissions import Role


def main() -> None:
    owner = User.objects.create_user("owner@example.com", None, name="Owner")
    business = found_business(name="Live", owner=owner, time_zone="UTC", language="en")
    sessions = []
    for number in range(int(sys.argv[1])):
        person = User.objects.create_user(f"p{number}@example.com", None, name=f"P{number}")
        Member.objects.create(business=business, user=person, role=Role.EDITOR)
        browser = Client()
        browser.force_login(person)
        sessions.append(browser.session.session_key)
    print(
        json.dumps(
            {"slug": business.slug, "cookie": settings.SESSION_COOKIE_NAME, "sessions": sessions}
        )
    )


if __name__ == "__main__":
    main()

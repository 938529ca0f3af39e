"""``waypost demo``: the demo business and its login."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation

from waypost.home.demo import load


class Command(BaseCommand):
    help = "Load the demo business “Svit in sat” anew and print how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument("--lang", choices=[code for code, _ in settings.LANGUAGES])

    def handle(self, *args: Any, lang: str | None, **options: Any) -> None:
        with translation.override(lang or settings.LANGUAGE_CODE):
            login = load(today=timezone.localdate())
        shown = {
            "address": settings.PUBLIC_URL + login.url_path,
            "email": login.email,
            "password": login.password,
        }
        if options["json"]:
            self.stdout.write(json.dumps(shown))
        else:
            self.stdout.write(
                f"Address:  {shown['address']}\n"
                f"E-mail:   {shown['email']}\n"
                f"Password: {shown['password']}"
            )

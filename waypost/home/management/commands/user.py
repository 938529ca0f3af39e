"""``waypost user``: make a person from the command line, or mend one who is locked out."""

import getpass
import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from waypost.accounts import second_step
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role


class Command(BaseCommand):
    help = "Make a person, or change the name, password or role of one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name")
        parser.add_argument(
            "--business", metavar="SLUG", help="make them a member of this business"
        )
        parser.add_argument("--role", choices=Role.values, default=Role.OWNER)
        parser.add_argument("--password", help="without it a new password is made and printed")
        parser.add_argument(
            "--reset-two-steps",
            action="store_true",
            help="forget app, passkeys and recovery codes of somebody who lost them",
        )
        parser.add_argument("--ask", action="store_true", help="type the password unseen")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email = self._email(options["email"])
        if options["reset_two_steps"]:
            self._reset(email)
            return
        user = User.objects.filter(email=email).first() or User(email=email)
        user.name = options["name"] or user.name or email.split("@")[0]
        password = self._password(options, user)
        if password:
            user.set_password(password)
        user.save()
        if options["business"]:
            self._join(user, options["business"], options["role"])
        self.stdout.write(f"{user.email} can sign in.")
        if password and not (options["password"] or options["ask"]):
            self.stdout.write(f"Password: {password}")

    def _reset(self, email: str) -> None:
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"There is nobody with the address {email}.")
        second_step.reset(user, by=None)
        self.stdout.write(f"{user.email} signs in with the password alone.")

    def _email(self, text: str) -> str:
        email = text.strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{text}” is not an e-mail address.") from error
        return email

    def _password(self, options: dict[str, Any], user: User) -> str:
        """The new password; empty when a person who exists keeps theirs."""
        given: str = getpass.getpass() if options["ask"] else options["password"] or ""
        if given:
            try:
                validate_password(given, user)
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
            return given
        return "" if user.pk and options["business"] else secrets.token_urlsafe(12)

    def _join(self, user: User, slug: str, role: str) -> None:
        business = Business.objects.filter(slug=slug).first()
        if business is None:
            known = ", ".join(Business.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no business “{slug}”. There is: {known}.")
        Member.objects.update_or_create(business=business, user=user, defaults={"role": role})

"""``waypost migrate``: the database and the cache table, ready for this version."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, connection

from waypost.flow import statistics
from waypost.home.management.named import NamedCommand


class Command(NamedCommand):
    word = "migrate"
    help = "Bring the database up to date with this version of Waypost."
    # The checks load every page; they are for developers, and every start would wait for them.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="say nothing when all is well")

    def handle(self, *args: Any, quiet: bool, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(f"The database cannot be reached: {error}") from error
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)
        call_command("createcachetable", verbosity=0)
        statistics.ensure()
        if not quiet:
            self.stdout.write(self.style.SUCCESS("The database is up to date."))

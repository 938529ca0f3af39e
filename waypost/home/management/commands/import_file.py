"""``waypost import KIND``: bring a file into a business, or say what it would bring."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from waypost.documents.kinds import BadFile, ImportResult
from waypost.home.kinds import IMPORTS
from waypost.home.management.commands.export_file import business_called
from waypost.home.management.named import NamedCommand


class Command(NamedCommand):
    word = "import"
    help = "Read a file into a business: all of it, or with an error nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("--business", metavar="SLUG", required=True)
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        kind = IMPORTS.get(options["kind"])
        if kind is None:
            known = ", ".join(sorted(IMPORTS)) or "none in this version"
            raise CommandError(
                f"Nothing called “{options['kind']}” can be imported; known: {known}."
            )
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}.")
        business = business_called(options["business"])
        try:
            with transaction.atomic():
                result = kind.read(business, options["file"], options["dry_run"])
                transaction.set_rollback(bool(result.errors) or options["dry_run"])
        except BadFile as error:
            raise CommandError(str(error)) from error
        self._report(result, dry_run=options["dry_run"])

    def _report(self, result: ImportResult, *, dry_run: bool) -> None:
        for row in result.left_out:
            self.stderr.write(f"row {row.row} is left out: {row.message}")
        for error in result.errors:
            self.stderr.write(f"row {error.row}: {error.message}")
        if result.errors:
            raise CommandError("Nothing was imported.")
        verb = "Would bring" if dry_run else "Brought"
        self.stdout.write(
            f"{verb} {result.added} new, {result.changed} changed, {result.unchanged} as before."
        )

"""``waypost export KIND``: one document of a business as a file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation

from waypost.accounts.models import Business
from waypost.home.kinds import EXPORTS
from waypost.home.management.named import NamedCommand


def business_called(slug: str) -> Business:
    """The business with this address part; raises ``CommandError``."""
    business = Business.objects.filter(slug=slug).first()
    if business is None:
        raise CommandError(f"There is no business “{slug}”.")
    return business


class Command(NamedCommand):
    word = "export"
    help = "Write one document of a business into a file."

    def closing(self) -> str:
        told = (f"{name}: {', '.join(sorted(EXPORTS[name].formats))}" for name in sorted(EXPORTS))
        return "Kinds and formats: " + "; ".join(told) + "."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("--business", metavar="SLUG", default="")
        parser.add_argument("--format", required=True)
        parser.add_argument("--blank", action="store_true", help="the template, to fill in by hand")
        parser.add_argument("--lang", choices=[code for code, _ in settings.LANGUAGES])
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        kind = EXPORTS.get(options["kind"])
        if kind is None:
            known = ", ".join(sorted(EXPORTS)) or "none in this version"
            raise CommandError(
                f"Nothing called “{options['kind']}” can be exported; known: {known}."
            )
        if options["format"] not in kind.formats:
            raise CommandError(f"{kind.name} can be had as {', '.join(sorted(kind.formats))}.")
        if not options["business"] and not options["blank"]:
            raise CommandError("Say which business: --business SLUG, or --blank for the template.")
        business = business_called(options["business"]) if options["business"] else None
        language = options["lang"] or (business.language if business else settings.LANGUAGE_CODE)
        with translation.override(language):
            content = kind.formats[options["format"]](business, blank=options["blank"])
        self._write(options["out"], content)

    def _write(self, out: Path, content: bytes) -> None:
        try:
            out.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{out} holds {len(content):,} bytes.")

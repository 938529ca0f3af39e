"""Commands whose word at the prompt differs from the name of their file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class NamedCommand(BaseCommand):
    """``waypost WORD``; its help calls it so, and ends with ``closing``."""

    word = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, self.word or subcommand, epilog=self.closing(), **kwargs
        )

    def closing(self) -> str:
        """A last line of the help; empty for none."""
        return ""

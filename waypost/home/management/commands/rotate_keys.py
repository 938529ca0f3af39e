"""``waypost rotate-keys``: a new key for stored credentials."""

from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from waypost.connections.actions import rotate_all
from waypost.home.management.named import NamedCommand
from waypost.kit.datafolder import write_keys


class Command(NamedCommand):
    word = "rotate-keys"
    help = (
        "Store all credentials under a new key. The old keys are kept for processes that "
        "are running; after a restart, --finish stores what they wrote and forgets them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--finish", action="store_true", help="forget the old keys")

    def handle(self, *args: Any, finish: bool, **options: Any) -> None:
        file = settings.CREDENTIAL_KEY_FILE
        keys = list(settings.CREDENTIAL_KEYS)
        if file is None:
            # Given from outside: the operator puts a new key in front, this moves to it.
            finish = False
        elif not finish:
            keys = [Fernet.generate_key().decode(), *keys]
            # Both keys stand in the file before the first secret is under the new one.
            write_keys(file, keys)
            settings.CREDENTIAL_KEYS = keys
        rotation = rotate_all()
        self.stdout.write(f"{rotation.changed} secrets are under the newest key.")
        if rotation.unreadable:
            raise CommandError(
                f"{rotation.unreadable} secrets could not be opened with any key; "
                "all keys were kept. Connect those accounts again."
            )
        if file is not None and finish:
            write_keys(file, keys[:1])
            self.stdout.write("The old keys are forgotten.")

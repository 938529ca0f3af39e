"""The one folder that holds all state: database, files, queue and keys."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


class DataFolderError(Exception):
    """The folder cannot be used; the text is a sentence for the operator."""


@dataclass(frozen=True)
class DataFolder:
    """An existing, writable folder of state."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "DataFolder":
        """Make the folder when it is missing.

        Raises ``DataFolderError`` when it cannot be made or written.
        """
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"WAYPOST_DATA: the folder {path} cannot be made: {error.strerror}."
            ) from error
        if not os.access(path, os.W_OK):
            raise DataFolderError(f"WAYPOST_DATA: the folder {path} cannot be written.")
        return cls(path)

    @property
    def credential_key_file(self) -> Path:
        return self.path / "credentials.key"

    def secret_key(self) -> str:
        """Django's signing key, made on first use."""
        return self.made_once("secret.key", lambda: secrets.token_urlsafe(50))

    def credential_keys(self) -> list[str]:
        """Keys for stored credentials, the newest first; the first is made on first use."""
        text = self.made_once(self.credential_key_file.name, lambda: Fernet.generate_key().decode())
        return text.split()

    def made_once(self, name: str, make: Callable[[], str]) -> str:
        """What stands in the file ``name``; ``make`` says it on first use."""
        file = self.path / name
        return file.read_text().strip() if file.exists() else self._make(file, make())

    @staticmethod
    def _make(file: Path, value: str) -> str:
        # O_EXCL: when web and worker start together, one of them makes the file.
        try:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        except OSError as error:
            raise DataFolderError(f"{file} cannot be written: {error.strerror}.") from error
        with os.fdopen(handle, "w") as stream:
            stream.write(value + "\n")
        return value


def write_keys(file: Path, keys: list[str]) -> None:
    """Replace the key file as a whole: another process reads the old keys or the new ones."""
    draft = file.with_suffix(".new")
    handle = os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as stream:
        stream.write("\n".join(keys) + "\n")
    draft.replace(file)

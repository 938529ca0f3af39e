"""Credentials at rest: encrypted with a key that can be rotated (MultiFernet)."""

import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnreadableSecret(Exception):
    """None of the keys opens it: the key was lost or belongs to another installation."""


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.CREDENTIAL_KEYS])


def seal(values: Mapping[str, str]) -> str:
    """Encrypt with the newest key; the answer is printable text."""
    return _box().encrypt(json.dumps(dict(values)).encode()).decode()


def unseal(token: str) -> dict[str, str]:
    """Decrypt with whichever key fits; raises ``UnreadableSecret``."""
    try:
        opened = json.loads(_box().decrypt(token.encode()))
    except InvalidToken:
        if _keys_changed():
            return unseal(token)
        raise UnreadableSecret("no key opens this secret") from None
    return {str(name): str(value) for name, value in opened.items()}


def reseal(token: str) -> str:
    """The same content under the newest key; raises ``UnreadableSecret``."""
    try:
        return _box().rotate(token.encode()).decode()
    except InvalidToken:
        raise UnreadableSecret("no key opens this secret") from None


def _keys_changed() -> bool:
    """Take over the keys that another process wrote while this one was running."""
    file = settings.CREDENTIAL_KEY_FILE  # None: the keys were given from outside
    keys = file.read_text().split() if file and file.exists() else []
    if not keys or keys == settings.CREDENTIAL_KEYS:
        return False
    settings.CREDENTIAL_KEYS = keys
    return True

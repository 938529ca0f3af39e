"""Words that open a door: told once, kept only as a fingerprint."""

import hashlib
import secrets


def new_token() -> str:
    """32 characters for an address; too random to be guessed or found by its fingerprint."""
    return secrets.token_urlsafe(24)


def fingerprint(token: str) -> str:
    """What is kept of a token: SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()

"""Keeps secrets out of the log, whoever wrote the line."""

import logging
import re

MASK = "***"

_NAMES = (
    r"access_?token|refresh_?token|id_?token|client_?secret|code_?verifier|accessJwt|refreshJwt|"
    r"app_?password|password|passwd|authorization|api_?key|secret|token|code|state"
)
_PATTERNS = (
    # Authorization: Bearer xyz, also inside a printed dict of headers
    (re.compile(r"\b(Bearer|Basic|DPoP)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    # "password": "xyz", 'access_token': 'xyz'
    (
        re.compile(
            rf"""(["'](?:{_NAMES})["']\s*[:=]\s*b?)(["'])(?:\\.|(?!\2).)*\2""", re.IGNORECASE
        ),
        rf"\1\2{MASK}\2",
    ),
    # ?code=xyz&state=…, password=xyz
    (re.compile(rf"""\b((?:{_NAMES})=)[^\s&"'<>,;)]+""", re.IGNORECASE), rf"\1{MASK}"),
    # a JSON Web Token anywhere
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), MASK),
    # name:password@ in an address
    (re.compile(r"(://[^\s/:@]+:)[^\s/@]+@"), rf"\1{MASK}@"),
)


def masked(text: str) -> str:
    """``text`` with passwords, tokens and codes replaced by stars."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


class MaskSecrets(logging.Filter):
    """Put on a handler: masks the message and the traceback of every record."""

    _plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._plain.formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text)
        return True

"""A file on its way from one page to the next: it travels signed inside the form."""

import base64
import zlib
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from waypost.documents.kinds import BadFile

MOST_HELD = 1_000_000  # bytes
SALT = "documents.held"
HELD_FOR = 24 * 3600  # seconds


@dataclass(frozen=True)
class Held:
    name: str
    content: bytes

    def packed(self, business: Any) -> str:
        text = base64.b85encode(zlib.compress(self.content)).decode()
        return signing.dumps([business.pk, self.name, text], salt=SALT)

    @classmethod
    def unpacked(cls, business: Any, token: str) -> "Held":
        """Raises ``BadFile`` for a token that is old or of another business."""
        try:
            pk, name, text = signing.loads(token, salt=SALT, max_age=HELD_FOR)
            if pk == business.pk:
                return cls(name, zlib.decompress(base64.b85decode(text)))
        except (signing.BadSignature, zlib.error, ValueError):
            pass
        raise BadFile(_("The file is no longer here. Choose it again."))

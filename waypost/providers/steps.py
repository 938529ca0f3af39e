"""What the steps of a delivery are called when a person reads about them."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.providers.display import Text

_NAMES: dict[str, Text] = {
    "publish": gettext_lazy("Sending"),
    "find": gettext_lazy("Looking whether it is there"),
    "delete": gettext_lazy("Deleting"),
    "edit": gettext_lazy("Changing the words"),
    "reply": gettext_lazy("Looking up the part before"),
    "mentions": gettext_lazy("Looking up who is mentioned"),
    "card": gettext_lazy("Making the card of the link"),
    "record": gettext_lazy("Writing the post down"),
}
_PICTURE = re.compile(r"picture-(\d+)(-ready)?")
_VIDEO = re.compile(r"video-\d+(-ready)?")


def name_of(step: str) -> str:
    """``"picture-0"`` → "Uploading picture 1"; a step without a name keeps its own."""
    if picture := _PICTURE.fullmatch(step):
        words = _("Waiting for picture %(n)d") if picture[2] else _("Uploading picture %(n)d")
        return words % {"n": int(picture[1]) + 1}
    if video := _VIDEO.fullmatch(step):
        return _("Waiting for the video") if video[1] else _("Uploading the video")
    return str(_NAMES.get(step, step))

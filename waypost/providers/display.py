"""How a network and its posts look on our pages."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise  # an English sentence, or one that is translated when shown

Look = Literal["short", "picture", "page", "chat", "article"]
"""What a post looks like: a short text in a timeline, a picture with a caption, a text on a
page with a card, a bubble in a talk, a title with a text."""


Shape = tuple[float, float]
"""Width by height: the narrowest and the widest."""
Album = Literal["grid", "row"]
"""Several pictures: tiles beside each other, or one after the other, each in the shape of the
first."""


@dataclass(frozen=True)
class Display:
    """How one connection is shown.

    A picture narrower or wider than ``shape`` is cut there (``None``: it is shown whole).
    That is the network's own doing; what Waypost pads before is ``Limits.picture_ratio``.
    """

    name: Text  # of the network
    colour: str  # #rrggbb
    icon: str  # slug of the mark in simple-icons, empty: a letter
    look: Look = "short"  # how a post stands there
    fold: int = 0  # characters before "more"; 0: all is shown
    shape: Shape | None = None
    album: Album = "grid"

"""Slides to show to people: what an app hands over to be made into a presentation."""

from dataclasses import dataclass
from decimal import Decimal

from waypost.documents.values import Callout, Cards, Items, Letterhead, Paragraph, Question, Table


@dataclass(frozen=True)
class Bars:
    """Numbers side by side: a live chart of a presentation; None leaves a gap.

    Each of ``series`` is its name and one number for each label; the first one is quiet, as
    what the last is compared with.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[Decimal | None, ...]], ...]


SlidePart = Paragraph | Cards | Table | Items | Question | Callout


@dataclass(frozen=True)
class Slide:
    """Parts below each other; ``bars`` stand to the right of them, ``lead`` above both."""

    title: str
    parts: tuple[SlidePart, ...] = ()
    bars: Bars | None = None
    lead: str = ""


@dataclass(frozen=True)
class Deck:
    """The first slide is a title made of ``head``."""

    head: Letterhead
    slides: tuple[Slide, ...]

"""The chapters of a report as a document, as slides, and as a workbook."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from django.utils.translation import gettext as _

from waypost.documents.slides import Bars, Deck, Slide, SlidePart
from waypost.documents.values import (
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Part,
    Question,
)
from waypost.reviews.chapters import Chapter, Told, chapters, summary
from waypost.reviews.content import Content
from waypost.reviews.drawing import drawn
from waypost.reviews.questions import ASKS
from waypost.reviews.words import DASH

LINES = 5  # to write on in a template


def head(content: Content) -> Letterhead:
    name = content.business.name if content.business else ""
    return Letterhead(title(), name, content.date, content.period, content.version)


def title() -> str:
    return _("Report on our social media")


def document(content: Content) -> Document:
    parts: list[Part] = [summary(content.figures) if content.figures else _to_fill_in(content)]
    for number, chapter in enumerate(chapters(content), 1):
        parts.append(Heading(f"{number}. {chapter.title}"))
        parts += asked(content, chapter)
        parts += on_paper(chapter.parts)
    return Document(head(content), tuple(parts))


def _to_fill_in(content: Content) -> Facts:
    """What a template on paper is asked first: whose, of when, by whom."""
    name = content.business.name if content.business else ""
    labels = {_("Business"): name, _("Period"): "", _("Written by"): ""}
    return Facts(tuple(Fact(*each) for each in labels.items()), room=1)


def asked(content: Content, chapter: Chapter) -> list[Part]:
    """The questions that belong to a chapter, with their answers."""
    if content.figures is None:
        return [Question(str(ASKS[ask]), room=LINES) for ask in chapter.asks]
    return [Question(str(ASKS[ask]), content.answer(ask) or DASH) for ask in chapter.asks]


def on_paper(parts: Iterable[Told]) -> list[Part]:
    """Where no chart is live, it is a picture."""
    return [drawn(part) if isinstance(part, Bars) else part for part in parts]


def deck(content: Content) -> Deck:
    """A slide for each channel with its chart; the other chapters have one each."""
    slides: list[Slide] = []
    for chapter in chapters(content):
        if chapter.key == "channels":
            slides += [*_asked_slide(content, chapter), *_channel_slides(content, chapter)]
        else:
            first = [summary(content.figures)] if chapter.key == "aims" and content.figures else []
            parts = [*first, *asked(content, chapter), *chapter.parts]
            slides.append(Slide(chapter.title, _for_slides(parts)))
    return Deck(head(content), tuple(slides))


def _asked_slide(content: Content, chapter: Chapter) -> list[Slide]:
    parts = [*asked(content, chapter), *_before_headings(chapter)]
    return [Slide(chapter.title, _for_slides(parts))] if parts else []


def _before_headings(chapter: Chapter) -> list[Told]:
    return list(takewhile(lambda part: not isinstance(part, Heading), chapter.parts))


def _channel_slides(content: Content, chapter: Chapter) -> list[Slide]:
    made: list[Slide] = []
    for part in chapter.parts[len(_before_headings(chapter)) :]:
        if isinstance(part, Heading):
            made.append(Slide(part.text))
        elif isinstance(part, Paragraph) and not part.quiet:
            made[-1] = replace(made[-1], lead=part.text)
        elif isinstance(part, Bars):
            made[-1] = replace(made[-1], bars=part)
        else:
            made[-1] = replace(made[-1], parts=(*made[-1].parts, *_for_slides([part])))
    return made


def _for_slides(parts: Iterable[Told]) -> tuple[SlidePart, ...]:
    """What a slide can show; facts become a line each, headings a line of their own."""
    made: list[SlidePart] = []
    for part in parts:
        if isinstance(part, Facts):
            made.append(Items(tuple(f"{fact.label}: {fact.value}" for fact in part.facts)))
        elif isinstance(part, Heading):
            made.append(Paragraph(part.text, quiet=True))
        elif isinstance(part, SlidePart):
            made.append(part)
    return tuple(made)

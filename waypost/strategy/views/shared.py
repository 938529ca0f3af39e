"""What the pages of the strategy have in common."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from waypost.accounts.guard import BusinessRequest
from waypost.accounts.models import Business
from waypost.strategy.onepage import one_page
from waypost.strategy.progress import Chapter, Outline, Told, outline
from waypost.strategy.questions import Section
from waypost.strategy.rows import RowsOf, Said

SHOWN_ROWS = 6  # of one question; the page that keeps them has the rest


@dataclass(frozen=True)
class ToldByRows:
    """What rows of other pages say to one question, as far as it is shown."""

    said: tuple[Said, ...] = ()
    more: int = 0


def told_by_rows(told: Told, rows: RowsOf) -> ToldByRows:
    found = tuple(rows.say(told.key, told.question))
    return ToldByRows(found[:SHOWN_ROWS], max(len(found) - SHOWN_ROWS, 0))


def filled_in(business: Business, chapter: Chapter) -> dict[str, str]:
    """What other sections say to the ten questions of the one page; empty for the others."""
    if chapter.section.key != "core":
        return {}
    return {one.question.key: one.filled for one in one_page(business).told}


def chapter_or_404(request: BusinessRequest, key: str) -> tuple[Outline, Chapter]:
    """The section with this key in this business, with its own questions."""
    whole = outline(request.business)
    chapter = whole.chapter(key)
    if chapter is None:
        raise Http404
    return whole, chapter


def section_url(request: BusinessRequest, section: Section) -> str:
    return reverse("strategy:section", args=[request.business.slug, section.key])


def screen_url(request: BusinessRequest, section: Section, number: int) -> str:
    """``number`` counts from 0; addresses count from 1."""
    return reverse("strategy:screen", args=[request.business.slug, section.key, number + 1])


def records_url(request: BusinessRequest, section: Section) -> str:
    """The page that keeps the section's rows; empty without one."""
    return reverse(section.records, args=[request.business.slug]) if section.records else ""


def open_url(request: BusinessRequest, told: Told) -> str:
    """Where a question is answered."""
    screen = told.section.screen_of(told.question.key)
    if told.question.is_asked_here and screen is not None:
        return screen_url(request, told.section, screen)
    return records_url(request, told.section)


def next_url(request: BusinessRequest, told: Told | None) -> str:
    return open_url(request, told) if told else ""

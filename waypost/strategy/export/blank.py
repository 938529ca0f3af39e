"""The strategy to fill in by hand: every question with its tip and lines to write on."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from waypost.accounts.hats import QUESTIONS, Hat
from waypost.accounts.models import Business
from waypost.documents import values
from waypost.documents.values import (
    Box,
    Callout,
    Contents,
    Cover,
    Document,
    Fact,
    Grid,
    Heading,
    Journey,
    Letterhead,
    Lines,
    PageBreak,
    Paragraph,
    Part,
    Profile,
    Profiles,
    Step,
    Table,
)
from waypost.market.models import SwotPoint
from waypost.strategy.export import document, one_page, plan
from waypost.strategy.questions import Kind, Question, Section
from waypost.strategy.sections import SECTIONS
from waypost.strategy.sections.journey import STAGES

LINES, LONG, SHORT = 3, 6, 1  # to write on
GOALS = PERSONAS = COMPETITORS = PRODUCTS = 2  # of each to fill in; more are copied
ON_SCREEN = ("statement", "holidays", "profit")  # whose tips tell what the program does
EMPTY = "\u00a0\n\u00a0"  # keeps a line as high as a written one


def template(business: Business | None, today: dt.date) -> Document:
    name = business.name if business else ""
    head = Letterhead(document.title(), name, today, "", _("Template to fill in"))
    parts: list[Part] = [Cover(_note()), Contents(_("Contents")), PageBreak()]
    for section in SECTIONS:
        parts += [Heading(str(section.title)), Paragraph(str(section.lead), quiet=True)]
        parts += MAKERS.get(section.key, _asked)(section)
        if section.tip and section.key != "core":
            parts.append(Paragraph(f"{_('Tip')}: {section.tip}", quiet=True))
        if section.key not in ("core", "company", "roles"):
            parts += [Callout(_("Therefore we will …"), ()), Lines(2)]
    return Document(head, (*parts, *plan.review_questions(room=LINES)))


def _note() -> str:
    return _(
        "Write short and plain. What you do not know yet stays empty; nothing has to be filled "
        "in at once."
    )


def _asked(section: Section) -> list[Part]:
    return [_question(each) for each in section.questions]


def _question(each: Question) -> Part:
    tips = ["" if each.key in ON_SCREEN else str(each.tip), one_page.example(str(each.example))]
    tip = " ".join(filter(None, tips)).replace("\n", "; ")
    choices = [_options(part.options) for part in each.parts if part.options]
    tip = " ".join(filter(None, [*choices, tip]))
    return values.Question(str(each.ask), "", tip, room=_room(each))


def _options(options: Iterable[tuple[str, object]]) -> str:
    return "   ".join(f"☐ {word}" for _key, word in options)


def _room(each: Question) -> int:
    kinds = {part.kind for part in each.parts}
    if each.minutes >= 6:
        return LONG
    if kinds and kinds <= {Kind.LINE, Kind.DATE, Kind.NUMBER, Kind.URL, Kind.CHOICE, Kind.YES_NO}:
        return SHORT
    return LINES


def _roles(section: Section) -> list[Part]:
    headings = (_("Role"), _("Question"), _("Who"), _("Steps in"), _("Hours a week"))
    rows = tuple((str(hat.label), f"{QUESTIONS[hat]}\n\u00a0", "", "", "") for hat in Hat)
    return [Table(headings, rows, (1.3, 2.2, 2, 2, 1))]


def _swot(section: Section) -> list[Part]:
    boxes = []
    for quadrant in SwotPoint.Quadrant:
        question = section.question(quadrant.value)
        boxes.append(Box(str(quadrant.label), (), str(question.ask) if question else ""))
    return [Grid(tuple(boxes), room=6)]


def _goals(section: Section) -> list[Part]:
    period, *smart = section.questions
    return [_question(period), *_cards(smart, GOALS, _("Goal %(number)s"))]


def _initiatives(section: Section) -> list[Part]:
    headings = (_("What we do"), _("Start"), _("End"), _("How we will know"), _("What it needs"))
    rows = ((EMPTY, "", "", "", ""),) * 10
    asks = "\n".join(str(each.ask) for each in section.questions)
    return [Paragraph(asks, quiet=True), Table(headings, rows, (3, 1.2, 1.2, 2.4, 2.4))]


def _places(section: Section) -> list[Part]:
    headings = tuple(str(each.ask) for each in section.questions)
    return [Table(headings, ((EMPTY,) + ("",) * (len(headings) - 1),) * 5)]


def _channels(section: Section) -> list[Part]:
    headings = (
        _("Channel"),
        _("What it is for"),
        _("Posts a week"),
        _("What is posted"),
        _("Share of the ads"),
    )
    first, *rest = section.questions
    asks = "\n".join(str(each.ask) for each in rest)
    table = Table(headings, ((EMPTY, "", "", "", ""),) * 7, (1.8, 3, 1, 2.4, 1))
    return [_question(first), Paragraph(asks, quiet=True), table]


def _journey(section: Section) -> list[Part]:
    parts: list[Part] = []
    first = 1
    for stage in STAGES:
        asked = [each for key in stage.steps if (each := section.question(key))]
        parts.append(Heading(str(stage.title), 2))
        steps = tuple(Step(str(each.ask)) for each in asked)
        parts.append(Journey(steps, room=2, first=first))
        first += len(steps)
    return parts


def _cards(asked: Iterable[Question], number: int, label: str) -> list[Part]:
    facts = tuple(Fact(str(each.ask)) for each in asked)
    cards = tuple(Profile(label % {"number": place}, "", facts) for place in range(1, number + 1))
    return [Profiles(cards, room=2)]


def _segments(section: Section) -> list[Part]:
    return _cards(section.questions, 2, _("Customers %(number)s"))


def _personas(section: Section) -> list[Part]:
    return _cards(section.questions, PERSONAS, _("Persona %(number)s"))


def _competitors(section: Section) -> list[Part]:
    headings = (_("Channel"), _("Day"), _("Followers"), _("Likes a post"), _("Comments a post"))
    table = Table(headings, ((EMPTY, "", "", "", ""),) * 5)
    return [*_cards(section.questions, COMPETITORS, _("Competitor %(number)s")), table]


def _products(section: Section) -> list[Part]:
    return _cards(section.questions, PRODUCTS, _("Product %(number)s"))


def _prices(section: Section) -> list[Part]:
    headings = (
        _("Product"),
        _("Price with VAT"),
        _("VAT"),
        _("Price without VAT"),
        _("Cost"),
        _("Margin"),
        _("Orders a year"),
        _("Reinvested"),
    )
    asks = "\n".join(str(each.ask) for each in section.questions)
    rows = ((EMPTY, *[""] * 7),) * 6
    return [Paragraph(asks, quiet=True), Table(headings, rows, (2.6, *[1.1] * 7))]


MAKERS: Mapping[str, Callable[[Section], list[Part]]] = MappingProxyType(
    {
        "roles": _roles,
        "swot": _swot,
        "goals": _goals,
        "initiatives": _initiatives,
        "geo": _places,
        "occupation": _segments,
        "persona": _personas,
        "competitors": _competitors,
        "product": _products,
        "price": _prices,
        "journey": _journey,
        "channels": _channels,
    }
)

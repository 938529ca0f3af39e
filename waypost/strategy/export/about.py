"""Who the business is: company, mission, people, SWOT."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from waypost.accounts.staffing import Worn
from waypost.documents.values import Box, Grid, Heading, Paragraph, Part, Table
from waypost.market.models import Competitor, SwotPoint
from waypost.strategy.export.material import Material
from waypost.strategy.export.wording import (
    DASH,
    asked,
    chapter,
    number,
    own_questions,
    to_do,
)
from waypost.strategy.questions import Section

BESIDE = 3  # competitors whose SWOT stands beside ours; the others' is in their chapter
QUADRANTS = SwotPoint.Quadrant


def answers(material: Material, section: Section) -> list[Part]:
    """A chapter of questions and answers alone."""
    return chapter(material, section, asked(material, section))


def roles(material: Material, section: Section) -> list[Part]:
    rows = [_role(worn) for worn in material.staff.hats if worn.row.worn_by or material.draft]
    headings = (_("Role"), _("Question"), _("Who"), _("Steps in"), _("What it means here"))
    parts: list[Part] = []
    if rows:
        parts.append(Table(headings, tuple(rows), (1.3, 2, 1.5, 1.5, 2.6)))
    hours = [
        f"{member.user}: {number(member.hours_a_week)}"
        for member in material.staff.members
        if member.hours_a_week is not None
    ]
    if rows and hours:
        said = _("Hours a week for social media: %(hours)s.")
        parts.append(Paragraph(said % {"hours": "; ".join(hours)}))
    return chapter(material, section, [*parts, *own_questions(material, section)])


def _role(worn: Worn) -> tuple[str, ...]:
    row = worn.row
    return (
        str(worn.hat.label),
        worn.question,
        row.worn_by or to_do(),
        row.backed_up_by or DASH,
        row.note or DASH,
    )


def swot(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _swot(material, section))


def _swot(material: Material, section: Section) -> Iterator[Part]:
    told = any(material.swot(quadrant) for quadrant in QUADRANTS)
    if told or material.draft:
        yield grid(material, section=section)
    theirs = [each for each in material.competitors if has_swot(material, each)]
    if told and theirs:
        yield Heading(_("Beside the competitors"), 2)
        yield _beside(material, theirs[:BESIDE])
    yield from own_questions(material, section)


def has_swot(material: Material, competitor: Competitor) -> bool:
    return any(material.swot(quadrant, competitor) for quadrant in QUADRANTS)


def grid(
    material: Material, competitor: Competitor | None = None, section: Section | None = None
) -> Grid:
    """The four fields; with the section's questions below their titles."""
    boxes = []
    for quadrant in QUADRANTS:
        question = section.question(quadrant.value) if section else None
        items = material.swot(quadrant, competitor)
        if not items and material.draft:
            items = (to_do(),)
        note = str(question.ask) if question else ""
        boxes.append(Box(str(quadrant.label), items or (DASH,), note))
    return Grid(tuple(boxes))


def _beside(material: Material, theirs: list[Competitor]) -> Table:
    headings = ("SWOT", material.business.name, *[each.name for each in theirs])
    rows = tuple(
        (
            str(quadrant.label),
            *[_lines(material.swot(quadrant, each)) for each in (None, *theirs)],
        )
        for quadrant in QUADRANTS
    )
    return Table(headings, rows, (1.2, *[2.0] * (len(headings) - 1)))


def _lines(items: tuple[str, ...]) -> str:
    return "\n".join(f"• {item}" for item in items) or DASH

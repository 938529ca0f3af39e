"""The strategy from cover to changes, in the order in which it is thought out."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _

from waypost.documents.values import (
    Contents,
    Cover,
    Document,
    Heading,
    Letterhead,
    PageBreak,
    Part,
    Question,
)
from waypost.strategy.export import about, market, offer, one_page, plan
from waypost.strategy.export.material import Material
from waypost.strategy.export.wording import own_questions
from waypost.strategy.models import Version
from waypost.strategy.questions import Section
from waypost.strategy.sections import core

Chapter = Callable[[Material, Section], list[Part]]


def document(material: Material) -> Document:
    parts: list[Part] = [Cover(_note(material)), Contents(_("Contents")), PageBreak()]
    parts += _first_page(material)
    for key, make in CHAPTERS.items():
        if key in material.sections:
            parts += make(material, material.sections[key])
    parts += offer.setup(material)
    parts += plan.budget(material)
    parts += plan.changes(material)
    parts += plan.review_answers(material)
    head = Letterhead(
        title(),
        material.business.name,
        material.today,
        one_page.period(material.answers.get(one_page.PERIOD)),
        version_words(material.versions[0] if material.versions else None, material),
    )
    return Document(head, tuple(parts))


def title() -> str:
    return _("Social media strategy")


def version_words(version: Version | None, material: Material) -> str:
    """Which approved version this is, or that something changed since."""
    if version is None:
        return _("Draft") if material.draft else ""
    words = _("Version %(number)s")
    if last_change(material) > version.approved_at.timestamp():
        words = _("After version %(number)s, with later changes")
    return words % {"number": version.number}


def last_change(material: Material) -> float:
    """When anything that the document reads was last written, in seconds since 1970."""
    moments = [each.updated_at for each in material.answers.values()]
    rows = (
        material.places,
        material.segments,
        material.personas,
        material.competitors,
        material.products,
        material.channels,
        material.points,
        material.tools,
    )
    moments += [row.updated_at for kind in rows for row in kind]
    moments += [each.created_at for each in material.conclusions]
    moments += [each.created_at for each in material.plan.initiatives]
    return max((moment.timestamp() for moment in moments), default=0.0)


def _note(material: Material) -> str:
    return _("Draft: what is still open is marked.") if material.draft else ""


def _first_page(material: Material) -> list[Part]:
    section = material.sections.get(core.SECTION.key)
    asked = [each for each in one_page.questions(material.core) if each.answer]
    if section is None or not asked:
        return []
    asked += [part for part in own_questions(material, section) if isinstance(part, Question)]
    return [Heading(one_page.title()), *asked, PageBreak()]


CHAPTERS: Mapping[str, Chapter] = MappingProxyType(
    {
        "company": about.answers,
        "mission": about.answers,
        "roles": about.roles,
        "swot": about.swot,
        "goals": plan.goals,
        "initiatives": plan.initiatives,
        "geo": market.places,
        "occupation": market.segments,
        "persona": market.personas,
        "competitors": market.competitors,
        "product": offer.products,
        "price": offer.prices,
        "distribution": offer.distribution,
        "journey": offer.journey,
        "channels": offer.channels,
    }
)
"""How each section of the questionnaire is told, by its key."""

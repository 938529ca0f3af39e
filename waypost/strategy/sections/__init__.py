"""The questionnaire: one file per section, in the order of the document."""

from waypost.strategy.questions import Section
from waypost.strategy.sections import (
    channels,
    company,
    competitors,
    core,
    distribution,
    geography,
    goals,
    initiatives,
    journey,
    mission,
    occupation,
    persona,
    price,
    product,
    roles,
    swot,
)

SECTIONS: tuple[Section, ...] = tuple(
    module.SECTION
    for module in (
        core,
        company,
        mission,
        roles,
        swot,
        goals,
        initiatives,
        geography,
        occupation,
        persona,
        competitors,
        product,
        price,
        distribution,
        journey,
        channels,
    )
)
BY_KEY = {section.key: section for section in SECTIONS}

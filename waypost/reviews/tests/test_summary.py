"""The four numbers to read first."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from waypost.documents.values import Card
from waypost.reviews.chapters import summary
from waypost.reviews.figures import Figures, Measure
from waypost.reviews.tests.world import RICH


def spent(figures: Figures) -> Card:
    with translation.override("en"):
        return summary(figures).cards[-1]


def on_channels(*values: int | None) -> Figures:
    channels = tuple(
        replace(
            channel,
            measures=(Measure("spent", None, None if value is None else Decimal(value)),),
        )
        for channel, value in zip(RICH.channels, values, strict=False)
    )
    return replace(RICH, spent=None, planned=None, channels=channels)


def test_what_the_budget_knows_goes_before_what_channels_cost() -> None:
    figures = replace(on_channels(300, 40), spent=Decimal("1200.50"), planned=Decimal(1500))
    assert spent(figures) == Card("Spent", "1,200.50 EUR", "of 1,500.00 planned")


@pytest.mark.parametrize(
    ("values", "written"),
    [((300, 40), "340.00 EUR"), ((300, None), "300.00 EUR"), ((None, None), "–"), ((), "–")],
)
def test_without_a_budget_it_is_what_the_channels_cost(
    values: tuple[int | None, ...], written: str
) -> None:
    assert spent(on_channels(*values)) == Card("Spent", written)

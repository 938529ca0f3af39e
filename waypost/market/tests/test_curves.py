"""The dots of a chart and what they say."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

from waypost.market.rival_chart import Curve, Dot
from waypost.market.templatetags.curves import dots


def curve(*values: int, name: str = "Shop & Sons") -> Curve:
    days = (dt.date(2026, 9, 30), dt.date(2026, 10, 31))
    return Curve(
        name,
        name,
        1,
        True,
        tuple(
            Dot(40.5 + place, 12.0, day, value)
            for place, (day, value) in enumerate(zip(days, values, strict=False))
        ),
        20.0,
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Shop &amp; Sons, 30 September 2026: 15,340"),
        ("sl", "Shop &amp; Sons, 30. 9. 2026: 15.340"),
    ],
)
def test_a_dot_says_whose_number_it_is_and_when(language: str, words: str) -> None:
    with translation.override(language):
        assert dots(curve(15340)) == (
            '<circle fill="currentColor" cx="40.5" cy="12.0" r="3.5">'
            f"<title>{words}</title></circle>"
        )


def test_every_day_has_its_dot_in_order() -> None:
    drawn = dots(curve(0, 12))
    assert drawn.count("<circle") == 2
    assert drawn.index("30 September 2026: 0<") < drawn.index("31 October 2026: 12<")


def test_places_are_written_with_a_point_in_every_language() -> None:
    with translation.override("sl"):
        page = Template("{% load curves %}{% dots curve %}").render(Context({"curve": curve(1)}))
    assert 'cx="40.5"' in page


def test_a_curve_without_dots_draws_none() -> None:
    assert dots(curve()) == ""

"""Filters that show numbers."""

from decimal import Decimal

import pytest
from django.utils import translation

from waypost.goals.templatetags import numbers


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


@pytest.mark.parametrize(
    "name", ["number", "rough", "pace", "change", "percent", "per_cent_change"]
)
def test_an_empty_number_is_a_dash(name: str) -> None:
    assert getattr(numbers, name)(None) == "–"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("11400.33", "11,400"),
        ("99.96", "100"),
        ("2.62", "2.6"),
        ("0.254", "0.25"),
        ("-261.6", "-262"),
    ],
)
def test_an_estimate_has_no_needless_decimals(value: str, written: str) -> None:
    assert numbers.rough(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"), [(540, "+540"), (-3, "−3"), (0, "0"), (Decimal("-0.12"), "−0.12")]
)
def test_a_change_has_its_sign(value: Decimal | int, written: str) -> None:
    assert numbers.change(value) == written


def test_shares_are_shown_in_percent() -> None:
    assert numbers.percent(Decimal("0.5017"), 1) == "50.2\u00a0%"
    assert numbers.percent(Decimal("0.5017")) == "50\u00a0%"
    assert numbers.per_cent_change(Decimal("-0.0361")) == "−3.6\u00a0%"
    assert numbers.per_cent_change(Decimal("0.00001")) == "0\u00a0%"


def test_a_pace_has_two_decimals() -> None:
    assert numbers.pace(Decimal("0.9")) == "0.90"
    assert numbers.pace(Decimal("0.9283")) == "0.93"


def test_numbers_follow_the_language() -> None:
    with translation.override("sl"):
        assert numbers.number(Decimal("1234.50")) == "1.234,5"
        assert numbers.pace(Decimal("0.9")) == "0,90"

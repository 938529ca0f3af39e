"""How people write numbers, and how we write them back."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import number_format
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit import numbers
from waypost.kit.numbers import (
    CountField,
    NotANumber,
    NumberField,
    PercentField,
    grouped,
    parse,
    shown,
    typed,
)

MONEY = st.decimals(
    min_value=Decimal("-99999999999.99"), max_value=Decimal("99999999999.99"), places=2
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        (" 1234.5 ", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567.8"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1'234.50", "1234.50"),
        ("1 234.567", "1234.567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("5,", "5"),
        ("-3,6", "-3.6"),
        ("−3.6", "-3.6"),
        ("+12", "12"),
        ("1234.567", "1234.567"),
        ("007", "7"),
    ],
)
def test_a_number_is_read_as_a_person_means_it(text: str, value: str) -> None:
    assert parse(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.234", "“1.234” can be read in two ways. Write 1234 or 1.23."),
        ("12,345", "“12,345” can be read in two ways. Write 12345 or 12,34."),
        ("twelve", "“twelve” is not a number. Write it like this: 1234.5"),
        ("", "“” is not a number. Write it like this: 1234.5"),
        ("1e5", "“1e5” is not a number. Write it like this: 1234.5"),
        ("NaN", "“NaN” is not a number. Write it like this: 1234.5"),
        ("-", "“-” is not a number. Write it like this: 1234.5"),
        ("1.23.456", "The digits of “1.23.456” are grouped in a way that has no meaning. "),
        ("1,234.567,8", "The digits of “1,234.567,8” are grouped in a way that has no meaning. "),
        ("1,234.", "“1,234.” ends with a sign. Write it like 1234.5"),
    ],
)
def test_what_cannot_be_read_is_explained(text: str, sentence: str) -> None:
    with pytest.raises(NotANumber) as caught:
        parse(text)
    assert str(caught.value).removesuffix("Write 1234.5") == sentence


def test_an_endless_number_is_refused() -> None:
    with pytest.raises(NotANumber):
        parse("9" * 41)


@given(MONEY, st.sampled_from(["en", "sl"]))
def test_what_we_write_into_a_field_we_can_read_again(value: Decimal, language: str) -> None:
    with translation.override(language):
        assert parse(typed(value)) == value


@pytest.mark.parametrize(("language", "written"), [("en", "11,400.33"), ("sl", "11.400,33")])
def test_a_number_is_shown_in_the_persons_format(language: str, written: str) -> None:
    with translation.override(language):
        assert shown(Decimal("11400.327")) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("9010.00", "9,010"),
        ("2.60", "2.6"),
        ("0.00", "0"),
        ("-0.001", "0"),
        ("1000000", "1,000,000"),
    ],
)
def test_needless_zeros_are_left_out(value: str, written: str) -> None:
    with translation.override("en"):
        assert shown(Decimal(value)) == written


@given(MONEY, st.sampled_from(["en", "sl"]))
def test_a_grouped_number_is_what_django_writes(value: Decimal, language: str) -> None:
    with translation.override(language):
        assert grouped(value) == number_format(value, 2, use_l10n=True, force_grouping=True)


def test_half_is_rounded_up() -> None:
    assert shown(Decimal("0.5"), places=0) == "1"
    assert shown(Decimal("2.5"), places=0) == "3"


def test_the_field_shows_a_stored_number_without_thousands() -> None:
    with translation.override("sl"):
        assert NumberField().prepare_value(Decimal("9010.50")) == "9010,5"


def test_the_field_says_what_is_wrong() -> None:
    with pytest.raises(ValidationError) as caught:
        NumberField().clean("about ten")
    assert caught.value.messages == ["“about ten” is not a number. Write it like this: 1234.5"]


def test_the_field_refuses_more_decimals_than_are_kept() -> None:
    with pytest.raises(ValidationError) as caught:
        NumberField(max_digits=16, decimal_places=2).clean("3.14159")
    assert caught.value.messages == ["Ensure that there are no more than 2 decimal places."]


def test_an_empty_field_is_no_number() -> None:
    assert NumberField(required=False).clean("  ") is None
    assert numbers.NumberField(required=False).clean(Decimal(3)) == Decimal(3)


def test_the_same_number_written_otherwise_is_no_change() -> None:
    field = NumberField()
    assert field.has_changed(Decimal("9010.00"), "9010") is False
    assert field.has_changed(Decimal("9010.00"), "9011") is True


@pytest.mark.parametrize(
    ("text", "share"), [("22", "0.22"), ("9,5 %", "0.095"), ("0", "0"), ("33.3333", "0.3333")]
)
def test_a_percentage_is_kept_as_a_share(text: str, share: str) -> None:
    field = PercentField(min_value=0, max_value=1)
    assert field.clean(text) == Decimal(share)
    assert field.clean(field.prepare_value(Decimal(share))) == Decimal(share)


def test_no_percentage_is_not_zero() -> None:
    field = PercentField(required=False)
    assert (field.clean(""), field.clean(None)) == (None, None)
    with pytest.raises(ValidationError):
        field.clean("much")


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", 1234), ("1,234", 1234), ("12.345.678", 12345678), ("7", 7), ("1 234", 1234)],
)
def test_what_is_counted_has_no_decimals_to_be_mistaken_for(text: str, value: int) -> None:
    assert CountField().clean(text) == Decimal(value)


def test_half_of_something_counted_is_refused() -> None:
    with pytest.raises(ValidationError, match="Write a whole number"):
        CountField().clean("12,5")

"""Numbers as people write and read them: decimal comma or dot, thousands in any style."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d)")
_SHAPE = re.compile(r"([+-]?)(\d[\d.,]*|[.,]\d+)")
_COUNT = re.compile(r"[+−-]?\d{1,3}([.,]\d{3})+")
_THOUSANDS = re.compile(r"[.,]")
_SHARE = Decimal("0.0001")
_LONGEST = 40  # characters; nobody means a longer number


class NotANumber(ValueError):
    """The text cannot be read; the message is a sentence for the person."""


def parse(text: str) -> Decimal:
    """``"1.234,56"``, ``"1,234.56"``, ``"1234.5"`` or ``"1 234,5"`` as a number.

    Raises ``NotANumber``, also for ``"1.234"``: it is a thousand to one reader and a bit
    more than one to another, and guessing wrong would spoil a goal silently.
    """
    typed = text.strip().replace("−", "-")
    shape = _SHAPE.fullmatch(_SPACES.sub("", typed)) if len(typed) <= _LONGEST else None
    if shape is None:
        raise NotANumber(
            _("“%(text)s” is not a number. Write it like this: 1234.5") % {"text": text.strip()}
        )
    sign, digits = shape.groups()
    whole, fraction = _split(digits, typed)
    return Decimal(f"{sign}{whole or 0}.{fraction or 0}")


def _split(digits: str, typed: str) -> tuple[str, str]:
    """The digits before and after the decimal sign."""
    signs = [sign for sign in ",." if sign in digits]
    if not signs:
        return digits, ""
    if len(signs) == 2:
        decimal = max(signs, key=digits.rindex)
        whole, fraction = digits.rsplit(decimal, 1)
        return _ungroup(whole, typed), _plain(fraction, typed)
    if digits.count(signs[0]) > 1:
        return _ungroup(digits, typed), ""
    whole, fraction = digits.split(signs[0])
    # Spaces that were taken out were the thousands, so this sign must be the decimal one.
    grouped = _SPACES.search(typed) is not None
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole.strip("0") and not grouped:
        raise NotANumber(
            _("“%(text)s” can be read in two ways. Write %(thousand)s or %(decimal)s.")
            % {"text": typed, "thousand": whole + fraction, "decimal": digits[:-1]}
        )
    return whole, fraction


def _ungroup(whole: str, typed: str) -> str:
    """``"1.234.567"`` → ``"1234567"``; groups of three under one sign only."""
    groups = re.split(r"[.,]", whole)
    mixed = "." in whole and "," in whole
    uneven = any(len(group) != 3 for group in groups[1:]) or not 1 <= len(groups[0]) <= 3
    if len(groups) > 1 and (mixed or uneven):
        raise NotANumber(
            _("The digits of “%(text)s” are grouped in a way that has no meaning. Write 1234.5")
            % {"text": typed}
        )
    return "".join(groups)


def _plain(fraction: str, typed: str) -> str:
    if not fraction.isdigit():
        raise NotANumber(_("“%(text)s” ends with a sign. Write it like 1234.5") % {"text": typed})
    return fraction


def parse_count(text: str) -> Decimal:
    """Like :func:`parse` for what is counted: ``"1.234"`` and ``"1,234"`` are a thousand and more,
    since nothing is counted in parts.
    """
    typed = _SPACES.sub("", text.strip())
    return parse(_THOUSANDS.sub("", typed) if _COUNT.fullmatch(typed) else text)


def _whole(value: Decimal) -> Decimal:
    """Without a decimal of 0, which a field would count."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def shown(value: Decimal, *, places: int = 2) -> str:
    """``value`` in the person's format with at most ``places`` decimals, rounded half up."""
    return grouped(_short(value, places))


def grouped(value: Decimal) -> str:
    """``value`` in the person's format with all its decimals.

    What Django's ``number_format`` says with grouping, ten times as fast: a page has thousands.
    """
    return f"{value:,f}".translate(_signs(get_language()))


@cache
def _signs(_language: str | None) -> dict[int, str]:
    """What stands for the comma and the point in the active language."""
    return {
        ord(","): str(get_format("THOUSAND_SEPARATOR")),
        ord("."): str(get_format("DECIMAL_SEPARATOR")),
    }


def typed(value: Decimal) -> str:
    """``value`` as one would type it into a field: no thousands, the person's decimal sign."""
    return f"{_short(value, 2):f}".replace(".", str(get_format("DECIMAL_SEPARATOR")))


def _short(value: Decimal, places: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    whole = rounded.to_integral_value()
    if rounded == whole:
        return abs(whole) if not whole else whole.quantize(Decimal(1))
    return Decimal(f"{rounded:f}".rstrip("0"))


class NumberField(forms.DecimalField):
    """A field for a number as people write it; see :func:`parse`."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse(str(value))
        except NotANumber as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, Decimal) else value


class CountField(NumberField):
    """A field for what is counted; see :func:`parse_count`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": 0, **kwargs})
        self.error_messages["max_decimal_places"] = gettext_lazy("Write a whole number.")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return _whole(parse_count(value))
        except NotANumber as error:
            raise ValidationError(str(error), code="invalid") from error


class PercentField(NumberField):
    """A share, typed and shown in percent: ``12,5`` is 0.125. Kept to a hundredth percent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 5, "decimal_places": 4, **kwargs})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if value is None or isinstance(value, Decimal):
            return value
        typed_in = super().to_python(str(value).strip().removesuffix("%").rstrip())
        return None if typed_in is None else (typed_in / 100).quantize(_SHARE, "ROUND_HALF_UP")

    def prepare_value(self, value: Any) -> Any:
        return typed(value * 100) if isinstance(value, Decimal) else value

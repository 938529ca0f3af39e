"""The dots of a chart, each with its words; written here, since a page has hundreds."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from django.template import Library
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from waypost.kit.numbers import grouped
from waypost.market.rival_chart import Curve

register = Library()


@register.simple_tag
def dots(curve: Curve) -> SafeString:
    """Circles that say whose number it is, of which day."""
    language = get_language()
    return format_html_join(
        "",
        '<circle fill="currentColor" cx="{}" cy="{}" r="3.5"><title>{}, {}: {}</title></circle>',
        (
            (
                repr(dot.x),
                repr(dot.y),
                curve.name,
                _day(dot.date, language),
                grouped(Decimal(dot.value)),
            )
            for dot in curve.dots
        ),
    )


@lru_cache(maxsize=1000)
def _day(day: dt.date, _language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")

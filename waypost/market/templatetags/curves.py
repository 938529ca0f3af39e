"""The dots of a chart, each with its words; written here, since a page has hundreds."""

from decimal import Decimal

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from waypost.kit.numbers import grouped
from waypost.kit.spelled import spelled
from waypost.market.rival_chart import Curve

register = Library()


@register.simple_tag
def dots(curve: Curve) -> SafeString:
    """Circles that say whose number it is, of which day."""
    return format_html_join(
        "",
        '<circle fill="currentColor" cx="{}" cy="{}" r="3.5"><title>{}, {}: {}</title></circle>',
        (
            (
                repr(dot.x),
                repr(dot.y),
                curve.name,
                spelled(dot.date),
                grouped(Decimal(dot.value)),
            )
            for dot in curve.dots
        ),
    )

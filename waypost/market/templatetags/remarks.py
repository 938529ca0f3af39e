"""Tags for what stands on a page hundreds of times: figures in percent, days."""

from decimal import Decimal

from django.template import Library
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from waypost.kit.figures import Figure
from waypost.kit.screen import icon
from waypost.market.days import Day, Kind

register = Library()
ICONS = {Kind.HOLIDAY: "calendar-days", Kind.SHOPPING: "tag", Kind.OWN: "flag"}


@register.simple_tag
def remark(figure: Figure, places: int = 1) -> SafeString:
    """A share as ``1.38 %``; a dash with its reason, or a star with what to know about it."""
    if figure.value is None:
        return format_html(
            '<span title="{}">–<span class="sr-only"> {}</span></span>',
            figure.reason,
            figure.reason,
        )
    percent = (figure.value * 100).quantize(Decimal(1).scaleb(-places), "ROUND_HALF_UP")
    shown = f"{number_format(percent, places, use_l10n=True, force_grouping=True)}\u00a0%"
    if not figure.note:
        return format_html("{}", shown)
    return format_html(
        '<span title="{}">{}<span aria-hidden="true">*</span>'
        '<span class="sr-only"> {}</span></span>',
        figure.note,
        shown,
        figure.note,
    )


@register.simple_tag
def day_name(day: Day, url: str = "") -> SafeString:
    """What is kept, with the mark of its kind; ``url`` leads to an own day."""
    name = format_html('<a class="link" href="{}">{}</a>', url, day.name) if url else day.name
    return format_html(
        '<span class="market-day day-{}">{}<span class="sr-only">{}: </span><span>{}</span></span>',
        day.kind,
        icon(ICONS[day.kind]),
        day.kind.label,
        name,
    )

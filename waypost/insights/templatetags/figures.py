"""Tags for figures: a value in its unit, or a dash with the reason; changes with their sign."""

from collections.abc import Sequence
from decimal import Decimal

from django.template import Library
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waypost.budget.templatetags.money import money, unit_price
from waypost.goals.templatetags.numbers import NO_BREAK, change, number, per_cent_change
from waypost.insights.numbers import ChannelNumbers, Number, Rate
from waypost.insights.rates import Shape
from waypost.kit.figures import Figure
from waypost.kit.numbers import shown
from waypost.providers.metrics import gives

register = Library()


@register.simple_tag
def figure(found: Figure, unit: str = "number") -> SafeString:
    """``unit``: number, money, hours, share, price or times."""
    if found.value is None:
        return reason(found.reason)
    text = _written(found.value, unit)
    if not found.note:
        return conditional_escape(text)
    return format_html(
        '<span title="{}">{}<span aria-hidden="true">*</span>'
        '<span class="sr-only"> {}</span></span>',
        found.note,
        text,
        found.note,
    )


def reason(words: str) -> SafeString:
    """A dash that says why."""
    return format_html('<span title="{}">–<span class="sr-only"> {}</span></span>', words, words)


def _written(value: Decimal, unit: str) -> str:
    if unit == "money":
        return money(value)
    if unit == Shape.PRICE:
        return unit_price(value)
    if unit == Shape.SHARE:
        return f"{shown(value * 100, places=2)}{NO_BREAK}%"
    return f"{shown(value, places=2)}{'×' if unit == Shape.TIMES else ''}"


@register.simple_tag
def count_cells(values: Sequence[int | None]) -> SafeString:
    """A cell for each of ``values``; a table of a year has hundreds."""
    return format_html_join("", '<td class="num">{}</td>', ((number(each),) for each in values))


@register.simple_tag
def empty_reasons(row: ChannelNumbers) -> SafeString:
    """Why numbers are not known that the plan asks for, or that the network never tells.

    Each reason stands once. A dash tells it too, but only to somebody who can point at it.
    """
    network = row.holder.network
    never = (number for key, number in row.numbers.items() if not gives(network, key))
    found: dict[str, list[str]] = {}
    for each in dict.fromkeys((*row.shown, *never)):
        if each.now.value is None:
            found.setdefault(each.now.reason, []).append(str(each.metric.label))
    return format_html_join(
        "", "<li>– {}: {}</li>", ((", ".join(words), why) for why, words in found.items())
    )


@register.simple_tag
def moved(found: Number | Rate) -> SafeString:
    """The change, marked where it is welcome or not; a share changes in percentage points."""
    if isinstance(found, Number) and found.is_new:
        return conditional_escape(_("new"))
    if found.change is None:
        words = found.broken or found.now.reason or found.before.reason
        return reason(words)
    tone = {True: "text-success", False: "text-error", None: "text-muted"}[found.is_good]
    return format_html('<span class="{} whitespace-nowrap">{}</span>', tone, _change(found))


def _change(found: Number | Rate) -> str:
    assert found.change is not None
    if isinstance(found, Number):
        share = found.share.value
        return change(found.change) if share is None else per_cent_change(share)
    if found.ratio.shape is Shape.SHARE:
        points = (found.change * 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        sign = "+" if points > 0 else "−" if points < 0 else ""
        unit = _("pp")
        return f"{sign}{number(abs(points))}{NO_BREAK}{unit}"
    if found.before.value:
        return per_cent_change(found.change / found.before.value)
    return change(found.change)


@register.simple_tag
def number_rows(row: ChannelNumbers, engagement: Rate, rates: Sequence[Rate]) -> SafeString:
    """The rows of a channel's table; written here, since a page has hundreds of them."""
    cells = [(n.metric.label, n, n.metric.unit.value, "") for n in row.shown]
    told = engagement.now.value is not None or engagement.before.value is not None
    shares = [engagement] * told
    lines: list[tuple[Promise, Number | Rate, str, str]] = [
        *cells,
        *((each.ratio.label, each, "share", "border-t border-line") for each in shares),
        *((each.ratio.label, each, each.ratio.shape.value, "") for each in rates),
    ]
    return format_html_join(
        "\n",
        '<tr class="{}"><th scope="row">{}</th><td class="num text-muted">{}</td>'
        '<td class="num">{}</td><td class="num">{}</td></tr>',
        (
            (style, label, figure(each.before, unit), figure(each.now, unit), moved(each))
            for label, each, unit, style in lines
        ),
    )

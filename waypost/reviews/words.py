"""Numbers of a report as people read them: the same text on the page and in every file."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget.templatetags.money import money, unit_price
from waypost.goals.templatetags.numbers import DASH, NO_BREAK, change, number, per_cent_change
from waypost.goals.templatetags.numbers import percent as share
from waypost.kit.figures import Number
from waypost.kit.numbers import shown
from waypost.reviews.figures import ChannelFigures, Measure, Unknown
from waypost.reviews.metrics import METRICS, Shape

__all__ = ["DASH", "change_said", "day", "growth_said", "money", "number", "said", "share"]


def said(key: str, value: Number) -> str:
    """A number of the metric ``key``; a dash where it is not known."""
    match METRICS[key].shape:
        case Shape.MONEY:
            return money(value)
        case Shape.RATE:
            return share(value, 1)
        case _:
            return number(value)


def change_said(measure: Measure) -> str:
    """With its sign; of a rate in percentage points."""
    value = measure.change
    if value is None:
        return DASH
    sign = "+" if value > 0 else "−" if value < 0 else ""
    match METRICS[measure.key].shape:
        case Shape.MONEY:
            return f"{sign}{money(abs(value))}"
        case Shape.RATE:
            points = _("%(n)s points") % {"n": shown(abs(value) * 100, places=1)}
            return f"{sign}{points}"
        case _:
            return change(value)


def growth_said(measure: Measure) -> str:
    """The change in percent; "new" where there was nothing before."""
    if measure.is_broken:
        return _("not comparable")
    if METRICS[measure.key].shape is Shape.RATE or measure.change is None:
        return DASH
    if measure.before == 0:
        return _("new") if measure.now else DASH
    return per_cent_change(measure.growth)


WHY: Mapping[str, Promise] = MappingProxyType(
    {
        "never": gettext_lazy("not told by %(network)s"),
        "nothing": gettext_lazy("neither measured nor entered for this time"),
        "changed": gettext_lazy("not added up, because the meaning changed in this time"),
        "unlinked": gettext_lazy("no short link of yours was followed from its posts"),
    }
)
"""Why a number is not known."""


def why_said(channel: ChannelFigures, each: Unknown) -> str:
    return str(WHY[each.why]) % {"network": channel.network}


def unknown_said(channel: ChannelFigures) -> str:
    """Every reason with the metrics that it leaves empty; nothing where all are known."""
    found: dict[str, list[str]] = {}
    for each in channel.unknown:
        word = str(METRICS[each.key].word)
        found.setdefault(why_said(channel, each), []).append(word)
    return " ".join(f"{DASH} {', '.join(words)}: {reason}." for reason, words in found.items())


def each_said(spent: Number, results: Number) -> str:
    """What one of ``results`` cost; a dash where nothing can be divided."""
    if spent is None or not results or results < 0:
        return DASH
    return unit_price(spent / Decimal(results)) if spent else money(spent)


def with_unit(value: Number, unit: str) -> str:
    return DASH if value is None else f"{number(value)}{NO_BREAK}{unit}".rstrip()


def day(value: object) -> str:
    return str(date_format(value, "SHORT_DATE_FORMAT"))  # type: ignore[arg-type]

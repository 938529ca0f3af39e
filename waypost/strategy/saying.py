"""How a row says its answer to one question, where a list of its fields would read badly.

Each function answers an empty text when the row has nothing to say.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.models import HatHolder
from waypost.budget.templatetags.money import money
from waypost.goals.models import Goal, Initiative
from waypost.kit.numbers import shown
from waypost.market.channel_words import display_of
from waypost.market.kinds import Kind
from waypost.market.models import Channel, ChannelReading, Persona, Place, Product, SwotPoint
from waypost.market.pricing import Pricing
from waypost.market.territories import country_name, language_name


def _joined(texts: Iterable[str], between: str = ", ") -> str:
    return between.join(text for text in texts if text)


def _percent(share: Decimal | None) -> str:
    return "" if share is None else f"{shown(share * 100, places=1)}\u00a0%"


def _kinds(keys: Iterable[str]) -> str:
    words = dict(Kind.choices)
    return ", ".join(str(words.get(key, key)) for key in keys)


def _span(start: dt.date, end: dt.date) -> str:
    return f"{date_format(start, 'DATE_FORMAT')} – {date_format(end, 'DATE_FORMAT')}"


def _hat(row: HatHolder) -> str:
    backup = _("steps in: {name}").format(name=row.backed_up_by) if row.backed_up_by else ""
    return _joined((_joined((row.worn_by, backup)), row.note), ". ")


def _measurable(row: Goal) -> str:
    return f"{row.metric}: {shown(row.baseline)} → {shown(row.target)} {row.unit}".strip()


def _timeline(row: Initiative) -> str:
    told = _span(row.start_date, row.end_date)
    return _joined((told, _("or until the goal is reached") if row.until_goal else ""))


def _measure(row: Initiative) -> str:
    part = row.expected_contribution
    return _joined((row.measure, f"+{shown(part)} {row.goal.unit}".strip() if part else ""))


def _resources(row: Initiative) -> str:
    cost = f"{money(row.budget)} {row.business.currency}" if row.budget else ""
    return _joined((row.resources, cost))


def _place(row: Place) -> str:
    part = _percent(row.share_of_orders)
    return _joined((row.name, _("{share} of orders").format(share=part) if part else ""))


def _holidays(row: Place) -> str:
    return _joined((country_name(row.country) if row.country else "", row.shopping))


def _age(row: Persona) -> str:
    ages = dict.fromkeys(str(age) for age in (row.age_from, row.age_to) if age is not None)
    return _("%(ages)s years") % {"ages": "–".join(ages)} if ages else ""


def _demographics(row: Persona) -> str:
    gender = str(row.get_gender_display()) if row.gender else ""
    return _joined((_age(row), gender, row.location))


def _communication(row: Persona) -> str:
    channels = ", ".join(str(one) for one in row.channels.all())
    return _joined((row.communication, channels, _kinds(row.formats)), "; ")


def _reading(row: ChannelReading) -> str:
    counts = (
        (row.followers, _("followers")),
        (row.avg_likes, _("likes a post")),
        (row.avg_shares, _("shares a post")),
        (row.avg_comments, _("comments a post")),
        (row.mentions, _("mentions in a month")),
    )
    told = [f"{word}: {shown(Decimal(count))}" for count, word in counts if count is not None]
    where = str(display_of(row.network).name) if row.network else ""
    about = (str(row.competitor), where, date_format(row.date, "DATE_FORMAT"))
    return _joined((_joined(about), *told), "; ")


def _rival_point(row: SwotPoint) -> str:
    return f"{row.competitor}, {row.get_quadrant_display()}: {row.text}"


def _description(row: Product) -> str:
    return _joined((row.description, row.feeling), "\n")


def _unique(row: Product) -> str:
    return _joined((_yes_no(row.unique), row.unique_note), ": ")


def _yes_no(value: bool | None) -> str:
    if value is None:
        return ""
    return _("Yes") if value else _("No")


def _price(row: Product) -> str:
    if row.price_gross is None:
        return ""
    price = f"{money(row.price_gross)} {row.business.currency}"
    return _("{price} with {rate} VAT").format(price=price, rate=_percent(row.vat_rate))


def _profit(row: Product) -> str:
    margin = Pricing.of(row).margin.value
    cost = _("costs {money}").format(money=f"{money(row.unit_cost)} {row.business.currency}")
    return _joined(
        (cost, "" if margin is None else _("margin {share}").format(share=_percent(margin)))
    )


def _affordable(row: Product) -> str:
    afford = str(row.get_affordable_display()) if row.affordable else ""
    return _joined((afford, row.affordable_note), ": ")


def _frequency(row: Product) -> str:
    often = row.orders_per_year
    return "" if often is None else _("{number} orders a year").format(number=shown(often))


def _posts(row: Channel) -> str:
    mix = ", ".join(f"{_kinds([kind])} {number}" for kind, number in row.content_mix.items())
    often = row.posts_per_week
    if not often:
        return mix
    whole = int(often) if often == int(often) else 5  # a fraction counts as "many"
    words = ngettext("%(number)s post a week", "%(number)s posts a week", whole)
    return _joined((words % {"number": shown(often, places=1)}, mix), ": ")


HATS = ("lead", "copy", "creative", "ads", "distribution", "influencers", "community")
SAYING: Mapping[str, Callable[[Any], str]] = {
    **{f"roles.{hat}": _hat for hat in HATS},
    "goals.measurable": _measurable,
    "goals.timebound": lambda row: _span(row.start_date, row.deadline_date),
    "initiatives.timeline": _timeline,
    "initiatives.measure": _measure,
    "initiatives.resources": _resources,
    "geo.where": _place,
    "geo.language": lambda row: language_name(row.language) if row.language else "",
    "geo.holidays": _holidays,
    "persona.demographics": _demographics,
    "persona.communication": _communication,
    "competitors.stats": _reading,
    "competitors.swot": _rival_point,
    "product.description": _description,
    "product.unique": _unique,
    "price.price": _price,
    "price.profit": _profit,
    "price.affordable": _affordable,
    "price.frequency": _frequency,
    "price.reinvest": lambda row: _percent(row.reinvest_share),
    "channels.top_budget": lambda row: _percent(row.ad_share),
    "channels.content": _posts,
}
"""By the key of the answer."""

WITH: Mapping[type[Model], tuple[str, ...]] = {
    HatHolder: ("holder__user", "backup__user"),
}
"""What else is read together with the rows of a model."""

"""What the tools in use cost, and which of their days come near."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.kit.figures import ZERO
from waypost.market.models import Tool

AHEAD = dt.timedelta(days=7)  # so early a day is worth a word
MONTHS = 12
Period = Tool.Period


@dataclass(frozen=True)
class InUse:
    """A tool as it stands on ``today``."""

    tool: Tool
    today: dt.date

    @property
    def monthly(self) -> Decimal | None:
        """Its cost in a month; a year's price in twelve parts. None while nobody has said."""
        if self.tool.period == Period.FREE:
            return ZERO
        price = self.tool.price
        if price is None:
            return None
        return price / MONTHS if self.tool.period == Period.YEARLY else price

    @property
    def untested(self) -> bool:
        """A yearly plan that nobody tested first."""
        return self.tool.period == Period.YEARLY and self.tool.tested_on is None

    @property
    def warnings(self) -> list[str]:
        return [_("Yearly plan not tested yet.")] if self.untested else []

    @property
    def reminders(self) -> list[str]:
        """What happens within a week, or happened to a trial."""
        told = []
        trial, renewal = self.tool.trial_ends_on, self.tool.renews_on
        if trial and trial < self.today and self.tool.tested_on is None:
            told.append(_("The trial is over. Was it worth it?"))
        elif trial and self.today <= trial <= self.today + AHEAD:
            told.append(_trial_ends((trial - self.today).days))
        if renewal and self.today <= renewal <= self.today + AHEAD:
            told.append(_renews((renewal - self.today).days))
        return told


def _trial_ends(days: int) -> str:
    if not days:
        return _("The trial ends today.")
    words = ngettext("The trial ends in %(n)s day.", "The trial ends in %(n)s days.", days)
    return words % {"n": days}


def _renews(days: int) -> str:
    if not days:
        return _("It renews today.")
    return ngettext("It renews in %(n)s day.", "It renews in %(n)s days.", days) % {"n": days}


def in_use(tools: Iterable[Tool], today: dt.date) -> list[InUse]:
    return [InUse(tool, today) for tool in tools]


def monthly_cost(tools: Iterable[InUse]) -> Decimal:
    """All known costs of a month together."""
    return sum((each.monthly for each in tools if each.monthly is not None), ZERO)

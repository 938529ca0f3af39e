"""The calculators: formulas with the words, units and examples that their pages show."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.budget.tools import adverts, customers, prices, spending
from waypost.budget.tools.base import Tool


@dataclass(frozen=True)
class Group:
    title: Promise
    tools: tuple[Tool, ...]


GROUPS = (
    Group(_("How much to spend"), spending.TOOLS),
    Group(_("Prices and margins"), prices.TOOLS),
    Group(_("Adverts"), adverts.TOOLS),
    Group(_("Customers and results"), customers.TOOLS),
)
BY_NAME: Mapping[str, Tool] = MappingProxyType(
    {tool.name: tool for group in GROUPS for tool in group.tools}
)

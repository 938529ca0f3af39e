"""The four questions that are asked again and again while a strategy is carried out."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RESULT, NEXT, EFFECTIVE, IMPROVE = "result", "next", "effective", "improve"

ASKS: Mapping[str, Promise] = MappingProxyType(
    {
        RESULT: _("What came out of what we have done?"),
        NEXT: _("What will we do next?"),
        EFFECTIVE: _("Does our strategy work?"),
        IMPROVE: _("What can we do better?"),
    }
)
LEADS_TO_TASKS = (NEXT, IMPROVE)
"""Each line of these answers can become a task."""
LIGHT = (RESULT, NEXT)
"""What is asked of a week; a longer time is asked all four."""

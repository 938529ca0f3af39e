"""Days as they are written on pages, worked out once: a table shows the same ones hundreds
of times, and Django takes them apart anew each time.
"""

import datetime as dt
from functools import lru_cache
from typing import Any

from django.template import Library
from django.template.defaultfilters import date as any_date
from django.utils.formats import date_format
from django.utils.translation import get_language

register = Library()


def spelled(day: dt.date, form: str = "DATE_FORMAT") -> str:
    """``day`` in the active language; ``form`` is the name of a format, or letters of one."""
    return _spelled(day, form, get_language())


@lru_cache(maxsize=4096)
def _spelled(day: dt.date, form: str, _language: str | None) -> str:
    return date_format(day, form)


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Django's filter of this name; a day without a time is looked up first."""
    if type(value) is dt.date:  # a moment is a date, too, but there are too many of them
        return spelled(value, form or "DATE_FORMAT")
    return any_date(value, form)

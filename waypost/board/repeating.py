"""Tasks that come again: rules of RFC 5545, read by dateutil."""

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

RULES: tuple[tuple[str, Promise | str], ...] = (
    ("", _("does not repeat")),
    ("FREQ=DAILY", _("every day")),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", _("on working days")),
    ("FREQ=WEEKLY", _("every week")),
    ("FREQ=WEEKLY;INTERVAL=2", _("every two weeks")),
    ("FREQ=MONTHLY", _("every month")),
    ("FREQ=MONTHLY;INTERVAL=3", _("every three months")),
    ("FREQ=YEARLY", _("every year")),
)
LAST_SAFE_DAY = 28  # every month has it


def rule_for(rule: str, due: dt.date | None) -> str:
    """``rule`` so that a task of the 31st comes in every month, too, on its last day."""
    plain = plain_rule(rule)
    if not plain.startswith("FREQ=MONTHLY") or due is None or due.day <= LAST_SAFE_DAY:
        return plain
    days = ",".join(str(day) for day in range(LAST_SAFE_DAY, due.day + 1))
    return f"{plain};BYMONTHDAY={days};BYSETPOS=-1"


def plain_rule(rule: str) -> str:
    """What a person chose, as it stands in ``RULES``."""
    return rule.partition(";BYMONTHDAY=")[0]


def next_day(rule: str, due: dt.date, *, after: dt.date) -> dt.date:
    """The first day of ``rule`` (which begins at ``due``) later than ``due`` and ``after``."""
    parse: Any = import_string("dateutil.rrule.rrulestr")
    start = dt.datetime.combine(due, dt.time())
    found = parse(rule, dtstart=start).after(dt.datetime.combine(max(due, after), dt.time()))
    return dt.date(found.year, found.month, found.day)

"""The columns of a budget as a file: what they are called, in the language of the moment.

Two sheets have the same lines: *Base* holds what is planned and is where lines are typed,
*Budget* shows what is available, takes what was spent, and computes the rest.
"""

from dataclasses import dataclass

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from waypost.budget.models import MONTHS, Line

PER_MONTH = 3  # columns of a month on the sheet Budget
FIRST_MONTH = 4  # the place of January's first column on both sheets, counted from 0
HEADING_LINE, FIRST_LINE = 4, 5  # of both sheets, as Excel counts
MARKS_LINE = 3  # on Budget: which months are closed, and their numbers


@dataclass(frozen=True)
class Words:
    """The words of a file in one language; reading looks them up in all languages."""

    budget: str
    base: str
    charts: str
    yes: str
    no: str
    closed: str
    open: str
    sources: dict[str, str]

    @classmethod
    def now(cls) -> "Words":
        return cls(
            budget=_("Budget"),
            base=pgettext("sheet of a workbook", "Base"),
            charts=_("Charts"),
            yes=_("yes"),
            no=_("no"),
            closed=pgettext("month", "closed"),
            open=pgettext("month", "open"),
            sources={str(key): str(label) for key, label in Line.Source.choices},
        )


def months() -> tuple[str, ...]:
    """Jan … Dec, as short as people write them."""
    return tuple(str(MONTHS_3[month]).capitalize() for month in MONTHS)


def base_headings() -> dict[str, str]:
    """Names of the columns of the sheet Base, in order; months are called ``1`` to ``12``."""
    return {
        "category": _("Category"),
        "line": _("Line"),
        "source": _("Done by"),
        "carry_over": _("Carry over"),
        **{str(month): name for month, name in zip(MONTHS, months(), strict=True)},
        "year_plan": _("Year plan"),
        "vendor": _("Vendor"),
        "renewal_date": _("Renews on"),
        "recurring": _("Subscription"),
        "note": _("Note"),
        "number": _("Waypost no."),
    }


def budget_headings() -> dict[str, str]:
    """Names of the columns of the sheet Budget; ``actual 1`` is what January cost."""
    words = {"available": _("available"), "actual": _("actual"), "difference": _("difference")}
    return {
        "category": _("Category"),
        "line": _("Line"),
        "source": _("Done by"),
        "carry_over": _("Carry over"),
        **{
            f"{key} {month}": f"{name} {word}"
            for month, name in zip(MONTHS, months(), strict=True)
            for key, word in words.items()
        },
        "year_plan": _("Year plan"),
        "year_actual": _("Year actual"),
        "year_difference": _("Year difference"),
        "plan_to_date": _("Plan to date"),
        "actual_to_date": _("Actual to date"),
        "difference_to_date": _("Difference to date"),
        "used": _("% used"),
        "of_category": _("% of category"),
        "of_total": _("% of total"),
        "note": _("Note"),
    }

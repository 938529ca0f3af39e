"""The way through the target market in four steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Business
from waypost.market.completeness import all_answered
from waypost.market.models import Competitor
from waypost.market.views.shared import at


@dataclass(frozen=True)
class Step:
    """One of the four; ``names`` are those of the records that there are."""

    number: int
    title: str
    lead: str
    url: str
    icon: str
    names: list[str]
    done: int
    asked: int
    more: str = ""  # what is missing beside the records' fields

    @property
    def is_begun(self) -> bool:
        return bool(self.names)

    @property
    def is_done(self) -> bool:
        return self.is_begun and self.done == self.asked and not self.more


@business_view("market.view")
@never_cache
@require_GET
def overview(request: BusinessRequest) -> HttpResponse:
    steps = steps_of(request)
    context = {
        "steps": steps,
        "next": next((each for each in steps if not each.is_done), None),
        "finished": sum(each.is_done for each in steps),
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/overview.html", context)


def steps_of(request: BusinessRequest) -> list[Step]:
    """Five queries however much there is."""
    business = request.business
    personas = list(business.personas.prefetch_related("channels"))
    told: tuple[tuple[str, str, str, str, Sequence[Any], str], ...] = (
        (_("Where they live"), _("Places, their language, their holidays and shopping days."),
         "places", "map", list(business.places.all()), ""),
        (_("What they do"), _("The trade of companies, the occupation of people."),
         "segments", "building-2", list(business.segments.all()), ""),
        (_("Who they are"), _("Personas: invented people who stand for the real ones."),
         "personas", "user", personas, _no_negative(personas)),
        (_("Whom else they could choose"),
         _("Competitors, their numbers and strengths beside yours."),
         "competitors", "chart-column", *_competitors(business)),
    )  # fmt: skip
    return [
        Step(number, title, lead, at(request, page), icon, _names(rows), *all_answered(rows), more)
        for number, (title, lead, page, icon, rows, more) in enumerate(told, start=1)
    ]


def _names(rows: Sequence[Any]) -> list[str]:
    return [str(row) for row in rows]


def _no_negative(personas: Sequence[Any]) -> str:
    if not personas or any(row.negative for row in personas):
        return ""
    return _("Also say who is not your customer: a negative persona.")


def _competitors(business: Business) -> tuple[list[Competitor], str]:
    counted = Count("readings", filter=Q(readings__followers__isnull=False), distinct=True)
    points = Count("swot_points", distinct=True)
    found = list(business.competitors.annotate(counted=counted, points=points))
    rows: list[Competitor] = [*found]
    if not all(row.counted for row in found):
        return rows, _("Type the numbers of their channels.")
    if not all(row.points for row in found):
        return rows, _("Put their strengths and weaknesses beside yours.")
    return rows, ""

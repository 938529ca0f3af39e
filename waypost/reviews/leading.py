"""Where the lines of a report lead to, as long as what they name is there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.reviews.chapters import best_headings, goal_headings, initiative_headings
from waypost.reviews.figures import Figures, GoalFigures, InitiativeFigures, PostFigures

Place = tuple[str, str]
"""The heading of a column, and the words of a cell below it."""


@dataclass(frozen=True)
class _Kind:
    """Named things of a report: the column they stand in, and the page of each."""

    heading: str
    page: str
    named: Iterable[GoalFigures | InitiativeFigures | PostFigures]
    rows: QuerySet[Any]

    def there(self) -> QuerySet[Any]:
        """(page, key) of those that nobody has removed since."""
        pks = [each.pk for each in self.named]
        page = Value(self.page, output_field=CharField())
        found = self.rows.order_by().filter(pk__in=pks).annotate(page=page)
        rows: QuerySet[Any] = found.values_list("page", "pk")
        return rows


def links(business: Business, figures: Figures | None) -> Mapping[Place, str]:
    """Addresses of the goals, initiatives and best posts of a report; one query."""
    kinds = _kinds(business, figures) if figures else []
    asked = [kind.there() for kind in kinds if kind.named]
    known = set(asked[0].union(*asked[1:])) if asked else set()
    return {
        (kind.heading, each.title): reverse(kind.page, args=[business.slug, each.pk])
        for kind in kinds
        for each in kind.named
        if (kind.page, each.pk) in known
    }


def _kinds(business: Business, figures: Figures) -> list[_Kind]:
    return [
        _Kind(goal_headings()[0], "reviews:trace_goal", figures.goals, business.goals.all()),
        _Kind(
            initiative_headings()[0],
            "insights:initiative",
            figures.initiatives,
            business.initiatives.all(),
        ),
        _Kind(best_headings()[0], "reviews:trace_post", figures.best, business.items.all()),
    ]

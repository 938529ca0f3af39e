"""Where the lines of a report lead to.

Nothing is asked of the database: goals, initiatives and posts are put away, never deleted, so
what a report has counted is still there.
"""

from collections.abc import Mapping

from django.urls import reverse

from waypost.accounts.models import Business
from waypost.reviews.chapters import best_headings, goal_headings, initiative_headings
from waypost.reviews.figures import Figures

Place = tuple[str, str]
"""The heading of a column, and the words of a cell below it."""


def links(business: Business, figures: Figures | None) -> Mapping[Place, str]:
    """Addresses of the goals, initiatives and best posts of a report."""
    if figures is None:
        return {}
    kinds = (
        (goal_headings()[0], "reviews:trace_goal", figures.goals),
        (initiative_headings()[0], "insights:initiative", figures.initiatives),
        (best_headings()[0], "reviews:trace_post", figures.best),
    )
    return {
        (heading, each.title): reverse(page, args=[business.slug, each.pk])
        for heading, page, named in kinds
        for each in named
    }

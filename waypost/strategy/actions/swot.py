"""Verbs on the points of our own SWOT."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.market.models import SwotPoint

MANY = 30  # points of one field; more say nothing any more


def add_point(business: Business, quadrant: str, *, text: str, by: User) -> SwotPoint:
    """A point at the end of a field; raises ``Refusal`` when the field is full."""
    ours = business.swot_points.ours().filter(quadrant=quadrant)
    if ours.count() >= MANY:
        raise Refusal(
            _("A field holds %(number)s points. Keep the ones that matter most.") % {"number": MANY}
        )
    return business.swot_points.create(
        quadrant=quadrant,
        text=text,
        position=_end(ours.aggregate(last=Max("position"))["last"]),
        updated_by=by,
    )


def _end(last: int | None) -> int:
    return 0 if last is None else last + 1


def edit_point(point: SwotPoint, *, text: str, by: User) -> None:
    point.text, point.updated_by = text, by
    point.save(update_fields=["text", "updated_by", "updated_at"])


@transaction.atomic
def move_by(point: SwotPoint, step: int) -> None:
    """Change places with the neighbour above (−1) or below (1), where there is one."""
    field = list(point.business.swot_points.ours().filter(quadrant=point.quadrant))
    at = field.index(point)
    to = at + step
    if not 0 <= to < len(field):
        return
    field[at], field[to] = field[to], field[at]
    for position, one in enumerate(field):
        one.position = position
    SwotPoint.objects.bulk_update(field, ["position"])


def move_to(point: SwotPoint, quadrant: str) -> None:
    """Put a point at the end of another field: a weakness may turn out to be a threat."""
    others = point.business.swot_points.ours().filter(quadrant=quadrant)
    point.position = _end(others.aggregate(last=Max("position"))["last"])
    point.quadrant = quadrant
    point.save(update_fields=["quadrant", "position"])

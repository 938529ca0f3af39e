"""Verbs on the points of a competitor's SWOT."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from waypost.accounts.models import User
from waypost.market.models import Competitor, SwotPoint

MOST = 30  # points of one list; more say nothing any more
LONGEST = 300  # characters


def points_of(rows: Iterable[SwotPoint]) -> Mapping[str, list[str]]:
    """Texts by quadrant, in order."""
    found: dict[str, list[str]] = {quadrant: [] for quadrant in SwotPoint.Quadrant.values}
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        found[row.quadrant].append(row.text)
    return found


@transaction.atomic
def write_points(
    competitor: Competitor, quadrant: str, texts: Sequence[str], *, by: User | None
) -> None:
    """Make one list what ``texts`` say; a point whose words stay keeps its row."""
    known = {row.text: row for row in competitor.swot_points.filter(quadrant=quadrant)}
    for position, text in enumerate(texts):
        row = known.pop(text, None)
        if row is None:
            SwotPoint.objects.create(
                business_id=competitor.business_id,
                competitor=competitor,
                quadrant=quadrant,
                text=text,
                position=position,
                updated_by=by,
            )
        elif row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    SwotPoint.objects.filter(pk__in=[row.pk for row in known.values()]).delete()

"""Somebody leaves: the posts they answered for go to somebody else."""

from waypost.accounts.models import Business, User


def hand_over_items(
    business: Business, *, from_user: User, to_user: User | None, without_time: bool | None = None
) -> int:
    """Every post that is not over, or only those with or without a time; answers how many.

    Posts that are out keep their owner.
    """
    rows = business.items.held_by(from_user)
    if without_time is not None:
        rows = rows.filter(due_at__isnull=without_time)
    return rows.update(owner=to_user)

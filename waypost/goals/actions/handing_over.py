"""Somebody leaves: what they answered for goes to somebody else."""

from waypost.accounts.models import Business, User


def hand_over_goals(business: Business, *, from_user: User, to_user: User | None) -> int:
    """Every goal under way; answers how many."""
    return business.goals.held_by(from_user).update(owner=to_user)


def hand_over_initiatives(
    business: Business, *, from_user: User, to_user: User | None, hat: str | None = None
) -> int:
    """Every initiative that is not over, or only those of one ``hat``; answers how many."""
    rows = business.initiatives.held_by(from_user)
    return (rows if hat is None else rows.filter(owner_role=hat)).update(owner=to_user)

"""Who is told how a goal stands."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from waypost.accounts.models import User
from waypost.accounts.permissions import Role
from waypost.goals.formulas import Status
from waypost.goals.models import Goal
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind


def tell_behind(now: dt.datetime) -> None:
    """Whoever answers for a goal learns that it falls behind: once a month while it does.

    Behind is a pace under 0.8 (domain: strategic goals); a goal nobody answers for is the
    owners'.
    """
    day = dt.timedelta(days=1)
    rows = Goal.objects.open().filter(
        start_date__lte=now.date() + day, deadline_date__gte=now.date() - day
    )
    for goal in rows.with_values().select_related("business", "owner"):
        today = now.astimezone(goal.business.zone).date()
        if goal.standing(today).status == Status.BEHIND:
            _tell_behind(goal, today)


def _tell_behind(goal: Goal, today: dt.date) -> None:
    tell(
        _who_answers_for(goal),
        Kind.BEHIND,
        business=goal.business,
        key=f"behind:{goal.pk}:{today:%Y-%m}",
        url=reverse("goals:goal", args=[goal.business.slug, goal.pk]),
        thing=goal.title,
    )


def _who_answers_for(goal: Goal) -> Iterable[User]:
    if goal.owner:
        return [goal.owner]
    owners = goal.business.members.filter(role=Role.OWNER).select_related("user")
    return [member.user for member in owners]

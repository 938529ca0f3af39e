"""What becomes of proposals: a task, or nothing for this month."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board import actions as board
from waypost.board.models import Task
from waypost.kit.errors import Refusal
from waypost.reviews.figures import Figures, Proposed
from waypost.reviews.models import Decision
from waypost.reviews.proposing import Shown, key_of, propose, words


def open_proposals(business: Business, figures: Figures | None) -> list[Shown]:
    """What nobody decided about yet; costs are those of ``figures``, of the newest report."""
    today = timezone.localdate(timezone=business.zone)
    found = [(key_of(each, today), each) for each in propose(business, figures, today)]
    keys = [key for key, _each in found]
    decided = set(business.proposal_decisions.filter(key__in=keys).values_list("key", flat=True))
    return [Shown(key, words(each)) for key, each in found if key not in decided]


@transaction.atomic
def take_up(business: Business, key: str, *, by: User) -> Task:
    """Put a proposal on the board with its reason; raises ``Refusal`` when it is over."""
    told = words(_still_true(business, key))
    task = board.add_card(business, by=by, title=told.task[:200], description=told.reason)
    business.proposal_decisions.create(key=key, task=task, by=by)
    return task


@transaction.atomic
def put_aside(business: Business, key: str, *, by: User) -> Decision:
    """Not this month; raises ``Refusal`` when it is over."""
    _still_true(business, key)
    return business.proposal_decisions.create(key=key, by=by)


def bring_back(decision: Decision) -> None:
    """Show the proposal again; a task that it led to stays."""
    decision.delete()


def _still_true(business: Business, key: str) -> Proposed:
    today = timezone.localdate(timezone=business.zone)
    newest = business.reports.first()
    found = propose(business, newest.numbers if newest else None, today)
    taken = business.proposal_decisions.filter(key=key).exists()
    for each in found:
        if key_of(each, today) == key and not taken:
            return each
    raise Refusal(_("This proposal is over: it was decided, or it is not so any more."))

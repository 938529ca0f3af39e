"""Verbs on the steps of the customer journey."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.strategy.actions.conclusions import conclude
from waypost.strategy.models import StepCheck
from waypost.strategy.questions import Question


@transaction.atomic
def check_step(business: Business, step: Question, *, works: bool, by: User) -> StepCheck:
    """Note what a walk found. A step that broke is written down among what must be done,
    once until it works again.
    """
    before = business.step_checks.filter(step=step.key).first()
    check, _new = business.step_checks.update_or_create(
        step=step.key,
        defaults={"works": works, "checked_by": by, "checked_at": timezone.now()},
    )
    if not works and (before is None or before.works):
        conclude(business, "journey", text=_("Mend: {step}").format(step=step.ask)[:300], by=by)
    return check

"""Who is away, and who stands in: asked wherever work is given to somebody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Absence, Business, HatHolder, Member, User
from waypost.accounts.models.absences import AbsenceQuerySet


def absences_of(business: Business) -> AbsenceQuerySet:
    return Absence.objects.filter(member__business=business).with_people()


@dataclass(frozen=True)
class Away:
    """That somebody is away on a day, and who does their work meanwhile."""

    absence: Absence
    stand_in: Member | None

    def __str__(self) -> str:
        """“away until 12 October, Maja stands in”"""
        day = date_format(self.absence.until_date, "MONTH_DAY_FORMAT")
        if self.stand_in is None:
            return _("away until %(day)s") % {"day": day}
        told = _("away until %(day)s, %(person)s stands in")
        return told % {"day": day, "person": self.stand_in.user}


def away_on(business: Business, day: date) -> dict[int, Away]:
    """By the key of the user; one query."""
    rows = absences_of(business).on(day)
    return {each.member.user_id: Away(each, each.stand_in) for each in rows}


def steps_in(row: HatHolder, away: Mapping[int, Away]) -> Member | None:
    """Who wears the hat while its holder is away: their stand-in, else the hat's backup."""
    if row.holder is None or row.holder.user_id not in away:
        return None
    who = away[row.holder.user_id].stand_in or row.backup
    return None if who is None or who.user_id in away else who


def label_of(business: Business) -> Callable[[User], str]:
    """How a form names people to choose from: with what says that they are away today.

    For ``label_from_instance`` of a choice field; one query, when the first name is asked.
    """
    known: list[dict[int, Away]] = []

    def label(person: User) -> str:
        if not known:
            known.append(away_on(business, timezone.localdate(timezone=business.zone)))
        told = known[0].get(person.pk)
        return f"{person} – {told}" if told else str(person)

    return label

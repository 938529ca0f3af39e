"""Who wears which hat in a business, and how many hours its people have."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from waypost.accounts.away import Away, away_on, steps_in
from waypost.accounts.hats import DUTIES, EXAMPLES, MANY, QUESTIONS, Hat
from waypost.accounts.models import Business, HatHolder, Member


@dataclass(frozen=True)
class Worn:
    """One hat with its words; ``row`` is new and unsaved while nobody has written anything."""

    hat: Hat
    row: HatHolder
    absent: Mapping[int, Away] = field(default_factory=dict)

    @property
    def away(self) -> Away | None:
        """That its holder is away today."""
        return self.absent.get(self.row.holder.user_id) if self.row.holder else None

    @property
    def steps_in(self) -> Member | None:
        """Who wears it meanwhile."""
        return steps_in(self.row, self.absent)

    @property
    def question(self) -> str:
        return str(QUESTIONS[self.hat])

    @property
    def duties(self) -> str:
        return str(DUTIES[self.hat])

    @property
    def example(self) -> str:
        return str(EXAMPLES[self.hat])


@dataclass(frozen=True)
class Staff:
    business: Business
    members: list[Member]
    rows: dict[str, HatHolder]
    absent: Mapping[int, Away] = field(default_factory=dict)
    """Who is away today, by the key of the user."""

    @cached_property
    def hats(self) -> list[Worn]:
        """All hats in their order."""
        return [
            Worn(
                hat,
                self.rows.get(hat) or HatHolder(business=self.business, hat=hat),
                self.absent,
            )
            for hat in Hat
        ]

    @cached_property
    def solo(self) -> Member | None:
        """Who wears all hats alone, without a backup; None when the hats are shared."""
        first = self.hats[0].row.holder
        alone = all(
            worn.row.holder_id is not None
            and worn.row.holder == first
            and not worn.row.backed_up_by
            for worn in self.hats
        )
        return first if alone else None

    def may_wear_all(self, member: Member) -> bool:
        """Whether no hat would be taken from anybody else, and there is one to take."""
        mine = [worn.row.holder_id == member.pk for worn in self.hats]
        free = [not worn.row.worn_by and not worn.row.backed_up_by for worn in self.hats]
        return any(free) and all(a or b for a, b in zip(mine, free, strict=True))

    @property
    def uncovered(self) -> list[Worn]:
        return [worn for worn in self.hats if not worn.row.worn_by]

    @property
    def covered(self) -> list[Worn]:
        return [worn for worn in self.hats if worn.row.worn_by]

    @property
    def crowded(self) -> list[tuple[str, int]]:
        """Who wears more hats than one keeps apart, and how many; nobody in solo work."""
        if self.solo:
            return []
        count = Counter(worn.row.worn_by for worn in self.covered)
        return [(name, number) for name, number in count.items() if number > MANY]

    @property
    def hours(self) -> Decimal | None:
        """All hours a week together; None while nobody has said."""
        known = [each.hours_a_week for each in self.members if each.hours_a_week is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def without_hours(self) -> list[Member]:
        return [each for each in self.members if each.hours_a_week is None]

    def worn_of(self, member: Member) -> list[Worn]:
        return [worn for worn in self.hats if worn.row.holder_id == member.pk]

    @property
    def people(self) -> list[tuple[Member, list[Worn]]]:
        return [(member, self.worn_of(member)) for member in self.members]


def read(business: Business) -> Staff:
    """Three queries, whatever there is."""
    members = list(business.members.select_related("user"))
    known = {member.pk: member for member in members}
    rows = {row.hat: row for row in business.hat_holders.all()}
    for row in rows.values():
        row.holder = known.get(row.holder_id or 0)
        row.backup = known.get(row.backup_id or 0)
    absent = away_on(business, timezone.localdate(timezone=business.zone))
    return Staff(business, members, rows, absent)


def fields_answered(staff: Staff) -> tuple[int, int]:
    """How many hats somebody wears, of how many there are."""
    return len(staff.covered), len(staff.hats)


def role_choices(staff: Staff) -> list[tuple[str, str]]:
    """The hats to choose from, each with the name of who wears it."""
    return [(worn.hat.value, _named(worn)) for worn in staff.hats]


def _named(worn: Worn) -> str:
    name = worn.row.worn_by
    told = f"{name}, {worn.away}" if worn.away else name
    return f"{worn.hat.label} – {told}" if name else str(worn.hat.label)


def ask_nobody(form: forms.BaseForm, name: str, staff: Staff, *, new: bool) -> None:
    """In solo work nothing is assigned: what is new is the person's own, without a question.

    ``name`` is the field that asks who does it.
    """
    if staff.solo is None:
        return
    form.fields[name].widget = forms.HiddenInput()
    if new:
        form.initial[name] = staff.solo.user_id

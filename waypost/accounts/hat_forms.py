"""The form that says who wears which hat, and how many hours people have."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts import staffing
from waypost.accounts.hat_actions import set_hours, wear
from waypost.accounts.hats import Hat
from waypost.accounts.models import HOURS_OF_A_WEEK, Business, Member, User
from waypost.accounts.staffing import Staff, Worn
from waypost.kit.careful import CarefulMixin, Trace
from waypost.kit.numbers import NumberField

PEOPLE = ("holder", "backup")
PARTS = (*PEOPLE, "outside", "backup_outside", "note")
HOURS = "hours_"


@dataclass(frozen=True)
class Group:
    """The fields of one hat; only the note when one person wears them all."""

    worn: Worn
    fields: Mapping[str, BoundField]

    @property
    def opened(self) -> bool:
        """Whether the folded part says something, or something in it is wrong."""
        folded = [field for name, field in self.fields.items() if name.endswith("outside")]
        return any(field.value() or field.errors or hasattr(field, "clash") for field in folded)


class HatsForm(CarefulMixin, forms.Form):
    def __init__(self, staff: Staff, *args: Any, solo: bool = False, **kwargs: Any) -> None:
        self.staff = staff
        self.parts = ("note",) if solo else PARTS
        kwargs["initial"] = values_of(staff)
        self.base_fields = self._fields()  # type: ignore[misc]  # of this form alone
        super().__init__(*args, **kwargs)

    def _fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for worn in self.staff.hats:
            for part in self.parts:
                found[f"{worn.hat}_{part}"] = self._field(part, worn)
        for member in self.staff.members:
            found[f"{HOURS}{member.pk}"] = _hours(str(member.user))
        return found

    def _field(self, part: str, worn: Worn) -> forms.Field:
        if part in PEOPLE:
            return self._choice(_("Who") if part == "holder" else _("Backup"))
        if part == "note":
            return forms.CharField(
                label=_("What this role does here"),
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("For example: %(example)s") % {"example": worn.example},
            )
        label = _("Backup, by name") if part == "backup_outside" else _("Who, by name")
        return forms.CharField(label=label, required=False, max_length=120)

    def _choice(self, label: str) -> forms.Field:
        people = [(member.pk, str(member.user)) for member in self.staff.members]
        return forms.TypedChoiceField(
            label=label,
            required=False,
            choices=[("", _("Nobody yet")), *people],
            coerce=int,
            empty_value=None,
        )

    def groups(self) -> Iterator[Group]:
        for worn in self.staff.hats:
            yield Group(worn, {part: self[f"{worn.hat}_{part}"] for part in self.parts})

    def hours(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(HOURS)]


def _hours(name: str) -> NumberField:
    return NumberField(
        label=name,
        required=False,
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=HOURS_OF_A_WEEK,
        error_messages={
            "max_value": gettext_lazy("A week has 168 hours."),
            "min_value": gettext_lazy("This number cannot be below zero. Write 0 or more."),
        },
    )


def values_of(staff: Staff) -> dict[str, Any]:
    """What is stored, by the names of the form's fields."""
    found: dict[str, Any] = {}
    for worn in staff.hats:
        row = worn.row
        values = (row.holder_id, row.backup_id, row.outside, row.backup_outside, row.note)
        found |= {f"{worn.hat}_{part}": each for part, each in zip(PARTS, values, strict=True)}
    return found | {f"{HOURS}{each.pk}": each.hours_a_week for each in staff.members}


class HatStore:
    """Keeps the form's values: one row for each hat, and the hours of each member."""

    def __init__(self, business: Business, *, by: User) -> None:
        self.business, self.by = business, by
        self.staff: Staff | None = None

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        # Rows of hats are made when first written, so the business stands for all of them.
        business = Business.objects.select_for_update().get(pk=self.business.pk)
        self.staff = staffing.read(business)
        values = values_of(self.staff)
        return {name: values.get(name) for name in names}

    def write(self, changes: dict[str, Any]) -> None:
        for hat in Hat:
            parts = {part: changes[f"{hat}_{part}"] for part in PARTS if f"{hat}_{part}" in changes}
            for who in PEOPLE:
                if parts.get(who):
                    parts[who] = self._member(parts[who])
            if parts:
                wear(self.business, hat, by=self.by, **parts)
        for name, value in changes.items():
            if name.startswith(HOURS):
                self._set_hours(int(name.removeprefix(HOURS)), value)

    def trace(self, name: str) -> Trace:
        if self.staff is None or name.startswith(HOURS):
            return Trace()
        row = self.staff.rows.get(name.partition("_")[0])
        return Trace(str(row.updated_by or ""), row.updated_at) if row else Trace()

    def _member(self, pk: int) -> Member:
        return self.business.members.get(pk=pk)

    def _set_hours(self, pk: int, hours: Decimal | None) -> None:
        set_hours(self._member(pk), hours, by=self.by)

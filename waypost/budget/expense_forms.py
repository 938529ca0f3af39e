"""What a person fills in about an expense."""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from waypost.budget.actions.expenses import ExpenseFields, without_vat
from waypost.budget.models import Budget, Expense, Vat
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.kit.numbers import NumberField
from waypost.library.kinds import PICTURE_MIMES

LONGEST_NOTE = 200


class ExpenseForm(forms.Form):
    date = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    vendor = forms.CharField(label=_("Vendor"), max_length=120, required=False)
    amount = NumberField(label=_("Amount"), decimal_places=2, max_digits=12)
    vat_rate = NumberField(
        label=_("VAT in the amount (%)"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("When the amount contains VAT, write its rate, such as 22. It is taken out."),
    )
    receipt = forms.FileField(
        label=_("Receipt"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join((*PICTURE_MIMES, "application/pdf"))}),
        help_text=_("A PDF, or a photo of it: JPEG, PNG, WebP or GIF. It is kept in the library."),
    )
    initiative: "forms.ModelChoiceField[Initiative]" = forms.ModelChoiceField(
        None, label=_("Initiative"), required=False
    )
    connection: "forms.ModelChoiceField[Connection]" = forms.ModelChoiceField(
        None, label=_("Channel"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        business = budget.business
        choices = cast(dict[str, Any], self.fields)
        choices["initiative"].queryset = business.initiatives.live()
        choices["connection"].queryset = business.connections.all()
        choices["amount"].help_text = _("In %(currency)s, %(vat)s. Money that came back: below 0.")
        choices["amount"].help_text %= {
            "currency": budget.currency,
            "vat": Vat(budget.vat).label,
        }
        if budget.vat == Vat.GROSS:
            del self.fields["vat_rate"]

    @property
    def values(self) -> ExpenseFields:
        """What the actions take, after :meth:`is_valid`."""
        given = dict(self.cleaned_data)
        rate = given.pop("vat_rate", None)
        given.pop("receipt")
        if rate:
            given["amount"] = without_vat(given["amount"], rate)
        return cast(ExpenseFields, given)

    @property
    def upload(self) -> "UploadedFile[bytes] | None":
        return cast("UploadedFile[bytes] | None", self.cleaned_data["receipt"])


def told(expense: Expense) -> dict[str, Any]:
    """What the form shows of a row."""
    names = ("date", "vendor", "amount", "initiative", "connection", "note")
    return {name: getattr(expense, name) for name in names}

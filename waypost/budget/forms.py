"""What a person fills in about budgets, lines and cells."""

from typing import Any, cast

from django import forms
from django.core.validators import MinValueValidator
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.budget.actions import BudgetFields, LineFields
from waypost.budget.models import (
    FIRST_YEAR,
    LAST_YEAR,
    Budget,
    CarryRule,
    Category,
    Line,
    Vat,
)
from waypost.connections.models import Connection
from waypost.goals.forms import DayInput
from waypost.goals.models import Initiative
from waypost.kit.numbers import NumberField

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CZK", "HUF", "PLN", "RON", "RSD", "SEK", "DKK", "NOK")


class CellForm(forms.Form):
    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Write 1,234.56 or 1.234,56; leave it blank for an empty cell."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PasteForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Into"),
        choices=[("plan", gettext_lazy("Plan")), ("actual", gettext_lazy("Actual"))],
    )
    line = forms.ChoiceField(label=gettext_lazy("First line"))
    month = forms.ChoiceField(label=gettext_lazy("First month"), choices=list(MONTH_NAMES.items()))
    text = forms.CharField(
        label=gettext_lazy("Copied cells"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Copy the cells in your spreadsheet and paste them here."),
    )
    hidden = forms.BooleanField(label=gettext_lazy("Hidden lines too"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lines = lines
        choice = cast(forms.ChoiceField, self.fields["line"])
        choice.choices = [(line.pk, line.name) for line in lines]

    def below(self) -> list[Line]:
        """The chosen line and those under it."""
        pks = [str(line.pk) for line in self._lines]
        return self._lines[pks.index(self.cleaned_data["line"]) :]


class LineForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    class Meta:
        model = Line
        fields = (
            "name",
            "category",
            "carry_over",
            "recurring",
            "source",
            "vendor",
            "renewal_date",
            "connection",
            "initiative",
            "note",
        )
        widgets = {"renewal_date": DayInput(), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "carry_over": gettext_lazy(
                "What a closed month has left goes to the next month. Usual for adverts."
            ),
        }

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = cast("forms.ModelChoiceField[Category]", self.fields["category"])
        category.queryset = budget.categories.all()
        connection = cast("forms.ModelChoiceField[Connection]", self.fields["connection"])
        connection.queryset = budget.business.connections.all()
        connection.empty_label = _("None")
        initiative = cast("forms.ModelChoiceField[Initiative]", self.fields["initiative"])
        initiative.queryset = budget.business.initiatives.live()
        initiative.empty_label = _("None")

    @property
    def values(self) -> LineFields:
        return cast(LineFields, self.cleaned_data)


class CategoryForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the category"), max_length=120)


class BudgetForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    """How a budget counts."""

    rate = NumberField(
        label=gettext_lazy("Rate"),
        max_digits=16,
        decimal_places=6,
        initial=1,
        help_text=gettext_lazy(
            "What one unit costs in the currency of the business, 1 if the same."
        ),
    )
    vat = forms.ChoiceField(label=gettext_lazy("Amounts are"), choices=Vat.choices)
    carry_rule = forms.ChoiceField(
        label=gettext_lazy("What carries over"), choices=CarryRule.choices
    )

    class Meta:
        model = Budget
        fields = ("rate", "vat", "carry_rule")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = MinValueValidator(0.000001, _("Enter a rate above zero."))
        self.fields["rate"].validators.append(least)


class NewBudgetForm(BudgetForm):
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    copy_of = forms.ModelChoiceField(
        label=gettext_lazy("Begin with"),
        queryset=Budget.objects.none(),
        required=False,
        help_text=gettext_lazy("Lines and plan are copied, nothing that was spent."),
    )

    field_order = ("year", "copy_of", "currency", "rate", "vat", "carry_rule")

    class Meta(BudgetForm.Meta):
        fields = ("rate", "vat", "carry_rule")

    def __init__(self, *args: Any, business: Business, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = year
        currency = cast(forms.ChoiceField, self.fields["currency"])
        known = dict.fromkeys([business.currency, *CURRENCIES])
        currency.choices = [(code, code) for code in known]
        copy_of = cast("forms.ModelChoiceField[Budget]", self.fields["copy_of"])
        copy_of.queryset = business.budgets.all()
        copy_of.empty_label = _("The four usual categories")
        copy_of.initial = business.budgets.first()
        if not copy_of.queryset:
            del self.fields["copy_of"]

    @property
    def values(self) -> BudgetFields:
        return cast(BudgetFields, self.cleaned_data)

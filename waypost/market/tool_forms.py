"""The form of a tool."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.kit.careful import CarefulMixin
from waypost.market.models import Tool
from waypost.market.product_forms import money


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NewToolForm(forms.Form):
    name = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        help_text=_("For example a program for pictures, or your shop system."),
    )


class ToolForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    price = money(_("Price of one period"), _("For a month or for a year, as you pay it."))

    url = forms.URLField(
        label=_("Address where you open it"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    class Meta:
        model = Tool
        fields = (
            "name",
            "used_for",
            "url",
            "period",
            "price",
            "trial_ends_on",
            "tested_on",
            "renews_on",
            "note",
        )
        labels = {
            "name": _("What is it called?"),
            "used_for": _("What do you use it for?"),
            "period": _("Which plan?"),
            "trial_ends_on": _("The trial ends on"),
            "tested_on": _("You tested it and keep it since"),
            "renews_on": _("It renews on"),
            "note": _("Note"),
        }
        help_texts = {
            "used_for": _("For example “Draws posts and stories”."),
            "period": _("Begin with a free or monthly plan. Pay for a year after a test."),
            "trial_ends_on": _("The list of tools reminds you a week ahead."),
            "tested_on": _("The day on which you decided that it is worth its price."),
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
            "trial_ends_on": DayInput(),
            "tested_on": DayInput(),
            "renews_on": DayInput(),
        }

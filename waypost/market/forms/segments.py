"""The form of a segment asks what fits: companies have a trade, people an occupation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.kit.careful import CarefulMixin
from waypost.market.completeness import ASKED_BY_KIND
from waypost.market.forms.shared import GroupedMixin, area
from waypost.market.models import Segment

Kind = Segment.Kind

COMPANY = {
    "industry": _("Which trade are they in?"),
    "occupation": _("What is the work of the person who decides?"),
    "location": _("Where is the company?"),
    "business_goals": _("What does the company want to achieve?"),
}
PERSON = {
    "occupation": _("What do they do for a living?"),
    "location": _("Where do they live and work?"),
    "business_goals": _("What do they want to achieve at work?"),
}
EXAMPLES = {
    Kind.B2B: {
        "industry": _("Small hotels and guest houses with 5 to 30 rooms"),
        "occupation": _("The owner, or the person at the reception who orders"),
        "location": _("Bled, Kranjska Gora and Villach"),
        "business_goals": _("Guests who photograph their breakfast and come again"),
    },
    Kind.B2C: {
        "occupation": _("Nurses and teachers with irregular hours, 30 to 50"),
        "location": _("Towns within an hour's drive"),
        "business_goals": _("A quiet hour a day; fewer things to organise"),
    },
    Kind.C2C: {
        "occupation": _("People who make things at home and sell them at weekends"),
        "location": _("All over the country, half of them in cities"),
        "business_goals": _("A second income without a shop of their own"),
    },
}


class NewSegmentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Segment
        fields = ("kind",)
        labels = {"kind": _("Who buys from you here?")}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"kind": _("It decides what you are asked next. You can change it later.")}


class SegmentForm(CarefulMixin, GroupedMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (_("Who they are"), ("kind", "industry", "occupation", "location")),
        (_("What they want"), ("business_goals",)),
    )

    class Meta:
        model = Segment
        fields = ("kind", "industry", "occupation", "location", "business_goals")
        labels = {"kind": _("Who buys from you here?")}
        widgets = {
            "kind": forms.RadioSelect,
            **{name: area() for name in ("industry", "occupation", "location", "business_goals")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = Kind(self.instance.kind)
        self.EXAMPLES = EXAMPLES[kind]  # type: ignore[misc]
        questions = COMPANY if kind == Kind.B2B else PERSON
        for name in ("industry", "occupation", "location", "business_goals"):
            if name in ASKED_BY_KIND[kind]:
                self.fields[name].label = questions[name]
            else:
                del self.fields[name]

    @property
    def asks_anew(self) -> bool:
        """Whether the kind was changed, so that other questions fit than those on the page."""
        return not all(self.came_back(name) for name in self.fields)

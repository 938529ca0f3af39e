"""Forms of places and of the days that matter there."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.kit.careful import CarefulMixin
from waypost.kit.numbers import PercentField
from waypost.market import public_holidays
from waypost.market.forms.shared import DayField, GroupedMixin, area
from waypost.market.models import KeyDay, Place
from waypost.market.territories import NOT_SAID, countries, languages

WHERE = gettext_lazy("Where do your best customers live?")
COUNTRY = gettext_lazy("In which country is it?")
LANGUAGE = gettext_lazy("Which language do they prefer?")


def share_field() -> PercentField:
    return PercentField(
        label=gettext_lazy("How much of all orders comes from there, in percent?"),
        required=False,
        min_value=0,
        max_value=1,
        help_text=gettext_lazy("For example 58 or 12,5. An estimate is better than nothing."),
        error_messages={
            "min_value": gettext_lazy("A share cannot be below zero. Write 0 or more."),
            "max_value": gettext_lazy(
                "One place cannot have more than all orders: write at most 100."
            ),
        },
    )


class NewPlaceForm(forms.ModelForm):  # type: ignore[type-arg]
    country = forms.ChoiceField(
        label=COUNTRY,
        choices=countries,
        help_text=gettext_lazy("Its public holidays and shopping days are then known."),
    )
    language = forms.ChoiceField(label=LANGUAGE, choices=languages, required=False)
    share_of_orders = share_field()

    class Meta:
        model = Place
        fields = ("name", "country", "language", "share_of_orders")
        labels = {"name": WHERE}
        help_texts = {
            "name": gettext_lazy("A town, a region or a country, for example “Maribor and around”.")
        }


class PlaceForm(CarefulMixin, GroupedMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (gettext_lazy("The place"), ("name", "country", "subdivision", "language")),
        (
            gettext_lazy("What it means to you"),
            ("share_of_orders", "standing", "shopping"),
        ),
    )
    EXAMPLES = {
        "shopping": gettext_lazy("Wine festival in November; Advent market in the old town"),
    }

    country = forms.ChoiceField(label=COUNTRY, choices=countries, required=False)
    subdivision = forms.ChoiceField(
        label=gettext_lazy("Which part of the country?"),
        required=False,
        help_text=gettext_lazy("Some holidays are kept in a part of the country only."),
    )
    language = forms.ChoiceField(label=LANGUAGE, choices=languages, required=False)
    share_of_orders = share_field()

    class Meta:
        model = Place
        fields = (
            "name",
            "country",
            "subdivision",
            "language",
            "share_of_orders",
            "standing",
            "shopping",
        )
        labels = {
            "name": WHERE,
            "standing": gettext_lazy("What is this place to you?"),
            "shopping": gettext_lazy("Do they have shopping days of their own?"),
        }
        help_texts = {
            "shopping": gettext_lazy(
                "Fairs, markets and local customs, in your words. Public holidays and the usual"
                " shopping days of the country are known already."
            )
        }
        widgets = {"shopping": area(), "standing": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = public_holidays.subdivisions(self.instance.country)
        if not parts:
            del self.fields["subdivision"]
            return
        every = [("", _("All of it")), *parts]
        self.fields["subdivision"].choices = every  # type: ignore[attr-defined]


class KeyDayForm(forms.ModelForm):  # type: ignore[type-arg]
    date = DayField(label=gettext_lazy("Which day?"))

    class Meta:
        model = KeyDay
        fields = ("name", "date", "yearly", "place")
        labels = {
            "name": gettext_lazy("What happens?"),
            "yearly": gettext_lazy("It comes every year on this date"),
            "place": gettext_lazy("Where?"),
        }
        help_texts = {
            "name": gettext_lazy("For example “Last day to send parcels for Christmas”."),
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = business.places.all()
        place.empty_label = _("Everywhere")

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if not 1900 <= day.year <= 2100:
            raise forms.ValidationError(
                _("The year %(year)s cannot be meant. Write one from 1900 to 2100.")
                % {"year": day.year}
            )
        return day


def too_much(shares: Iterable[Decimal | None]) -> Decimal | None:
    """What all shares add up to where that is more than everything."""
    total = sum((share for share in shares if share is not None), Decimal(0))
    return total if total > 1 else None


__all__ = ["NOT_SAID", "KeyDayForm", "NewPlaceForm", "PlaceForm", "too_much"]

"""The totals of one post, typed by a person who reads them off the network."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.insights.metrics import METRICS
from waypost.insights.models import POST_METRICS
from waypost.kit.numbers import CountField
from waypost.providers.metrics import gives
from waypost.providers.networks import key_of
from waypost.publishing.models import Delivery

LARGEST = 10**12


class PostTotalsForm(forms.Form):
    """A field for each number that the network gives; empty means that it is not known."""

    day = forms.DateField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("The totals are those at the end of this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, delivery: Delivery, *args: Any, **kwargs: Any) -> None:
        self.delivery = delivery
        newest = delivery.snapshots.order_by("-taken_at", "-pk").first()
        known = {key: getattr(newest, key, None) for key in POST_METRICS}
        kwargs["initial"] = {"day": timezone.localdate(), **known}
        super().__init__(*args, **kwargs)
        network = key_of(delivery.connection.provider_id, delivery.connection.settings)
        self.given = [key for key in POST_METRICS if gives(network, key) or known[key] is not None]
        for key in self.given:
            self.fields[key] = CountField(
                label=METRICS[key].label, required=False, min_value=0, max_value=LARGEST
            )

    @property
    def missing(self) -> str:
        """The numbers that the network does not tell of a post."""
        return ", ".join(str(METRICS[key].label) for key in POST_METRICS if key not in self.given)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        out = self.delivery.published_at
        if out and day < out.astimezone(self.delivery.item.zone).date():
            raise forms.ValidationError(_("The post was not out yet on this day."))
        return day

    @property
    def totals(self) -> Mapping[str, int | None]:
        """After :meth:`is_valid`."""
        told = {key: self.cleaned_data.get(key) for key in self.given}
        return {key: None if value is None else int(value) for key, value in told.items()}

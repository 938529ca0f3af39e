"""The form for posting times."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Member
from waypost.accounts.permissions import Narrowing
from waypost.connections.models import Connection
from waypost.content.forms import ClockInput
from waypost.content.models import Slot
from waypost.content.models.slots import Weekday

USUAL = time(9)


class SlotsForm(forms.Form):
    """One time on several days of the week."""

    channel = forms.ModelChoiceField(
        Connection.objects.none(), label=_("Channel"), empty_label=_("Choose")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    clock = forms.TimeField(label=_("Time"), widget=ClockInput, initial=USUAL)

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ModelChoiceField)
        self.business = member.business
        channel.queryset = self.business.connections.usable()
        if member.narrowed_to == Narrowing.CHANNELS:
            channel.queryset = channel.queryset.filter(pk__in=member.channels)

    def save(self) -> int:
        """Answers how many times are new; those that exist stay."""
        chosen = self.cleaned_data
        made = [
            Slot.objects.get_or_create(
                connection=chosen["channel"],
                weekday=weekday,
                clock=chosen["clock"],
                defaults={"business": self.business},
            )[1]
            for weekday in chosen["weekdays"]
        ]
        return sum(made)

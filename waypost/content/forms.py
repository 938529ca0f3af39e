"""What a person fills in about an item, its time and its filters."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.accounts.quiet import QuietHours
from waypost.connections.models import Connection
from waypost.content.clock import NoSuchTime, comes_twice, moment, on_the_wall
from waypost.content.models import Status
from waypost.goals.models import Initiative


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DueForm(forms.Form):
    """A day and a time on the wall of the business; ``due_at`` is the moment (UTC)."""

    due_date = forms.DateField(label=gettext_lazy("Day"), widget=DayInput)
    due_time = forms.TimeField(label=gettext_lazy("Time"), widget=ClockInput)

    def __init__(
        self,
        *args: Any,
        zone: ZoneInfo,
        quiet: QuietHours | None = None,
        known: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.quiet, self.known = zone, quiet, known
        self.due_at: datetime | None = None
        self.notes: list[str] = []
        self.fields["due_time"].help_text = self._about_the_clock()
        if known is not None:
            self._show_known(on_the_wall(known, zone))

    def _about_the_clock(self) -> str:
        words = _("Time zone: %(zone)s") % {"zone": self.zone.key}
        if self.quiet is None:
            return words
        quiet = _("Quiet hours: %(hours)s") % {"hours": self.quiet}
        return f"{words}. {quiet}"

    def _show_known(self, wall: datetime) -> None:
        self.initial.setdefault("due_date", wall.date())
        self.initial.setdefault("due_time", wall.time())
        if comes_twice(wall, self.zone):
            self.fields["due_time"].help_text = twice(wall, self.zone)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, clock = cleaned.get("due_date"), cleaned.get("due_time")
        if day and clock:
            self._find_moment(datetime.combine(day, clock))
            self._note_quiet(anyway=bool(cleaned.get("send_anyway")))
        elif day and "due_time" not in self.errors:
            self.add_error("due_time", _("Choose the time of the day too."))
        elif clock and "due_date" not in self.errors:
            self.add_error("due_date", _("Choose the day too."))
        return cleaned

    def _find_moment(self, wall: datetime) -> None:
        if self.known and _minute(on_the_wall(self.known, self.zone)) == _minute(wall):
            self.due_at = self.known  # also when it is the later of two
            return
        try:
            found = moment(wall, self.zone)
        except NoSuchTime as gap:
            self.add_error("due_time", skipped(wall, gap.next_time))
            return
        self.due_at = found.at
        if found.is_first_of_two:
            self.notes.append(twice(wall, self.zone))

    def _note_quiet(self, *, anyway: bool) -> None:
        if self.due_at is None or self.quiet is None or anyway:
            return
        if (until := self.quiet.ends_at(self.due_at)) is not None:
            self.notes.append(waits_for(self.quiet, until))


def waits_for(quiet: QuietHours, until: datetime) -> str:
    """The sentence for a time that lies in quiet hours, which end at ``until``."""
    end = time_format(on_the_wall(until, quiet.zone).time(), "G:i")
    words = _("This time lies in your quiet hours (%(hours)s), so the post goes out at %(time)s.")
    return words % {"hours": quiet, "time": end}


def _minute(wall: datetime) -> datetime:
    return wall.replace(second=0, microsecond=0)


def twice(wall: datetime, zone: ZoneInfo) -> str:
    """The sentence for a time that the clock shows two times."""
    return _(
        "On %(day)s the clocks in %(zone)s are turned back, so %(time)s comes twice."
        " Waypost takes the first."
    ) % {"day": date_format(wall), "time": time_format(wall.time(), "H:i"), "zone": zone.key}


def skipped(wall: datetime, instead: datetime) -> str:
    """The sentence for a time that the clock jumps over."""
    return _(
        "On %(day)s the clocks are put forward, so %(time)s does not exist."
        " Choose %(instead)s instead."
    ) % {
        "day": date_format(wall),
        "time": time_format(wall.time(), "H:i"),
        "instead": time_format(instead.time(), "H:i"),
    }


class FilterForm(forms.Form):
    """Filters of the calendar and the list; they live in the address."""

    channel = forms.ModelChoiceField(
        Connection.objects.none(),
        label=gettext_lazy("Channel"),
        required=False,
        empty_label=gettext_lazy("All channels"),
    )
    status = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiative"),
        required=False,
        empty_label=gettext_lazy("All initiatives"),
    )

    def __init__(self, business: Business, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in _filtered_by(business):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [("", _("All states")), *Status.choices]

    @property
    def is_filtering(self) -> bool:
        return self.is_valid() and any(self.cleaned_data.values())

    def chosen(self) -> dict[str, Any]:
        """Arguments for ``ItemQuerySet.matching``; a filter that is nonsense is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _filtered_by(business: Business) -> Iterable[tuple[str, Any]]:
    return (
        ("channel", business.connections.usable()),
        ("initiative", business.initiatives.all()),
    )


class ListFilterForm(FilterForm):
    q = forms.CharField(
        label=gettext_lazy("Search"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("Search")}),
    )
    field_order = ("q", "status", "channel", "initiative")

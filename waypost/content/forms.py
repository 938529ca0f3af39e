"""What a person fills in about the time of an item."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.quiet import QuietHours
from waypost.content.clock import NoSuchTime, comes_twice, moment, on_the_wall, skipped, twice


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

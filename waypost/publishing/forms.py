"""Forms on the page of an item."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.content.clock import NoSuchTime, moment
from waypost.content.models import Item


class ScheduleForm(forms.Form):
    """Day and time on the item's wall clock; cleaned into ``due_at`` (UTC)."""

    date = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        self.item = item
        wall = item.local_due or self._next_morning()
        kwargs.setdefault("initial", {"date": wall.date(), "time": wall.time()})
        super().__init__(*args, **kwargs)

    def _next_morning(self) -> datetime:
        tomorrow = timezone.now().astimezone(self.item.zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, time(9))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "date" in values and "time" in values:
            try:
                found = moment(datetime.combine(values["date"], values["time"]), self.item.zone)
            except NoSuchTime as gap:
                self.add_error(
                    "time",
                    _("The clock jumps over this time that night. The next one is %(time)s.")
                    % {"time": date_format(gap.next_time, "TIME_FORMAT")},
                )
            else:
                values["due_at"] = found.at
                self._comes_twice = found.is_first_of_two
        return values

    def note(self) -> str:
        """What the person should know about a valid time; mostly empty."""
        if self._comes_twice:
            return _("The post is scheduled. This time comes twice that night; it is the first.")
        return ""


class FoundForm(forms.Form):
    """The link of a post that a person saw."""

    url = forms.CharField(
        label=gettext_lazy("Link of the post"),
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )


class PostedForm(FoundForm):
    """The link of a post that a person made; it may come later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["url"].required = False
        self.fields["url"].help_text = _("With the link, reports and people can find the post.")

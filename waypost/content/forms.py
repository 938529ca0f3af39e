"""What a person fills in about an item, its time and its filters."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.formats import time_format
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.accounts.quiet import QuietHours
from waypost.content.actions import Draft
from waypost.content.adapting import draft_of, fields_for
from waypost.content.clock import NoSuchTime, comes_twice, moment, on_the_wall, skipped, twice
from waypost.content.models import Item, Kind
from waypost.content.picking import Picker
from waypost.goals.models import Goal, Initiative
from waypost.library.forms import PicturesField

LANGUAGES = (
    "bg", "bs", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "is",
    "it", "lt", "lv", "mk", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv",
    "tr", "uk",
)  # fmt: skip
TITLE_FROM_TEXT = 60  # characters
NONE = gettext_lazy("none")


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


class ItemForm(DueForm):
    """The composer: one form for the item, its channels and its pictures."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Only you and your colleagues see it. Empty: the first words of the text."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=Kind.choices)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    link = forms.URLField(
        label=gettext_lazy("Link"), max_length=1000, required=False, assume_scheme="https"
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), required=False)
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=gettext_lazy("Goal"), required=False, empty_label=NONE
    )
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(),
        label=gettext_lazy("Initiative"),
        required=False,
        empty_label=NONE,
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Owner"), required=False, empty_label=NONE
    )
    channels = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Channels"), coerce=int, required=False
    )
    new_pictures = PicturesField(label=gettext_lazy("Add pictures"), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        business: Business,
        *args: Any,
        item: Item | None = None,
        day: Any = None,
        author: User,
        **kwargs: Any,
    ) -> None:
        self.business, self.item = business, item
        self.variants = {v.connection_id: v for v in item.variants.all()} if item else {}
        kwargs["initial"] = self._of_item(item) if item else self._of_new(day, author)
        known = item.due_at if item else None
        super().__init__(*args, zone=business.zone, quiet=business.quiet, known=known, **kwargs)
        self.connections = list(business.connections.usable())
        self.picker = Picker(business, item, self.data if self.is_bound else None)
        self._offer_choices()
        for connection in self.connections:
            variant = self.variants.get(connection.pk)
            self.fields |= fields_for(connection, variant, self.data if self.is_bound else None)

    def _of_item(self, item: Item) -> dict[str, Any]:
        names = ("title", "kind", "text", "link", "language", "version")
        known = {name: getattr(item, name) for name in names}
        known |= {name: getattr(item, f"{name}_id") for name in ("goal", "initiative", "owner")}
        return {**known, "channels": list(self.variants)}

    def _of_new(self, day: Any, author: User) -> dict[str, Any]:
        known = {"language": self.business.language, "owner": author.pk}
        return {**known, "due_date": day, "due_time": time(10)} if day else known

    def _offer_choices(self) -> None:
        self.fields["due_date"].required = self.fields["due_time"].required = False
        self._queryset("goal", self.business.goals.open())
        self._queryset("owner", User.objects.filter(memberships__business=self.business))
        initiatives = self.business.initiatives.select_related("goal")
        self._queryset("initiative", initiatives)
        names = [(code, get_language_info(code)["name_local"]) for code in LANGUAGES]
        names.sort(key=lambda each: each[1])
        self._choices("language", [("", _("not said")), *names])
        self._choices("channels", [(each.pk, str(each)) for each in self.connections])

    def _queryset(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_title(cleaned)
        self._clean_goal(cleaned)
        return cleaned

    def _clean_title(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("title") and "title" not in self.errors:
            first_line = next(iter((cleaned.get("text") or "").strip().splitlines()), "")
            cleaned["title"] = Truncator(first_line).chars(TITLE_FROM_TEXT)
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Give the item a title, or write its text."))

    def _clean_goal(self, cleaned: dict[str, Any]) -> None:
        initiative: Initiative | None = cleaned.get("initiative")
        if initiative is None:
            return
        if cleaned.get("goal") not in (None, initiative.goal):
            message = _("This initiative belongs to the goal “%(goal)s”. Choose that goal.")
            self.add_error("initiative", message % {"goal": initiative.goal})
        cleaned["goal"] = initiative.goal

    def draft(self) -> Draft:
        """What the valid form says."""
        cleaned = self.cleaned_data
        names = ("title", "kind", "text", "link", "language", "goal", "initiative", "owner")
        return Draft(
            **{name: cleaned[name] for name in names},
            due_at=self.due_at,
            channels=[
                draft_of(each, cleaned)
                for each in self.connections
                if each.pk in cleaned["channels"]
            ],
            pictures=self.picker.drafts(),
        )

    def renew_version(self, version: int) -> None:
        """The next save of what was typed shall replace ``version``."""
        assert isinstance(self.data, QueryDict)
        changed = self.data.copy()
        changed["version"] = str(version)
        self.data = changed

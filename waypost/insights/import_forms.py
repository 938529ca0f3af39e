"""What a person says about a file of numbers: the meaning of each column, by example."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.documents.held import MOST_HELD, Held
from waypost.documents.kinds import BadFile
from waypost.insights.imports import Choices, what_lacks
from waypost.insights.metric_files import CHANNEL, DATE, IGNORE, Table, at
from waypost.insights.metrics import METRICS
from waypost.insights.models import POST_METRICS
from waypost.insights.post_files import ADDRESS, REMOTE_ID, TEXT, TIME, PostTable
from waypost.insights.post_imports import PostChoices
from waypost.insights.post_imports import what_lacks as posts_lack
from waypost.insights.store import holders
from waypost.kit.days import DAY_FIRST, MONTH_FIRST

COLUMN = "column_"
ORDERS = [
    ("", gettext_lazy("I have not said")),
    (DAY_FIRST, gettext_lazy("day first: 31/12/2026")),
    (MONTH_FIRST, gettext_lazy("month first, American: 12/31/2026")),
]


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, as Meta Business Suite, X, LinkedIn, TikTok, YouTube Studio, Pinterest "
            "or Google Analytics export it, or a table of your own with a column of days."
        ),
    )

    def held(self) -> Held:
        """The file, after :meth:`is_valid`; raises ``BadFile`` for one that is too large."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_HELD:
            limit = filesizeformat(MOST_HELD)
            raise BadFile(
                _("The file is too large. At most %(limit)s are read.") % {"limit": limit}
            )
        return Held(str(upload.name), bytes(upload.read()))


@dataclass(frozen=True)
class Column:
    heading: str
    example: Any
    field: BoundField


class ColumnsForm(forms.Form):
    """One choice for each column of ``table``, and what the file as a whole is about."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    order = forms.ChoiceField(
        label=gettext_lazy("Days with slashes"),
        required=False,
        choices=ORDERS,
    )
    adds = forms.ChoiceField(
        label=gettext_lazy("Several rows of one day"),
        required=False,
        choices=[
            ("", gettext_lazy("the last one counts")),
            ("yes", gettext_lazy("are added up, as with one row for each source")),
        ],
    )

    def __init__(self, business: Business, table: Table, *args: Any, **kwargs: Any) -> None:
        first: Choices | None = kwargs.pop("first", None)
        if first:
            kwargs["initial"] = _initial(first)
        super().__init__(*args, **kwargs)
        self.table = table
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        channel.choices = [
            ("", _("a column says it")),
            *((holder.key, holder.name) for holder in holders(business)),
        ]
        meanings = [
            (IGNORE, _("leave out")),
            (DATE, _("Day or month")),
            (CHANNEL, _("Channel")),
            *((key, each.label) for key, each in METRICS.items() if not each.is_counted),
        ]
        for number, heading in enumerate(table.headings):
            self.fields[f"{COLUMN}{number}"] = forms.ChoiceField(
                label=heading, required=False, choices=meanings
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [meaning for meaning in self._meanings() if meaning]
        for number, meaning in enumerate(self._meanings()):
            if meaning and chosen.count(meaning) > 1:
                self.add_error(f"{COLUMN}{number}", _("Two columns cannot mean the same."))
        if not self.errors and (lacks := what_lacks(self.choices)):
            self.add_error(self._culprit(), lacks)
        return data

    def _culprit(self) -> str | None:
        choices = self.choices
        if choices.date is None or not any(key in METRICS for key in choices.meanings):
            return None
        return "order" if choices.channel or choices.channel_column is not None else "channel"

    def _meanings(self) -> tuple[str, ...]:
        return tuple(
            self.cleaned_data.get(f"{COLUMN}{number}", IGNORE)
            for number in range(len(self.table.headings))
        )

    @property
    def choices(self) -> Choices:
        """After :meth:`is_valid`."""
        given = self.cleaned_data
        return Choices(
            self._meanings(),
            given.get("channel", ""),
            given.get("order", ""),
            bool(given.get("adds")),
        )

    def columns(self) -> Iterator[Column]:
        for number, heading in enumerate(self.table.headings):
            example = at(self.table.example, number)
            yield Column(heading, example, self[f"{COLUMN}{number}"])


class PostColumnsForm(forms.Form):
    """One choice for each column of a table of posts, and as of when its totals are."""

    channel = forms.ChoiceField(label=gettext_lazy("Channel"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Totals as of"),
        help_text=gettext_lazy("A report of a month reads what was known by its last day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    order = forms.ChoiceField(
        label=gettext_lazy("Days with slashes"), required=False, choices=ORDERS
    )

    def __init__(self, business: Business, posts: PostTable, *args: Any, **kwargs: Any) -> None:
        first: PostChoices | None = kwargs.pop("first", None)
        if first:
            kwargs["initial"] = {
                "channel": first.channel,
                "order": first.order,
                "day": first.day,
                **{f"{COLUMN}{number}": key for number, key in enumerate(first.meanings)},
            }
        super().__init__(*args, **kwargs)
        self.table = posts.table
        channel = self.fields["channel"]
        assert isinstance(channel, forms.ChoiceField)
        named = [(holder.key, holder.name) for holder in holders(business) if holder.connection]
        channel.choices = [("", _("a column says it, or any")), *named]
        for number, heading in enumerate(self.table.headings):
            self.fields[f"{COLUMN}{number}"] = forms.ChoiceField(
                label=heading, required=False, choices=_post_meanings()
            )

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        meanings = self._meanings()
        for number, meaning in enumerate(meanings):
            if meaning and meaning in meanings[:number]:
                self.add_error(f"{COLUMN}{number}", _("Two columns cannot mean the same."))
        if lacks := posts_lack(PostChoices(meanings, order=data.get("order", ""))):
            self.add_error(None if data.get("order") else "order", lacks)
        return data

    def _meanings(self) -> tuple[str, ...]:
        places = range(len(self.table.headings))
        return tuple(self.cleaned_data.get(f"{COLUMN}{number}", IGNORE) for number in places)

    @property
    def choices(self) -> PostChoices:
        """After :meth:`is_valid`."""
        given = self.cleaned_data
        return PostChoices(
            self._meanings(), given.get("channel", ""), given.get("order", ""), given["day"]
        )

    def columns(self) -> Iterator[Column]:
        for number, heading in enumerate(self.table.headings):
            yield Column(heading, at(self.table.example, number), self[f"{COLUMN}{number}"])


def _post_meanings() -> list[tuple[str, Any]]:
    return [
        (IGNORE, _("leave out")),
        (ADDRESS, _("Address of the post")),
        (REMOTE_ID, _("The network's id of the post")),
        (TEXT, _("Text or title")),
        (TIME, _("When it was published")),
        (CHANNEL, _("Channel")),
        *((key, METRICS[key].label) for key in POST_METRICS),
    ]


def _initial(first: Choices) -> dict[str, Any]:
    columns = {f"{COLUMN}{number}": meaning for number, meaning in enumerate(first.meanings)}
    return {
        "channel": first.channel,
        "order": first.order,
        "adds": "yes" if first.adds else "",
        **columns,
    }

"""Forms on the page of an item."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.board.models import Task
from waypost.content.forms import DueForm
from waypost.content.models import Item

MORNING = time(9)


class ScheduleForm(DueForm):
    """When the item goes out; tomorrow morning is offered for one that has no time yet."""

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        quiet = item.business.quiet
        super().__init__(*args, zone=item.zone, quiet=quiet, known=item.due_at, **kwargs)
        if quiet is not None:
            self.fields["send_anyway"] = forms.BooleanField(
                label=_("Send it in quiet hours, too"), required=False, initial=item.send_anyway
            )
        if item.due_at is None:
            tomorrow = timezone.now().astimezone(item.zone).date() + timedelta(days=1)
            self._show_known(datetime.combine(tomorrow, MORNING))
        for name in ("due_date", "due_time"):
            self.fields[name].required = True

    @property
    def anyway(self) -> bool:
        """Whether the valid form asks to send in quiet hours, too."""
        return bool(self.cleaned_data.get("send_anyway"))


class LaterForm(DueForm):
    """A new time for late posts; several of them may go out one after the other."""

    GAPS: ClassVar[dict[str, timedelta]] = {
        "0": timedelta(),
        "30": timedelta(minutes=30),
        "120": timedelta(hours=2),
        "1440": timedelta(days=1),
    }
    between = forms.ChoiceField(
        label=gettext_lazy("Time between two posts"),
        choices=(
            ("0", gettext_lazy("none: all at once")),
            ("30", gettext_lazy("half an hour")),
            ("120", gettext_lazy("two hours")),
            ("1440", gettext_lazy("a day")),
        ),
        initial="120",
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, zone=business.zone, quiet=business.quiet, **kwargs)
        tomorrow = timezone.now().astimezone(business.zone).date() + timedelta(days=1)
        self._show_known(datetime.combine(tomorrow, MORNING))

    @property
    def gap(self) -> timedelta:
        return self.GAPS[self.cleaned_data["between"]]


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


class WordsForm(forms.Form):
    """Other words for a post that is out."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class TaskForm(forms.Form):
    """A task for a post: a new one by its title, or one that is on the board."""

    title = forms.CharField(
        label=gettext_lazy("New task"), max_length=200, required=False, strip=True
    )
    task = forms.ModelChoiceField(
        Task.objects.none(), label=gettext_lazy("Or one from the board"), required=False
    )

    def __init__(
        self, *args: Any, item: Item, key: str, offered: Iterable[Task] = (), **kwargs: Any
    ) -> None:
        """``offered`` are shown; any open task that is not linked to ``key`` is taken."""
        super().__init__(*args, **{"auto_id": "task_%s", **kwargs})
        field = self.fields["task"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = item.business.tasks.on_board().open().exclude(links__key=key)
        if not self.is_bound:  # they are read already
            field.choices = [("", _("Choose a task")), *((str(t.pk), t.title) for t in offered)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("title") and not cleaned.get("task"):
            self.add_error("title", _("Write what is to be done, or choose a task."))
        return cleaned

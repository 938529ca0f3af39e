"""What a person fills in about a task."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts import staffing
from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.goals.forms import DayInput, people


class NewTaskForm(forms.Form):
    """The one line below the list."""

    title = forms.CharField(
        label=gettext_lazy("New task"),
        max_length=200,
        help_text=gettext_lazy("Something that fits into a day or a week."),
        error_messages={"required": gettext_lazy("Write what is to be done.")},
    )


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    class Meta:
        model = Task
        fields = ("title", "assignee", "due_date")
        widgets = {"due_date": DayInput()}
        error_messages = {"title": {"required": gettext_lazy("Write what is to be done.")}}

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assignee = cast("forms.ModelChoiceField[User]", self.fields["assignee"])
        assignee.queryset = people(business)
        assignee.empty_label = _("Nobody yet")
        staffing.ask_nobody(self, "assignee", staffing.read(business), new=False)

    def _post_clean(self) -> None:
        # The row is written by the action alone; the form must not touch it.
        pass

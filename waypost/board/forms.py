"""What a person fills in about a task and about the board."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts import staffing
from waypost.accounts.away import label_of
from waypost.accounts.models import Business, User
from waypost.board.columns import columns_of
from waypost.board.models import BoardSettings, Column, Label, Status, Task
from waypost.board.repeating import RULES, plain_rule
from waypost.board.rules import Given
from waypost.goals.forms import DayInput, people
from waypost.kit.careful import CarefulMixin

NO_TITLE = gettext_lazy("Write what is to be done.")


class NewTaskForm(forms.Form):
    """The one line below the list, and above the backlog."""

    title = forms.CharField(
        label=gettext_lazy("New task"),
        max_length=200,
        help_text=gettext_lazy("Something that fits into a day or a week."),
        error_messages={"required": NO_TITLE},
    )


class _OfBusiness(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    """Choices of one business. The row is written by an action alone."""

    def __init__(self, *args: Any, business: Business, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = cast("dict[str, Any]", self.fields)
        for name, empty in (("assignee", _("Nobody yet")), ("reviewer", _("Nobody yet"))):
            fields[name].queryset = people(business)
            fields[name].label_from_instance = label_of(business)
            fields[name].empty_label = empty
        fields["initiative"].queryset = business.initiatives.order_by("title")
        fields["initiative"].empty_label = _("None")
        staff = staffing.read(business)
        roles = [("", _("No role")), *staffing.role_choices(staff)]
        fields["role"].widget = forms.Select(choices=roles)
        staffing.ask_nobody(self, "assignee", staff, new=new)
        if staff.solo or len(staff.members) < 2:
            fields["reviewer"].widget = forms.HiddenInput()

    def _post_clean(self) -> None:
        pass


class CardForm(CarefulMixin, _OfBusiness):
    """Everything of a card that is one value; it saves itself."""

    repeats = forms.ChoiceField(
        label=gettext_lazy("Repeats"),
        required=False,
        choices=RULES,
        help_text=gettext_lazy("The next one is counted from the day above."),
    )

    class Meta:
        model = Task
        fields = (
            "title",
            "description",
            "assignee",
            "reviewer",
            "due_date",
            "role",
            "priority",
            "initiative",
            "repeats",
            "repeats_when",
        )
        widgets = {"due_date": DayInput(), "description": forms.Textarea(attrs={"rows": 6})}
        error_messages = {"title": {"required": NO_TITLE}}
        labels = {"repeats_when": gettext_lazy("The next one is made")}
        help_texts = {
            "description": gettext_lazy("**bold**, _italic_, - lists and [links](https://…) work.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        task = kwargs["instance"]
        # Shown as it was chosen; the days of short months are ours.
        task.repeats = plain_rule(task.repeats)
        super().__init__(*args, **kwargs)


class NewCardForm(_OfBusiness):
    class Meta:
        model = Task
        fields = ("title", "assignee", "reviewer", "due_date", "role", "priority", "initiative")
        widgets = {"due_date": DayInput()}
        error_messages = {"title": {"required": NO_TITLE}}


class MoveForm(forms.Form):
    """Where a card goes, and what it needs there."""

    column = forms.ChoiceField(label=gettext_lazy("Column"))
    below = forms.IntegerField(required=False, widget=forms.HiddenInput())
    moves = forms.IntegerField(widget=forms.HiddenInput())
    reason = forms.CharField(
        label=gettext_lazy("What does it wait for?"), required=False, max_length=300
    )
    comment = forms.CharField(
        label=gettext_lazy("What is still missing?"), required=False, max_length=300
    )
    assignee = forms.ModelChoiceField(
        label=gettext_lazy("Who does it?"), queryset=User.objects.none(), required=False
    )
    due_date = forms.DateField(label=gettext_lazy("Until when?"), required=False, widget=DayInput())
    reviewer = forms.ModelChoiceField(
        label=gettext_lazy("Who reviews it?"), queryset=User.objects.none(), required=False
    )

    ASKED = ("reason", "comment", "assignee", "due_date", "reviewer")

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        business = task.business
        self.columns = {column.key: column for column in columns_of(business)}
        fields = cast("dict[str, Any]", self.fields)
        fields["column"].choices = [(key, str(each)) for key, each in self.columns.items()]
        for name in ("assignee", "reviewer"):
            fields[name].queryset = people(business)
            fields[name].label_from_instance = label_of(business)
            fields[name].empty_label = _("Nobody yet")

    @property
    def to(self) -> Column:
        """After :meth:`is_valid`."""
        return self.columns[self.cleaned_data["column"]]

    @property
    def given(self) -> Given:
        """After :meth:`is_valid`; what was left empty stays as it is."""
        values = self.cleaned_data
        fields = {name: values[name] for name in ("assignee", "due_date", "reviewer")}
        named = {name: value for name, value in fields.items() if value}
        return Given(values["reason"], values["comment"], named)

    def ask_only(self, name: str) -> None:
        """Keep what is already said out of sight, and ask for what is missing."""
        for each in ("column", *self.ASKED):
            if each != name and not self.errors.get(each):
                self.fields[each].widget = (
                    DayHidden() if each == "due_date" else forms.HiddenInput()
                )


class DayHidden(forms.DateInput):
    input_type = "hidden"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ColumnForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, required=False)
    limit = forms.IntegerField(
        label=gettext_lazy("Cards at most"), required=False, min_value=1, max_value=999
    )


class NewColumnForm(ColumnForm):
    meaning = forms.ChoiceField(
        label=gettext_lazy("What does it mean?"),
        choices=Status.choices,
        help_text=gettext_lazy("Its cards follow the rules of this meaning."),
    )


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BoardSettings
        fields = ("at_work", "period", "closes_itself")

    def _post_clean(self) -> None:
        pass


class LabelForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("New label"), max_length=60)
    colour = forms.ChoiceField(label=gettext_lazy("Colour"), choices=Label.Colour.choices)


class StepForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("New step"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the step first.")},
    )


class AttachForm(forms.Form):
    """A link to something elsewhere."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=1000, assume_scheme="https")
    name = forms.CharField(label=gettext_lazy("What it is"), required=False, max_length=200)

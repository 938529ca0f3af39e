"""The form of a screen: its fields are made from the parts of its questions."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.budget.models import Line
from waypost.content.models import Item
from waypost.goals.forms import people
from waypost.goals.models import Goal, Initiative
from waypost.kit.careful import CarefulMixin
from waypost.kit.careful.form import LONGEST, TOO_LONG
from waypost.kit.numbers import NumberField
from waypost.market.models import SwotPoint
from waypost.strategy.models import Answer, Change, Conclusion, OwnQuestion, State
from waypost.strategy.questions import Kind, Part, Question, Section, path
from waypost.strategy.saving import STATE, field_name, stored
from waypost.strategy.values import day_from, day_typed, list_from, timeline_from, timeline_typed

ROWS_OF_A_TEXT = 5
ROWS_OF_A_SHORT_TEXT = 3
SHORT_TEXT = 600  # characters
ITEMS_OFFERED = 200  # posts ahead that a change may touch


class _TextOf(forms.Field):
    """A field that shows a value as text and reads it back; subclasses say how."""

    widget: Any = forms.Textarea(attrs={"rows": ROWS_OF_A_TEXT})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value or self.nothing()
        if len(value) > LONGEST:
            params = {"show_value": len(value), "limit_value": LONGEST}
            raise ValidationError(TOO_LONG, code="max_length", params=params)
        return self.read(value)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.show(value)

    def nothing(self) -> Any:
        return []

    def read(self, text: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        raise NotImplementedError


class ListField(_TextOf):
    """One thing a line; cleans to a list of texts."""

    def read(self, text: str) -> list[str]:
        return list_from(text)

    def show(self, value: list[str]) -> str:
        return "\n".join(value)


class TimelineField(_TextOf):
    """A day and what happened a line; cleans to ``[[day, words], …]``."""

    def read(self, text: str) -> list[list[str]]:
        return timeline_from(text)

    def show(self, value: list[list[str]]) -> str:
        return timeline_typed(value)


class DayField(forms.CharField):
    """A day, a month or only a year; cleans to ``2019-03-14``, ``2019-03`` or ``2019``."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return day_from(text) if text else ""

    def prepare_value(self, value: Any) -> Any:
        # What a person typed and cannot be read comes back as it was typed.
        return day_typed(value) if isinstance(value, str) else value


def field_for(question: Question, part: Part) -> forms.Field:
    """The form field of one part of an answer. Nothing is required: saving is never refused
    because something is still missing.
    """
    field = _FIELDS[part.kind](part)
    field.required = False
    field.label = cast("str", part.label or question.ask)
    return field


def _text(part: Part) -> forms.Field:
    rows = ROWS_OF_A_SHORT_TEXT if part.limit <= SHORT_TEXT else ROWS_OF_A_TEXT
    return forms.CharField(max_length=part.limit, widget=forms.Textarea(attrs={"rows": rows}))


def _choice(part: Part) -> forms.Field:
    return forms.ChoiceField(choices=part.options, widget=forms.RadioSelect)


def _yes_no(part: Part) -> forms.Field:
    choices = (("yes", _("Yes")), ("no", _("No")))
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _many(part: Part) -> forms.Field:
    return forms.MultipleChoiceField(choices=part.options, widget=forms.CheckboxSelectMultiple)


_FIELDS: dict[Kind, Callable[[Part], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LINE: lambda part: forms.CharField(max_length=part.limit),
    Kind.LIST: lambda part: ListField(),
    Kind.TIMELINE: lambda part: TimelineField(),
    Kind.DATE: lambda part: DayField(max_length=40),
    Kind.NUMBER: lambda part: NumberField(max_digits=12, decimal_places=2),
    Kind.URL: lambda part: forms.URLField(max_length=part.limit, assume_scheme="https"),
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
}


class _Questions(forms.Form):
    """Fields for each question: its parts, and how it stands."""

    def __init__(
        self,
        *args: Any,
        section: Section,
        screen: int,
        answers: Mapping[str, Answer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [one for one in section.screens[screen] if one.is_asked_here]
        for question in self.questions:
            answer = answers.get(path(section, question))
            for part in question.parts:
                field = field_for(question, part)
                field.initial = stored(answer, question, part.name)
                self.fields[field_name(question, part.name)] = field
            self.fields[field_name(question, STATE)] = forms.ChoiceField(
                choices=State.choices,
                widget=forms.RadioSelect,
                required=False,
                label=_("How does it stand?"),
                initial=stored(answer, question, STATE),
            )


class ScreenForm(CarefulMixin, _Questions):
    """All questions of one screen, saved by themselves, field by field."""


class OwnQuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = OwnQuestion
        fields = ("ask", "tip")
        widgets = {"ask": forms.TextInput, "tip": forms.TextInput}

    def clean_ask(self) -> str:
        return str(self.cleaned_data["ask"]).strip()


class ConclusionForm(forms.ModelForm):  # type: ignore[type-arg]
    """ "Therefore we will …". Only the SWOT has pairings."""

    class Meta:
        model = Conclusion
        fields = ("pairing", "text")
        widgets = {"text": forms.TextInput}

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section != "swot":
            del self.fields["pairing"]
            return
        pairing = cast("forms.TypedChoiceField", self.fields["pairing"])
        pairing.choices = [("", _("Nothing in particular")), *Conclusion.Pairing.choices]


class ApproveForm(forms.Form):
    note = forms.CharField(label=_("What this version is"), max_length=200, required=False)


class ChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What happened, what changes, and which parts of the plan it touches."""

    class Meta:
        model = Change
        fields = (
            "date",
            "trigger",
            "change",
            "decided_by",
            "goals",
            "initiatives",
            "lines",
            "items",
        )
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "trigger": forms.TextInput,
            "change": forms.Textarea(attrs={"rows": ROWS_OF_A_TEXT}),
            "goals": forms.CheckboxSelectMultiple,
            "initiatives": forms.CheckboxSelectMultiple,
            "lines": forms.CheckboxSelectMultiple,
            "items": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, business: Business, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.kept().filter(budget__business=business)
        _choose(self, "decided_by", people(business))
        _choose(self, "goals", business.goals.all())
        _choose(self, "initiatives", business.initiatives.all())
        _choose(self, "lines", lines.filter(budget__year=today.year))
        _choose(self, "items", self._items(business, today))

    def _items(self, business: Business, today: dt.date) -> QuerySet[Item]:
        """What is still ahead, and what the change touches already."""
        ahead = business.items.filter(due_at__date__gte=today).order_by("due_at")
        wanted = set(ahead.values_list("pk", flat=True)[:ITEMS_OFFERED])
        if self.instance.pk:
            wanted |= set(self.instance.items.values_list("pk", flat=True))
        return business.items.filter(pk__in=wanted).order_by("due_at", "pk")


class LeadForm(forms.Form):
    """What a conclusion leads to."""

    what = forms.ChoiceField(
        label=_("What comes of it?"),
        choices=(
            ("new_task", _("A task of an initiative")),
            ("new_initiative", _("A new initiative")),
            ("new_goal", _("A new goal")),
            ("initiative", _("An initiative that is there")),
            ("goal", _("A goal that is there")),
        ),
        widget=forms.RadioSelect,
        initial="new_task",
    )
    goal = forms.ModelChoiceField(Goal.objects.none(), label=_("Goal"), required=False)
    initiative = forms.ModelChoiceField(
        Initiative.objects.none(), label=_("Initiative"), required=False
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "goal", business.goals.open())
        _choose(self, "initiative", business.initiatives.live())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        what = data.get("what")
        if what in ("new_initiative", "goal") and not data.get("goal"):
            self.add_error("goal", _("Choose the goal."))
        if what in ("new_task", "initiative") and not data.get("initiative"):
            self.add_error("initiative", _("Choose the initiative."))
        return data


class SwotForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SwotPoint
        fields = ("text",)
        widgets = {"text": forms.TextInput}


def _choose(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows

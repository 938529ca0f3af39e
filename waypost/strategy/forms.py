"""The form of a screen: its fields are made from the parts of its questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from waypost.kit.careful import CarefulMixin
from waypost.kit.careful.form import LONGEST, TOO_LONG
from waypost.kit.numbers import NumberField
from waypost.strategy.models import Answer, OwnQuestion, State
from waypost.strategy.questions import Kind, Part, Question, Section, path
from waypost.strategy.saving import STATE, field_name, stored
from waypost.strategy.values import day_from, day_typed, list_from, timeline_from, timeline_typed

ROWS_OF_A_TEXT = 5
ROWS_OF_A_SHORT_TEXT = 3
SHORT_TEXT = 600  # characters


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
    named: dict[str, Any] = {"required": False, "label": part.label or question.ask}
    match part.kind:
        case Kind.LIST:
            return ListField(**named)
        case Kind.TIMELINE:
            return TimelineField(**named)
        case Kind.DATE:
            return DayField(**named, max_length=40)
        case Kind.NUMBER:
            return NumberField(**named, max_digits=12, decimal_places=2)
        case Kind.URL:
            return forms.URLField(**named, max_length=part.limit, assume_scheme="https")
        case Kind.YES_NO:
            return forms.ChoiceField(
                **named, choices=(("yes", _("Yes")), ("no", _("No"))), widget=forms.RadioSelect
            )
        case Kind.CHOICE:
            return forms.ChoiceField(**named, choices=part.options, widget=forms.RadioSelect)
        case Kind.MANY:
            return forms.MultipleChoiceField(
                **named, choices=part.options, widget=forms.CheckboxSelectMultiple
            )
        case Kind.LINE:
            return forms.CharField(**named, max_length=part.limit)
        case Kind.TEXT:
            rows = ROWS_OF_A_SHORT_TEXT if part.limit <= SHORT_TEXT else ROWS_OF_A_TEXT
            return forms.CharField(
                **named, max_length=part.limit, widget=forms.Textarea(attrs={"rows": rows})
            )


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


class OwnQuestionForm(forms.ModelForm[OwnQuestion]):
    class Meta:
        model = OwnQuestion
        fields = ("ask", "tip")
        widgets = {"ask": forms.TextInput, "tip": forms.TextInput}

    def clean_ask(self) -> str:
        return str(self.cleaned_data["ask"]).strip()

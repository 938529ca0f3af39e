"""Two people at one record: a form, a store that keeps a dict, and what a browser does."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from waypost.kit.careful import CarefulMixin, Saved, Trace, save
from waypost.kit.careful.values import posted
from waypost.kit.errors import Refusal


class Person:
    def __init__(self, pk: int, name: str) -> None:
        self.pk, self.name = pk, name

    def __str__(self) -> str:
        return self.name


MAJA, TINE = Person(1, "Maja Kos"), Person(2, "Tine Hren")
AT = dt.datetime(2026, 11, 24, 9, 42, tzinfo=dt.UTC)


class StoryForm(CarefulMixin, forms.Form):
    story = forms.CharField(required=False, widget=forms.Textarea)
    slogan = forms.CharField(required=False, max_length=40)
    founded = forms.DateField(required=False)
    price = forms.DecimalField(required=False, decimal_places=2)
    local = forms.BooleanField(required=False)
    places = forms.MultipleChoiceField(
        required=False, choices=[("shop", "Shop"), ("web", "Web"), ("fair", "Fair")]
    )


class Shelf:
    """A store over a dict that all people share."""

    def __init__(self, values: dict[str, Any], by: Person) -> None:
        self.values, self.by = values, by
        self.log: list[dict[str, Any]] = []

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        return {name: self.values.get(name) for name in names}

    def write(self, changes: dict[str, Any]) -> None:
        if changes.get("slogan") == "no":
            raise Refusal("Another slogan, please.", field="slogan")
        self.log.append(changes)
        self.values.update(changes)
        self.values["by"] = self.by

    def trace(self, name: str) -> Trace:
        return Trace(str(self.values.get("by", "")), AT)


class Page:
    """An open page of one person, as a browser without script holds it."""

    def __init__(self, values: dict[str, Any], who: Person) -> None:
        self.values, self.who = values, who
        self.open()

    def open(self) -> None:
        form = StoryForm(initial=self.values)
        save(form, Shelf(self.values, self.who), by=self.who)
        self.data: dict[str, Any] = {
            name: posted(form.fields[name], self.values.get(name)) for name in form.fields
        }
        self._take_hidden(form)

    def _take_hidden(self, form: Any) -> None:
        self.data |= {f"was-{name}": [each] for name, each in form.was.items()}
        self.data["careful-user"] = [str(self.who.pk)]

    def type(self, **fields: str | list[str]) -> "Page":
        """Lists for boxes; newlines go out as a browser sends them."""
        for name, text in fields.items():
            sent = text if isinstance(text, list) else [text.replace("\n", "\r\n")]
            self.data[name] = sent
        return self

    def send(self, choose: Mapping[str, str] | None = None) -> tuple[Any, Saved]:
        """Post the page and show what comes back."""
        chosen = {f"choose-{name}": [choice] for name, choice in (choose or {}).items()}
        form = StoryForm({**self.data, **chosen})
        self.shelf = Shelf(self.values, self.who)
        saved = save(form, self.shelf, by=self.who)
        assert saved is not None
        self.data = {name: form.data.getlist(name) for name in form.fields}
        self._take_hidden(form)
        for name, clash in form.clashes.items():
            self.data[f"theirs-{name}"] = [clash.seen]
        return form, saved

    @property
    def story(self) -> str:
        return str(self.data["story"][0])

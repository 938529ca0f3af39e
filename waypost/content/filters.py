"""Filters of the calendar and the list; they live in the address, and a person's last ones
are remembered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F, Value
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.guard import BusinessRequest
from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.calendar import View, around, view_of
from waypost.content.models import Kind, Status

SPAN_WORDS = ("month", "day")
"""These say when, not what: they are no filters and are not remembered."""


class Choices:
    """What can be filtered by, by name and number; one query for all of it."""

    def __init__(self, business: Business) -> None:
        self.names: dict[str, dict[int, str]] = defaultdict(dict)
        for what, pk, name in sorted(_names(business), key=lambda row: str(row[2]).casefold()):
            self.names[what][pk] = name


def _names(business: Business) -> Iterator[tuple[str, int, str]]:
    rows = {
        "initiative": business.initiatives.annotate(called=F("title")),
        "goal": business.goals.annotate(called=F("title")),
        "persona": business.personas.annotate(called=F("name")),
    }
    queries = [
        each.order_by().annotate(what=Value(what)).values_list("what", "pk", "called")
        for what, each in rows.items()
    ]
    people = business.members.order_by().annotate(what=Value("owner"))
    queries.append(people.values_list("what", "user_id", "user__name"))
    first, *others = queries
    yield from first.union(*others, all=True)


class FilterForm(forms.Form):
    """A filter that is nonsense is left out."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": gettext_lazy("Search")}),
    )
    status = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    channel = forms.TypedChoiceField(label=gettext_lazy("Channel"), required=False, coerce=int)
    initiative = forms.TypedChoiceField(
        label=gettext_lazy("Initiative"), required=False, coerce=int
    )
    goal = forms.TypedChoiceField(label=gettext_lazy("Goal"), required=False, coerce=int)
    owner = forms.TypedChoiceField(label=gettext_lazy("Owner"), required=False, coerce=int)
    persona = forms.TypedChoiceField(label=gettext_lazy("Persona"), required=False, coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Type"), required=False)

    MORE = ("goal", "persona", "owner", "kind")
    """Behind a fold while none of them is used."""

    def __init__(
        self,
        business: Business,
        *args: Any,
        connections: Mapping[int, Connection] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = Choices(business).names
        if connections is None:
            connections = {each.pk: each for each in business.connections.all()}
        channels = {pk: str(each) for pk, each in connections.items()}
        self._offer("status", _("All states"), Status.choices)
        self._offer("channel", _("All channels"), channels.items())
        self._offer("initiative", _("All initiatives"), self.names["initiative"].items())
        self._offer("goal", _("All goals"), self.names["goal"].items())
        self._offer("persona", _("All personas"), self.names["persona"].items())
        self._offer("owner", _("All owners"), self.names["owner"].items())
        self._offer("kind", _("All types"), Kind.choices)

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    @property
    def is_filtering(self) -> bool:
        return bool(self.chosen())

    @property
    def usual(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.MORE]

    @property
    def further(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]

    @property
    def is_further_used(self) -> bool:
        return any(name in self.MORE for name in self.chosen())

    def chosen(self) -> dict[str, Any]:
        """Arguments for ``ItemQuerySet.matching``."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def remembered(request: BusinessRequest) -> str:
    """The view and the filters that this person used last, as a query; empty: the usual."""
    return str(request.session.get(_key(request), ""))


def remember(request: BusinessRequest, view: str, chosen: Mapping[str, Any]) -> None:
    """Keep what the address says; the session is written only when that is news."""
    query = QueryDict(mutable=True)
    if view != View.MONTH:
        query["view"] = view
    query.update({name: str(value) for name, value in chosen.items()})
    if query.urlencode() != remembered(request):
        request.session[_key(request)] = query.urlencode()


def _key(request: BusinessRequest) -> str:
    return f"calendar-{request.business.pk}"


def calendar_at(request: BusinessRequest, due_at: datetime | None) -> str:
    """The address of the calendar as this person left it, where it shows ``due_at``."""
    query = QueryDict(remembered(request), mutable=True)
    day = timezone.localdate(due_at) if due_at else timezone.localdate()
    query.update(around(view_of(query.get("view", "")), day).query)
    return f"{reverse('content:calendar', args=[request.business.slug])}?{query.urlencode()}"

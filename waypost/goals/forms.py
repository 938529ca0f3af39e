"""What a person fills in about goals, values and initiatives."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals import actions
from waypost.goals.actions import GoalFields, InitiativeFields
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.numbers import NumberField
from waypost.providers import registry
from waypost.providers.base import Measures

NUMBER_HELP = gettext_lazy("For example 1234.5 or 1.234,50")


class DayInput(forms.DateInput):
    """The browser's own way to choose a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def people(business: Business) -> QuerySet[User]:
    """Who may own something: everybody in the business."""
    return User.objects.filter(memberships__business=business).order_by("name", "email")


def countable(business: Business, chosen: int | None) -> QuerySet[Connection]:
    """Accounts whose followers Waypost can read, and the one that was chosen before."""
    providers = [
        provider.id
        for provider in registry.ALL.values()
        if isinstance(provider, Measures) and "followers" in provider.account_metrics
    ]
    usable = Q(pk__in=business.connections.usable().filter(provider_id__in=providers))
    return business.connections.filter(usable | Q(pk=chosen))


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    baseline = NumberField(
        label=gettext_lazy("Value at the start"),
        max_digits=16,
        decimal_places=2,
        help_text=NUMBER_HELP,
    )
    target = NumberField(label=gettext_lazy("Target value"), max_digits=16, decimal_places=2)

    class Meta:
        model = Goal
        fields = (
            "title",
            "why",
            "metric",
            "unit",
            "baseline",
            "target",
            "start_date",
            "deadline_date",
            "owner",
            "connection",
        )
        widgets = {
            "why": forms.Textarea(attrs={"rows": 3}),
            "start_date": DayInput(),
            "deadline_date": DayInput(),
        }
        help_texts = {
            "title": gettext_lazy(
                "What you want to reach, for example “Double the German audience in 6 months”."
            ),
            "metric": gettext_lazy("The one number that tells, for example “Instagram followers”."),
            "unit": gettext_lazy("For example followers, €, hours."),
            "connection": gettext_lazy(
                "Choose an account and its followers are counted for you every day."
            ),
        }

    def __init__(self, *args: Any, business: Business, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = people(business)
        owner.empty_label = _("Nobody yet")
        connection = cast("forms.ModelChoiceField[Connection]", self.fields["connection"])
        connection.queryset = countable(business, self.instance.connection_id)
        connection.empty_label = _("None, I enter the values myself")
        if not connection.queryset:
            del self.fields["connection"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        faults: list[Refusal] = []
        if "baseline" in data and "target" in data:
            faults += actions.wrong_path(data["baseline"], data["target"])
        if "start_date" in data and "deadline_date" in data:
            faults += actions.wrong_dates(data["start_date"], data["deadline_date"])
        if self.instance.pk is None and "deadline_date" in data and not faults:
            faults += actions.already_over(data["deadline_date"], today=self._today)
        _show(self, faults)
        return data

    @property
    def values(self) -> GoalFields:
        """What the actions take, after :meth:`is_valid`."""
        return cast(GoalFields, {"connection": None, **self.cleaned_data})

    def _post_clean(self) -> None:
        # The row is written by the action alone; the form must not touch it.
        pass


class ValueForm(forms.Form):
    """The quick entry of one number."""

    value = NumberField(label=gettext_lazy("Value"), max_digits=16, decimal_places=2)
    date = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())


class InitiativeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    expected_contribution = NumberField(
        label=gettext_lazy("What it should add to the goal"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("How far it moves the number towards the target; may stay empty."),
    )

    class Meta:
        model = Initiative
        fields = (
            "title",
            "measure",
            "resources",
            "start_date",
            "end_date",
            "status",
            "progress",
            "risk",
            "expected_contribution",
            "owner",
        )
        labels = {"progress": gettext_lazy("Progress in percent")}
        widgets = {
            "measure": forms.Textarea(attrs={"rows": 2}),
            "resources": forms.Textarea(attrs={"rows": 2}),
            "start_date": DayInput(),
            "end_date": DayInput(),
        }
        help_texts = {
            "title": gettext_lazy("What you will do, for example “Post in German every day”."),
            "measure": gettext_lazy("For example “7 posts a week”."),
            "resources": gettext_lazy("People, money, tools."),
            "progress": "",
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = people(business)
        owner.empty_label = _("Nobody yet")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        faults: list[Refusal] = []
        if "start_date" in data and "end_date" in data:
            faults += actions.wrong_span(data["start_date"], data["end_date"])
        if "progress" in data:
            faults += actions.wrong_share(data["progress"])
        faults += actions.wrong_step(data.get("expected_contribution"))
        _show(self, faults)
        return data

    @property
    def values(self) -> InitiativeFields:
        """What the actions take, after :meth:`is_valid`."""
        return cast(InitiativeFields, self.cleaned_data)

    def _post_clean(self) -> None:
        # The row is written by the action alone; the form must not touch it.
        pass


def _show(form: forms.BaseForm, refusals: Iterable[Refusal]) -> None:
    for refusal in refusals:
        show_refusal(form, refusal)

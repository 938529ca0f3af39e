"""What a person fills in about goals, values and initiatives."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts import staffing
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals import actions
from waypost.goals.actions import GoalFields, InitiativeFields
from waypost.goals.models import Checkpoint, Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.numbers import NumberField
from waypost.providers import registry
from waypost.providers.base import Measures

NOTHING: tuple[Any, ...] = (None, "", [], False)
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


class AccountField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Whose followers are the goal's number."""

    def label_from_instance(self, obj: Any) -> str:
        return _("Followers of %(account)s, counted every day") % {"account": obj}


class GoalForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    FOLDS = {"smart": ("specific", "achievable", "resources", "why"), "checks": ("checkpoints",)}

    baseline = NumberField(
        label=gettext_lazy("Value at the start"),
        max_digits=16,
        decimal_places=2,
        help_text=NUMBER_HELP,
    )
    target = NumberField(
        label=gettext_lazy("Target value"),
        max_digits=16,
        decimal_places=2,
        help_text=gettext_lazy("The number to reach, or the limit to keep to."),
    )
    connection = AccountField(
        label=gettext_lazy("Where the values come from"),
        queryset=Connection.objects.none(),
        required=False,
        help_text=gettext_lazy(
            "Choose an account and its followers are counted for you every day."
        ),
    )
    checkpoints = forms.MultipleChoiceField(
        label=gettext_lazy("When you look at it"),
        choices=Checkpoint.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("The goal's page then says which value is due."),
    )

    class Meta:
        model = Goal
        fields = (
            "title",
            "specific",
            "kind",
            "metric",
            "unit",
            "connection",
            "baseline",
            "target",
            "start_date",
            "deadline_date",
            "checkpoints",
            "achievable",
            "resources",
            "why",
            "owner",
        )
        widgets = {
            "specific": forms.Textarea(attrs={"rows": 2}),
            "achievable": forms.Textarea(attrs={"rows": 2}),
            "resources": forms.Textarea(attrs={"rows": 2}),
            "why": forms.Textarea(attrs={"rows": 2}),
            "kind": forms.RadioSelect,
            "start_date": DayInput(),
            "deadline_date": DayInput(),
        }
        help_texts = {
            "title": gettext_lazy(
                "What you want to reach, for example “Double the German audience in 6 months”."
            ),
            "metric": gettext_lazy("The one number that tells, for example “Instagram followers”."),
            "unit": gettext_lazy("For example followers, €, hours."),
            "specific": gettext_lazy("For example “Win 6,000 more followers who live in Germany”."),
            "achievable": gettext_lazy(
                "For example “Yes: 1,000 from ads and 5,000 from influencers”."
            ),
            "resources": gettext_lazy("Hours, money, tools, and whether you have them."),
            "why": gettext_lazy("For example “German baskets are 38 % larger”."),
        }

    def __init__(self, *args: Any, business: Business, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = people(business)
        owner.empty_label = _("Nobody yet")
        staffing.ask_nobody(self, "owner", staffing.read(business), new=self.instance.pk is None)
        connection = cast(AccountField, self.fields["connection"])
        connection.queryset = countable(business, self.instance.connection_id)
        connection.empty_label = _("People enter them")
        if not connection.queryset:
            del self.fields["connection"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        faults: list[Refusal] = []
        if {"kind", "baseline", "target"} <= data.keys():
            faults += actions.wrong_path(data["baseline"], data["target"], kind=data["kind"])
        if "start_date" in data and "deadline_date" in data:
            faults += actions.wrong_dates(data["start_date"], data["deadline_date"])
        if self.instance.pk is None and "deadline_date" in data and not faults:
            faults += actions.already_over(data["deadline_date"], today=self._today)
        _show(self, faults)
        return data

    @property
    def open_folds(self) -> set[str]:
        return _open_folds(self, self.FOLDS)

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


class WaitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Which initiatives must be over before this one begins, each with its goal's name."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.goal.title})"


class InitiativeForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable in Django
    FOLDS = {
        "needs": ("resources", "budget"),
        "risk": ("risk_note",),
        "repeats": ("repeats", "repeats_what"),
        "order": ("depends_on",),
        "result": ("actual_end_date", "actual_contribution"),
    }

    expected_contribution = NumberField(
        label=gettext_lazy("What it should add to the goal"),
        max_digits=16,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("How far it moves the number towards the target; may stay empty."),
    )
    actual_contribution = NumberField(
        label=gettext_lazy("What it added to the goal"),
        max_digits=16,
        decimal_places=2,
        required=False,
    )
    budget = NumberField(
        label=gettext_lazy("Budget"), max_digits=12, decimal_places=2, required=False
    )
    repeats = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=[("", gettext_lazy("It happens once")), *Initiative.Repeats.choices],
        required=False,
    )
    owner_role = forms.ChoiceField(
        label=gettext_lazy("Role of the owner"),
        choices=[("", gettext_lazy("No role")), *Hat.choices],
        required=False,
        help_text=gettext_lazy("The hat that its owner wears here."),
    )
    depends_on = WaitsField(
        label=gettext_lazy("Begins after"),
        queryset=Initiative.objects.none(),
        required=False,
        help_text=gettext_lazy("Tick what must be over before this one can begin."),
    )

    class Meta:
        model = Initiative
        fields = (
            "title",
            "description",
            "start_date",
            "end_date",
            "until_goal",
            "status",
            "progress",
            "owner",
            "owner_role",
            "measure",
            "expected_contribution",
            "resources",
            "budget",
            "risk",
            "risk_note",
            "repeats",
            "repeats_what",
            "depends_on",
            "actual_end_date",
            "actual_contribution",
        )
        labels = {"progress": gettext_lazy("Progress in percent")}
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "measure": forms.Textarea(attrs={"rows": 2}),
            "resources": forms.Textarea(attrs={"rows": 2}),
            "risk_note": forms.Textarea(attrs={"rows": 2}),
            "start_date": DayInput(),
            "end_date": DayInput(),
            "actual_end_date": DayInput(),
        }
        help_texts = {
            "title": gettext_lazy("What you will do, for example “Post in German every day”."),
            "measure": gettext_lazy("For example “7 posts a week”."),
            "resources": gettext_lazy("People, tools, material."),
            "progress": "",
            "until_goal": gettext_lazy("Its end is then the goal's deadline and moves with it."),
            "risk_note": gettext_lazy("Think of your team and of others you depend on."),
            "repeats_what": gettext_lazy("For example “a post in German”."),
            "actual_end_date": gettext_lazy(
                "Counts with the status “Done”; empty means the day you set it."
            ),
        }

    def __init__(self, *args: Any, business: Business, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goal = goal
        self._today = actions.today_of(business)
        self.fields["end_date"].required = False
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = people(business)
        owner.empty_label = _("Nobody yet")
        role = cast(forms.ChoiceField, self.fields["owner_role"])
        staff = staffing.read(business)
        role.choices = [("", _("No role")), *staffing.role_choices(staff)]
        staffing.ask_nobody(self, "owner", staff, new=self.instance.pk is None)
        self._offer_waits(business)
        if self.instance.counts_tasks:
            self.fields["progress"].disabled = True
            self.fields["progress"].help_text = _("Counted from its tasks.")

    def _offer_waits(self, business: Business) -> None:
        others = business.initiatives.live().exclude(pk=self.instance.pk).select_related("goal")
        if self.instance.pk:
            chosen = self.instance.depends_on.values("pk")
            others = business.initiatives.filter(
                Q(pk__in=others.values("pk")) | Q(pk__in=chosen)
            ).select_related("goal")
        field = cast(WaitsField, self.fields["depends_on"])
        field.queryset = others.order_by("goal__deadline_date", "goal", "position", "start_date")
        if not field.queryset:
            del self.fields["depends_on"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        faults: list[Refusal] = []
        self._find_end(data)
        if data.get("start_date") and data.get("end_date"):
            faults += actions.wrong_span(data["start_date"], data["end_date"])
        if "progress" in data:
            faults += actions.wrong_share(data["progress"])
        faults += actions.wrong_step(data.get("expected_contribution"))
        faults += actions.wrong_budget(data.get("budget"))
        faults += actions.wrong_end(data.get("actual_end_date"), today=self._today)
        if self.instance.pk:
            faults += actions.wrong_order(self.instance, data.get("depends_on", ()))
        if data.get("repeats") and not data.get("repeats_what", "").strip():
            faults.append(
                Refusal(_("Say what repeats, for example “a post”."), field="repeats_what")
            )
        _show(self, faults)
        return data

    def _find_end(self, data: dict[str, Any]) -> None:
        """What goes on until the goal is reached ends with it; all else needs a day."""
        if data.get("until_goal"):
            start = data.get("start_date")
            data["end_date"] = max(start or self._goal.deadline_date, self._goal.deadline_date)
        elif "end_date" in data and data["end_date"] is None:
            message = _("Choose the last day, or tick that it goes on until the goal is reached.")
            show_refusal(self, Refusal(message, field="end_date"))

    @property
    def open_folds(self) -> set[str]:
        return _open_folds(self, self.FOLDS)

    @property
    def values(self) -> InitiativeFields:
        """What the actions take, after :meth:`is_valid`."""
        return cast(InitiativeFields, self.cleaned_data)

    def _post_clean(self) -> None:
        # The row is written by the action alone; the form must not touch it.
        pass


def _open_folds(form: forms.BaseForm, folds: Mapping[str, Iterable[str]]) -> set[str]:
    """Names of the folded parts in which something stands, or is wrong."""
    return {
        name
        for name, fields in folds.items()
        if any(
            form[field].errors or form[field].value() not in NOTHING
            for field in fields
            if field in form.fields
        )
    }


def _show(form: forms.BaseForm, refusals: Iterable[Refusal]) -> None:
    for refusal in refusals:
        show_refusal(form, refusal)

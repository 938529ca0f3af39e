"""The fields of a calculator, and where its result goes."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.budget.models import Line
from waypost.budget.tools.base import Answer, Input, Result, Tool, Unit
from waypost.kit.figures import Number
from waypost.kit.numbers import NumberField

MOST = 10**9
TOO_LOW = gettext_lazy("This number cannot be below zero. Write 0 or more.")


class ToolForm(forms.Form):
    """One field per input of ``tool``. All may stay empty: then the result says what lacks."""

    def __init__(self, tool: Tool, currency: str, data: Any = None) -> None:
        super().__init__(data)
        self.tool = tool
        for each in tool.inputs:
            self.fields[each.name] = _field(each, currency)

    def values(self) -> dict[str, Number]:
        """What was typed, by name; a percentage as a share, an unreadable number as None."""
        return {each.name: _value(each, self.cleaned_data) for each in self.tool.inputs}

    def answer(self) -> Answer:
        self.full_clean()
        return self.tool.compute(self.values() if self.is_bound else self._nothing())

    def _nothing(self) -> dict[str, Number]:
        return {each.name: None for each in self.tool.inputs}

    def main(self) -> Iterator[tuple[BoundField, Input]]:
        """The fields everybody needs, each with what it asks for."""
        return ((self[each.name], each) for each in self.tool.inputs if not each.extra)

    def extra(self) -> list[BoundField]:
        """The fields that are folded away."""
        return [self[each.name] for each in self.tool.inputs if each.extra]

    @property
    def extra_used(self) -> bool:
        return any(self.data.get(each.name) for each in self.tool.inputs if each.extra)


def _field(each: Input, currency: str) -> NumberField:
    word = each.unit.word(currency)
    return NumberField(
        label=f"{each.label} ({word})" if word else str(each.label),
        required=False,
        max_digits=14,
        decimal_places=4,
        max_value=MOST,
        min_value=-MOST if each.low is None else each.low,
        error_messages={"min_value": TOO_LOW} if each.low == 0 else None,
    )


def _value(each: Input, cleaned: dict[str, Any]) -> Number:
    value: Decimal | None = cleaned.get(each.name)
    return value / 100 if value is not None and each.unit is Unit.PERCENT else value


class UseForm(forms.Form):
    """Which amount goes into which cell of the plan."""

    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=12, decimal_places=2, min_value=0
    )
    line = forms.ModelChoiceField(Line.objects.none(), label=gettext_lazy("Budget line"))
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"), choices=list(MONTHS.items()), coerce=int
    )

    def __init__(
        self, business: Business, *args: Any, results: list[Result] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        lines = Line.objects.kept().filter(budget__business=business, hidden=False)
        line = self.fields["line"]
        assert isinstance(line, forms.ModelChoiceField)
        line.queryset = lines.select_related("category", "budget").order_by(
            "-budget__year", "category__position", "position", "pk"
        )
        line.label_from_instance = _line_name  # type: ignore[method-assign,assignment]
        line.empty_label = None
        line.initial = lines.ads().order_by("-budget__year", "position", "pk").first()
        self.fields["month"].initial = timezone.localdate().month
        self._offer(results or [])

    def _offer(self, results: list[Result]) -> None:
        amounts = [(f"{each.amount}", each.label) for each in results if each.amount is not None]
        if amounts:
            self.fields["amount"].widget = forms.Select(
                choices=[(amount, f"{label}: {amount}") for amount, label in amounts]
            )


def _line_name(line: Line) -> str:
    return _("%(year)s · %(category)s · %(line)s") % {
        "year": line.budget.year,
        "category": line.category,
        "line": line,
    }

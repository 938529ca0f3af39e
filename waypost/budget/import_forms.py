"""What a person says when a file is brought into the budget."""

from typing import Any, cast

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget.models import Budget, Vat
from waypost.budget.spend import Mapping, Spending
from waypost.documents.held import MOST_HELD, Held
from waypost.documents.kinds import BadFile
from waypost.kit.numbers import NumberField


class FileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File"))

    def held(self) -> Held:
        """The file, after :meth:`is_valid`; raises ``BadFile`` for one that is too large."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_HELD:
            limit = filesizeformat(MOST_HELD)
            raise BadFile(
                _("The file is too large. At most %(limit)s are read.") % {"limit": limit}
            )
        return Held(str(upload.name), bytes(upload.read()))


class SpendForm(forms.Form):
    """Which column says what; the choices come from the file."""

    budget = forms.ChoiceField(label=gettext_lazy("Budget"))
    date = forms.TypedChoiceField(label=gettext_lazy("Column of the day"), coerce=int)
    vendor = forms.TypedChoiceField(label=gettext_lazy("Column of the vendor"), coerce=int)
    amount = forms.TypedChoiceField(label=gettext_lazy("Column of the amount"), coerce=int)
    sign = forms.ChoiceField(
        label=gettext_lazy("Money that went out is"),
        choices=[
            ("plus", gettext_lazy("above zero (100.00)")),
            ("minus", gettext_lazy("below zero (-100.00)")),
        ],
    )
    vat_rate = NumberField(
        label=gettext_lazy("VAT to take out (%)"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=gettext_lazy(
            "This budget counts without VAT. Leave empty when the file does, too."
        ),
    )
    rules = forms.CharField(
        label=gettext_lazy("Rules"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "One per line: a word of the row, an equals sign, the budget line."
            " For example: meta = Facebook ads"
        ),
    )
    line = forms.ChoiceField(label=gettext_lazy("All other rows go to"), required=False)

    def __init__(self, *args: Any, spending: Spending, budgets: list[Budget], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.spending, self.budgets = spending, {str(each.pk): each for each in budgets}
        fields = cast(dict[str, Any], self.fields)
        fields["budget"].choices = [(str(each.pk), str(each)) for each in budgets]
        columns = list(enumerate(spending.headings))
        for name in ("date", "vendor", "amount"):
            fields[name].choices = columns
        names = self._names()
        fields["line"].choices = [("", _("no line: leave them out")), *((n, n) for n in names)]
        if self._chosen() and self._chosen().vat == Vat.GROSS:
            del self.fields["vat_rate"]

    def _chosen(self) -> Any:
        key = self.data.get("budget") or self.initial.get("budget") or next(iter(self.budgets), "")
        return self.budgets.get(str(key))

    def _names(self) -> list[str]:
        budget = self._chosen()
        return [line.name for line in budget.lines.kept()] if budget else []

    def clean_rules(self) -> tuple[tuple[str, str], ...]:
        names = {name.casefold(): name for name in self._names()}
        rules = []
        for text in filter(None, map(str.strip, self.cleaned_data["rules"].splitlines())):
            word, sign, line = (part.strip() for part in text.rpartition("="))
            if not sign or not word:
                message = _("“%(text)s” is no rule. Write a word, =, and a budget line.")
                raise forms.ValidationError(message % {"text": text})
            if line.casefold() not in names:
                message = _("The budget has no line “%(line)s”.")
                raise forms.ValidationError(message % {"line": line})
            rules.append((word, names[line.casefold()]))
        return tuple(rules)

    @property
    def chosen(self) -> Budget:
        """After :meth:`is_valid`."""
        return self.budgets[self.cleaned_data["budget"]]

    @property
    def mapping(self) -> Mapping:
        """After :meth:`is_valid`."""
        given = self.cleaned_data
        return Mapping(
            given["date"],
            given["vendor"],
            given["amount"],
            given["sign"] == "minus",
            given.get("vat_rate"),
            given["rules"],
            given["line"],
        )

    def remembered(self) -> dict[str, Any]:
        """What is kept for the next file, columns by their headings."""
        heads, given = self.spending.headings, self.cleaned_data
        return {
            **{name: heads[given[name]] for name in ("date", "vendor", "amount")},
            "sign": given["sign"],
            "vat_rate": str(given.get("vat_rate") or ""),
            "rules": "\n".join(f"{word} = {line}" for word, line in given["rules"]),
            "line": given["line"],
        }


def recalled(spending: Spending, columns: dict[str, Any]) -> dict[str, Any]:
    """What :meth:`SpendForm.remembered` kept, as the form's first values."""
    found = dict(columns)
    for name in ("date", "vendor", "amount"):
        head = found.pop(name, None)
        if head in spending.headings:
            found[name] = spending.headings.index(head)
    return found

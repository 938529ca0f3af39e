"""The form of a product: what it is, what it costs, who can afford it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.kit.careful import CarefulMixin
from waypost.kit.numbers import NumberField, PercentField
from waypost.market.models import Product
from waypost.market.pricing import NUMBERS, Pricing

NOT_BELOW = _("This number cannot be below zero. Write 0 or more.")
YES_NO = ((None, _("Not said")), (True, _("Yes")), (False, _("No")))


def money(label: Any, help_text: Any = "") -> NumberField:
    return NumberField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=0,
        error_messages={"min_value": NOT_BELOW},
    )


def count(label: Any, help_text: Any, *, digits: int, places: int) -> NumberField:
    return NumberField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=digits,
        decimal_places=places,
        min_value=0,
        error_messages={"min_value": NOT_BELOW},
    )


def percent(label: Any, help_text: Any, *, most: Any, top: str = "1") -> PercentField:
    return PercentField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=Decimal(top),
        error_messages={"min_value": NOT_BELOW, "max_value": most},
    )


class NewProductForm(forms.Form):
    name = forms.CharField(
        label=_("What is it called?"),
        max_length=160,
        help_text=_("For example “Pillar candles, set of three”."),
    )


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or nobody has said."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(choices=choices, coerce=self._read, empty_value=None, **kwargs)

    @staticmethod
    def _read(text: Any) -> bool:
        return text in {True, "yes"}

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def to_python(self, value: Any) -> str:
        return str(self.prepare_value(value))


class ProductForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (_("What it is"), ("name", "description", "feeling", "picture")),
        (
            _("What makes it good"),
            ("materials", "quality", "unique", "unique_note", "handmade", "made_in"),
        ),
        (_("What it costs"), ("price_gross", "vat_rate", "unit_cost", "target_margin")),
        (
            _("Your buyer and your profit"),
            (
                "price_reason",
                "affordable",
                "affordable_note",
                "orders_per_year",
                "sold_per_year",
                "reinvest_share",
            ),
        ),
    )
    PRICES = 2  # the group that shows a result while one types

    unique = YesNoField(label=_("Is it unique?"), required=False)
    handmade = YesNoField(label=_("Is it made by hand?"), required=False)
    price_gross = money(_("Price with VAT"), _("What the customer pays for one piece."))
    vat_rate = percent(
        _("VAT in percent"),
        _("The rate in the price. Write 0 if you do not charge VAT."),
        most=_("A rate of more than 100 percent cannot be meant."),
    )
    unit_cost = money(_("What one piece costs you"), _("Without VAT: material, making, packing."))
    target_margin = percent(
        _("Margin you want, in percent"),
        _("The part of the price without VAT that is profit."),
        most=_("A margin is always below 100 percent: the cost is part of the price."),
        top="0.9999",
    )
    orders_per_year = count(
        _("How often does one buyer order in a year?"),
        _("For example 2.1. Leave it empty while you do not know."),
        digits=8,
        places=2,
    )
    sold_per_year = count(
        _("How many pieces are sold in a year?"),
        _("All buyers together, last year or as you expect."),
        digits=10,
        places=1,
    )
    reinvest_share = percent(
        _("Share of the profit that goes back into marketing, in percent"),
        _("For example 25. It gives the budget a ceiling."),
        most=_("Not more than 100 percent of the profit can be put back."),
    )

    class Meta:
        model = Product
        fields = (
            "name",
            "description",
            "feeling",
            "picture",
            "materials",
            "quality",
            "unique",
            "unique_note",
            "handmade",
            "made_in",
            "price_gross",
            "vat_rate",
            "unit_cost",
            "target_margin",
            "price_reason",
            "affordable",
            "affordable_note",
            "orders_per_year",
            "sold_per_year",
            "reinvest_share",
        )
        labels = {
            "name": _("What is it called?"),
            "description": _("What is it, and which of your values does it carry?"),
            "feeling": _("How does it feel to own it?"),
            "picture": _("Picture"),
            "materials": _("What is it made of?"),
            "quality": _("How can you prove that it is good?"),
            "unique_note": _("What makes it unique?"),
            "made_in": _("Where is it made?"),
            "price_reason": _("Why does it cost that much?"),
            "affordable": _("Can your buyer afford it?"),
            "affordable_note": _("Who can, and who cannot?"),
        }
        help_texts = {
            "description": _(
                "For example “A candle that smells of the meadow. Lit, it says: the day is over.”"
            ),
            "feeling": _("For example “Calm, and pride in a good choice”."),
            "materials": _("For example “Beeswax of local beekeepers, cotton wick”."),
            "quality": _("Tests, reviews, guarantees. For example “Money back for 14 days”."),
            "unique_note": _("For example “A card with the beekeeper's name in each box”."),
            "made_in": _("For example “Radovljica, Slovenia”."),
            "price_reason": _(
                "A price that you can explain is a price that people accept. For example “Wax is"
                " 60 percent of the cost, and beekeepers are paid fairly”."
            ),
        }
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in (
                "description",
                "feeling",
                "materials",
                "quality",
                "unique_note",
                "price_reason",
                "affordable_note",
            )
        }

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picture = self.fields["picture"]
        assert isinstance(picture, forms.ModelChoiceField)
        picture.queryset = business.assets.pictures().order_by("-pk")[:200]
        if self.instance.picture_id:
            picture.queryset = business.assets.pictures().order_by("-pk")
        picture.empty_label = str(_("No picture"))
        self.fields["affordable"].choices = [  # type: ignore[attr-defined]
            ("", _("Not said")),
            *Product.Affordable.choices,
        ]

    def clean_vat_rate(self) -> Any:
        """An empty rate is what it was: a product always has one."""
        value = self.cleaned_data["vat_rate"]
        return self.instance.vat_rate if value is None else value

    def groups(self) -> Iterator[tuple[int, Promise, list[BoundField]]]:
        for number, (title, names) in enumerate(self.GROUPS):
            yield number, title, [self[name] for name in names]

    @property
    def pricing(self) -> Pricing:
        """Of what was sent, a wrong number counting as none; else of what is stored."""
        if not self.is_bound:
            return Pricing.of(self.instance)
        self.full_clean()
        return Pricing(**{name: self.cleaned_data.get(name) for name in NUMBERS})


def typed_pricing(product: Product, data: Any) -> Pricing:
    """The pricing of numbers that are being typed; the others are those of ``product``."""
    found: dict[str, Any] = {name: getattr(product, name) for name in NUMBERS}
    for name in NUMBERS:
        if name in data:
            try:
                found[name] = ProductForm.base_fields[name].clean(data[name])
            except forms.ValidationError:
                found[name] = None
    return Pricing(**found)

"""Budgets of a business: categories, lines, planned and spent amounts, closed months, the log.

Amounts are in the currency of the budget. A cell without an amount is empty, not zero.
"""

from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.library.models import Asset

MONTHS = range(1, 13)
ADVERTISING = "advertising"
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTH_STATES = {"open": _("open"), "closed": _("closed")}


class Vat(models.TextChoices):
    """What the amounts of a budget contain."""

    NET = "net", _("without VAT")
    GROSS = "gross", _("with VAT")


class CarryRule(models.TextChoices):
    """What a line that carries over hands to the next month."""

    BOTH = "both", _("what is left and what was overspent")
    SURPLUS_ONLY = "surplus_only", _("only what is left")


class Budget(models.Model):
    """One year of spending in one currency."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="budgets")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(
        _("rate"),
        max_digits=16,
        decimal_places=6,
        default=1,
        help_text=_("how much of the business's own currency one unit is worth"),
    )
    vat = models.CharField(_("VAT"), max_length=8, choices=Vat.choices, default=Vat.GROSS)
    carry_rule = models.CharField(
        _("what carries over"), max_length=16, choices=CarryRule.choices, default=CarryRule.BOTH
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "year", "currency"), name="one_budget_per_year_and_currency"
            ),
        )
        ordering = ("-year", "currency")

    def __str__(self) -> str:
        return f"{self.year} ({self.currency})"


class Category(models.Model):
    """A group of lines; ``key`` is blank for one that the business made itself."""

    class Key(models.TextChoices):
        SOFTWARE = "software", _("Software and marketing tools")
        ADVERTISING = ADVERTISING, _("Advertising")
        HIRED = "hired", _("Hired services")
        DIGITAL_ASSETS = "digital_assets", _("Digital assets")

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="categories")
    key = models.CharField(max_length=16, choices=Key.choices, blank=True)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "categories"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_ads(self) -> bool:
        return self.key == ADVERTISING


class LineQuerySet(models.QuerySet["Line"]):
    def ads(self) -> Self:
        return self.filter(category__key=ADVERTISING)

    def kept(self) -> Self:
        """Those that were not removed; hidden ones are kept."""
        return self.filter(removed_at=None)


class Line(models.Model):
    """What money is spent on, month by month."""

    class Source(models.TextChoices):
        IN_HOUSE = "in_house", _("in-house")
        OUTSOURCED = "outsourced", _("outsourced")

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines")
    category = models.ForeignKey(
        Category, models.CASCADE, related_name="lines", verbose_name=_("category")
    )
    name = models.CharField(_("line"), max_length=160)
    position = models.PositiveIntegerField(default=0)
    hidden = models.BooleanField(default=False)
    """It counts, but the sheet shows it only when asked."""
    carry_over = models.BooleanField(_("carry over to the next month"), default=False)
    recurring = models.BooleanField(
        _("a subscription: post the plan as spent every month"), default=False
    )
    source = models.CharField(
        _("done by"), max_length=16, choices=Source.choices, default=Source.OUTSOURCED
    )
    vendor = models.CharField(_("vendor"), max_length=120, blank=True)
    renewal_date = models.DateField(_("renews on"), null=True, blank=True)
    connection = models.ForeignKey(
        Connection,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name=_("channel"),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="budget_lines",
        verbose_name=_("initiative"),
    )
    note = models.TextField(_("note"), blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """Set while the removal can still be undone; a removed line counts nowhere."""

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("category__position", "category_id", "position", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_ads(self) -> bool:
        return self.category.is_ads


class MonthAmount(models.Model):
    """An amount of a line in a month; ``version`` grows with each change of the cell."""

    month = models.PositiveSmallIntegerField(
        _("month"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    amount = models.DecimalField(
        _("amount"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class PlannedAmount(MonthAmount):
    """The base plan of a cell; never what carries over."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="planned")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("line", "month"), name="one_plan_per_cell"),)
        ordering = ("month",)


class ActualAmount(MonthAmount):
    """The spent amount that a person typed; counts only while the cell has no expenses."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="actuals")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("line", "month"), name="one_actual_per_cell"),
        )
        ordering = ("month",)


class Expense(models.Model):
    """Money that went out on one day; the expenses of a month are the actual of the cell."""

    class Source(models.TextChoices):
        TYPED = "typed", _("typed in")
        IMPORTED = "imported", _("imported")
        RECURRING = "recurring", _("posted as planned")

    line = models.ForeignKey(
        Line, models.CASCADE, related_name="expenses", verbose_name=_("budget line")
    )
    date = models.DateField(_("day"))
    month = models.PositiveSmallIntegerField(editable=False)
    """The month of ``date``, kept for sums."""
    vendor = models.CharField(_("vendor"), max_length=120, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    receipt = models.ForeignKey(
        Asset,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("receipt"),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("initiative"),
    )
    connection = models.ForeignKey(
        Connection,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expenses",
        verbose_name=_("channel"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    """Equal for two rows of an import that mean the same payment."""
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.TYPED)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("line", "fingerprint"),
                condition=~models.Q(fingerprint=""),
                name="one_expense_per_fingerprint",
            ),
        )
        indexes = (models.Index(fields=("line", "month"), name="expenses_of_a_cell"),)
        ordering = ("date", "pk")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.month = self.date.month
        super().save(*args, **kwargs)


class MonthClose(models.Model):
    """A month in which nothing changes any more; its surplus is handed on."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="closes")
    month = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("budget", "month"), name="a_month_closes_once"),
        )
        ordering = ("month",)


class Change(models.Model):
    """One line of the log: who changed what, from what to what."""

    class What(models.TextChoices):
        PLAN = "plan", _("plan")
        ACTUAL = "actual", _("actual")
        EXPENSE = "expense", _("expense")
        LINE = "line", _("line")
        MONTH = "month", _("month")
        BUDGET = "budget", _("budget")

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="changes")
    what = models.CharField(max_length=16, choices=What.choices)
    line = models.ForeignKey(Line, models.SET_NULL, null=True, blank=True, related_name="+")
    line_name = models.CharField(max_length=160, blank=True)
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    old = models.CharField(max_length=200, blank=True)
    """Amounts plainly (``1234.50``), other values in the words of the person; blank is empty."""
    new = models.CharField(max_length=200, blank=True)
    batch = models.CharField(max_length=32, blank=True, db_index=True)
    """The same for the changes of one deed (a pasted block), which are undone together."""
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    @property
    def month_name(self) -> str:
        return str(MONTH_NAMES[self.month]) if self.month else ""

    @property
    def old_words(self) -> str:
        return _in_words(self.old)

    @property
    def new_words(self) -> str:
        return _in_words(self.new)


def _in_words(kept: str) -> str:
    """What the log keeps, in the format and language of the moment."""
    if kept in MONTH_STATES:
        return str(MONTH_STATES[kept])
    try:
        return number_format(Decimal(kept), 2, use_l10n=True, force_grouping=True)
    except InvalidOperation:
        return kept


class ImportMapping(models.Model):
    """Which column of a bank's file means what, remembered by a name."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="import_mappings")
    name = models.CharField(_("name"), max_length=120)
    columns = models.JSONField(default=dict)
    """Meaning (``date``, ``amount``, ``vendor`` …) to the heading of the column."""
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "name"), name="one_mapping_per_name"),
        )
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

"""Reports on a period: the numbers as they were then, four answers, and signed versions."""

import datetime as dt
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.insights.periods import Period
from waypost.reviews.figures import Figures, unpacked
from waypost.reviews.questions import ASKS, IMPROVE, LIGHT, NEXT
from waypost.reviews.times import period_words

WEEKS = dt.timedelta(days=13)  # from first to last day; what is longer is asked all four questions


def _ask(question: str) -> Any:
    """The question as the name of its column; a type for that is not public."""
    return ASKS[question]


class Verdict(models.TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class ReportQuerySet(models.QuerySet["Report"]):
    def signed(self) -> Self:
        return self.exclude(versions=None)

    def with_signing(self) -> Self:
        """With their versions, the newest first; one query more for any number."""
        return self.prefetch_related("versions")

    def overlapping(self, first: dt.date, last: dt.date) -> Self:
        """On any part of that time, with ``is_signed``; without their numbers, which are long."""
        signed = Version.objects.filter(report=models.OuterRef("pk"))
        found = self.filter(first_date__lte=last, last_date__gte=first).defer("figures")
        return found.annotate(is_signed=models.Exists(signed))

    def about(self, period: Period) -> Self:
        return self.filter(first_date=period.first, last_date=period.last)


class Report(models.Model):
    """What somebody writes about a period, beside its numbers.

    ``figures`` are :class:`waypost.reviews.figures.Figures` as of ``figures_at``; they change
    only when somebody asks for it. What was signed stands in the versions.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="reports")
    first_date = models.DateField(_("from"))
    last_date = models.DateField(_("to"))
    result = models.TextField(_ask("result"), blank=True)
    next = models.TextField(_ask("next"), blank=True)
    effective = models.CharField(
        _ask("effective"), max_length=8, choices=Verdict.choices, blank=True
    )
    effective_why = models.TextField(_("why"), blank=True)
    improve = models.TextField(_ask("improve"), blank=True)
    figures: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    figures_at = models.DateTimeField()
    has_changes = models.BooleanField(default=True, help_text="since the last signed version")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReportQuerySet.as_manager()

    ANSWERS = ("result", "next", "effective", "effective_why", "improve")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "first_date", "last_date"), name="one_report_of_a_period"
            ),
        )
        ordering = ("-last_date", "first_date", "-pk")

    def __str__(self) -> str:
        return period_words(self.period)

    @property
    def period(self) -> Period:
        return Period(self.first_date, self.last_date)

    @property
    def last_version(self) -> "Version | None":
        """Reads ``versions``, so prefetch them for many reports."""
        return next(iter(self.versions.all()), None)

    @property
    def is_light(self) -> bool:
        """A week is asked two questions only."""
        return self.last_date - self.first_date <= WEEKS

    @property
    def asked(self) -> tuple[str, ...]:
        """Keys of the questions."""
        return LIGHT if self.is_light else tuple(ASKS)

    @property
    def numbers(self) -> Figures:
        return unpacked(self.figures)

    @property
    def answers(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.ANSWERS}

    def lines(self, question: str) -> list[str]:
        """The lines of an answer, each a thing to do, without bullets."""
        assert question in (NEXT, IMPROVE)
        return lines_of(getattr(self, question))


def lines_of(text: str) -> list[str]:
    """Lines that say something, each once."""
    told = (line.strip().lstrip("-•*– \t") for line in text.splitlines())
    return list(dict.fromkeys(filter(None, told)))


class Version(models.Model):
    """A report as it was when somebody signed it: ``{"answers": …, "figures": …}``."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content: Any = models.JSONField(encoder=DjangoJSONEncoder)
    signed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    signed_name = models.CharField(max_length=120)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="one_number_of_a_report"),
        )
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)

    @property
    def numbers(self) -> Figures:
        return unpacked(self.content["figures"])

    @property
    def answers(self) -> dict[str, str]:
        found: dict[str, str] = self.content["answers"]
        return found


class ReportLinkQuerySet(models.QuerySet["ReportLink"]):
    def open(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReportLink(models.Model):
    """A door to one report for somebody without an account; the token itself is not kept."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ReportLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.report}, {self.expires_at}"


class Line(models.Model):
    """A line of an answer that became a task."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="tasks")
    question = models.CharField(max_length=16)
    text = models.TextField()
    task = models.OneToOneField(Task, models.CASCADE, related_name="report_line")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report", "question", "text"), name="one_task_of_a_line"
            ),
        )
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What became of a proposal (:func:`waypost.reviews.proposing.key_of`).

    It led to a task, or was put aside for the month.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="proposal_decisions")
    key = models.CharField(max_length=120)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "key"), name="one_decision_a_proposal"),
        )
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.key

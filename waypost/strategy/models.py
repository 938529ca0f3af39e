"""Answers of the questionnaire, what follows from them, and what they were before."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.budget.models import Line
from waypost.content.models import Item
from waypost.goals.models import Goal, Initiative
from waypost.market.models import SwotPoint


class State(models.TextChoices):
    ANSWERED = "answered", _("Answered")
    NOT_YET = "not_yet", _("Not yet")
    NOT_RELEVANT = "not_relevant", _("Not relevant for us")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of(self, section: str) -> Self:
        """Answers of the section with this key."""
        return self.filter(key__startswith=f"{section}.")

    def by_key(self) -> dict[str, "Answer"]:
        return {answer.key: answer for answer in self}


class Answer(models.Model):
    """What a business says to one question.

    ``value`` holds the parts of the answer by name, in the shapes of `questions.Kind`.
    A question that rows elsewhere answer may have an answer without a value, when somebody
    said that it is not relevant.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)  # section.question
    value: Any = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.NOT_YET)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("business", "key"), name="one_answer"),)
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class AnswerText(models.Model):
    """What an answer was: one row for each person's sitting."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="texts")
    value: Any = models.JSONField(default=dict)
    state = models.CharField(max_length=16, choices=State.choices)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)


class OwnQuestion(models.Model):
    """A question that a business added to a section."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="own_questions")
    section = models.CharField(max_length=40)
    ask = models.CharField(_("question"), max_length=300)
    tip = models.CharField(_("tip"), max_length=500, blank=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("section", "position", "pk")

    def __str__(self) -> str:
        return self.ask

    @property
    def key(self) -> str:
        """How answers name it; no question of the questionnaire has a key like this."""
        return f"own-{self.pk}"


class HiddenSection(models.Model):
    """A section that a business does not want to see."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="hidden_sections")
    section = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("business", "section"), name="hidden_once"),)


class Conclusion(models.Model):
    """ "Therefore we will …": what follows from a section, and what was made of it.

    For the SWOT ``pairing`` says which two fields it joins: strengths with opportunities
    use a chance, weaknesses with threats avoid a danger, and so on.
    """

    class Pairing(models.TextChoices):
        SO = "SO", _("Strength and opportunity: use it")
        WO = "WO", _("Weakness and opportunity: catch up")
        ST = "ST", _("Strength and threat: defend")
        WT = "WT", _("Weakness and threat: avoid")

    business = models.ForeignKey(Business, models.CASCADE, related_name="conclusions")
    section = models.CharField(max_length=40)
    pairing = models.CharField(_("follows from"), max_length=2, choices=Pairing.choices, blank=True)
    text = models.CharField(_("therefore we will …"), max_length=300)
    points = models.ManyToManyField(SwotPoint, blank=True, related_name="conclusions")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="conclusions"
    )
    initiative = models.ForeignKey(
        Initiative, models.SET_NULL, null=True, blank=True, related_name="conclusions"
    )
    task = models.ForeignKey(
        Task, models.SET_NULL, null=True, blank=True, related_name="conclusions"
    )
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("section", "position", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def became(self) -> Goal | Initiative | Task | None:
        """What it led to, if that is still there."""
        return self.goal or self.initiative or self.task


class StepCheck(models.Model):
    """Somebody walked a step of the customer journey and says whether it works."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="step_checks")
    step = models.CharField(max_length=40)  # key of a question of the journey
    works = models.BooleanField()
    checked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("business", "step"), name="one_check"),)

    def __str__(self) -> str:
        return self.step


class Version(models.Model):
    """The strategy as it was when somebody approved it.

    ``content`` is a list of sections: ``{"key", "title", "lines": [{"key", "ask", "text"}]}``.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="strategy_versions")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what this version is"), max_length=200, blank=True)
    language = models.CharField(max_length=8)
    content: Any = models.JSONField(default=list)
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "number"), name="one_version_number"),
        )
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)


class Change(models.Model):
    """A change of the strategy while it is carried out: why, what, and what it touches."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="strategy_changes")
    date = models.DateField(_("day"))
    trigger = models.CharField(_("what happened"), max_length=300)
    change = models.TextField(_("what changes"))
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who decided"),
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="strategy_changes")
    initiatives = models.ManyToManyField(Initiative, blank=True, related_name="strategy_changes")
    lines = models.ManyToManyField(Line, blank=True, related_name="strategy_changes")
    items = models.ManyToManyField(Item, blank=True, related_name="strategy_changes")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-date", "-pk")

    def __str__(self) -> str:
        return self.trigger

"""What a board is made of besides its tasks: columns, labels, periods, templates, imports."""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.accounts.models import Business, User
from waypost.flow.states import StateGraph

AT_WORK = 3  # tasks that one person has in progress at once, unless the business says otherwise
MOST_AT_WORK = 99


class Status(models.TextChoices):
    """What a column means; a business may have several columns of one meaning."""

    BACKLOG = "backlog", _("Backlog")
    NEXT = "next", _("Next")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    REVIEW = "review", _("Review")
    DONE = "done", _("Done")


TASK = StateGraph(
    states=Status,
    initial=Status.BACKLOG,
    moves={
        Status.BACKLOG: (Status.NEXT, Status.ON_HOLD),
        Status.NEXT: (Status.BACKLOG, Status.IN_PROGRESS, Status.ON_HOLD),
        # Done at once: only where nobody else could review it.
        Status.IN_PROGRESS: (Status.BACKLOG, Status.ON_HOLD, Status.REVIEW, Status.DONE),
        Status.ON_HOLD: (Status.BACKLOG, Status.NEXT, Status.IN_PROGRESS, Status.REVIEW),
        Status.REVIEW: (Status.BACKLOG, Status.IN_PROGRESS, Status.ON_HOLD, Status.DONE),
        # Next and in progress: what was taken for done is opened again.
        Status.DONE: (Status.BACKLOG, Status.ON_HOLD, Status.NEXT, Status.IN_PROGRESS),
    },
)


class BoardSettings(models.Model):
    """How the board of a business works; the row is also what two moves at once wait for."""

    class Period(models.TextChoices):
        WEEK = "week", _("A week")
        MONTH = "month", _("A month")
        QUARTER = "quarter", _("A quarter")

    business = models.OneToOneField(Business, models.CASCADE, related_name="board")
    at_work = models.PositiveSmallIntegerField(
        _("tasks in progress at once, for each person"),
        default=AT_WORK,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_AT_WORK)],
    )
    period = models.CharField(
        _("a period lasts"), max_length=8, choices=Period.choices, default=Period.MONTH
    )
    closes_itself = models.BooleanField(_("close a period when it is over"), default=True)

    def __str__(self) -> str:
        return f"board of {self.business_id}"


class Column(models.Model):
    """A column of the board. The six usual ones are rows only once somebody changed them."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="board_columns")
    meaning = models.CharField(_("what it means"), max_length=16, choices=Status.choices)
    is_usual = models.BooleanField(default=False)  # one of the six
    name = models.CharField(_("name"), max_length=60, blank=True)
    limit = models.PositiveSmallIntegerField(
        _("cards at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "meaning"),
                condition=models.Q(is_usual=True),
                name="one_usual_column_of_a_meaning",
            ),
        )
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name or str(self.get_meaning_display())

    @property
    def key(self) -> str:
        """How a page names it: the meaning, or the number of an own column."""
        return self.meaning if self.is_usual else str(self.pk)


class Label(models.Model):
    class Colour(models.TextChoices):
        """Names of tokens in the front end's styles."""

        TEAL = "teal", pgettext_lazy("colour", "Teal")
        AMBER = "amber", pgettext_lazy("colour", "Amber")
        RED = "red", pgettext_lazy("colour", "Red")
        BLUE = "blue", pgettext_lazy("colour", "Blue")
        VIOLET = "violet", pgettext_lazy("colour", "Violet")
        GREEN = "green", pgettext_lazy("colour", "Green")
        GREY = "grey", pgettext_lazy("colour", "Grey")

    business = models.ForeignKey(Business, models.CASCADE, related_name="labels")
    name = models.CharField(_("name"), max_length=60)
    colour = models.CharField(
        _("colour"), max_length=8, choices=Colour.choices, default=Colour.GREY
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "name"), name="one_label_of_a_name"),
        )
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """A stretch of time that was closed, and what it brought."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="board_periods")
    start_date = models.DateField()
    end_date = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved_on = models.PositiveIntegerField(default=0)
    people: Any = models.JSONField(default=dict)  # name → tasks done

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "end_date"), name="one_board_period_ends_on_a_day"
            ),
        )
        ordering = ("-end_date",)

    def __str__(self) -> str:
        return f"{self.start_date} – {self.end_date}"


class Import(models.Model):
    """A file that was read and waits to be brought in, or was brought in."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="board_imports")
    name = models.CharField(max_length=200)
    content: Any = models.JSONField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class Recipe(models.Model):
    """A template of one's own: tasks that are made together."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="recipes")
    name = models.CharField(_("name"), max_length=120)
    tasks: Any = models.JSONField()
    """[{title, description, role, days, priority, steps: [text]}]; days before the event are
    below zero."""
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


def new_feed_key() -> str:
    return secrets.token_urlsafe(24)


class DueFeed(models.Model):
    """A secret address under which a calendar program finds a person's due dates."""

    user = models.OneToOneField(User, models.CASCADE, related_name="due_feed")
    key = models.CharField(max_length=40, unique=True, default=new_feed_key)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"feed of {self.user_id}"

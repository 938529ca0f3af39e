"""Who may do what: people, businesses and membership."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from waypost.accounts.permissions import WITHIN, Narrowing, Role, allows
from waypost.accounts.quiet import QuietHours

HOURS_OF_A_WEEK = 168


def valid_time_zone(name: str) -> None:
    """Raises ``ValidationError`` unless ``name`` is an IANA time zone."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Choose one such as Europe/Ljubljana."),
            params={"name": name},
        )


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in with ``email`` (stored in lower case)."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email


class Business(models.Model):
    """One business and everything it plans; the start of every query."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")]
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Ljubljana", validators=[valid_time_zone]
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    pause_reason = models.CharField(max_length=300, blank=True)
    two_factor_from = models.DateField(_("second factor from"), null=True, blank=True)
    """From this day on nobody opens the business without one; None: everybody as they like."""
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "businesses"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def quiet(self) -> QuietHours | None:
        """When nothing goes out; ``None`` where anything may go out at any time."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return QuietHours(self.quiet_from, self.quiet_until, self.zone)

    @staticmethod
    def free_slug(name: str) -> str:
        """An unused address part made from ``name``."""
        base = slugify(name)[:50] or "business"
        taken = set(Business.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        number, slug = 2, base
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


class Member(models.Model):
    """A person's place in a business."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.EDITOR)
    hours_a_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(HOURS_OF_A_WEEK))],
    )
    """For social media; empty while nobody has said."""
    narrowed_to = models.CharField(
        _("narrower"), max_length=16, choices=Narrowing.choices, blank=True, default=""
    )
    channels = models.JSONField(default=list, blank=True)
    """Keys of the accounts at networks that count while narrowed to channels."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("business", "user"), name="one_membership"),)
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.user} – {self.business}"

    def may(self, permission: str) -> bool:
        """Whether this person's role carries the named permission, and nothing narrows it away."""
        carries = allows(self.role, permission)
        return carries and (not self.narrowed_to or permission in WITHIN[self.narrowed_to])

    def may_use(self, channel: int) -> bool:
        """Whether they may work on the account at a network with this key."""
        return self.narrowed_to != Narrowing.CHANNELS or channel in self.channels

    def may_use_all(self, channels: Iterable[int]) -> bool:
        return all(self.may_use(each) for each in channels)

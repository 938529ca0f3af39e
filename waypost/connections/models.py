"""Connected accounts: who we act as at a network, with encrypted credentials."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.kit.secrets import unseal
from waypost.providers import registry
from waypost.providers.base import Composes, Credentials, Provider, Refreshes
from waypost.providers.display import Display

WARN_AHEAD = timedelta(days=7)
"""How long before the end of a connection its owner is told."""


class Health(models.TextChoices):
    CONNECTED = "connected", _("Connected")
    BROKEN = "broken", _("Connect again")
    REMOVED = "removed", _("Removed")


class ConnectionQuerySet(models.QuerySet["Connection"]):
    def usable(self) -> Self:
        """Accounts that a person may choose for a post."""
        return self.exclude(health=Health.REMOVED)

    def connected(self) -> Self:
        return self.filter(health=Health.CONNECTED)

    def to_renew(self, now: datetime) -> Self:
        """Access that ends soon and that nobody is renewing just now."""
        soon = Q()
        for provider in registry.ALL.values():
            if isinstance(provider, Refreshes):
                until = now + provider.refresh_ahead
                soon |= Q(provider_id=provider.id, expires_at__lte=until)
        if not soon:
            return self.none()
        return self.connected().filter(
            soon,
            Q(refreshing_until=None) | Q(refreshing_until__lt=now),
            Q(refresh_after=None) | Q(refresh_after__lte=now),
        )

    def ending(self, now: datetime) -> Self:
        """Connections that end within a week, whatever Waypost does."""
        return self.connected().filter(ends_at__lte=now + WARN_AHEAD)

    def untold(self, now: datetime) -> Self:
        """Broken, or ending within a week, and nobody was told of just that."""
        notices = Notice.objects.filter(connection=OuterRef("pk"))
        broke = notices.filter(event=Notice.Event.BROKEN, about=OuterRef("broken_at"))
        ends = notices.filter(event=Notice.Event.ENDING, about=OuterRef("ends_at"))
        broken = Q(health=Health.BROKEN, broken_at__isnull=False) & ~Exists(broke)
        ending = Q(health=Health.CONNECTED, ends_at__lte=now + WARN_AHEAD) & ~Exists(ends)
        return self.filter(broken | ending, business__is_demo=False).select_related("business")


class Connection(models.Model):
    """One account of the business at one network."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="connections")
    provider_id = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=300)
    handle = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    host = models.CharField(max_length=300, blank=True)
    sealed_secrets = models.TextField()
    settings = models.JSONField(default=dict)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="of the access token")
    ends_at = models.DateTimeField(
        null=True, blank=True, help_text="from when only a person can connect again"
    )
    refreshing_until = models.DateTimeField(null=True, blank=True)
    refresh_after = models.DateTimeField(null=True, blank=True, help_text="not tried before")
    refresh_tries = models.PositiveSmallIntegerField(default=0, help_text="in vain, in a row")
    health = models.CharField(max_length=16, choices=Health.choices, default=Health.CONNECTED)
    broken_reason = models.TextField(blank=True)
    broken_at = models.DateTimeField(null=True, blank=True)
    daily_cap = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="the owner's own: posts within 24 hours"
    )
    connected_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    connected_at = models.DateTimeField(default=timezone.now)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "provider_id", "remote_id"), name="one_connection_per_account"
            ),
        )
        ordering = ("provider_id", "handle", "pk")

    def __str__(self) -> str:
        return f"{self.display.name} {self.handle}"

    @property
    def provider(self) -> Provider:
        return registry.get(self.provider_id)

    @property
    def composer(self) -> Composes:
        """The provider as something a person writes for; every shipped one is."""
        provider = self.provider
        assert isinstance(provider, Composes)
        return provider

    @property
    def cap(self) -> int | None:
        """The most posts within 24 hours: the network's number or the owner's, if smaller."""
        known = (self.composer.posts_a_day(self.settings), self.daily_cap)
        return min((each for each in known if each is not None), default=None)

    @property
    def display(self) -> Display:
        return self.provider.display(self.settings)

    @property
    def is_broken(self) -> bool:
        return self.health == Health.BROKEN

    @property
    def ends_soon(self) -> bool:
        """Whether its owner should connect it again within the week."""
        if self.ends_at is None or self.health != Health.CONNECTED:
            return False
        return self.ends_at <= timezone.now() + WARN_AHEAD

    @property
    def host_name(self) -> str:
        """The server without its scheme, for people; empty where there is only one."""
        return self.host.partition("://")[2]

    @property
    def reconnect_url(self) -> str:
        """The connect page with what is known filled in."""
        page = reverse("connections:connect", args=[self.business.slug, self.provider_id])
        return f"{page}?account={self.pk}"

    def credentials(self) -> Credentials:
        """Decrypted, for the length of one call. Raises ``UnreadableSecret``."""
        return Credentials(
            remote_id=self.remote_id,
            handle=self.handle,
            host=self.host,
            secrets=unseal(self.sealed_secrets),
            settings=self.settings,
        )


class Registration(models.Model):
    """Our OAuth client at one server, made on the fly and used for every business."""

    provider_id = models.CharField(max_length=40)
    host = models.CharField(max_length=300)
    redirect_uri = models.CharField(max_length=300)
    client_id = models.CharField(max_length=300)
    sealed_secret = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("provider_id", "host", "redirect_uri"), name="one_registration_per_host"
            ),
        )


class Journey(models.Model):
    """A connect journey under way at a network; its state is used once and ends soon."""

    LASTS: Any = timedelta(minutes=30)

    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="+")
    state = models.CharField(max_length=80, unique=True)
    sealed_verifier = models.TextField()
    started_at = models.DateTimeField(default=timezone.now)


class Notice(models.Model):
    """That the owners were told of one event of one connection: each event once."""

    class Event(models.TextChoices):
        ENDING = "ending", _("ends soon")
        BROKEN = "broken", _("does not work any more")

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="notices")
    event = models.CharField(max_length=16, choices=Event.choices)
    about = models.DateTimeField(help_text="the end, or when it broke: which event it is")
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("connection", "event", "about"), name="one_notice_per_event"
            ),
        )

"""What an operator sees: numbers over all businesses, and nothing of what is in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from waypost.connections.models import WARN_AHEAD, Connection, Health
from waypost.providers import registry
from waypost.publishing import beating, gauges
from waypost.publishing.models import Heartbeat

SWEEP_LATE = timedelta(minutes=3)


def age(moment: datetime | None, now: datetime) -> str:
    """``12 s``, ``5 minutes``; empty when nothing is known."""
    if moment is None:
        return ""
    seconds = max(round((now - moment).total_seconds()), 0)
    return f"{seconds} s" if seconds < 120 else timesince(moment, now, depth=1)


@dataclass(frozen=True)
class Network:
    """One network with its accounts and its answers of the last hour."""

    display: object
    connected: int
    broken: int
    ending: int
    answers: gauges.Answers | None

    @property
    def is_well(self) -> bool:
        return not self.broken and (self.answers is None or self.answers.is_well)


@dataclass(frozen=True)
class Figure:
    """A number, the word for it, and the place on the page that says what helps."""

    word: str | Promise
    value: int
    helped_by: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Worker:
    """A line about one worker process."""

    name: str
    state: str
    """Of ``kit/screen.py``."""
    word: str | Promise
    threads: int
    heard: str
    runs: str


@dataclass(frozen=True)
class Operating:
    """Everything on the operator's page."""

    now: datetime
    pulse: gauges.Pulse
    workers: beating.Workers
    queue: gauges.Queue
    networks: list[Network]
    kept: int
    sent: int

    @property
    def sweep_is_late(self) -> bool:
        swept = self.workers.swept_at
        return swept is None or swept < self.now - SWEEP_LATE

    @property
    def is_well(self) -> bool:
        """Nothing asks for somebody."""
        machinery = bool(self.workers.alive) and not self.sweep_is_late
        return machinery and self.pulse.is_well and all(each.is_well for each in self.networks)

    @property
    def heard(self) -> str:
        return age(self.workers.heard_at, self.now)

    @property
    def swept(self) -> str:
        return age(self.workers.swept_at, self.now)

    @property
    def worker_lines(self) -> list[Worker]:
        return [self._line(each) for each in self.workers.rows]

    def _line(self, beat: Heartbeat) -> Worker:
        runs = ""
        if self.workers.is_alive(beat):
            state, word = "connected", _("Works")
            runs = age(beat.started_at, self.now)
        elif beat.stopped_at:
            state, word = "draft", _("Was stopped")
        else:
            state, word = "failed", _("Fell silent")
        heard = age(beat.beat_at, self.now)
        return Worker(beat.name, state, word, beat.threads, heard, runs)

    @property
    def figures(self) -> list[Figure]:
        told = self.pulse
        trouble = [
            Figure(_("Late"), told.late, "late", bool(told.late)),
            Figure(_("Stuck"), told.stuck, "stuck", bool(told.stuck)),
            Figure(_("Unclear for 15 minutes"), told.unclear, "unclear", bool(told.unclear)),
            Figure(_("Waiting for an account"), told.blocked, "accounts", bool(told.blocked)),
            Figure(_("Failed since yesterday"), told.failed, "failed", bool(told.failed)),
        ]
        return [
            Figure(_("Due within the hour"), told.due),
            *trouble,
            Figure(_("Tried again later"), told.retrying, "busy"),
            Figure(_("Waiting on purpose"), told.waiting, "waiting"),
            Figure(_("Waiting for a person"), told.by_hand, "waiting"),
            Figure(_("Out since yesterday"), told.published),
        ]


def gather(now: datetime) -> Operating:
    """In six queries, and a look at the queue."""
    kept, sent = gauges.punctual(gauges.lateness(since=now - gauges.DAY))
    return Operating(
        now=now,
        pulse=gauges.pulse(now),
        workers=beating.workers(now),
        queue=gauges.queue(),
        networks=_networks(now),
        kept=kept,
        sent=sent,
    )


def _networks(now: datetime) -> list[Network]:
    answers = {each.provider_id: each for each in gauges.answers(now)}
    rows = Connection.objects.usable().values("provider_id").order_by("provider_id")
    told = rows.annotate(
        connected=Count("pk", filter=Q(health=Health.CONNECTED)),
        broken=Count("pk", filter=Q(health=Health.BROKEN)),
        ending=Count("pk", filter=Q(health=Health.CONNECTED, ends_at__lte=now + WARN_AHEAD)),
    )
    return [
        Network(
            display=registry.get(row["provider_id"]),
            connected=row["connected"],
            broken=row["broken"],
            ending=row["ending"],
            answers=answers.get(row["provider_id"]),
        )
        for row in told
    ]

"""``waypost worker``: publishes and measures until it is asked to stop."""

import contextlib
import logging
import os
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from waypost.board import work as boarding
from waypost.budget import work as budgeting
from waypost.connections import work as connecting
from waypost.content import work as bringing
from waypost.flow.engine import huey
from waypost.goals import work as aiming
from waypost.home import work as housekeeping
from waypost.insights import work as measuring
from waypost.library import work as looking_after
from waypost.notices import work as telling
from waypost.publishing import beating
from waypost.publishing import work as publishing
from waypost.reviews import work as reviewing

log = logging.getLogger("waypost.worker")
ALSO = (telling,)  # it registers itself, like the tasks below

# The tasks register themselves with the engine when their modules are imported.
TASKS = (
    publishing,
    measuring,
    aiming,
    boarding,
    budgeting,
    housekeeping,
    connecting,
    bringing,
    looking_after,
    reviewing,
)


class Command(BaseCommand):
    beats_at = 0.0  # monotonic seconds

    # The checks load every page; a worker that is idle needs none of them in its memory.
    requires_system_checks = ()
    help = "Publish what falls due and measure what was published, until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--under", type=int, help="stop when this process is gone")

    def handle(self, *args: Any, under: int | None, **options: Any) -> None:
        consumer = huey.create_consumer(
            workers=settings.WORKER_THREADS,
            initial_delay=0.1,
            max_delay=0.25,
            scheduler_interval=1,
            shutdown_timeout=30,
        )
        asked = threading.Event()
        beating.begin()
        publishing.sweep()
        consumer.start()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: asked.set())
        log.info("The worker runs with %s threads.", settings.WORKER_THREADS)
        while not asked.wait(5):
            if under and os.getppid() != under:
                break  # `waypost up` was killed: nobody is left to stop this process
            consumer.check_worker_health()
            try:
                publishing.keep_up()
                self._beat()
            except DatabaseError as error:
                # No reason to stop: it is asked again in a moment.
                log.warning("The database does not answer: %s", error)
        consumer.stop(graceful=True)
        with contextlib.suppress(DatabaseError):
            beating.end()

    def _beat(self) -> None:
        """Say now and then that this process lives."""
        if time.monotonic() < self.beats_at:
            return
        self.beats_at = time.monotonic() + beating.EVERY.total_seconds()
        close_old_connections()
        beating.beat()

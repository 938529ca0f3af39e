"""The demo business, loaded once for a whole module of tests.

Loading takes seconds. Where tests mostly read, one stands for all of them: it is committed
before the first and removed after the last, and what a test changes is rolled back as always.
Files are not rolled back, so a test that erases some of it loads a demo of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import time_machine
from django.test import override_settings
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.flow.engine import huey
from waypost.home import demo

ANCHOR = date(2026, 10, 12)
"""The Monday that the demo was written for."""


@dataclass(frozen=True)
class Standing:
    login: demo.DemoLogin
    folder: Path  # of its files

    def seen_by(self, settings: Any) -> Business:
        """The demo in a test, with its files."""
        settings.MEDIA_ROOT = self.folder
        return Business.objects.get(is_demo=True)


@contextmanager
def standing(blocker: Any, folder: Path, *, language: str = "en") -> Iterator[Standing]:
    """For a fixture of ``scope="module"`` that asks for ``django_db_setup``."""
    with _prepared(blocker, folder):
        login = demo.load(today=ANCHOR, language=language)
        huey.flush()
    try:
        yield Standing(login, folder)
    finally:
        with _prepared(blocker, folder):
            demo.remove(Business.objects.get(is_demo=True))
            left = User.objects.count()
        assert left == 0, "the demo left people behind"


@contextmanager
def _prepared(blocker: Any, folder: Path) -> Iterator[None]:
    """What the fixtures of every test do, before there is a test."""
    with (
        blocker.unblock(),
        override_settings(MEDIA_ROOT=folder),
        translation.override("en"),
        time_machine.travel("2026-10-12T10:00:00Z", tick=False),
    ):
        yield

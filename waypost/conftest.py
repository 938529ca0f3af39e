"""People and places that every test may ask for."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count as numbers
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.flow.engine import huey
from waypost.tests import factories
from waypost.tests.standing import Standing, standing

# How fast this machine is today is not what a property is about.
hypothesis_settings.register_profile(
    "waypost", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("waypost")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The second run, on PostgreSQL, leaves out what asks no database: it was run already."""
    if "WAYPOST_DATABASE_TESTS_ONLY" not in os.environ:
        return
    kept = [item for item in items if _asks_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def files_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are there only when somebody writes into them."""
    root = tmp_path_factory.mktemp("files")
    return (root / str(number) for number in numbers())


@pytest.fixture(autouse=True)
def own_files(settings: Any, files_of_tests: Iterator[Path]) -> None:
    """Every test writes files into a folder of its own and never leaves this machine."""
    settings.MEDIA_ROOT = next(files_of_tests)
    settings.ALLOW_PRIVATE_HOSTS = True


@pytest.fixture(autouse=True)
def connections_outlive_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a task must not end the transaction that a test runs in."""
    monkeypatch.setattr("waypost.flow.engine.close_old_connections", lambda: None)


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    """What one test woke up is not there to be counted in the next."""
    huey.flush()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in another language does not colour the next test."""
    with translation.override("en"):
        yield


@pytest.fixture
def business(db: None) -> Business:
    return factories.make_business(owner=factories.make_user(name="Olga Owner"), name="Candle shop")


@pytest.fixture(scope="module")
def standing_demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """The demo in English, loaded once for the module; tests take it through :func:`svit`."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("demo")) as found:
        yield found


@pytest.fixture
def svit(standing_demo: Standing, db: None, settings: Any, own_files: None) -> Business:
    """The demo business as on the Monday it was written for; its changes are rolled back."""
    return standing_demo.seen_by(settings)


@pytest.fixture
def owner(business: Business) -> User:
    return business.members.get(role=Role.OWNER).user


@pytest.fixture
def editor(business: Business) -> User:
    return factories.make_member(business, Role.EDITOR, name="Ed Editor").user


@pytest.fixture
def contributor(business: Business) -> User:
    return factories.make_member(business, Role.CONTRIBUTOR, name="Cora Contributor").user


@pytest.fixture
def viewer(business: Business) -> User:
    return factories.make_member(business, Role.VIEWER, name="Vid Viewer").user


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who owns another business on the same installation."""
    return (
        factories.make_business(owner=factories.make_user(name="Sam Stranger")).members.get().user
    )


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """``sign_in(user)`` answers a browser of that person."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def page(owner: User, sign_in: Callable[[User], Client]) -> Client:
    """The owner's browser."""
    return sign_in(owner)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add up what tests tell by ``user_properties``: one test may hold hundreds of cases."""
    told = Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                told.update(dict(report.user_properties))
    for what, count in told.items():
        terminalreporter.write_line(f"{what}: {count}")

"""The real product and a real browser, for the tests in ``browser/`` and ``real/``."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from waypost.tests.chromium import Visitor, browser_of
from waypost.tests.product import ROOT, Product, environment


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with browser_of(playwright) as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """``visit(product, **options of the window)`` opens a window; all are closed afterwards."""
    visitors: list[Visitor] = []

    def open_window(product: Product, **options: Any) -> Visitor:
        visitors.append(Visitor(chromium, product.url, **options))
        return visitors[-1]

    yield open_window
    for visitor in visitors:
        visitor.close()


@pytest.fixture(scope="session")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``new_data("name")`` is a data folder whose database has its tables and nothing else.

    Making the tables takes longer than most tests, so it is done once and copied.
    """
    made = tmp_path_factory.mktemp("made") / "data"
    made.mkdir()
    words = [sys.executable, "-m", "waypost", "migrate", "--quiet"]
    subprocess.run(words, env=environment(made), cwd=ROOT, check=True, capture_output=True)

    def copied(name: str) -> Path:
        folder = tmp_path_factory.mktemp(name) / "data"
        shutil.copytree(made, folder)
        return folder

    return copied


@pytest.fixture
def empty_product(new_data: Callable[[str], Path]) -> Iterator[Product]:
    """A Waypost where nobody lives yet."""
    with Product(new_data("empty")) as product:
        yield product

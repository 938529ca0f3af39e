"""The real product and a real browser, for the tests in ``browser/`` and ``real/``."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from waypost.tests.chromium import Visitor, browser_of
from waypost.tests.product import Product


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


@pytest.fixture
def empty_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A Waypost where nobody lives yet."""
    with Product(tmp_path_factory.mktemp("empty")) as product:
        yield product

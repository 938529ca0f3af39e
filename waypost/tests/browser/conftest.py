"""The demo business in a running Waypost, and a window for each of its people."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from waypost.tests.chromium import Visitor
from waypost.tests.product import ROOT, Product

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True)
class Demo:
    """What the module ``seed`` printed."""

    product: Product
    slug: str
    password: str
    people: dict[str, str]
    """role → e-mail, and one editor more: the keyholder, for what changes how to sign in"""
    sessions: dict[str, str]
    """role → the cookie of a session that is signed in"""
    pages: dict[str, list[tuple[str, str]]]
    """role → (name, path) of every page that shows the role something new"""
    faults: list[str]
    """Pages without a title or without one heading, whoever looks."""


@pytest.fixture(scope="session")
def demo(new_data: Callable[[str], Path]) -> Iterator[Demo]:
    with Product(new_data("demo")) as product:
        words = [sys.executable, "-m", "waypost.tests.browser.seed"]
        done = subprocess.run(
            words, env=product.environ, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        yield Demo(
            product,
            told["slug"],
            told["password"],
            told["people"],
            told["sessions"],
            {role: [(name, path) for name, path in pages] for role, pages in told["pages"].items()},
            told["faults"],
        )


@pytest.fixture
def visit_as(demo: Demo, visit: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """``visit_as("viewer")`` opens a window in which that member is signed in.

    By the cookie of a session; the form of signing in has tests of its own.
    """

    def signed_in(role: str, **options: object) -> Visitor:
        visitor = visit(demo.product, **options)
        visitor.enter(demo.sessions[role], f"/b/{demo.slug}/")
        return visitor

    return signed_in


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not Path(AXE).exists():
        pytest.skip("axe-core is missing: run npm ci")
    return AXE.read_text()

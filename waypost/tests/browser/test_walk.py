"""Every page, as every role: nothing breaks, axe-core finds nothing, nothing sticks out."""

from collections.abc import Callable
from typing import Any

import pytest

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, WIDE, Visitor
from waypost.tests.product import Product

pytestmark = pytest.mark.browser

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "meta-viewport"]}
"""Of the rules those whose answer changes with the colours, or with the width."""
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map((rule) => [
    rule.id, rule.nodes.slice(0, 3).map((node) => node.target.join(" ") + " | " + node.html),
  ]);
}"""
KINDS = """[...new Set(Array.from(document.body.querySelectorAll("*"), (each) => [
  each.tagName, each.getAttribute("class"), each.getAttribute("role"), each.getAttribute("type"),
  ...each.getAttributeNames().filter((name) => name !== "id").sort(),
].join(" ")))]"""
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

looked_at: dict[str, set[str]] = {}
"""Path → kinds of elements on that page that axe-core has seen; see ``news_on``."""


def faults_of(
    visitor: Visitor, axe: str, where: str, *, look: str, rules: dict[str, Any] = RULES
) -> list[str]:
    """What axe-core says about the page that is open, one line per rule."""
    page = visitor.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    page.evaluate(DRAWN)
    found: list[tuple[str, Any]] = page.evaluate(RUN_AXE, rules)
    return [f"{where} ({look}): {rule}: {nodes}" for rule, nodes in found]


def news_on(visitor: Visitor, path: str) -> bool:
    """Whether the open page has an element of a kind that axe-core did not see there yet.

    People with fewer rights see the owner's pages with parts left out.
    """
    kinds = set(visitor.page.evaluate(KINDS))
    seen = looked_at.setdefault(path, set())
    is_new = not kinds <= seen
    seen |= kinds
    return is_new


def structure_of(visitor: Visitor, where: str) -> list[str]:
    """A title that says which page it is, and one h1 with words."""
    page = visitor.page
    headings = [text.strip() for text in page.locator("h1").all_inner_texts()]
    title = page.title().strip(" ·")
    faults = []
    if len(headings) != 1 or not headings[0]:
        faults.append(f"{where}: headings {headings}")
    if title in {"", "Waypost"}:
        faults.append(f"{where}: title {title!r}")
    return faults


def walk(visitor: Visitor, pages: list[tuple[str, str]], axe: str, *, thorough: bool) -> str:
    """Faults of all ``pages``, a line each; ``thorough`` looks at dark and a phone too."""
    faults: list[str] = []
    for name, path in pages:
        where = f"{name} {path}"
        visitor.page.set_viewport_size(WIDE)
        visitor.page.emulate_media(color_scheme="light")
        if visitor.go(path) >= 500:
            faults.append(f"{where}: broken")
            continue
        faults += structure_of(visitor, where)
        if news_on(visitor, path) or thorough:
            faults += faults_of(visitor, axe, where, look="light")
        if thorough:
            faults += in_the_dark_and_on_a_phone(visitor, axe, where)
    return "\n".join(faults)


def in_the_dark_and_on_a_phone(visitor: Visitor, axe: str, where: str) -> list[str]:
    page = visitor.page
    page.emulate_media(color_scheme="dark")
    faults = faults_of(visitor, axe, where, look="dark", rules=COLOURS)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")
    faults += faults_of(visitor, axe, where, look="phone", rules=SIZES)
    if (over := page.evaluate(STICKS_OUT)) > 0:
        faults.append(f"{where}: {over} px stick out of a phone")
    return faults


def test_the_owner_finds_no_fault_on_any_page_in_any_look(
    demo: Demo, visit_as: Callable[..., Visitor], axe: str
) -> None:
    pages = demo.pages[Role.OWNER]
    assert len(pages) > 40
    faults = walk(visit_as(Role.OWNER), pages, axe, thorough=True)
    assert not faults, faults


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.VIEWER])
def test_a_colleague_finds_no_fault_on_any_page(
    role: Role, demo: Demo, visit_as: Callable[..., Visitor], axe: str
) -> None:
    faults = walk(visit_as(role), demo.pages[role], axe, thorough=False)
    assert not faults, faults


def test_somebody_who_is_not_signed_in_finds_no_fault(
    demo: Demo, visit: Callable[..., Visitor], axe: str
) -> None:
    paths = ["/account/login/", "/account/password/reset/", "/account/signup/", "/nowhere/"]
    pages = [("outside", path) for path in paths]
    faults = walk(visit(demo.product), pages, axe, thorough=True)
    assert not faults, faults


def test_the_first_page_of_an_empty_waypost_has_no_fault(
    empty_product: Product, visit: Callable[..., Visitor], axe: str
) -> None:
    visitor = visit(empty_product)
    faults = walk(visitor, [("first run", "/welcome/")], axe, thorough=True)
    assert not faults, faults
    assert visitor.heading() == "Welcome to Waypost"

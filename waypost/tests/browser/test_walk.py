"""Every page, as every role: nothing breaks, axe-core finds nothing, nothing sticks out."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, WIDE, Visitor
from waypost.tests.product import Product

pytestmark = pytest.mark.browser

COLOURS = ["color-contrast", "link-in-text-block"]
SIZES = ["target-size", "scrollable-region-focusable", "meta-viewport"]
"""Rules whose answer changes with the colours, or with the width."""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {
        "runOnly": {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        },
        "rules": {rule: {"enabled": False} for rule in COLOURS},
    },
    "colours": {"runOnly": {"type": "rule", "values": COLOURS}},
    "phone": {"runOnly": {"type": "rule", "values": SIZES}},
}
RUN_AXE = """async ([options, ofNew]) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  if (ofNew && !window.newHere.length) return [];
  const where = ofNew ? { include: window.newHere } : document;
  const found = await axe.run(where, { ...options, resultTypes: ["violations"] });
  return found.violations.map((rule) => [
    rule.id, rule.nodes.slice(0, 3).map((node) => node.target.join(" ") + " | " + node.html),
  ]);
}"""
FIND_NEW = """() => {
  const KEY = "judged colours";
  const judged = new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  const STATES = ["class", "role", "type", "open", "disabled", "aria-current", "aria-selected",
    "aria-pressed", "aria-expanded", "aria-invalid", "data-state", "data-theme"];
  const shows = (el) => el.matches("input, select, textarea") ||
    [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  window.newHere = [];
  const walk = (el, above) => {
    const states = STATES.map((name) => el.getAttribute(name) ?? "");
    let mark = above;
    for (const sign of [el.tagName, ...el.getAttributeNames(), ...states].join(" "))
      mark = Math.imul(mark ^ sign.charCodeAt(0), 16777619);
    if (shows(el) && !judged.has(mark)) {
      judged.add(mark);
      window.newHere.push(el);
    }
    for (const child of el.children) walk(child, mark);
  };
  walk(document.body, 2166136261);
  sessionStorage.setItem(KEY, JSON.stringify([...judged]));
}"""
"""Colours follow from what an element and all around it are. So each chain of them, from the
body to a text, is judged once by this window, wherever it stands first."""
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults_of(visitor: Visitor, where: str, look: str, rules: str) -> list[str]:
    """What axe-core says about the page that is open, one line per rule."""
    of_new = rules == "colours"
    found: list[tuple[str, Any]] = visitor.page.evaluate(RUN_AXE, [LOOKS[rules], of_new])
    return [f"{where} ({look}): {rule}: {nodes}" for rule, nodes in found]


def walk(visitor: Visitor, pages: list[tuple[str, str]], axe: str, *, thorough: bool) -> str:
    """Faults of all ``pages``, a line each; ``thorough`` looks at dark and a phone too."""
    faults: list[str] = []
    page = visitor.page
    for name, path in pages:
        where = f"{name} {path}"
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        if visitor.go(path) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            faults.append(f"{where}: broken")
            continue
        page.evaluate(axe)
        page.evaluate(FIND_NEW)
        faults += faults_of(visitor, where, "light", "light")
        faults += faults_of(visitor, where, "light", "colours")
        if thorough:
            faults += in_the_dark_and_on_a_phone(visitor, where)
    return "\n".join(faults)


def in_the_dark_and_on_a_phone(visitor: Visitor, where: str) -> list[str]:
    page = visitor.page
    page.emulate_media(color_scheme="dark")
    faults = faults_of(visitor, where, "dark", "colours")
    page.set_viewport_size(PHONE)
    faults += faults_of(visitor, where, "phone", "phone")
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
def test_a_colleague_finds_no_fault_where_a_page_shows_them_something_else(
    role: Role, demo: Demo, visit_as: Callable[..., Visitor], axe: str
) -> None:
    faults = walk(visit_as(role), demo.pages[role], axe, thorough=False)
    assert not faults, faults


def test_somebody_who_is_not_signed_in_finds_no_fault(
    demo: Demo, visit: Callable[..., Visitor], axe: str
) -> None:
    pages = demo.pages["nobody"]
    assert pages
    faults = walk(visit(demo.product), pages, axe, thorough=True)
    assert not faults, faults


def test_every_page_of_everybody_has_a_title_and_one_heading(demo: Demo) -> None:
    assert demo.faults == []


def test_the_first_page_of_an_empty_waypost_has_no_fault(
    empty_product: Product, visit: Callable[..., Visitor], axe: str
) -> None:
    visitor = visit(empty_product)
    faults = walk(visitor, [("first run", "/welcome/")], axe, thorough=True)
    assert not faults, faults
    assert visitor.heading() == "Welcome to Waypost"

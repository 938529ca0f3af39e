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


def only(*rules: str) -> dict[str, Any]:
    return {"runOnly": {"type": "rule", "values": rules}}


# Rules whose answer changes with the colours, or with the width.
COLOURS = only("color-contrast", "link-in-text-block")
SIZES = only("target-size", "scrollable-region-focusable", "meta-viewport")
WHOLE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {rule: {"enabled": False} for rule in COLOURS["runOnly"]["values"]},
}
OURS = """
window.judge = async (options, where) => {
  const found = await axe.run(where ?? document, { ...options, resultTypes: ["violations"] });
  return found.violations.map((rule) => [
    rule.id, rule.nodes.slice(0, 3).map((node) => node.target.join(" ") + " | " + node.html),
  ]);
};
window.drawn = () => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(done)));
window.newHere = (() => {
  const KEY = "judged colours";
  const judged = new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  const STATES = ["class", "role", "type", "open", "disabled", "aria-current", "aria-selected",
    "aria-pressed", "aria-expanded", "aria-invalid", "data-state", "data-theme"];
  const shows = (el) => el.matches("input, select, textarea") ||
    [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const fresh = [];
  const walk = (el, above) => {
    const states = STATES.map((name) => el.getAttribute(name) ?? "");
    let mark = above;
    for (const sign of [el.tagName, ...el.getAttributeNames(), ...states].join(" "))
      mark = Math.imul(mark ^ sign.charCodeAt(0), 16777619);
    if (shows(el) && !judged.has(mark)) {
      judged.add(mark);
      fresh.push(el);
    }
    for (const child of el.children) walk(child, mark);
  };
  walk(document.body, 2166136261);
  sessionStorage.setItem(KEY, JSON.stringify([...judged]));
  return fresh;
})();
"""
"""What is put into a page beside axe-core. Colours follow from what an element and all around it
are; so each chain of them, from the body to a text, is judged once by a window, wherever it
stands first: ``newHere`` are those of this page."""
LIGHT = """async ([whole, colours]) => {
  await drawn();
  const found = await judge(whole);
  return newHere.length ? [...found, ...await judge(colours, { include: newHere })] : found;
}"""
DARK = "async (colours) => { await drawn(); return judge(colours, { include: newHere }); }"
PHONE_SIZED = """async (sizes) => {
  await drawn();
  const page = document.documentElement;
  return [await judge(sizes), page.scrollWidth - page.clientWidth];
}"""


class Walk:
    """One window that goes from page to page; ``faults`` has a line each."""

    def __init__(self, visitor: Visitor, axe: str, *, thorough: bool) -> None:
        """``thorough`` looks at dark and a phone too."""
        self.visitor, self.page = visitor, visitor.page
        self.axe, self.thorough = axe + OURS, thorough
        self.faults: list[str] = []

    def over(self, pages: list[tuple[str, str]]) -> str:
        assert pages
        for name, path in pages:
            self._look_at(f"{name} {path}", path)
        return "\n".join(self.faults)

    def _look_at(self, where: str, path: str) -> None:
        if self.visitor.go(path) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.faults.append(f"{where}: broken")
            return
        self.page.evaluate(f"() => {{ {self.axe} }}")
        self._add(where, "light", self.page.evaluate(LIGHT, [WHOLE, COLOURS]))
        if self.thorough:
            self._in_the_dark(where)
            self._on_a_phone(where)

    def _in_the_dark(self, where: str) -> None:
        if not self.page.evaluate("newHere.length"):
            return
        self.page.emulate_media(color_scheme="dark")
        self._add(where, "dark", self.page.evaluate(DARK, COLOURS))
        self.page.emulate_media(color_scheme="light")

    def _on_a_phone(self, where: str) -> None:
        self.page.set_viewport_size(PHONE)
        found, over = self.page.evaluate(PHONE_SIZED, SIZES)
        self.page.set_viewport_size(WIDE)
        self._add(where, "phone", found)
        if over > 0:
            self.faults.append(f"{where}: {over} px stick out of a phone")

    def _add(self, where: str, look: str, found: list[tuple[str, Any]]) -> None:
        self.faults += [f"{where} ({look}): {rule}: {nodes}" for rule, nodes in found]


def test_the_owner_finds_no_fault_on_any_page_in_any_look(
    demo: Demo, visit_as: Callable[..., Visitor], axe: str
) -> None:
    pages = demo.pages[Role.OWNER]
    assert len(pages) > 40
    faults = Walk(visit_as(Role.OWNER), axe, thorough=True).over(pages)
    assert not faults, faults


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.VIEWER])
def test_a_colleague_finds_no_fault_where_a_page_shows_them_something_else(
    role: Role, demo: Demo, visit_as: Callable[..., Visitor], axe: str
) -> None:
    faults = Walk(visit_as(role), axe, thorough=False).over(demo.pages[role])
    assert not faults, faults


def test_somebody_who_is_not_signed_in_finds_no_fault(
    demo: Demo, visit: Callable[..., Visitor], axe: str
) -> None:
    faults = Walk(visit(demo.product), axe, thorough=True).over(demo.pages["nobody"])
    assert not faults, faults


def test_every_page_of_everybody_has_a_title_and_one_heading(demo: Demo) -> None:
    assert demo.faults == []


def test_the_first_page_of_an_empty_waypost_has_no_fault(
    empty_product: Product, visit: Callable[..., Visitor], axe: str
) -> None:
    visitor = visit(empty_product)
    faults = Walk(visitor, axe, thorough=True).over([("first run", "/welcome/")])
    assert not faults, faults
    assert visitor.heading() == "Welcome to Waypost"

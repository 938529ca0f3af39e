"""The roadmap in a real browser: a bar moved by mouse and by keyboard, and what stays of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
MONTHS_DAY = 8  # pixels that a day is wide on the scale of months
NAMES = 330  # pixels that the names take on the left


class Roadmap:
    """The page of the roadmap and one initiative that is under way on it."""

    def __init__(self, visitor: Visitor, slug: str, query: str = "") -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.path = f"/b/{slug}/goals/roadmap/{query}"
        visitor.go(self.path)
        self.page.locator("svg.gantt .bar-wrapper").first.wait_for()
        self.pk = self._under_way()

    def _under_way(self) -> str:
        """The last one that is in progress: it can be seen, and nothing waits for it."""
        rows = self.page.locator("tr[id^=initiative-]", has_text="In progress")
        name = rows.last.get_attribute("id") or ""
        return name.removeprefix("initiative-")

    @property
    def bar(self) -> Locator:
        return self.page.locator(f'.bar-wrapper[data-id="{self.pk}"]')

    def dates(self) -> tuple[date, date]:
        """Start and end as the table has them now."""
        times = self.page.locator(f"#initiative-{self.pk} time")
        start, end = (times.nth(n).get_attribute("datetime") or "" for n in (0, 1))
        return date.fromisoformat(start), date.fromisoformat(end)

    def after_reload(self) -> tuple[date, date]:
        self.visitor.go(self.path)
        return self.dates()

    def middle(self) -> tuple[float, float]:
        """A point of the bar that is in sight."""
        self.bar.scroll_into_view_if_needed()
        box = self.bar.locator(".bar").bounding_box()
        frame = self.page.locator(".roadmap-scroller").bounding_box()
        assert box
        assert frame
        left = max(box["x"], frame["x"] + NAMES)
        right = min(box["x"] + box["width"], frame["x"] + frame["width"])
        assert right - left > 20
        return (left + right) / 2, box["y"] + box["height"] / 2

    def drag(self, pixels: int) -> None:
        x, y = self.middle()
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        for step in range(1, 9):
            mouse.move(x + pixels * step / 8, y)
        mouse.up()

    def saved(self) -> None:
        """Wait for the toast; say yes where others move along."""
        toast = self.page.locator("[data-toast]", has_text="now runs from")
        all_of_them = self.page.get_by_role("button", name="Move them all")
        toast.or_(all_of_them).first.wait_for()
        if all_of_them.is_visible():
            all_of_them.click()
        toast.first.wait_for()


@pytest.fixture
def roadmap(demo: Demo, visit_as: Callable[..., Visitor]) -> Roadmap:
    return Roadmap(visit_as(Role.OWNER), demo.slug)


def test_a_bar_is_moved_by_mouse(roadmap: Roadmap) -> None:
    start, end = roadmap.dates()
    roadmap.drag(7 * MONTHS_DAY + 3)
    roadmap.saved()
    expected = (start + 7 * DAY, end + 7 * DAY)
    assert roadmap.dates() == expected
    assert roadmap.after_reload() == expected


def test_a_bar_is_moved_and_stretched_by_keyboard(roadmap: Roadmap) -> None:
    start, end = roadmap.dates()
    roadmap.bar.focus()
    for keys in ("ArrowRight", "Shift+ArrowLeft", "Alt+ArrowRight", "Enter"):
        roadmap.page.keyboard.press(keys)
    roadmap.saved()
    expected = (start - 6 * DAY, end - 5 * DAY)
    assert roadmap.dates() == expected
    assert roadmap.after_reload() == expected


def test_a_move_by_keyboard_is_read_out_and_taken_back_with_escape(roadmap: Roadmap) -> None:
    before = roadmap.dates()
    said = roadmap.page.locator("#roadmap-said")
    roadmap.bar.focus()
    roadmap.page.keyboard.press("ArrowRight")
    moved = before[0] + DAY
    expect(said).to_contain_text(re.compile(rf"\b{moved.day}\b.*Enter saves"))
    roadmap.page.keyboard.press("Escape")
    expect(said).to_contain_text("As before:")
    roadmap.page.wait_for_timeout(1_500)  # a move would have been saved by now
    assert roadmap.after_reload() == before


def test_a_move_is_undone_from_the_toast(roadmap: Roadmap) -> None:
    before = roadmap.dates()
    roadmap.drag(14 * MONTHS_DAY + 3)
    roadmap.saved()
    assert roadmap.dates() != before
    roadmap.page.locator("[data-toast]").get_by_role("button", name="Undo").last.click()
    roadmap.page.get_by_text("The dates are as they were.").wait_for()
    assert roadmap.dates() == before


def test_a_click_opens_the_initiative(roadmap: Roadmap) -> None:
    roadmap.page.mouse.click(*roadmap.middle())
    roadmap.page.wait_for_url(f"**/initiatives/{roadmap.pk}/**")


def test_arrows_up_and_down_walk_over_the_bars(roadmap: Roadmap) -> None:
    bars = roadmap.page.locator('.bar-wrapper[role="button"]')
    bars.first.focus()
    roadmap.page.keyboard.press("ArrowDown")
    expect(bars.nth(1)).to_be_focused()
    roadmap.page.keyboard.press("ArrowUp")
    expect(bars.first).to_be_focused()
    assert roadmap.page.locator('.bar-wrapper[tabindex="0"]').count() == 1


def test_the_dialog_of_the_table_moves_by_a_week(roadmap: Roadmap) -> None:
    start, end = roadmap.dates()
    roadmap.page.locator(f"#move-{roadmap.pk}").click()
    dialog = roadmap.page.locator("#roadmap-dialog")
    dialog.get_by_role("button", name="1 week later").click()
    roadmap.saved()
    assert roadmap.dates() == (start + 7 * DAY, end + 7 * DAY)
    expect(dialog).not_to_be_visible()


def test_wrong_dates_are_refused_in_the_dialog(roadmap: Roadmap) -> None:
    before = roadmap.dates()
    roadmap.page.locator(f"#move-{roadmap.pk}").click()
    dialog = roadmap.page.locator("#roadmap-dialog")
    dialog.get_by_label("End").fill((before[0] - DAY).isoformat())
    dialog.get_by_role("button", name="Save dates").click()
    expect(dialog.locator(".field-errors")).to_contain_text("must not come before the start")
    assert roadmap.after_reload() == before


def test_a_viewer_cannot_drag(demo: Demo, visit_as: Callable[..., Visitor]) -> None:
    roadmap = Roadmap(visit_as(Role.VIEWER), demo.slug)
    before = roadmap.dates()
    roadmap.drag(7 * MONTHS_DAY)
    roadmap.page.wait_for_timeout(500)
    assert roadmap.after_reload() == before


def test_on_a_phone_and_without_script_there_is_the_table(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    path = f"/b/{demo.slug}/goals/roadmap/"
    for options in ({"viewport": PHONE}, {"java_script_enabled": False}):
        visitor = visit_as(Role.OWNER, **options)
        visitor.go(path)
        row = visitor.page.locator("tr[id^=initiative-]", has_text="In progress").last
        expect(visitor.page.locator(".roadmap")).not_to_be_visible()
        row.get_by_role("link", name=re.compile("^Move: ")).click()
        visitor.page.get_by_role("button", name="Save dates").wait_for()


@pytest.mark.parametrize("scale", ["weeks", "months", "quarters"])
def test_the_link_shows_the_roadmap_to_anybody(
    demo: Demo,
    visit: Callable[..., Visitor],
    visit_as: Callable[..., Visitor],
    axe: str,
    scale: str,
) -> None:
    owner = visit_as(Role.OWNER)
    owner.go(f"/b/{demo.slug}/goals/roadmap/links/")
    owner.press("Create link")
    address = owner.page.locator("#new-address").inner_text()
    guest = visit(demo.product)
    assert guest.go(f"{address}?scale={scale}") == 200
    guest.page.locator("svg.gantt .bar-wrapper").first.wait_for()
    assert guest.page.locator("nav").count() == 1  # the scales

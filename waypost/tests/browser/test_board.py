"""Two people on one board at once: each sees the other's moves, and no move is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor

pytestmark = pytest.mark.browser
SOON = 2_000  # ms: what was promised for another person's move


def open_board(demo: Demo, visitor: Visitor) -> Page:
    visitor.go(f"/b/{demo.slug}/board/")
    expect(visitor.page.locator("#board[data-mounted]")).to_be_attached()
    return visitor.page


def column(page: Page, key: str) -> Locator:
    return page.locator(f'[data-column="{key}"]')


def face(page: Page, title: str) -> Locator:
    return page.locator(".card-face", has=page.get_by_role("link", name=title, exact=True))


def add(page: Page, title: str) -> None:
    page.locator("[data-quick]").fill(title)
    page.locator("[data-quick]").press("Enter")
    expect(face(page, title)).to_be_visible()
    expect(page.locator("#board[data-mounted]")).to_be_attached()


def take(page: Page, title: str) -> float:
    """Begin to drag a card; answers how far down it was taken.

    News that redraw a card end a drag that is just beginning, and a person takes it again.
    """
    card = face(page, title)
    for _again in range(4):
        # In the middle: near an edge the page would scroll by itself while one drags.
        card.evaluate("card => card.scrollIntoView({ block: 'center', behavior: 'instant' })")
        box = card.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 6)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] + 20, steps=4)
        for _moment in range(20):
            if page.locator(".sortable-ghost").count():
                return box["y"]
            page.wait_for_timeout(50)
        page.mouse.up()
    raise AssertionError(f"{title} cannot be taken")


def drag(page: Page, title: str, key: str) -> None:
    taken_at = take(page, title)
    there = column(page, key)
    end = there.bounding_box()
    assert end is not None
    # A long column's head may be above what one sees; the columns are equally long.
    across, down = end["x"] + end["width"] / 2, max(end["y"] + 30, taken_at)
    for nudge in range(40):
        page.mouse.move(across + nudge % 5, down, steps=6)
        if there.locator(".sortable-ghost").count():
            break  # the gap has opened
        page.wait_for_timeout(50)
    page.mouse.up()


def test_two_people_drag_at_once_and_see_each_other(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    wide = {"width": 1700, "height": 1000}
    hers, his = visit_as(Role.EDITOR, viewport=wide), visit_as(Role.OWNER, viewport=wide)
    her_page = open_board(demo, hers)
    add(her_page, "Order the honey jars")
    add(her_page, "Call the printer")
    his_page = open_board(demo, his)

    # His move comes to her by itself.
    drag(his_page, "Order the honey jars", "on_hold")
    his_page.locator("#board-dialog [name=reason]").fill("The price is missing")
    his_page.locator("#board-dialog button.btn-primary").click()
    expect(column(his_page, "on_hold")).to_contain_text("The price is missing")
    expect(column(her_page, "on_hold")).to_contain_text("The price is missing", timeout=SOON)
    her_page.screenshot()

    # Both hold another card at the same time: both moves stand, on both boards.
    drag(her_page, "Call the printer", "on_hold")
    drag(his_page, "Order the honey jars", "backlog")
    her_page.locator("#board-dialog [name=reason]").fill("He is on holiday")
    her_page.locator("#board-dialog button.btn-primary").click()
    for page in (her_page, his_page):
        expect(column(page, "on_hold")).to_contain_text("He is on holiday", timeout=SOON)
        expect(column(page, "backlog")).to_contain_text("Order the honey jars", timeout=SOON)

    # Both take the same card; she asks for it while he has dropped it already.
    drag(her_page, "Order the honey jars", "on_hold")
    drag(his_page, "Order the honey jars", "on_hold")
    his_page.locator("#board-dialog [name=reason]").fill("His reason")
    his_page.locator("#board-dialog button.btn-primary").click()
    expect(column(his_page, "on_hold")).to_contain_text("His reason")
    her_page.locator("#board-dialog [name=reason]").fill("Her reason")
    her_page.locator("#board-dialog button.btn-primary").click()
    expect(her_page.locator("[data-board-toast]")).to_contain_text("Somebody moved")
    expect(column(her_page, "on_hold")).to_contain_text("His reason")
    expect(her_page.get_by_text("Her reason")).to_have_count(0)
    hers.picture("board-two-people")

    # Undo, and what is refused goes back.
    drag(his_page, "Order the honey jars", "done")
    expect(his_page.locator("[data-board-toast]")).to_contain_text("comes first")
    expect(column(his_page, "on_hold")).to_contain_text("Order the honey jars")
    hers.troubles.clear()  # Chromium calls the answers 409 and 422 errors of the page
    his.troubles.clear()
    for visitor in (hers, his):
        visitor.close()


def test_a_card_is_moved_by_keyboard_and_taken_back(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    page = open_board(demo, visitor)
    page.keyboard.press("n")
    page.keyboard.type("Moved by keys")
    page.keyboard.press("Enter")
    card = face(page, "Moved by keys")
    expect(card).to_be_visible()
    expect(page.locator("#board[data-mounted]")).to_be_attached()
    card.focus()
    page.keyboard.press(" ")
    expect(page.locator("#board-said")).to_contain_text("is taken")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#board-said")).to_have_text(re.compile(r"Backlog, place \d+ of \d+"))
    page.keyboard.press(" ")
    toast = page.locator("[data-board-toast]")
    expect(toast).to_contain_text("is in “Backlog” now")
    toast.get_by_role("button", name="Undo").click()
    expect(toast).to_contain_text("is back where it was")
    card.focus()
    page.keyboard.press("4")
    page.locator("#board-dialog").get_by_role("button", name="Close").click()
    expect(column(page, "backlog")).to_contain_text("Moved by keys")
    visitor.troubles.clear()
    visitor.close()


def test_a_card_is_moved_by_a_form_on_the_phone(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR, viewport=PHONE)
    page = open_board(demo, visitor)
    page.locator('[data-column="backlog"] .card-move').first.click()
    page.get_by_label("Column").select_option("on_hold")
    page.get_by_label("What does it wait for?").fill("For the weekend")
    page.get_by_role("button", name="Move card").click()
    expect(column(page, "on_hold")).to_contain_text("For the weekend")
    visitor.close()

"""The sheet of the budget as somebody uses it who knows spreadsheets."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor

pytestmark = pytest.mark.browser

OCTOBER, NOVEMBER, DECEMBER = 10, 11, 12
PASTE = """([cell, text]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const said = {clipboardData: data, bubbles: true, cancelable: true};
    cell.dispatchEvent(new ClipboardEvent("paste", said));
}"""


def cell(page: Page, line: str, month: int) -> Locator:
    row = page.locator("tr[data-line]").filter(has_text=line)
    return row.locator(f".m{month} > a")


def open_sheet(visitor: Visitor, demo: Demo, query: str = "") -> Page:
    visitor.go(f"/b/{demo.slug}/budget/{query}")
    expect(visitor.page.locator("#sheet[data-mounted]")).to_be_attached()
    return visitor.page


def saved(page: Page) -> None:
    expect(page.locator("[data-said]")).to_contain_text("at")


def test_a_block_from_a_spreadsheet_is_pasted_kept_and_undone(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    page = open_sheet(visitor, demo)
    start = cell(page, "Instagram ads – SI/AT", OCTOBER)
    before = start.inner_text()
    start.focus()
    page.evaluate(PASTE, [start.element_handle(), "1.234,56\t20\n30\t1,040.50\n"])
    expect(start).to_have_text("1,234.56")
    expect(cell(page, "Instagram ads – Germany", NOVEMBER)).to_have_text("1,040.50")
    page.reload()
    expect(cell(page, "Instagram ads – SI/AT", NOVEMBER)).to_have_text("20.00")
    # A new page forgot what can be undone, so paste once more and take that back.
    start.focus()
    page.evaluate(PASTE, [start.element_handle(), "7\t8"])
    expect(start).to_have_text("7.00")
    page.keyboard.press("Control+z")
    expect(start).to_have_text("1,234.56")
    assert before == "220.00"
    visitor.close()


def test_a_block_with_text_in_a_number_is_refused_beside_the_cell(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    page = open_sheet(visitor, demo)
    start = cell(page, "Facebook ads", OCTOBER)
    before = start.inner_text()
    start.focus()
    page.evaluate(PASTE, [start.element_handle(), "5\tfive"])
    expect(page.locator(".cell-fault")).to_contain_text("“five” is not a number")
    page.keyboard.press("Escape")
    expect(start).to_have_text(before)
    visitor.close()


def test_the_keyboard_alone_moves_types_saves_and_undoes(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    page = open_sheet(visitor, demo)
    cell(page, "Canva Pro", OCTOBER).focus()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "Canva Pro", NOVEMBER)).to_be_focused()
    page.keyboard.type("14,5")
    page.keyboard.press("Enter")
    expect(cell(page, "Canva Pro", NOVEMBER)).to_have_text("14.50")
    saved(page)
    expect(cell(page, "Video editor", NOVEMBER)).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("9")
    page.keyboard.press("Tab")
    expect(cell(page, "Video editor", NOVEMBER)).to_have_text("9.00")
    expect(cell(page, "Video editor", DECEMBER)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, "Video editor", NOVEMBER)).to_have_text("0.00")
    page.keyboard.press("Control+z")
    expect(cell(page, "Canva Pro", NOVEMBER)).to_have_text("12.00")
    visitor.close()


def test_a_plan_below_zero_says_so_beside_the_cell(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    page = open_sheet(visitor, demo)
    cell(page, "Photographer", OCTOBER).focus()
    page.keyboard.type("-5")
    page.keyboard.press("Enter")
    expect(page.locator(".cell-fault")).to_have_text(
        "A plan cannot be below zero. Enter 0 or more."
    )
    page.keyboard.press("Escape")
    expect(cell(page, "Photographer", OCTOBER)).to_have_text("0.00")
    visitor.close()


def test_two_people_in_one_cell_are_asked_and_in_two_cells_are_not(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    one, two = visit_as(Role.EDITOR), visit_as(Role.OWNER)
    here, there = open_sheet(one, demo), open_sheet(two, demo)
    for page, line, amount in ((here, "Photographer", "61"), (there, "Facebook ads", "62")):
        cell(page, line, DECEMBER).focus()
        page.keyboard.type(amount)
        page.keyboard.press("Enter")
        expect(cell(page, line, DECEMBER)).to_have_text(f"{amount}.00")
        saved(page)
    expect(cell(there, "Photographer", DECEMBER)).to_have_text("61.00")  # seen without asking
    cell(there, "German proofreading", DECEMBER).focus()
    there.keyboard.type("70")
    there.keyboard.press("Enter")
    saved(there)
    here.route("**/budget/", lambda route: route.abort())  # this page learns nothing more
    cell(here, "German proofreading", DECEMBER).focus()
    here.keyboard.type("80")
    here.keyboard.press("Enter")
    dialog = here.locator("#cell-conflict")
    expect(dialog).to_contain_text("70.00")
    expect(dialog).to_contain_text("you typed 80")
    dialog.get_by_role("button", name="Use my amount").click()
    expect(cell(here, "German proofreading", DECEMBER)).to_have_text("80.00")
    saved(here)
    one.close()
    two.close()


def test_a_phone_shows_one_month_at_a_time(demo: Demo, visit_as: Callable[..., Visitor]) -> None:
    visitor = visit_as(Role.EDITOR, viewport=PHONE)
    page = open_sheet(visitor, demo, "?month=11")
    assert page.locator("thead .month:visible").all_inner_texts() == ["Nov"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.press("Month after")
    assert page.locator("thead .month:visible").all_inner_texts() == ["Dec"]
    visitor.close()


def test_a_cell_is_changed_without_script(demo: Demo, visit_as: Callable[..., Visitor]) -> None:
    visitor = visit_as(Role.EDITOR, java_script_enabled=False)
    visitor.go(f"/b/{demo.slug}/budget/")
    cell(visitor.page, "Link-in-bio", OCTOBER).click()
    visitor.page.get_by_label("Amount").fill("6,75")
    visitor.press("Save amount")
    expect(cell(visitor.page, "Link-in-bio", OCTOBER)).to_have_text("6.75")
    visitor.close()

"""A week as it is played: from an idea to a post that a person puts out on a phone."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor
from waypost.tests.journey import here, today, wait_until_state

pytestmark = pytest.mark.browser

TITLE = "Beeswax or soy, a vote"
WORDS = "Which one would you light first? 🕯️"
POSTED = "https://www.facebook.com/svitinsat/posts/4711"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


def text_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Text optional", exact=True)


def write_from_an_idea(editor: Visitor) -> str:
    """Put an idea on the shelf, write it, send it to review; answers the item's address."""
    page = editor.page
    editor.go(here(editor, "content/ideas/"))
    page.get_by_label("Your idea").fill(TITLE)
    page.locator("form[action$='/ideas/new/'] button.btn-primary").click()
    page.get_by_text("The idea is on the shelf.").wait_for()
    page.locator(".idea-row").filter(has_text=TITLE).get_by_role("link", name="Write post").click()
    text_of(page).fill(WORDS)
    page.get_by_role("checkbox", name="Facebook svitinsat").check()
    editor.press_first("Save draft")
    page.wait_for_url("**/publishing/items/**")
    editor.press("Send to review")
    page.get_by_text("is in review.").wait_for()
    return page.url


def approve_and_queue(owner: Visitor, item: str) -> None:
    """Wednesdays alone, so that there is a day to the right of it on every calendar."""
    page = owner.page
    owner.go(here(owner, "content/slots/"))
    others = page.locator("section").filter(has_text="Facebook").locator(".slot button")
    while others.count():
        others.first.click()
        page.wait_for_load_state()
    page.get_by_label("Channel").select_option(label="Facebook svitinsat")
    page.get_by_label("Wednesday").check()
    page.get_by_label("Time", exact=True).fill("18:05")
    owner.press("Add posting times")
    page.goto(item)
    owner.press("Approve post")
    page.get_by_text("is approved.").wait_for()
    owner.press("Add to queue")
    expect(page.get_by_role("main")).to_contain_text("18:05")


def entry_on(owner: Visitor, view: str = "month") -> Locator:
    """The post on the calendar, in this month or one of the next two."""
    found = owner.page.locator(".cal-entry").filter(has_text=TITLE)
    month = today().replace(day=1)
    for _look in range(3):
        owner.go(here(owner, f"content/calendar/?view={view}&month={month:%Y-%m}"))
        if found.count():
            return ready(found)
        month = (month + timedelta(days=32)).replace(day=1)
    raise AssertionError("the post is on no calendar")


def ready(entry: Locator) -> Locator:
    """With its script there, and away from the edges of the window, where a drag scrolls."""
    entry.page.wait_for_load_state("networkidle")
    entry.evaluate("entry => entry.scrollIntoView({block: 'center'})")
    return entry


def drag(entry: Locator, to: Locator) -> None:
    """As a hand does it, in small steps; one leap is over before the script has seen it."""
    mouse, start, end = entry.page.mouse, entry.bounding_box(), to.bounding_box()
    assert start
    assert end
    mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(end["x"] + end["width"] / 2, end["y"] + 30, steps=8)
    mouse.move(end["x"] + end["width"] / 2, end["y"] + 34, steps=3)
    mouse.up()


def day_of(entry: Locator) -> date:
    return date.fromisoformat(entry.locator("xpath=..").get_attribute("data-day") or "")


def drag_to_the_next_day(owner: Visitor) -> date:
    entry = entry_on(owner)
    start = day_of(entry)
    to = owner.page.locator(f".cal-cell[data-day='{start + timedelta(days=1)}']")
    with owner.page.expect_response("**/place/"):
        drag(entry, to)
    expect(owner.page.locator("#cal-said")).to_contain_text(TITLE)
    assert day_of(entry_on(owner)) == start + timedelta(days=1)
    return start + timedelta(days=1)


def carry_with_the_keyboard(owner: Visitor, start: date) -> None:
    entry = entry_on(owner)
    entry.locator(".cal-link").focus()
    for key in ("Space", "ArrowRight"):
        owner.page.keyboard.press(key)
    with owner.page.expect_response("**/place/"):
        owner.page.keyboard.press("Enter")
    assert day_of(entry_on(owner)) == start + timedelta(days=1)


def put_out(phone: Visitor, item: str) -> None:
    page = phone.page
    page.goto(item)
    phone.press("Take back")
    phone.press("Publish now")
    wait_until_state(phone, "Your turn", within=60)
    phone.press("Post it now")
    page.get_by_role("button", name="Copy text").first.click()
    page.get_by_role("button", name="Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == WORDS
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Link of the post").fill(POSTED)
    phone.press("I posted it")
    page.get_by_text("The post counts as published.").wait_for()


def test_a_week_from_an_idea_to_a_post_put_out_by_hand(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    editor, owner = visit_as(Role.EDITOR), visit_as(Role.OWNER)
    item = write_from_an_idea(editor)
    approve_and_queue(owner, item)
    carry_with_the_keyboard(owner, drag_to_the_next_day(owner))
    allowed = ["clipboard-read", "clipboard-write"]
    phone = visit_as(Role.OWNER, viewport=PHONE, has_touch=True, permissions=allowed)
    put_out(phone, item)
    owner.page.goto(item)
    expect(owner.page.get_by_role("link", name="Open the post")).to_have_attribute("href", POSTED)


def test_a_post_in_the_week_is_dragged_to_another_day(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    owner = visit_as(Role.OWNER)
    page = owner.page
    owner.go(here(owner, "content/new/?day=2036-10-08"))
    text_of(page).fill("Dragged in the week")
    owner.press_first("Save draft")
    page.wait_for_url("**/publishing/items/**")
    owner.go(here(owner, "content/calendar/?view=week&day=2036-10-08"))
    entry = ready(page.locator(".cal-entry").filter(has_text="Dragged in the week"))
    assert day_of(entry) == date(2036, 10, 8)
    with page.expect_response("**/place/"):
        drag(entry, page.locator(".cal-cell[data-day='2036-10-10']").first)
    page.reload()
    assert day_of(entry) == date(2036, 10, 10)


def test_the_composer_counts_while_typing_and_survives_a_lost_connection(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    editor = visit_as(Role.EDITOR)
    page = editor.page
    editor.go(here(editor, "content/new/"))
    page.get_by_role("checkbox", name="Instagram").first.check()
    text = text_of(page)
    text.fill("hello")
    expect(page.locator("[data-preview]:not([hidden]) [data-room]").first).to_contain_text("2195")
    expect(page.locator(".save-status [data-said]")).to_have_text(SAVED, timeout=2_500)
    editor.context.set_offline(True)
    text.fill("Written in the tunnel")
    expect(page.locator("[data-preview]:not([hidden]) [data-shown-text]").first).to_have_text(
        "Written in the tunnel"
    )
    expect(page.locator(".save-status [data-said]")).to_contain_text("kept on this device")
    editor.context.set_offline(False)
    expect(page.locator(".save-status [data-said]")).to_have_text(SAVED)
    page.reload()
    expect(text_of(page)).to_have_value("Written in the tunnel")
    editor.troubles.clear()  # Chromium calls a lost connection an error of the page
    editor.close()

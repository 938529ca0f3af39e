"""People who work on one thing at once: texts that save themselves, and comments."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved \d\d:\d\d$")


def first_text(demo: Demo, visitor: Visitor) -> Locator:
    """The first text field of the first screen about the company."""
    visitor.go(f"/b/{demo.slug}/strategy/company/1/")
    expect(visitor.page.locator("form[data-autosaved]")).to_be_attached()
    return visitor.page.locator("form[data-autosave] :is(textarea, input[type=text])").first


# Chromium's pretended lost line lets through what a closing page sends as its last words.
LINE_LOST = "() => { window.fetch = () => Promise.reject(new TypeError('The line is lost.')) }"


def saved(page: Page) -> None:
    expect(page.locator("[data-said]")).to_have_text(SAVED)


def test_a_text_is_saved_within_two_seconds_and_offered_after_a_lost_connection(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.EDITOR)
    field = first_text(demo, visitor)
    page = visitor.page
    field.fill("Saved by itself")
    expect(page.locator("[data-said]")).to_have_text(SAVED, timeout=2_500)
    visitor.context.set_offline(True)
    field.fill("Written on the train")
    expect(page.locator("[data-said]")).to_contain_text("kept on this device")
    visitor.context.set_offline(False)
    saved(page)
    visitor.context.set_offline(True)
    page.evaluate(LINE_LOST)
    field.fill("Written in the tunnel")
    expect(page.locator("[data-said]")).to_contain_text("kept on this device")
    page.goto("about:blank")
    visitor.context.set_offline(False)
    field = first_text(demo, visitor)
    expect(field).to_have_value("Written on the train")
    expect(page.locator("[data-offered]")).to_contain_text("Written in the tunnel")
    visitor.press("Use it")
    saved(page)
    page.reload()
    expect(field).to_have_value("Written in the tunnel")
    expect(page.locator("[data-offered]")).to_have_count(0)
    visitor.troubles.clear()  # Chromium calls a lost connection an error of the page
    visitor.close()


def test_two_people_in_one_field_compare_and_choose(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    hers, his = visit_as(Role.EDITOR), visit_as(Role.OWNER)
    her_field, his_field = first_text(demo, hers), first_text(demo, his)
    her_field.fill("Her text")
    saved(hers.page)
    his_field.fill("His text")
    clash = his.page.locator("[data-clash]")
    expect(clash).to_contain_text("Her text")
    expect(his_field).to_have_value("His text")
    his.picture("clash")
    his.press("Take theirs")
    expect(clash).to_have_count(0)
    expect(his_field).to_have_value("Her text")
    with his.page.expect_response("**/strategy/**"):
        his_field.fill("His second text")
    his.page.reload()
    expect(his_field).to_have_value("His second text")
    for visitor in (hers, his):
        visitor.close()


def test_a_colleague_is_called_in_a_comment_and_answers_on_the_phone(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    hers, his = visit_as(Role.EDITOR), visit_as(Role.OWNER, viewport=PHONE)
    name = his.page.locator("summary .sr-only", has_text="Your menu, ").inner_text()[11:]
    hers.go(f"/b/{demo.slug}/goals/")
    hers.page.get_by_role("link", name="Double the German Instagram audience").first.click()
    hers.page.locator(".talk-button").click()
    area = hers.page.locator("#drawer textarea").last
    area.click()
    hers.page.keyboard.type(f"Is this still so? @{name.split()[0].lower()}")
    hers.page.get_by_role("option", name=name, exact=True).click()
    expect(area).to_have_value(f"Is this still so? @{name} ")
    hers.press("Add comment")
    expect(hers.page.locator("#drawer .call")).to_have_text(f"@{name}")
    expect(hers.page.locator(".talk-button")).to_contain_text("1 comment")
    hers.picture("talk")
    his.go(f"/b/{demo.slug}/")
    his.page.locator("main a[href*='/talk/']").first.click()
    drawer = his.page.locator("#drawer[open]")
    drawer.get_by_text("Answer", exact=True).first.click()
    drawer.locator(".talk-answer textarea").first.fill("It is.")
    his.press("Add answer")
    expect(drawer.locator(".talk-answers")).to_contain_text("It is.")
    his.picture("talk-phone")
    drawer.get_by_role("button", name="Remove").click()
    expect(drawer.locator(".talk-answers")).to_have_count(0)
    drawer.get_by_role("button", name="Undo").click()
    expect(drawer.locator(".talk-answers")).to_contain_text("It is.")
    drawer.get_by_role("button", name="Settle").click()
    expect(drawer).to_contain_text("1 settled talk")
    for visitor in (hers, his):
        visitor.close()

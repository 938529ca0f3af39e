"""A newcomer's first hour: by mouse and keyboard, on a phone, and without script."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from waypost.accounts.permissions import Role
from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import PHONE, Visitor
from waypost.tests.factories import PASSWORD, picture_bytes
from waypost.tests.journey import (
    EMAIL,
    connect_by_hand,
    here,
    move_in,
    schedule_soon,
    today,
    wait_until_state,
    write_post,
)
from waypost.tests.product import Product

pytestmark = pytest.mark.browser

TEXT = "Nova dišava: smreka in med 🌲\n\nKatero bi prižgali najprej?"
ALT = "Zelena sveča na leseni mizi"
POSTED = "https://www.instagram.com/p/abc123/"


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "sveca.png"
    path.write_bytes(picture_bytes(800, 600, colour="seagreen"))
    return path


def add_goal(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go(here(visitor, "goals/new/"))
    page.get_by_label("Goal", exact=True).fill("Twice as many followers")
    page.get_by_label("What is measured").fill("Instagram followers")
    page.get_by_label("Unit").fill("followers")
    page.get_by_label("Value at the start").fill("1200")
    page.get_by_label("Target value").fill("2400")
    page.get_by_label("Start", exact=True).fill(f"{today():%Y-%m-%d}")
    page.get_by_label("Deadline").fill(f"{today() + timedelta(days=180):%Y-%m-%d}")
    visitor.press("Save goal")
    page.get_by_role("heading", name="Twice as many followers", level=1).wait_for()


def add_initiative(visitor: Visitor) -> None:
    page = visitor.page
    visitor.press("Add initiative")
    page.get_by_label("Initiative").first.fill("A scent every week")
    page.get_by_label("Start", exact=True).fill(f"{today():%Y-%m-%d}")
    page.get_by_label("End", exact=True).fill(f"{today() + timedelta(days=90):%Y-%m-%d}")
    visitor.press("Save initiative")
    page.get_by_text("A scent every week").first.wait_for()


def hand_over_on_a_phone(phone: Visitor) -> None:
    """From Today to the finished text, the copy button, and back with the link."""
    page = phone.page
    phone.go("/")
    page.get_by_role("main").get_by_role("link", name="Nova dišava").first.click()
    if not page.url.endswith("your-turn/"):
        phone.press("Post it now")
    page.get_by_role("button", name="Copy text").click()
    page.get_by_role("button", name="Copied").first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == TEXT
    assert page.get_by_role("img", name=ALT).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Link of the post").fill(POSTED)
    phone.press("I posted it")
    page.get_by_text("The post counts as published.").wait_for()
    assert page.get_by_role("link", name="Open the post").get_attribute("href") == POSTED


def test_a_newcomer_brings_a_goal_to_a_published_post(
    empty_product: Product, visit: Callable[..., Visitor], picture: Path
) -> None:
    desk = visit(empty_product)
    move_in(desk)
    add_goal(desk)
    add_initiative(desk)
    connect_by_hand(desk, "Instagram", "svitinsat")
    write_post(
        desk,
        TEXT,
        channels=["svitinsat"],
        pictures=[(picture, ALT)],
        initiative="A scent every week",
    )
    schedule_soon(desk)
    wait_until_state(desk, "Your turn", within=90)

    phone = visit(
        empty_product,
        viewport=PHONE,
        has_touch=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    phone.sign_in(EMAIL, PASSWORD)
    hand_over_on_a_phone(phone)

    desk.go(here(desk, "reports/"))
    row = desk.page.get_by_role("row").filter(has_text="Nova dišava")
    assert row.get_by_role("link", name="Open post").get_attribute("href") == POSTED
    assert desk.page.get_by_text("A scent every week").first.is_visible()


def test_a_post_is_written_and_scheduled_with_the_keyboard_alone(
    demo: Demo, visit_as: Callable[..., Visitor]
) -> None:
    visitor = visit_as(Role.OWNER)
    page = visitor.page
    visitor.go(here(visitor, "content/new/"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    reach(visitor, "#id_text")
    page.keyboard.type("Written by keyboard")
    channel = page.get_by_role("checkbox", name="Facebook svitinsat").get_attribute("id")
    reach(visitor, f"#{channel}")
    page.keyboard.press("Space")
    reach(visitor, ".composer-end button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/publishing/items/**")
    assert visitor.heading() == "Written by keyboard"
    reach(visitor, "form[action$='/schedule/'] button")
    page.keyboard.press("Enter")
    page.get_by_text("The post is scheduled.").wait_for()


def reach(visitor: Visitor, selector: str) -> None:
    """Press Tab until the control has the focus, and see that this is shown."""
    page = visitor.page
    for _press in range(120):
        if page.evaluate("(what) => document.activeElement.matches(what)", selector):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab does not reach {selector}")
    ring = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, s.outlineWidth, s.boxShadow]; }"
    )
    assert ring[0] not in {"none", ""} or ring[2] != "none", f"{selector}: focus is not to be seen"


def test_without_script_a_person_signs_in_writes_and_publishes(
    demo: Demo, visit: Callable[..., Visitor], picture: Path
) -> None:
    visitor = visit(demo.product, java_script_enabled=False)
    visitor.sign_in(demo.people[Role.OWNER], demo.password)
    write_post(
        visitor, "Without any script", channels=["Facebook svitinsat"], pictures=[(picture, ALT)]
    )
    visitor.press("Publish now")
    visitor.page.get_by_text("The post is on its way.").wait_for()
    wait_until_state(visitor, "Your turn")
    visitor.press("Post it now")
    assert visitor.page.get_by_role("button", name="Copy text").count() == 0
    assert "Without any script" in visitor.page.locator("#finished-text").inner_text()
    visitor.page.get_by_label("Link of the post").fill(POSTED)
    visitor.press("I posted it")
    wait_until_state(visitor, "Published")


def test_a_refused_form_keeps_what_was_typed(demo: Demo, visit_as: Callable[..., Visitor]) -> None:
    visitor = visit_as(Role.OWNER)
    page = visitor.page
    visitor.go(here(visitor, "goals/new/"))
    page.get_by_label("Goal", exact=True).fill("Half a goal")
    page.get_by_label("What is measured").fill("Followers")
    page.get_by_label("Value at the start").fill("ten")
    page.get_by_label("Target value").fill("20")
    page.locator("main form").first.evaluate("(form) => { form.noValidate = true; }")
    visitor.press("Save goal")
    page.locator(".field").filter(has_text="Value at the start").locator(".field-errors").wait_for()
    assert page.get_by_label("Goal", exact=True).input_value() == "Half a goal"
    assert page.get_by_label("Value at the start").input_value() == "ten"


def test_the_language_is_changed_and_stays(demo: Demo, visit_as: Callable[..., Visitor]) -> None:
    visitor = visit_as(Role.VIEWER)
    page = visitor.page
    visitor.go(here(visitor, "goals/"))
    address = page.url
    page.locator("button[name=language][value=sl]").first.click()
    page.locator("html[lang=sl]").wait_for()
    assert (page.url, visitor.heading()) == (address, "Cilji")
    visitor.go(here(visitor, ""))
    assert page.locator("html").get_attribute("lang") == "sl"
    page.locator("button[name=language][value=en]").first.click()
    page.locator("html[lang=en]").wait_for()


PAGES = (
    "/account/login/",
    "",
    "goals/",
    "goals/new/",
    "content/calendar/",
    "content/new/",
    "library/",
    "connections/",
    "reports/",
    "people/",
)
LARGEST = 250 * 1024  # bytes over the wire, script included


@pytest.mark.parametrize("path", PAGES)
def test_the_first_load_of_a_page_is_light(
    path: str, demo: Demo, visit_as: Callable[..., Visitor], visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo.product) if path.startswith("/account/") else visit_as(Role.OWNER)
    address = path if path.startswith("/") else here(visitor, path)
    talk = visitor.context.new_cdp_session(visitor.page)
    talk.send("Network.enable")
    talk.send("Network.clearBrowserCache")
    talk.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    talk.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visitor.go(address)
    visitor.page.wait_for_load_state("networkidle")
    talk.detach()
    note_weight(path, len(sizes), int(sum(sizes)))
    assert len(sizes) >= 4
    assert sum(sizes) <= LARGEST


def note_weight(path: str, requests: int, size: int) -> None:
    """Say it on the screen, where `pytest -rP` shows it."""
    sys.stdout.write(f"{path or 'today'}: {size / 1024:.0f} KB in {requests} requests\n")

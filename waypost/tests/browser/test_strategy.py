"""A newcomer writes a strategy: from an empty business to the printed page."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from waypost.tests.chromium import PHONE, Visitor
from waypost.tests.journey import here, move_in
from waypost.tests.product import Product

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Saved \d\d:\d\d$")
ANSWERS = (
    "Dve sestri, ki vlivata sveče iz čebeljega voska",
    "Učiteljice in medicinske sestre, ki iščejo darila z zgodbo",
    None,  # three parts
    "Brez naju bi ostal parafin",
    "Na spletu v Sloveniji in Avstriji",
    "Velika livarna vodi, a je počasna",
    "Vsaka sveča nosi ime čebelarja",
    "200 evrov in dvanajst ur na teden",
    "1.000 sledilcev do junija",
    "Vsak torek kratek posnetek iz delavnice",
)
WORTH = ("Življenje od dela rok", "Nekaj, česar ni v trgovini", "Miren večer")


def answer_the_ten(visitor: Visitor) -> None:
    """One screen after the other, each saved by itself before going on."""
    page = visitor.page
    for number, answer in enumerate(ANSWERS, 1):
        page.wait_for_url(f"**/strategy/core/{number}/")
        fields = page.locator("form[data-autosave] textarea")
        for field, text in zip(fields.all(), (answer,) if answer else WORTH, strict=True):
            field.fill(text)
        expect(page.locator("[data-said]")).to_have_text(SAVED, timeout=5_000)
        visitor.press("Save and finish section" if number == len(ANSWERS) else "Save and go on")


def test_a_newcomer_comes_from_an_empty_business_to_the_printed_page(
    empty_product: Product, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    visitor = visit(empty_product)
    move_in(visitor, "Jantar in vosek")
    page = visitor.page
    page.get_by_role("link", name="Strategy", exact=True).first.click()
    visitor.press("Start with the first question")
    answer_the_ten(visitor)
    page.wait_for_url("**/strategy/core/")

    visitor.go(here(visitor, "strategy/"))
    expect(page.get_by_text("10 of 10").or_(page.get_by_text("Done")).first).to_be_visible()
    visitor.go(here(visitor, "strategy/one-page/print/"))
    for text in (*filter(None, ANSWERS), *WORTH):
        expect(page.get_by_text(text).first).to_be_visible()

    printed = tmp_path / "page.pdf"
    page.pdf(path=printed, format="A4", prefer_css_page_size=True)
    told = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, check=True)
    text = told.stdout.decode()
    assert text.count("\f") == 1  # one page
    assert "Dve sestri, ki vlivata" in text


def test_an_example_is_a_start_and_a_fact_fills_the_page_by_itself(
    empty_product: Product, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(empty_product)
    move_in(visitor, "Jantar in vosek")
    page = visitor.page
    visitor.go(here(visitor, "strategy/mission/3/"))
    page.get_by_role("button", name="Use as a start").click()
    field = page.locator("form[data-autosave] textarea").first
    expect(field).to_have_value("Their five minutes of coffee become a break that they notice.")
    expect(page.locator("[data-said]")).to_have_text(SAVED, timeout=5_000)

    visitor.go(here(visitor, "strategy/core/4/"))
    expect(page.get_by_text("It is used as long as you write nothing here.")).to_be_visible()
    expect(page.locator("[data-example]")).to_have_text(
        "Their five minutes of coffee become a break that they notice."
    )


def test_a_finding_becomes_a_goal_on_a_phone(
    empty_product: Product, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(empty_product, viewport=PHONE, has_touch=True)
    move_in(visitor, "Jantar in vosek")
    page = visitor.page
    visitor.go(here(visitor, "strategy/swot/"))
    page.get_by_label("Add to Opportunities").fill("Cafés look for local candles")
    page.locator("#opportunities").get_by_role("button", name="Add point").click()
    expect(page.locator("#opportunities").get_by_text("Cafés look").first).to_be_visible()
    page.get_by_role("textbox", name="Therefore we will …").fill("Write to twenty cafés")
    visitor.press("Add conclusion")
    page.get_by_role("link", name="Make something of it").click()
    page.get_by_label("A new goal").check()
    visitor.press("Go on")
    expect(page.get_by_label("Goal", exact=True)).to_have_value("Write to twenty cafés")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

"""Chromium as a visitor uses it, with an ear for everything that goes wrong in a page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Response,
    ViewportSize,
)

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
SCREENS = Path("var") / "screens"


@contextmanager
def browser_of(playwright: Playwright) -> Iterator[Browser]:
    """Chromium with a fresh profile; skips the test where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("the package chromium is missing")
    browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


class Visitor:
    """One person's browser window at one Waypost.

    ``troubles`` gathers script errors, policy violations, missing files and broken answers
    of every page; ``close`` fails when there are any.
    """

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        options = {"viewport": WIDE, "reduced_motion": "reduce", "locale": "en-GB", **options}
        self.context: BrowserContext = browser.new_context(**{"base_url": url, **options})
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.troubles: list[str] = []
        self.url = url
        self.page.on("console", lambda message: self._heard(message.type, message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, kind: str, text: str) -> None:
        # A refused form answers 422, which Chromium calls an error too; `_answered` judges.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.troubles.append(f"console on {self.page.url}: {text}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.troubles.append(f"{response.status} {response.url}")

    def go(self, path: str) -> int:
        """Open ``path``; answers the status."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def sign_in(self, email: str, password: str) -> None:
        self.go("/account/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Sign in")
        self.page.wait_for_url("**/b/**")

    def enter(self, session: str, path: str) -> None:
        """Open ``path`` as whoever that session belongs to."""
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        self.go(path)

    def press(self, name: str) -> None:
        """Press the button or follow the link of that name."""
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()

    def press_first(self, name: str) -> None:
        """Press the visible button of that name, where a hidden one stands before it."""
        self.page.get_by_role("button", name=name, exact=True).last.click()

    def heading(self) -> str:
        return " ".join((self.page.locator("h1").inner_text()).split())

    def picture(self, name: str) -> None:
        """Keep a screenshot of the whole page for people to look at."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    def close(self) -> None:
        self.context.close()
        assert self.troubles == []

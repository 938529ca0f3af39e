"""What a person does in the pages, one function for each thing they want."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from waypost.tests.chromium import Visitor
from waypost.tests.factories import PASSWORD

ZONE = ZoneInfo("Europe/Ljubljana")
EMAIL = "olga@example.com"


def today() -> date:
    return datetime.now(ZONE).date()


def move_in(visitor: Visitor, business: str = "Svit in sat") -> None:
    """Fill in the first page; ends on Today."""
    page = visitor.page
    visitor.go("/")
    page.get_by_label("Your name").fill("Olga Owner")
    page.get_by_label("Your e-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name of the business").fill(business)
    page.get_by_label("Time zone").select_option("Europe/Ljubljana")
    visitor.press("Create account and business")
    page.wait_for_url("**/b/**")


def here(visitor: Visitor, path: str) -> str:
    """The address of ``path`` in the business whose page is open."""
    slug = visitor.page.url.split("/b/")[1].split("/")[0]
    return f"/b/{slug}/{path}"


def connect_by_hand(visitor: Visitor, network: str, handle: str) -> None:
    """An account at any network, posted to by the person."""
    visitor.go(here(visitor, "connections/choose/"))
    visitor.press("Choose Post by hand")
    visitor.page.get_by_label("Network").select_option(label=network)
    visitor.page.get_by_label("Account name or link to your profile").fill(handle)
    visitor.press("Connect account")
    visitor.page.get_by_text(f"{handle} is connected.").wait_for()


def connect_bluesky(visitor: Visitor, *, handle: str, password: str, server: str) -> None:
    """Fill in and send the form; where it leads is for the test to say."""
    visitor.go(here(visitor, "connections/choose/"))
    visitor.press("Choose Bluesky")
    page = visitor.page
    page.get_by_label("Handle").fill(handle)
    page.get_by_label("App password").fill(password)
    page.get_by_label("Server").fill(server)
    visitor.press("Connect account")


def write_post(
    visitor: Visitor,
    text: str,
    *,
    channels: Sequence[str],
    link: str = "",
    pictures: Sequence[tuple[Path, str]] = (),
    initiative: str = "",
) -> None:
    """Fill in the composer and save; ends on the item's page. ``pictures`` are (file, alt)."""
    visitor.go(here(visitor, "content/new/"))
    page = visitor.page
    if pictures:
        page.get_by_label("Add pictures").set_input_files([path for path, _alt in pictures])
        visitor.press("Upload and describe")
        for number, (_path, alt) in enumerate(pictures, start=1):
            page.get_by_label(f"Description of picture {number}").fill(alt)
    page.get_by_role("textbox", name="Text optional", exact=True).fill(text)
    page.get_by_role("textbox", name="Link optional", exact=True).fill(link)
    for channel in channels:
        page.get_by_role("checkbox", name=channel).check()
    if initiative:
        page.get_by_text("Plan: goal, product, people").click()
        page.get_by_label("Initiative").select_option(label=initiative)
    visitor.press_first("Save draft")
    page.wait_for_url("**/publishing/items/**")


def schedule_soon(visitor: Visitor) -> datetime:
    """Schedule the open item for the next full minute that is far enough; answers it."""
    due = datetime.now(ZONE) + timedelta(seconds=75)
    due = due.replace(second=0, microsecond=0)
    visitor.page.get_by_label("Day").fill(f"{due:%Y-%m-%d}")
    visitor.page.get_by_label("Time", exact=True).fill(f"{due:%H:%M}")
    visitor.press("Schedule post")
    visitor.page.get_by_text("The post is scheduled.").wait_for()
    return due


def wait_until_state(visitor: Visitor, word: str, *, within: float = 30.0) -> None:
    """Look at the item's page until its one channel is in that state."""
    state = visitor.page.locator(".channel-head .status").filter(has_text=word)
    address = visitor.page.url
    for _look in range(int(within)):
        visitor.page.goto(address)
        if state.count():
            return
        visitor.page.wait_for_timeout(1000)
    raise AssertionError(f"not {word}: {visitor.page.locator('main').inner_text()}")

"""The calendar as a file, with where each post stands and what it brought."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import icalendar
import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from waypost.accounts.models import Business, User
from waypost.content.exchange.export import FORMATS, CalendarFile
from waypost.content.models import Status
from waypost.insights.calendar_files import outcomes
from waypost.publishing.models import Status as DeliveryStatus
from waypost.tests import factories

pytestmark = pytest.mark.django_db
OCTOBER = dt.datetime(2026, 10, 12, 16, 30, tzinfo=dt.UTC)


@pytest.fixture
def page(business: Business) -> Any:
    return factories.make_connection(business, handle="candles")


@pytest.fixture
def browser(owner: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(owner)


def published(business: Business, page: Any) -> Any:
    item = factories.make_item(
        business, channels=[page], title="Out", due_at=OCTOBER, status=Status.PUBLISHED
    )
    delivery = factories.make_delivery(
        item, page, status=DeliveryStatus.PUBLISHED, remote_url="https://facebook.com/1"
    )
    factories.make_snapshot(
        delivery, taken_at=timezone.now() - dt.timedelta(days=1), likes=3, comments=4
    )
    return item


def ask(browser: Client, business: Business, format_name: str, query: str = "") -> Any:
    address = reverse("insights:calendar_file", args=[business.slug, format_name])
    return browser.get(f"{address}?{query}")


def table(content: bytes, sign: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=sign))


def test_a_published_post_says_where_it_stands_and_what_it_brought(
    browser: Client, business: Business, page: Any
) -> None:
    published(business, page)
    [row] = table(ask(browser, business, "csv").content)
    assert (row["Published at"], row["Interactions"]) == ("https://facebook.com/1", "7")
    assert (row["Date"], row["Time"], row["Channel"], row["Status"]) == (
        "2026-10-12",
        "18:30",
        "Facebook candles",
        "Published",
    )


def test_the_filters_of_the_calendar_are_kept(
    browser: Client, business: Business, page: Any
) -> None:
    published(business, page)
    factories.make_item(business, title="November", due_at=OCTOBER + dt.timedelta(days=30))
    factories.make_item(business, title="Someday")

    def titles(query: str) -> list[str]:
        return [row["Title"] for row in table(ask(browser, business, "csv", query).content)]

    assert titles("") == ["Out", "November", "Someday"]
    assert titles("month=2026-10") == ["Out"]
    assert titles("month=2026-11&view=list") == ["November"]
    assert titles("period=all&month=2026-10") == ["Out", "November", "Someday"]
    assert titles(f"channel={page.pk}") == ["Out"]
    assert titles("status=draft") == ["November", "Someday"]
    assert titles("q=some") == ["Someday"]
    assert titles("channel=nonsense&month=never") == titles(f"month={timezone.localdate():%Y-%m}")


@pytest.mark.parametrize(
    ("language", "query", "sign"),
    [("en", "", ","), ("sl", "", ";"), ("en", "separator=;", ";"), ("sl", "separator=,", ",")],
)
def test_the_sign_between_cells_follows_the_language_or_the_choice(
    browser: Client, business: Business, owner: User, language: str, query: str, sign: str
) -> None:
    User.objects.filter(pk=owner.pk).update(language=language)
    content = ask(browser, business, "csv", query).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0].count(sign) == 24


def test_what_a_spreadsheet_would_run_is_defused(
    browser: Client, business: Business, page: Any
) -> None:
    evil = '=HYPERLINK("https://evil.example","Look")'
    factories.make_item(business, title=evil, text=evil, tags="+1", channels=[page])
    [row] = table(ask(browser, business, "csv").content)
    assert (row["Title"], row["Text"], row["Tags"]) == (f"'{evil}", f"'{evil}", "'+1")
    book = openpyxl.load_workbook(io.BytesIO(ask(browser, business, "xlsx").content))
    cells = [cell for line in book.worksheets[0].iter_rows(min_row=3) for cell in line]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_the_workbook_is_frozen_filtered_and_offers_words(
    browser: Client, business: Business, page: Any
) -> None:
    published(business, page)
    book = openpyxl.load_workbook(io.BytesIO(ask(browser, business, "xlsx").content))
    sheet, words = book.worksheets
    assert (sheet.title, words.title) == ("Calendar", "Words")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("F3", "A2:Y3")
    assert [cell.value for cell in sheet[2]][:6] == [
        "Date",
        "Time",
        "Channel",
        "Type",
        "Title",
        "Text",
    ]
    assert sheet["A3"].value == dt.datetime(2026, 10, 12)
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists["C3"] == "'Words'!$A$2:$A$2"
    assert words["A2"].value == "Facebook candles"
    assert [row[0] for row in words.iter_rows(min_col=10, max_col=10, values_only=True)] == [
        "Status",
        "Idea",
        "Draft",
        "In review",
        "Approved",
        "Scheduled",
        *[None] * (words.max_row - 6),
    ]


def test_buffers_file_has_its_own_shape(browser: Client, business: Business, page: Any) -> None:
    soon = dt.datetime(2026, 10, 12, 16, 30, tzinfo=dt.UTC)
    factories.make_item(
        business,
        channels=[page],
        text='Say "hi"',
        link="https://shop.example",
        due_at=soon,
        tags="wax",
    )
    published(business, page)
    answer = ask(browser, business, "buffer", f"channel={page.pk}")
    assert answer["Content-Disposition"] == 'attachment; filename="candle-shop-buffer.csv"'
    assert answer.content.decode() == (
        '"Text","Image URL","Tags","Posting Time"\r\n'
        '"Say ""hi""\n\nhttps://shop.example","","wax","2026-10-12 18:30"\r\n'
    )


def test_buffers_file_needs_a_channel_and_takes_a_hundred_posts(
    browser: Client, business: Business, page: Any
) -> None:
    answer = ask(browser, business, "buffer", "month=2026-10")
    assert answer["Location"] == (
        reverse("content:exchange", args=[business.slug]) + "?month=2026-10"
    )
    for place in range(101):
        at = OCTOBER + dt.timedelta(minutes=place)
        factories.make_item(business, channels=[page], due_at=at)
    many = ask(browser, business, "buffer", f"channel={page.pk}")
    assert many.status_code == 302
    assert "at most 100 posts" in browser.get(many["Location"]).content.decode()


def test_the_month_is_a_page_to_pin_on_a_wall(
    browser: Client, business: Business, page: Any
) -> None:
    published(business, page)
    answer = ask(browser, business, "pdf", "month=2026-10")
    assert answer.content.startswith(b"%PDF")
    assert "candle-shop-calendar-2026-10.pdf" in answer["Content-Disposition"]


def test_the_calendar_file_has_every_post_with_a_time(
    browser: Client, business: Business, page: Any
) -> None:
    published(business, page)
    factories.make_item(business, title="No time")
    told: Any = icalendar.Calendar.from_ical(ask(browser, business, "ics").content)
    assert [str(event["SUMMARY"]) for event in told.walk("VEVENT")] == ["[Facebook] Out"]


@pytest.mark.parametrize("format_name", sorted(FORMATS))
@pytest.mark.parametrize("language", ["en", "sl"])
def test_every_format_has_a_blank_template(
    business: Business, page: Any, format_name: str, language: str, tmp_path: Any
) -> None:
    published(business, page)
    out = tmp_path / "blank"
    words = ["--format", format_name, "--blank", "--lang", language, "--out", str(out)]
    call_command("export_file", "calendar", *words)
    content = out.read_bytes()
    assert content
    assert b"facebook.com" not in content
    with translation.override(language):
        filled = CalendarFile(business, blank=True).write(format_name)
    assert filled


def test_an_unknown_format_is_not_found(browser: Client, business: Business) -> None:
    assert ask(browser, business, "exe").status_code == 404


def test_a_thousand_posts_cost_as_few_queries_as_ten(business: Business, page: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            CalendarFile(business, outcomes=outcomes).write("csv")
        return len(queries)

    for _each in range(2):
        published(business, page)
    few = asked()
    for _each in range(20):
        published(business, page)
    assert asked() == few


def test_the_page_shows_every_way_out(browser: Client, business: Business, page: Any) -> None:
    address = reverse("content:exchange", args=[business.slug])
    shown = browser.get(f"{address}?month=2026-10&channel={page.pk}").content.decode()
    for format_name in FORMATS:
        assert reverse("insights:calendar_file", args=[business.slug, format_name]) in shown
    assert 'value="2026-10"' in shown
    assert f'<option value="{page.pk}" selected>' in shown

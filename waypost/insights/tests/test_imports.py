"""Numbers out of files, as the networks' own tools export them."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.documents.kinds import BadFile, RowError
from waypost.insights.imports import (
    Choices,
    Plan,
    bring,
    first_choices,
    what_lacks,
)
from waypost.insights.metric_files import read_table
from waypost.insights.models import NumbersMemory, Reading, Source
from waypost.insights.store import Entry, Holder, holders, record
from waypost.kit.days import DAY_FIRST, MONTH_FIRST
from waypost.market.models import Channel
from waypost.tests import factories

SignIn = Callable[[User], Client]
D = Decimal

META = """sep=,
"Instagram reach"
"Date","Primary"
"2026-09-01T00:00:00","1204"
"2026-09-02T00:00:00","1310"
"""
X = """Date,Impressions,Likes,Engagements,Bookmarks,Shares,New follows,Replies,Reposts
"Tue, Sep 1, 2026",1200,15,44,2,1,3,4,5
"Wed, Sep 2, 2026",900,11,30,0,0,1,2,1
"""
LINKEDIN = """Sums of all posts of the page,,,
Date,Impressions (total),Clicks (total),Reactions (total)
09/01/2026,510,12,20
09/13/2026,610,9,25
"""
TIKTOK = "Date,Video Views,Profile Views,Likes,Comments,Shares\n2026-09-01,800,12,40,2,1\n"
YOUTUBE = """Date,Views,Watch time (hours),Subscribers,Impressions
Total,300,12.4,5,4000
2026-09-01,100,4.1,2,1500
2026-09-02,200,8.3,3,2500
"""
PINTEREST = """Analytics overview
Date range: 2026-09-01 - 2026-09-02
Date,Impressions,Engagements,Outbound clicks,Saves
2026-09-01,3000,80,12,31
"""
GA = """# ----------------------------------------
# Traffic acquisition
# Start date: 20260901
# ----------------------------------------
Date,Session source / medium,Sessions,Key events,Total revenue
20260901,instagram / social,40,3,120.50
20260901,facebook / social,25,1,47.90
Grand total,,65,4,168.40
"""
FILES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "meta": (META, [("reach", "2026-09-01", "1204"), ("reach", "2026-09-02", "1310")]),
    "x": (
        X,
        [
            ("comments", "2026-09-01", "4"),
            ("engagement", "2026-09-01", "44"),
            ("impressions", "2026-09-01", "1200"),
            ("likes", "2026-09-01", "15"),
            ("saves", "2026-09-01", "2"),
            ("shares", "2026-09-01", "1"),
        ],
    ),
    "linkedin": (
        LINKEDIN,
        [
            ("impressions", "2026-09-01", "510"),
            ("likes", "2026-09-01", "20"),
            ("link_clicks", "2026-09-01", "12"),
        ],
    ),
    "tiktok": (
        TIKTOK,
        [
            ("comments", "2026-09-01", "2"),
            ("likes", "2026-09-01", "40"),
            ("shares", "2026-09-01", "1"),
            ("views", "2026-09-01", "800"),
        ],
    ),
    "youtube": (YOUTUBE, [("impressions", "2026-09-01", "1500"), ("views", "2026-09-01", "100")]),
    "pinterest": (
        PINTEREST,
        [
            ("engagement", "2026-09-01", "80"),
            ("impressions", "2026-09-01", "3000"),
            ("link_clicks", "2026-09-01", "12"),
            ("saves", "2026-09-01", "31"),
        ],
    ),
}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(business: Business) -> Connection:
    return factories.make_connection(business, handle="our.page")


def take(business: Business, text: str | bytes, name: str = "numbers.csv", **said: Any) -> Plan:
    content = text.encode() if isinstance(text, str) else text
    table = read_table(content, name)
    first = first_choices(business, table, name)
    choices = Choices(**{**vars(first), **said})
    return bring(business, table, choices, by=None, dry_run=False)


def kept() -> list[tuple[str, str, str]]:
    rows = Reading.objects.order_by("date", "metric").values_list("metric", "date", "value")
    return [(metric, day.isoformat(), f"{value.normalize():f}") for metric, day, value in rows]


def errors(plan: Plan) -> dict[int, str]:
    return {error.row: error.message for error in plan.errors}


@pytest.mark.parametrize("tool", FILES)
def test_the_export_of_each_networks_own_tool_is_understood(
    business: Business, page: Connection, tool: str
) -> None:
    text, expected = FILES[tool]
    plan = take(business, text)
    assert plan.errors == []
    assert [row for row in kept() if row in expected] == expected
    assert {row[0] for row in kept()} == {row[0] for row in expected}


def test_rows_of_several_sources_are_added_up_when_one_says_so(
    business: Business, page: Connection
) -> None:
    take(business, GA, adds=True)
    assert kept() == [
        ("key_events", "2026-09-01", "4"),
        ("revenue", "2026-09-01", "168.4"),
        ("sessions", "2026-09-01", "65"),
    ]


def test_without_that_the_last_row_counts_and_it_is_told(
    business: Business, page: Connection
) -> None:
    plan = take(business, GA)
    assert ("sessions", "2026-09-01", "25") in kept()
    assert plan.notes[0] == RowError(
        7, "Visits of 2026-09-01 stands in the file twice; the last one counts."
    )


def test_a_file_brought_in_twice_doubles_nothing(business: Business, page: Connection) -> None:
    assert take(business, TIKTOK).recorded.added == 4
    again = take(business, TIKTOK.replace("800", "850"))
    assert (again.recorded.added, again.recorded.changed, again.recorded.unchanged) == (0, 1, 3)
    assert Reading.objects.count() == 4
    assert Reading.objects.get(metric="views").value == 850


def test_a_file_goes_before_what_was_pulled(business: Business, page: Connection) -> None:
    day = Entry("views", date(2026, 9, 1), D(1))
    record(Holder(None, page), [day], source=Source.PULLED)
    take(business, TIKTOK)
    row = Reading.objects.get(metric="views")
    assert (row.value, row.source) == (D(800), "imported")


def test_windows_1250_decimal_commas_and_slovenian_words(
    business: Business, page: Connection
) -> None:
    text = "Datum;Všečki;Ogledi;Prihodki;Naročila\n30. 9. 2026;1.234;12 345;1.861,50 €;19\n"
    take(business, text.encode("cp1250"))
    assert kept() == [
        ("likes", "2026-09-30", "1234"),
        ("orders", "2026-09-30", "19"),
        ("revenue", "2026-09-30", "1861.5"),
        ("views", "2026-09-30", "12345"),
    ]


def test_american_dates_are_told_by_a_day_above_twelve(
    business: Business, page: Connection
) -> None:
    assert read_table(LINKEDIN.encode(), "").order(0) == MONTH_FIRST


def test_neighbouring_days_tell_their_order(business: Business, page: Connection) -> None:
    def order(*days: str) -> str:
        return read_table(
            f"Date,Likes\n{''.join(f'{day},1{chr(10)}' for day in days)}".encode(), ""
        ).order(0)

    assert order("09/01/2026", "09/02/2026", "09/03/2026") == MONTH_FIRST
    assert order("01/09/2026", "02/09/2026", "03/09/2026") == DAY_FIRST
    assert order("04/05/2026") == ""


def test_days_that_nobody_can_tell_are_asked_for(business: Business, page: Connection) -> None:
    table = read_table(b"Date,Likes\n04/05/2026,7\n", "")
    choices = first_choices(business, table, "")
    assert what_lacks(choices) == (
        "Days like 04/05/2026 can be read in two ways. Say which comes first."
    )
    bring(
        business, table, Choices(**{**vars(choices), "order": MONTH_FIRST}), by=None, dry_run=False
    )
    assert kept() == [("likes", "2026-04-05", "7")]


def test_bad_rows_are_told_by_their_number_and_the_others_come_in(
    business: Business, page: Connection
) -> None:
    text = (
        "Date,Followers,Likes,Revenue\n"
        "2026-09-01,-5,1,\n"
        "2026-09-02,100,many,\n"
        "2026-09-31,100,1,\n"
        "2026-11-05,100,1,\n"
        "2026-09-06,100.5,1,\n"
        "someday,100,1,\n"
        "2026-09-08,120,9,-12.50\n"
    )
    plan = take(business, text)
    assert errors(plan) == {
        2: "Followers cannot be below 0, and here stands -5.",
        3: "“many” is not a number. Write it like this: 1234.5",
        4: "“2026-09-31” is not a day. Write it like this: 2026-10-12",
        5: "The day 2026-11-05 is still to come.",
        6: "Followers is counted in whole numbers, and here stands 100.5.",
        7: "“someday” is not a day. Write it like this: 2026-10-12",
    }
    assert kept() == [
        ("followers", "2026-09-08", "120"),
        ("likes", "2026-09-08", "9"),
        ("revenue", "2026-09-08", "-12.5"),
    ]


def test_empty_cells_and_dashes_are_no_zeros(business: Business, page: Connection) -> None:
    take(business, "Date,Likes,Comments,Shares\n2026-09-01,,–,0\n")
    assert kept() == [("shares", "2026-09-01", "0")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty."),
        ("Date,Likes,Views\n", "The file has headings but no day with numbers below them."),
        (
            "Date,Likes\nTotal,5\n",
            None,
        ),
        ("just words\nand more\n", "No table was found. One line must name the columns"),
        ("a,b\n1,2\n", "No table was found."),
    ],
)
def test_a_file_without_numbers_says_what_is_missing(
    business: Business, page: Connection, text: str, words: str | None
) -> None:
    if words is None:
        assert take(business, text).number == 0
        return
    with pytest.raises(BadFile) as error:
        take(business, text)
    assert str(error.value).startswith(words)


def test_months_are_kept_as_months_and_levels_on_their_last_day(
    business: Business, page: Connection
) -> None:
    take(business, "Month;Followers;Likes\n2026-08;90;7\nSeptember 2026;100;8\nokt. 2026;;\n")
    rows = Reading.objects.order_by("metric", "date").values_list("metric", "span", "date")
    assert list(rows) == [
        ("followers", "day", date(2026, 8, 31)),
        ("followers", "day", date(2026, 9, 30)),
        ("likes", "month", date(2026, 8, 1)),
        ("likes", "month", date(2026, 9, 1)),
    ]


def test_one_file_may_hold_all_channels(business: Business, page: Connection) -> None:
    shop = Channel.objects.create(business=business, name="Shop", network="website")
    rows = ("our.page;2026-09;3", "@our.page;2026-08;2", "shop;2026-09;9", "X;2026-09;1")
    text = "\n".join(("Channel;Month;Orders", *rows))
    plan = take(business, text)
    assert errors(plan) == {
        5: "There is no channel called “X”. Your channels: Shop, Facebook our.page."
    }
    assert Reading.objects.get(channel=shop).value == 9
    assert [row.value for row in Reading.objects.filter(connection=page)] == [2, 3]


def test_a_channel_is_known_by_network_and_handle_as_reports_write_it(
    business: Business, page: Connection
) -> None:
    Channel.objects.create(business=business, name="German page", network="facebook", handle="de")
    rows = ("Facebook our.page;2026-09;3", "Facebook de;2026-09;9", "Facebook;2026-09;1")
    plan = take(business, "\n".join(("Channel;Month;Orders", *rows)))
    assert [(holder.name, str(entry.value)) for holder, _metric, entry in plan.rows] == [
        ("Facebook our.page", "3.00"),
        ("German page", "9.00"),
    ]
    [words] = errors(plan).values()
    assert words.startswith("Several channels are called “Facebook”: ")
    assert words.endswith(". Write one of these.")
    assert {"Facebook our.page", "German page"} == set(words.split(": ")[1][:-21].split(", "))


def test_every_channel_that_a_sentence_names_can_be_written_into_the_file(
    business: Business, page: Connection
) -> None:
    Channel.objects.create(business=business, name="Facebook", network="facebook", handle="de")
    Channel.objects.create(business=business, name="Shop", network="website")
    plan = take(business, "Channel;Month;Orders\nX;2026-09;1\n")
    [words] = errors(plan).values()
    names = words.removesuffix(".").split("Your channels: ")[1].split(", ")
    assert len(names) == 3
    text = "\n".join(["Channel;Month;Orders", *(f"{name};2026-09;5" for name in names)])
    again = take(business, text)
    assert errors(again) == {}
    assert {holder.key for holder, _metric, _entry in again.rows} == {
        holder.key for holder in holders(business)
    }


def test_an_empty_month_is_explained_and_empty_days_are_not(
    business: Business, page: Connection
) -> None:
    text = "Date;Likes\n2026-07;8\n2026-08;\nsep. 2026;–\n2026-10-01;\n"
    plan = take(business, text)
    assert [(note.row, note.message) for note in plan.notes] == [
        (3, "No number stands here for August 2026, so nothing changes."),
        (4, "No number stands here for September 2026, so nothing changes."),
    ]
    assert errors(plan) == {}


def test_what_was_said_is_remembered_for_the_next_file_of_its_kind(
    business: Business, page: Connection
) -> None:
    other = factories.make_connection(business, handle="second")
    table = read_table(TIKTOK.encode(), "")
    first = first_choices(business, table, "")
    assert what_lacks(first) == "Say of which channel the numbers are."
    meanings = tuple("" if meaning == "likes" else meaning for meaning in first.meanings)
    said = Choices(meanings, f"a{other.pk}", first.order)
    bring(business, table, said, by=None, dry_run=False)
    moved = "Likes,Date,Video Views,Profile Views,Comments,Shares\n1,2026-09-05,2,3,4,5\n"
    again = first_choices(business, read_table(moved.encode(), ""), "")
    assert again.meanings == ("", "date", "views", "", "comments", "shares")
    assert again.channel == f"a{other.pk}"


def test_a_changed_heading_is_another_kind_of_file(business: Business, page: Connection) -> None:
    take(business, TIKTOK)
    changed = TIKTOK.replace("Video Views", "Total plays")
    assert first_choices(business, read_table(changed.encode(), ""), "").meanings[1] == ""
    assert NumbersMemory.objects.count() == 1


def test_a_dry_run_counts_and_leaves_all_as_it_was(business: Business, page: Connection) -> None:
    table = read_table(TIKTOK.encode(), "")
    plan = bring(business, table, first_choices(business, table, ""), by=None, dry_run=True)
    assert (plan.recorded.added, plan.number) == (4, 4)
    assert not Reading.objects.exists()
    assert not NumbersMemory.objects.exists()


def test_the_file_may_name_its_channel(business: Business) -> None:
    for network in ("instagram", "tiktok"):
        factories.make_connection(
            business, remote_id=f"{network}:us", settings={"network": network}, handle="us"
        )
    tiktok = business.connections.get(settings__network="tiktok")
    table = read_table(TIKTOK.encode(), "")
    assert first_choices(business, table, "TikTok overview.csv").channel == f"a{tiktok.pk}"


def test_a_workbook_is_read_too(business: Business, page: Connection) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Date", "Likes", "Revenue"])
    sheet.append([date(2026, 9, 1), 5, 12.5])
    stream = io.BytesIO()
    book.save(stream)
    take(business, stream.getvalue(), "numbers.xlsx")
    assert kept() == [("likes", "2026-09-01", "5"), ("revenue", "2026-09-01", "12.5")]

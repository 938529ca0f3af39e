"""The roadmap as a file: the same numbers as on the page, and formulas that live."""

import csv
import datetime as dt
import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar
from PIL import Image

from waypost.accounts.models import Business
from waypost.goals import export
from waypost.goals.picture import pages, strips
from waypost.goals.planned import HEADINGS, planned
from waypost.goals.templatetags.numbers import pace, percent, rough
from waypost.goals.tests.plans import DAY, NOON, TODAY, Shop
from waypost.goals.timeline import Timeline
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop.open(business)


def sheet(content: bytes, place: int = 0, *, values: bool = True) -> Any:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=values)
    return book.worksheets[place]


def rows(page: Any, *, heading: int = 3) -> list[dict[str, Any]]:
    names = [cell.value for cell in page[heading]]
    return [
        dict(zip(names, (cell.value for cell in row), strict=True))
        for row in page.iter_rows(min_row=heading + 1)
    ]


# --- the workbook ---


def test_goals_head_their_initiatives(shop: Shop, business: Business) -> None:
    found = rows(sheet(export.xlsx(business)))
    assert [(row["No."], row["Initiative"], row["Goal"]) for row in found] == [
        ("1", "Answer within 3 hours", None),
        ("1.1", "Two slots a day", "Answer within 3 hours"),
        ("2", "Podvojiti občinstvo", None),
        ("2.1", "Set up the account", "Podvojiti občinstvo"),
        ("2.2", "Post every day, in German", "Podvojiti občinstvo"),
        ("2.3", "Launch", "Podvojiti občinstvo"),
        ("3", "Keep 20 boxes ready", None),
    ]


def test_a_row_tells_everything_about_an_initiative(shop: Shop, business: Business) -> None:
    found = rows(sheet(export.xlsx(business)))[4]
    assert {name: value for name, value in found.items() if isinstance(name, str)} == {
        "No.": "2.2",
        "Initiative": "Post every day, in German",
        "Goal": "Podvojiti občinstvo",
        "Owner": None,
        "Start": dt.datetime(2026, 7, 8),
        "End": dt.datetime(2026, 10, 4),
        "Duration (days)": 89,
        "Status": "In progress",
        "Progress %": 52,
        "Depends on": "2.1",
        "Risk": "High",
        "Resources": "=SUM(A1)\nMaja",
        "Budget": 240,
    }


def test_the_owner_is_a_person_or_a_role(shop: Shop, business: Business) -> None:
    found = rows(sheet(export.xlsx(business)))
    assert [found[place]["Owner"] for place in (1, 5)] == ["Olga Owner", "Advertising"]


def test_duration_and_sums_are_formulas(shop: Shop, business: Business) -> None:
    page = sheet(export.xlsx(business), values=False)
    assert page["G8"].value == '=IF(OR(E8="",F8=""),"",F8-E8+1)'
    assert page["M6"].value == '=IF(COUNT(M7:M9)=0,"",SUM(M7:M9))'
    assert sheet(export.xlsx(business))["M6"].value == 240.5


def test_the_grid_begins_on_a_monday_and_goes_on_by_formula(shop: Shop, business: Business) -> None:
    page = sheet(export.xlsx(business), values=False)
    assert page["O3"].value == "=N3+7"
    assert page["C2"].value == "=TODAY()"
    shown = sheet(export.xlsx(business))
    assert (shown["N3"].value, shown["C2"].value) == (
        dt.datetime(2026, 3, 30),
        dt.datetime(2026, 10, 12),
    )


def test_a_milestone_is_a_diamond_in_its_week(shop: Shop, business: Business) -> None:
    page = sheet(export.xlsx(business))
    found = [
        page.cell(3, cell.column).value
        for row in page.iter_rows(min_row=4, min_col=14)
        for cell in row
        if cell.value == "◆"
    ]
    assert found == [dt.datetime(2026, 11, 2)]


def test_bars_are_conditional_formats_over_the_grid(shop: Shop, business: Business) -> None:
    page = sheet(export.xlsx(business), values=False)
    last = page.cell(3, page.max_column).column_letter
    found = {
        str(area.sqref): [rule.formula[0] for rule in area.rules]
        for area in page.conditional_formatting
    }
    assert sorted(found) == ["F4:F10", f"N3:{last}10", f"N4:{last}10"]
    assert found[f"N3:{last}10"] == ["AND($C$2>=N$3,$C$2<=(N$3+6))"]
    assert found[f"N4:{last}10"][-1] == 'AND($E4<>"",$E4<=(N$3+6),$F4>=N$3)'
    assert page.freeze_panes == "C4"


def test_status_risk_and_goal_are_chosen_from_lists(shop: Shop, business: Business) -> None:
    page = sheet(export.xlsx(business), values=False)
    found = {str(each.sqref): each.formula1 for each in page.data_validations.dataValidation}
    assert found == {
        "C4:C10": "'Goals'!$B$4:$B$6",
        "H4:H10": '"Planned,In progress,On hold,Done,Dropped"',
        "I4:I10": "0",
        "K4:K10": '"Low,Medium,High"',
    }


def test_the_goals_say_what_their_pages_say(shop: Shop, business: Business, page: Client) -> None:
    found = {row["Goal"]: row for row in rows(sheet(export.xlsx(business), 1))}
    for goal, words in (
        (shop.audience, ["50.2", "55.7", "0.90", "11,400", "Slightly behind"]),
        (shop.replies, ["90", "84.6", "1.06", "2.6", "On track"]),
    ):
        row = found[goal.title]
        shown = [
            percent(Decimal(str(row["Progress"])), 1).removesuffix("\u00a0%"),
            percent(Decimal(str(row["Expected"])), 1).removesuffix("\u00a0%"),
            pace(Decimal(str(row["Pace"]))),
            rough(Decimal(str(row["Forecast at the deadline"]))),
            row["Status"],
        ]
        assert shown == words
        answer = page.get(reverse("goals:goal", args=[business.slug, goal.pk]))
        assert words[3] in answer.content.decode()


def test_every_number_of_a_goal_is_a_formula(shop: Shop, business: Business) -> None:
    found = rows(sheet(export.xlsx(business), 1, values=False))[1]
    live = [name for name, value in found.items() if str(value).startswith("=IF($B5=")]
    assert live == [
        "Progress",
        "Expected",
        "Pace",
        "Forecast at the deadline",
        "Reached on",
        "Needed per week",
        "Status",
    ]


def test_what_cannot_be_computed_is_a_dash(shop: Shop, business: Business) -> None:
    found = rows(sheet(export.xlsx(business), 1))[2]
    assert [found[name] for name in ("Progress", "Pace", "Forecast at the deadline", "Status")] == [
        "–",
        "–",
        "–",
        "On track",
    ]


def test_a_title_that_looks_like_a_formula_stays_a_title(business: Business) -> None:
    goal = factories.make_goal(business, title='=HYPERLINK("http://bad.example")')
    factories.make_initiative(goal, title="@SUM(A1)")
    content = export.xlsx(business)
    assert [row["Initiative"] for row in rows(sheet(content))] == [goal.title, "@SUM(A1)"]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"HYPERLINK" not in file.read("xl/worksheets/sheet1.xml")


def test_a_long_plan_is_drawn_in_months(business: Business) -> None:
    goal = factories.make_goal(
        business, start_date=dt.date(2025, 1, 15), deadline_date=dt.date(2027, 12, 31)
    )
    factories.make_initiative(goal)
    page = sheet(export.xlsx(business), values=False)
    assert (page["O3"].value, sheet(export.xlsx(business))["N3"].value) == (
        "=EDATE(N3,1)",
        dt.datetime(2025, 1, 1),
    )
    assert Timeline.over(planned(business)).cells[-1][1] == dt.date(2028, 6, 1)


@pytest.mark.parametrize("language", ["en", "sl"])
def test_a_blank_template_has_formulas_and_nothing_else(language: str) -> None:
    with translation.override(language):
        content = export.xlsx(None, blank=True)
    live, shown = sheet(content, values=False), sheet(content)
    assert [live[f"G{line}"].value for line in (4, 43)] == [
        '=IF(OR(E4="",F4=""),"",F4-E4+1)',
        '=IF(OR(E43="",F43=""),"",F43-E43+1)',
    ]
    cells = [cell.value for row in shown.iter_rows(min_row=4, max_col=13) for cell in row]
    assert {value for value in cells if value} == set()
    goals = sheet(content, 1)
    assert {cell.value for row in goals.iter_rows(min_row=4) for cell in row} <= {None, ""}


def test_headings_speak_the_language_that_is_asked_for(shop: Shop, business: Business) -> None:
    with translation.override("sl"):
        page = sheet(export.xlsx(business))
        expected = [str(word) for word in HEADINGS.values()]
        assert page["E5"].number_format == "d. m. yyyy"
    assert [cell.value for cell in page[3]][:13] == expected


# --- text, pictures, pages, days ---


def test_a_csv_holds_the_table_without_the_grid(shop: Shop, business: Business) -> None:
    text = export.csv(business).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text)))
    assert len(found[0]) == 13
    assert found[5] == [
        "2.2",
        "Post every day, in German",
        "Podvojiti občinstvo",
        "",
        "2026-07-08",
        "2026-10-04",
        "89",
        "In progress",
        "52",
        "2.1",
        "High",
        "'=SUM(A1)\r\nMaja",
        "240",
    ]


def texts(content: bytes) -> list[str]:
    tree = ElementTree.fromstring(content)  # noqa: S314 - our own
    return [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_the_drawing_says_in_words_what_it_shows(shop: Shop, business: Business) -> None:
    words = texts(export.svg(business))
    assert "2.2  Post every day, in German" in words
    assert "In progress, 52 % – late" in words
    assert "Today 12 October" in words
    assert words[-7:] == [
        "done",
        "planned",
        "until the goal is reached",
        "approved plan",
        "milestone",
        "today",
        "late",
    ]


def test_a_bar_is_as_long_as_its_days(shop: Shop, business: Business) -> None:
    tree = ElementTree.fromstring(export.svg(business))  # noqa: S314 - our own
    bars = [
        float(each.attrib["width"])
        for each in tree.iter("{http://www.w3.org/2000/svg}rect")
        if each.attrib.get("stroke") and float(each.attrib["y"]) < 104 + 28 * 7
    ]
    days = [shop.habits.days, shop.account.days, shop.posts.days]
    assert [round(width / bars[0] * days[0]) for width in bars] == days


def test_a_drawing_in_parts_repeats_the_goal(business: Business) -> None:
    goal = factories.make_goal(business, title="Sell more")
    for _number in range(30):
        factories.make_initiative(goal)
    plan = planned(business)
    parts = pages(plan, 18)
    assert [len(part) for part in parts] == [18, 14]
    assert parts[1][0].goes_on
    assert sum(strip.initiative is not None for part in parts for strip in part) == 30
    assert len(strips(plan)) == 31


def test_the_picture_is_a_png_of_the_drawing(shop: Shop, business: Business) -> None:
    with Image.open(io.BytesIO(export.png(business))) as picture:
        assert (picture.format, picture.width) == ("PNG", 1980)


def pdf_text(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils), so the PDF cannot be read back.")
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def test_the_pages_hold_the_picture_and_the_tables(shop: Shop, business: Business) -> None:
    text = pdf_text(export.pdf(business))
    for words in (
        "Candle shop",
        "Podvojiti občinstvo",
        "50.2 %",
        "0.90",
        "11,400",
        "Launch",
        "240",
    ):
        assert words in text.replace("\u00a0", " ")
    assert text.count("Two slots a day") == 2


def test_a_blank_page_has_only_headings(business: Business) -> None:
    text = pdf_text(export.pdf(business, blank=True))
    assert ("Initiative" in text, "Candle shop" in text) == (True, True)


def events(content: bytes) -> list[tuple[dt.date, str, str, int]]:
    return [
        (
            each.decoded("dtstart"),
            str(each["summary"]),
            str(each["uid"]),
            int(str(each["sequence"])),
        )
        for each in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_a_calendar_holds_deadlines_and_ends_that_are_still_to_come(
    shop: Shop, business: Business
) -> None:
    assert [(day, summary) for day, summary, _uid, _number in events(export.ics(business))] == [
        (dt.date(2026, 10, 4), "Ends: Post every day, in German"),
        (dt.date(2026, 11, 2), "Milestone: Launch"),
        (dt.date(2026, 11, 15), "Deadline: Answer within 3 hours"),
        (dt.date(2026, 11, 15), "Ends: Two slots a day"),
        (dt.date(2026, 12, 31), "Deadline: Podvojiti občinstvo"),
        (dt.date(2027, 1, 31), "Deadline: Keep 20 boxes ready"),
    ]


def test_a_later_calendar_replaces_the_days_of_an_earlier_one(
    shop: Shop, business: Business
) -> None:
    before = {uid: number for _day, _summary, uid, number in events(export.ics(business))}
    with time_machine.travel(NOON + DAY):
        after = {uid: number for _day, _summary, uid, number in events(export.ics(business))}
    assert sorted(before) == sorted(after)
    assert all(after[uid] > number for uid, number in before.items())


# --- the pages ---


@pytest.mark.parametrize("format_name", ["xlsx", "csv", "svg", "png", "pdf", "ics"])
@pytest.mark.parametrize("blank", ["", "?blank"])
def test_every_format_can_be_downloaded_with_a_name(
    format_name: str, blank: str, shop: Shop, business: Business, page: Client
) -> None:
    url = reverse("goals:roadmap_export", args=[business.slug, format_name])
    answer = page.get(url + blank)
    part = "-template" if blank else ""
    name = f'attachment; filename="{business.slug}-roadmap{part}.{format_name}"'
    assert (answer.status_code, answer["Content-Disposition"]) == (200, name)
    assert len(answer.content) > 50


def test_an_unknown_format_does_not_exist(business: Business, page: Client) -> None:
    assert page.get(reverse("goals:roadmap_export", args=[business.slug, "exe"])).status_code == 404


def test_the_plan_takes_few_queries(
    shop: Shop, business: Business, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        assert planned(business).today == TODAY

"""Files become the roadmap: all of it, or with a fault nothing."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.documents.kinds import ImportResult
from waypost.goals import export, imports
from waypost.goals.import_file import RoadmapFile
from waypost.goals.models import Goal, Initiative
from waypost.goals.tests.plans import NOON, Shop
from waypost.kit.screen import status_word
from waypost.tests import factories

pytestmark = pytest.mark.django_db
HEAD = ["No.", "Initiative", "Goal", "Start", "End"]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop.open(business)


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business, title="Sell more")


def table(*rows: list[Any], delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


def bring(business: Business, content: bytes, *, dry_run: bool = False) -> ImportResult:
    file = RoadmapFile.read(content, "plan")
    return imports.bring(business, file, dry_run=dry_run).result


def complaint(business: Business, *rows: list[Any]) -> str:
    (error,) = bring(business, table(*rows)).errors
    assert not business.initiatives.filter(title="New").exists()
    return error.message


# --- there and back ---


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("format_name", ["xlsx", "csv"])
@pytest.mark.parametrize("reader", ["en", "sl"])
def test_what_was_exported_changes_nothing(
    format_name: str, language: str, reader: str, shop: Shop, business: Business
) -> None:
    with translation.override(language):
        content = export.ROADMAP.formats[format_name](business)
    with translation.override(reader):
        result = bring(business, content)
    goals = 3 if format_name == "xlsx" else 0
    assert result == ImportResult(unchanged=4 + goals)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), max_size=40
).map(str.strip)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    goals=st.lists(WORDS.filter(bool), min_size=1, max_size=2),
    rows=st.lists(
        st.tuples(
            WORDS.filter(bool),
            DAYS,
            st.integers(0, 200),
            st.sampled_from(Initiative.Status.values),
            st.integers(0, 100),
            st.sampled_from(Initiative.Risk.values),
            WORDS,
            st.none() | st.decimals(0, 99999, places=2),
        ),
        max_size=4,
    ),
    language=st.sampled_from(["en", "sl"]),
    format_name=st.sampled_from(["xlsx", "csv"]),
)
def test_any_plan_comes_back_unchanged(
    business: Business, goals: list[str], rows: list[Any], language: str, format_name: str
) -> None:
    business.goals.all().delete()
    made = [factories.make_goal(business, title=title) for title in goals]
    before: Initiative | None = None
    for place, (title, start, days, status, done, risk, needs, budget) in enumerate(rows):
        each = factories.make_initiative(
            made[place % len(made)],
            title=title,
            start_date=start,
            end_date=start + dt.timedelta(days=days),
            status=status,
            progress=100 if status == "done" else done,
            risk=risk,
            resources=needs,
            budget=budget,
        )
        if before:
            each.depends_on.set([before])
        before = each
    with translation.override(language):
        content = export.ROADMAP.formats[format_name](business)
    result = bring(business, content)
    assert (result.errors, result.added, result.changed) == ([], 0, 0)


def test_a_changed_cell_changes_the_initiative_and_nothing_else(
    shop: Shop, business: Business
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(business)))
    page = book.worksheets[0]
    page["F8"], page["H8"], page["J8"] = dt.datetime(2026, 10, 30), "On hold", None
    stream = io.BytesIO()
    book.save(stream)
    result = bring(business, stream.getvalue())
    assert (result.added, result.changed, result.errors) == (0, 1, [])
    shop.posts.refresh_from_db()
    assert (shop.posts.end_date, shop.posts.status) == (dt.date(2026, 10, 30), "on_hold")
    assert (shop.posts.resources, shop.posts.risk) == ("=SUM(A1)\r\nMaja", "high")
    assert list(shop.posts.depends_on.all()) == []


@pytest.mark.parametrize("language", ["en", "sl"])
def test_a_blank_template_filled_in_by_hand_becomes_a_plan(
    language: str, business: Business
) -> None:
    with translation.override(language):
        book = openpyxl.load_workbook(io.BytesIO(export.xlsx(business, blank=True)))
        done = str(status_word("done"))
    page, goals = book.worksheets
    goals["B4"], goals["F4"], goals["G4"] = "Sell more", 100, 200
    goals["H4"], goals["I4"] = dt.datetime(2026, 10, 1), dt.datetime(2026, 12, 31)
    goals["J4"], goals["K4"] = 110, dt.datetime(2026, 10, 5)
    page["A4"], page["B4"], page["C4"] = "1", "Write a letter", "sell more"
    page["E4"], page["F4"], page["H4"] = dt.datetime(2026, 10, 1), "4. 10. 2026", done
    page["A5"], page["B5"], page["C5"] = "2", "Send it", "Sell more"
    page["E5"], page["F5"], page["J5"] = "2026-10-05", "2026-10-05", 1
    page["D5"], page["M5"] = "olga owner", "1.200,50 €"
    stream = io.BytesIO()
    book.save(stream)
    assert bring(business, stream.getvalue()) == ImportResult(added=3)
    made = business.goals.get()
    assert (made.title, made.target, made.values.get().point) == (
        "Sell more",
        Decimal(200),
        (dt.date(2026, 10, 5), Decimal(110)),
    )
    letter, sending = made.initiatives.order_by("pk")
    assert (letter.status, letter.progress, letter.days) == ("done", 100, 4)
    assert (sending.owner, sending.budget) == (
        business.members.get().user,
        Decimal("1200.50"),
    )
    assert list(sending.depends_on.all()) == [letter]


# --- what is read ---


def test_rows_below_a_goal_belong_to_it(business: Business, goal: Goal) -> None:
    rows = [["Initiative", "Start", "End"], ["Sell more"], ["New", "2026-10-12", "2026-10-13"]]
    assert bring(business, table(*rows)) == ImportResult(added=1)
    assert goal.initiatives.get().title == "New"


def test_a_column_that_is_missing_leaves_what_stands_there(shop: Shop, business: Business) -> None:
    row = ["Launch", "Podvojiti občinstvo", "2. 11. 2026", "3. 11. 2026"]
    assert bring(business, table(HEAD[1:], row)) == ImportResult(changed=1)
    shop.launch.refresh_from_db()
    assert (shop.launch.owner_role, shop.launch.depends_on.count()) == ("ads", 2)


def test_windows_letters_and_semicolons_are_read(business: Business) -> None:
    goal = factories.make_goal(business, title="Več sveč")
    rows = [HEAD, ["1", "Žetev", "Več sveč", "12. 10. 2026", "13. 10. 2026"]]
    content = table(*rows, delimiter=";").decode().encode("cp1250")
    assert bring(business, content) == ImportResult(added=1)
    assert goal.initiatives.get().title == "Žetev"


def test_dependencies_are_named_by_number_or_title(business: Business, goal: Goal) -> None:
    rows = [
        [*HEAD, "Depends on"],
        ["1", "First, of all", "Sell more", "2026-10-12", "2026-10-12", ""],
        ["2", "Second", "Sell more", "2026-10-13", "2026-10-13", "first, of all"],
        ["3", "Third", "Sell more", "2026-10-14", "2026-10-14", "1, 2"],
        ["4", "Fourth", "Sell more", "2026-10-15", "2026-10-15", "Third; First, of all"],
    ]
    assert bring(business, table(*rows)) == ImportResult(added=4)
    found = {
        each.title: sorted(each.depends_on.values_list("title", flat=True))
        for each in goal.initiatives.all()
    }
    assert found == {
        "First, of all": [],
        "Second": ["First, of all"],
        "Third": ["First, of all", "Second"],
        "Fourth": ["First, of all", "Third"],
    }


def test_dependencies_may_turn_round(business: Business, goal: Goal) -> None:
    first = factories.make_initiative(goal, title="First")
    second = factories.make_initiative(goal, title="Second")
    second.depends_on.set([first])
    day = ["2026-10-12", "2026-12-01"]
    rows = [
        [*HEAD, "Depends on"],
        ["1", "First", "Sell more", *day, "2"],
        ["2", "Second", "Sell more", *day, ""],
    ]
    assert bring(business, table(*rows)) == ImportResult(changed=2)
    assert (list(first.depends_on.all()), list(second.depends_on.all())) == ([second], [])


def test_progress_that_tasks_count_is_not_typed_over(business: Business, goal: Goal) -> None:
    each = factories.make_initiative(goal, title="Old", counts_tasks=True, progress=40)
    days = [each.start_date.isoformat(), each.end_date.isoformat()]
    rows = [[*HEAD[1:], "Progress"], ["Old", "Sell more", *days, "90"]]
    assert bring(business, table(*rows)) == ImportResult(unchanged=1)


# --- what is refused ---


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ["New", "Sell more", "2026-10-12", "2026-10-11", ""],
            "End: The end must not come before the start (12 October 2026).",
        ),
        (
            ["New", "Sell less", "2026-10-12", "2026-10-12", ""],
            "There is no goal “Sell less”. Add the goal first, or write it as it is called.",
        ),
        (
            ["New", "", "2026-10-12", "2026-10-12", ""],
            "Say which goal this initiative is for.",
        ),
        (
            ["New", "Sell more", "soon", "2026-10-12", ""],
            "Start: “soon” is not a day. Write it like this: 2026-10-12",
        ),
        (
            ["New", "Sell more", "2026-10-12", "12/11/2026", ""],
            (
                "End: “12/11/2026” can be read as 12 November 2026 or as 11 December 2026."
                " Write 2026-11-12 or 2026-12-11."
            ),
        ),
        (["New", "Sell more", "", "2026-10-12", ""], "Start: The day is missing."),
        (
            ["New", "Sell more", "2026-10-12", "2026-10-12", "ready"],
            (
                "Status: “ready” is no status. Write one of these: Planned, In progress,"
                " On hold, Done, Dropped."
            ),
        ),
        (["", "Sell more", "2026-10-12", "2026-10-12", ""], "The initiative has no title."),
        (
            ["N" * 201, "Sell more", "2026-10-12", "2026-10-12", ""],
            "The text has 201 letters; at most 200 fit.",
        ),
    ],
)
def test_a_fault_is_said_in_words(
    row: list[str], sentence: str, business: Business, goal: Goal
) -> None:
    assert complaint(business, [*HEAD[1:], "Status"], row) == sentence


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("Progress", "101", "Progress %: Enter a number from 0 to 100."),
        ("Progress", "half", "Progress %: “half” is not a number. Write it like this: 1234.5"),
        ("Risk", "huge", "Risk: “huge” is no risk. Write one of these: Low, Medium, High."),
        ("Budget", "-5", "Budget: A budget is not below zero."),
        ("Budget", "99999999999", "Budget: The number is too large."),
        (
            "Budget",
            "1.234",
            "Budget: “1.234” can be read in two ways. Write 1234 or 1.23.",
        ),
        (
            "Owner",
            "Nina",
            "Nobody called “Nina” is in this business. Invite the person first.",
        ),
        ("Depends on", "7", "Depends on: There is no initiative “7” in this file."),
    ],
)
def test_every_column_complains_for_itself(
    column: str, cell: str, sentence: str, business: Business, goal: Goal
) -> None:
    row = ["New", "Sell more", "2026-10-12", "2026-10-12", cell]
    assert complaint(business, [*HEAD[1:], column], row) == sentence


def test_a_circle_of_dependencies_is_named(business: Business, goal: Goal) -> None:
    day = ["2026-10-12", "2026-10-12"]
    rows = [
        [*HEAD, "Depends on"],
        ["1", "New", "Sell more", *day, "2"],
        ["2", "Next", "Sell more", *day, "1"],
    ]
    said = complaint(business, *rows)
    assert said.startswith("Depends on: These would wait for each other: “Ne")
    assert said.endswith("Leave one of them out.")


def test_faults_are_counted_by_the_rows_of_the_file(business: Business, goal: Goal) -> None:
    days = ["2026-10-12", "2026-10-12"]
    rows = [["A plan"], [], HEAD, ["1", "Good", "Sell more", *days], [], ["2", "Bad", "", *days]]
    rows.append(["3", "Worse", "Nothing", *days])
    result = bring(business, table(*rows))
    assert [error.row for error in result.errors] == [6, 7]
    assert business.initiatives.count() == 0


def test_a_goal_of_another_business_is_unknown(business: Business) -> None:
    factories.make_goal(factories.make_business(), title="Theirs")
    row = ["New", "Theirs", "2026-10-12", "2026-10-12"]
    assert complaint(business, HEAD[1:], row).startswith("There is no goal “Theirs”.")


def test_a_rehearsal_counts_and_writes_nothing(shop: Shop, business: Business) -> None:
    row = ["New", "Podvojiti občinstvo", "2026-10-12", "2026-10-12"]
    content = table(HEAD[1:], row)
    assert bring(business, content, dry_run=True) == ImportResult(added=1)
    assert not business.initiatives.filter(title="New").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"G4": 100}, "Target: The target equals the value at the start."),
        ({"I4": dt.datetime(2026, 9, 1)}, "Deadline: The deadline must come after the start"),
        ({"F4": None}, "Baseline: Fill in this cell."),
        ({"J4": 5}, "Measured on: The day is missing."),
        ({"J4": 5, "K4": dt.datetime(2027, 1, 1)}, "Measured on: This day has not come yet."),
        ({"B4": None}, "The goal has no title."),
        ({"C4": "jump"}, "Kind of goal: “jump” is no kind of goal."),
    ],
)
def test_a_goal_with_a_fault_is_refused(
    changes: dict[str, Any], sentence: str, business: Business
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(business, blank=True)))
    goals = book.worksheets[1]
    start, end = dt.datetime(2026, 10, 1), dt.datetime(2026, 12, 31)
    whole = {"B4": "Sell more", "F4": 100, "G4": 200, "H4": start, "I4": end, **changes}
    for cell, value in whole.items():
        goals[cell] = value
    stream = io.BytesIO()
    book.save(stream)
    (error,) = bring(business, stream.getvalue()).errors
    assert (error.row, error.message[: len(sentence)]) == (4, sentence)
    assert not business.goals.exists()

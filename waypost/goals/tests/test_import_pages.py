"""The pages on which a file becomes the roadmap, and the command that does the same."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.documents.kinds import BadFile, ImportResult, RowError
from waypost.goals import export, imports
from waypost.goals.import_file import RoadmapFile
from waypost.goals.models import Goal
from waypost.goals.tests.plans import NOON, Shop
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


def send(page: Client, business: Business, content: bytes, name: str = "plan.csv") -> Any:
    upload = SimpleUploadedFile(name, content)
    return page.post(reverse("goals:roadmap_import", args=[business.slug]), {"file": upload})


def go_on(page: Client, business: Business, answer: Any, **words: str) -> Any:
    form = answer.context["form"]
    chosen = {name: form[name].value() or "" for name in form.fields}
    data = {"token": answer.context["token"], **chosen, **words}
    return page.post(reverse("goals:roadmap_bring", args=[business.slug]), data)


def test_a_file_is_looked_at_before_it_is_brought_in(
    business: Business, goal: Goal, page: Client
) -> None:
    answer = send(page, business, table(HEAD[1:], ["New", "Sell more", "2026-10-12", "2026-10-12"]))
    assert "1 new, 0 changed, 0 as before." in answer.content.decode()
    assert not goal.initiatives.exists()
    done = go_on(page, business, answer, confirm="yes")
    assert done.headers["Location"] == reverse("goals:roadmap", args=[business.slug])
    assert goal.initiatives.get().title == "New"


def test_checking_again_brings_nothing_in(business: Business, goal: Goal, page: Client) -> None:
    answer = send(page, business, table(HEAD[1:], ["New", "Sell more", "2026-10-12", "2026-10-12"]))
    assert go_on(page, business, answer).context["result"] == ImportResult(added=1)
    assert not goal.initiatives.exists()


def test_faults_are_shown_by_row(business: Business, goal: Goal, page: Client) -> None:
    rows = [HEAD[1:], ["New", "Sell more", "2026-10-12", "2026-10-11"]]
    answer = send(page, business, table(*rows))
    assert answer.status_code == 422
    said = "End: The end must not come before the start (12 October 2026)."
    assert answer.context["result"].errors == [RowError(2, said)]
    assert said in answer.content.decode()
    assert go_on(page, business, answer, confirm="yes").status_code == 422
    assert not goal.initiatives.exists()


def test_unknown_headings_are_asked_for(business: Business, goal: Goal, page: Client) -> None:
    rows = [["What", "For", "From", "Until"], ["New", "Sell more", "2026-10-12", "2026-10-13"]]
    answer = send(page, business, table(*rows))
    assert "Which column is what?" in answer.content.decode()
    assert answer.context["form"].unknown == ["What", "For", "From", "Until"]
    half = go_on(page, business, answer, column_0="title", column_2="start_date")
    assert "Say which columns these are: End." in half.content.decode()
    twice = go_on(page, business, answer, column_0="title", column_1="title")
    assert "Two columns cannot both be this." in twice.content.decode()
    names = {
        "column_0": "title",
        "column_1": "goal",
        "column_2": "start_date",
        "column_3": "end_date",
    }
    whole = go_on(page, business, answer, **names)
    assert whole.context["result"] == ImportResult(added=1)
    go_on(page, business, answer, **names, confirm="yes")
    assert goal.initiatives.get().end_date == dt.date(2026, 10, 13)


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    business: Business, page: Client
) -> None:
    answer = send(page, business, b"PK\x03\x04 broken", "plan.xlsx")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == [
        "The file is damaged, or it is no Excel workbook. Save it again as .xlsx or CSV."
    ]


def test_a_file_without_a_table_is_refused(business: Business, page: Client) -> None:
    answer = send(page, business, b"just some words")
    assert answer.context["form"].errors["file"] == [
        "The file holds no table: a line of headings and rows below it."
    ]


@pytest.mark.parametrize("token", ["", "made-up", "theirs"])
def test_a_preview_of_somebody_else_is_not_brought_in(
    token: str, business: Business, page: Client
) -> None:
    if token == "theirs":
        other = factories.make_business()
        token = RoadmapFile.read(table(HEAD, HEAD), "plan").packed(other)
    url = reverse("goals:roadmap_bring", args=[business.slug])
    answer = page.post(url, {"token": token, "confirm": "yes"}, follow=True)
    assert "The file was sent too long ago. Choose it again." in answer.content.decode()


def test_a_file_survives_its_way_through_the_browser(shop: Shop, business: Business) -> None:
    file = RoadmapFile.read(export.xlsx(business), "plan.xlsx")
    assert RoadmapFile.unpacked(business, file.packed(business)) == file


# --- the command ---


def test_the_command_reads_a_path(tmp_path: Path, business: Business, goal: Goal) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(table(HEAD[1:], ["New", "Sell more", "2026-10-12", "2026-10-12"]))
    assert imports.read(business, path, True) == ImportResult(added=1)
    assert imports.read(business, path, False) == ImportResult(added=1)
    assert imports.read(business, path, False) == ImportResult(unchanged=1)


def test_the_command_names_headings_that_are_missing(tmp_path: Path, business: Business) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"Initiative,Start\nNew,2026-10-12\n")
    with pytest.raises(BadFile, match="no column with this heading: End"):
        imports.read(business, path, True)

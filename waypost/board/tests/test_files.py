"""Boards from Trello and from tables, and the board as a file."""

import csv
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.board import actions, trello
from waypost.board.incoming import Incoming
from waypost.board.models import Task
from waypost.board.reading_files import read_board_file
from waypost.documents.kinds import BadFile

pytestmark = pytest.mark.django_db

BOARD: dict[str, Any] = {
    "id": "b1",
    "name": "Shop <b>work</b>",
    "prefs": {"unknown": [1, {"deep": True}]},
    "lists": [
        {"id": "l2", "name": "Doing", "closed": False, "pos": 200},
        {"id": "l1", "name": "To do", "closed": False, "pos": 100},
        {"id": "l3", "name": "Old things", "closed": True, "pos": 300},
    ],
    "labels": [{"id": "x1", "name": "Shop", "color": "green_dark"}, {"id": "x2", "color": "red"}],
    "members": [
        {"id": "m1", "fullName": "Ed Editor", "username": "ed"},
        {"id": "m2", "fullName": "Somebody Else"},
    ],
    "cards": [
        {
            "id": "c1",
            "name": "Cut <script>alert(1)</script> the &amp; reel",
            "desc": "# Plan\n**now**",
            "idList": "l2",
            "closed": False,
            "pos": 1,
            "due": "2026-12-04T11:00:00.000Z",
            "idMembers": ["m1", "m9"],
            "idLabels": ["x1"],
            "labels": [{"id": "x2", "name": "", "color": "red"}],
            "attachments": [
                {"name": "Film", "url": "https://example.com/film.mp4"},
                {"name": "Bad", "url": "javascript:alert(1)"},
            ],
            "stickers": ["unknown"],
        },
        {"id": "c2", "name": "Archived", "idList": "l1", "closed": True},
        {"id": "c3", "name": "In a closed list", "idList": "l3", "closed": False},
        {"id": "c4", "name": "Without a list", "idList": "gone", "closed": False},
        {"id": "c5", "name": "  ", "idList": "l1", "closed": False},
        {"id": "c6", "name": "Over", "idList": "l1", "dueComplete": True, "due": "nonsense"},
        "not a card",
    ],
    "checklists": [
        {
            "idCard": "c1",
            "pos": 1,
            "checkItems": [
                {"name": "DE", "state": "incomplete", "pos": 2},
                {"name": "SL", "state": "complete", "pos": 1},
            ],
        }
    ],
    "actions": [
        {
            "type": "commentCard",
            "date": "2026-11-02T10:00:00Z",
            "idMemberCreator": "m1",
            "data": {"text": "Louder, please", "card": {"id": "c1"}},
        },
        {"type": "updateCard", "data": {"card": {"id": "c1"}}},
    ],
}


def read(told: Any, name: str = "board.json") -> Incoming:
    content = told if isinstance(told, bytes) else json.dumps(told).encode()
    return read_board_file(io.BytesIO(content), name, len(content))


def test_a_trello_board_is_read_with_all_that_belongs_to_a_card() -> None:
    found = read(BOARD)
    assert [card.title for card in found.cards] == [
        "Archived",
        "Over",
        "Cut <script>alert(1)</script> the & reel",
        "In a closed list",
        "Without a list",
    ]
    card = found.cards[2]
    assert (card.stood_in, card.people, card.labels) == ("Doing", ["Ed Editor"], ["Shop"])
    assert card.due_date == date(2026, 12, 4)
    assert card.steps == [("SL", True), ("DE", False)]
    assert card.links == [("Film", "https://example.com/film.mp4")]
    assert card.comments == [("Ed Editor", "2026-11-02T10:00:00Z", "Louder, please")]
    assert [card.is_closed for card in found.cards] == [True, False, False, True, False]
    assert found.notes == [
        "1 card has no name and is left out.",
        "1 card stands in no list.",
        "1 part of the file could not be understood and is left out.",
    ]
    assert Incoming.unpacked(json.loads(json.dumps(found.packed()))) == found


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (b'{"lists": [', "cannot be read as a Trello board"),
        (b'{"name": "x"}', "neither lists nor cards"),
        (b"a;b\n1;2\n", "No line of this file has a heading"),
    ],
)
def test_what_is_no_board_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(BadFile, match=why):
        read(content, "board.json" if content[:1] == b"{" else "x.csv")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadFile, match="too large"):
        read_board_file(io.BytesIO(b"{"), "board.json", trello.LARGEST + 1)


@pytest.mark.slow
def test_fifty_megabytes_are_read_without_holding_them() -> None:
    action = json.dumps({"type": "updateCard", "data": {"old": "x" * 10_000}})
    text = json.dumps(BOARD)[:-1] + ', "more": [' + ",".join([action] * 5_000) + "]}"
    content = text.encode()
    assert len(content) > 50_000_000
    tracemalloc.start()
    assert len(read(content).cards) == 5
    assert tracemalloc.get_traced_memory()[1] < 25_000_000
    tracemalloc.stop()


def test_a_file_is_looked_at_mapped_brought_in_and_taken_back(
    page: Client, business: Business, editor: User
) -> None:
    address = reverse("board:import", args=[business.slug])
    upload = SimpleUploadedFile("board.json", json.dumps(BOARD).encode())
    look = page.post(address, {"file": upload})["Location"]
    shown = page.get(look)
    assert "4 tasks would come." not in shown.content.decode()
    assert "3 tasks would come." in shown.content.decode()
    assert not Task.objects.exists()
    form = shown.context["form"]
    data = {each.html_name: each.value() or "" for each in form if each.html_name != "closed"}
    page.post(look, {**data, "accept": "1"})
    task = business.tasks.get(source="trello:c1")
    assert (task.assignee, task.status, task.due_date) == (editor, "in_progress", date(2026, 12, 4))
    assert [str(step) for step in task.steps.all()] == ["SL", "DE"]
    assert [str(each) for each in task.attachments.all()] == ["Film"]
    assert [(each.text, each.author) for each in business.comments.all()] == [
        ("Louder, please", editor)
    ]
    board = page.get(reverse("board:board", args=[business.slug])).content.decode()
    assert "Cut &lt;script&gt;alert(1)&lt;/script&gt; the &amp; reel" in board
    again = page.get(look).content.decode()
    assert "3 are here already and stay as they are." in again
    pk = business.board_imports.get().pk
    page.post(reverse("board:import_undo", args=[business.slug, pk]))
    assert not Task.objects.exists()


def test_a_page_that_sends_the_file_by_script_is_led_to_the_look(
    page: Client, business: Business
) -> None:
    address = reverse("board:import", args=[business.slug])
    upload = SimpleUploadedFile("board.json", json.dumps(BOARD).encode())
    answer = page.post(address, {"file": upload}, headers={"HX-Request": "true"})
    kept = business.board_imports.get()
    look = reverse("board:import_look", args=[business.slug, kept.pk])
    assert (answer.status_code, answer["HX-Redirect"]) == (200, look)

    refused = page.post(
        address, {"file": SimpleUploadedFile("board.json", b"{]")}, headers={"HX-Request": "true"}
    )
    assert refused.status_code == 422
    assert "cannot be read as a Trello board" in refused.content.decode()
    assert business.board_imports.count() == 1


def test_the_page_says_how_large_a_file_may_be_before_it_is_sent(
    page: Client, business: Business
) -> None:
    shown = page.get(reverse("board:import", args=[business.slug]))
    assert "At most 60 MB and 5,000 cards." in shown.content.decode()
    assert shown.context["form"].sending["largest"] == trello.LARGEST


def test_a_table_says_what_it_does_not_understand() -> None:
    rows = (
        "Naloga;Stolpec;Kdo;Rok;Oznake;Kontrolni seznam\n"
        "Zmontirati;V delu;Ed;4. 12. 2026;a, b;[x] SL\n;;;;;\nDrugo;;;jutri;;\n;V delu;;;;\n"
    )
    found = read(rows.encode(), "naloge.csv")
    first, second = found.cards
    assert (first.title, first.stood_in, first.due, first.labels) == (
        "Zmontirati",
        "V delu",
        "2026-12-04",
        ["a", "b"],
    )
    assert first.steps == [("SL", True)]
    assert (second.stood_in, second.due) == (trello.NO_LIST, "")
    assert len(found.notes) == 2


@pytest.mark.parametrize("format_name", ["csv", "xlsx", "json"])
def test_what_is_taken_out_can_be_brought_in_elsewhere(
    format_name: str, page: Client, business: Business, owner: User, stranger: User
) -> None:
    task = actions.add_card(
        business, by=owner, title="=Cut", description="Two\nlines", assignee=owner, priority=3
    )
    actions.add_step(task, text="SL", by=owner)
    actions.set_labels(task, [actions.make_label(business, name="Shop", colour="teal")], by=owner)
    answer = page.get(reverse("board:export", args=[business.slug, format_name]))
    found = read(answer.content, f"board.{format_name}")
    [card] = found.cards
    assert (card.title, card.stood_in, card.people) == ("=Cut", "Backlog", ["Olga Owner"])
    assert (card.steps, card.labels, card.description) == ([("SL", False)], ["Shop"], "Two\nlines")


def test_a_csv_is_a_table_for_people(page: Client, business: Business, owner: User) -> None:
    actions.add_card(business, by=owner, title="Cut", due_date=date(2026, 12, 4))
    answer = page.get(reverse("board:export", args=[business.slug, "csv"]))
    head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:5] == ["Task", "Column", "Who", "Reviewer", "Due"]
    assert row[:5] == ["Cut", "Backlog", "", "", "2026-12-04"]


def test_the_command_line_knows_the_board(business: Business, owner: User, tmp_path: Path) -> None:
    file = tmp_path / "board.json"
    file.write_text(json.dumps(BOARD))
    told = io.StringIO()
    call_command(
        "import_file", "board", str(file), business=business.slug, dry_run=True, stdout=told
    )
    assert told.getvalue() == "Would bring 3 new, 0 changed, 2 as before.\n"
    assert not Task.objects.exists()
    call_command("import_file", "board", str(file), business=business.slug, stdout=told)
    out = tmp_path / "out.json"
    call_command(
        "export_file", "board", business=business.slug, format="json", out=out, stdout=told
    )
    assert len(json.loads(out.read_text())["cards"]) == 3


def test_due_dates_are_for_whoever_has_the_secret_address(
    page: Client, business: Business, owner: User
) -> None:
    actions.add_card(business, by=owner, title="Cut", assignee=owner, due_date=date(2026, 12, 4))
    other = User.objects.create_user("x@example.com", None, name="X")
    actions.add_card(business, by=owner, title="Other", assignee=other, due_date=date(2026, 12, 5))
    address = page.get(reverse("due_feed")).context["address"]
    path = address.removeprefix("http://testserver")
    text = Client().get(path).content.decode()
    assert ("SUMMARY:Cut" in text, "Other" in text) == (True, False)
    assert "DTSTART;VALUE=DATE:20261204" in text
    page.post(reverse("due_feed"))
    assert Client().get(path).status_code == 404
    owner.memberships.all().delete()
    fresh = page.get(reverse("due_feed")).context["address"].removeprefix("http://testserver")
    assert "SUMMARY" not in Client().get(fresh).content.decode()

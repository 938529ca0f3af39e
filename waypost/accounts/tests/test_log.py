"""The log: written once, never again; filtered, and handed out as a file."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts import actions, log
from waypost.accounts.hat_actions import set_hours, wear
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Deed, LogEntry, Member, Thing, User
from waypost.accounts.models.log import Unchangeable
from waypost.accounts.permissions import Role

SignIn = Callable[[User], Client]


def note(business: Business, by: User | None, name: str, **fields: Any) -> LogEntry:
    values = {"thing": Thing.GOAL, "deed": Deed.ADDED, **fields}
    made = log.record(business, values.pop("thing"), values.pop("deed"), by=by, on=name, **values)
    assert made is not None
    return made


def address(business: Business, name: str = "log") -> str:
    return reverse(f"accounts:{name}", args=[business.slug])


def shown(answer: Any) -> list[str]:
    return [line.name for line in answer.context["lines"]]


# --- writing ---


def test_a_line_keeps_who_what_and_from_what_to_what(
    business: Business, owner: User, editor: User
) -> None:
    member = business.members.get(user=editor)
    actions.change_role(member, role=Role.VIEWER, by=owner)
    row = business.log.get()
    assert (row.by, row.by_name, row.thing, row.deed) == (
        owner,
        "Olga Owner",
        Thing.PERSON,
        Deed.CHANGED,
    )
    assert (row.name, row.changed) == ("Ed Editor", [("role", "Editor", "Viewer")])


def test_values_are_kept_in_the_language_of_the_business(
    business: Business, owner: User, editor: User
) -> None:
    business.language = "sl"
    business.save()
    actions.change_role(business.members.get(user=editor), role=Role.VIEWER, by=owner)
    assert business.log.get().changes == [["role", "Urednik/-ca", "Samo ogled"]]


def test_nothing_changed_is_not_written(business: Business, owner: User, editor: User) -> None:
    member = business.members.get(user=editor)
    actions.change_role(member, role=Role.EDITOR, by=owner)
    set_hours(member, None, by=owner)
    wear(business, Hat.COPY, by=owner, note="")
    assert business.log.count() == 0


def test_a_line_outlives_the_person_who_wrote_it(business: Business, editor: User) -> None:
    note(business, editor, "A goal")
    Member.objects.filter(user=editor).delete()
    editor.delete()
    row = business.log.get()
    assert (row.by, row.by_name) == (None, "Ed Editor")


def test_a_line_can_be_neither_changed_nor_deleted(business: Business, owner: User) -> None:
    row = note(business, owner, "A goal")
    row.name = "Another"
    for attempt in (
        row.save,
        row.delete,
        lambda: LogEntry.objects.update(name="Another"),
        LogEntry.objects.all().delete,
        lambda: business.log.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(Unchangeable):
            attempt()
    assert LogEntry.objects.get().name == "A goal"


def test_the_log_goes_with_its_business(business: Business, owner: User) -> None:
    note(business, owner, "A goal")
    business.delete()
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("label", ["password", "the secret", "app token", "recovery code"])
def test_a_secret_is_never_written(business: Business, owner: User, label: str) -> None:
    with pytest.raises(ValueError, match="no secrets"):
        note(business, owner, "A person", changes=[log.Field(label, "a", "b")])
    assert LogEntry.objects.count() == 0


# --- reading ---


def test_lines_are_found_by_person_kind_and_period(
    page: Client, business: Business, owner: User, editor: User
) -> None:
    for day, by, name, thing in (
        (1, owner, "Old goal", Thing.GOAL),
        (10, editor, "Post", Thing.POST),
        (20, owner, "New goal", Thing.GOAL),
        (21, None, "Account", Thing.ACCOUNT),
    ):
        with time_machine.travel(datetime(2026, 5, day, 12, tzinfo=UTC)):
            note(business, by, name, thing=thing)
    url = address(business)
    assert shown(page.get(url)) == ["Account", "New goal", "Post", "Old goal"]
    assert shown(page.get(url, {"person": "Ed Editor"})) == ["Post"]
    assert shown(page.get(url, {"person": "-"})) == ["Account"]
    assert shown(page.get(url, {"thing": "goal"})) == ["New goal", "Old goal"]
    assert shown(page.get(url, {"since": "2026-05-10", "until": "2026-05-20"})) == [
        "New goal",
        "Post",
    ]


def test_a_day_of_the_period_is_a_day_of_the_business(
    page: Client, business: Business, owner: User
) -> None:
    with time_machine.travel(datetime(2026, 5, 1, 22, 30, tzinfo=UTC)):  # 0:30 in Ljubljana
        note(business, owner, "Night work")
    assert shown(page.get(address(business), {"until": "2026-05-01"})) == []
    assert shown(page.get(address(business), {"since": "2026-05-02"})) == ["Night work"]


def test_a_period_that_ends_before_it_begins_is_told(page: Client, business: Business) -> None:
    answer = page.get(address(business), {"since": "2026-05-10", "until": "2026-05-01"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "until": ["The last day lies before the first. Choose a later one."]
    }


def test_many_lines_come_in_pages_that_keep_the_filter(
    page: Client, business: Business, owner: User
) -> None:
    for number in range(60):
        note(business, owner, f"Goal {number}")
    answer = page.get(address(business), {"thing": "goal"})
    assert len(shown(answer)) == 50
    assert "?thing=goal&amp;page=2" in answer.content.decode()
    assert len(shown(page.get(address(business), {"thing": "goal", "page": "2"}))) == 10


def test_the_file_has_the_lines_of_the_page_and_no_formula(
    page: Client, business: Business, owner: User
) -> None:
    with time_machine.travel(datetime(2026, 5, 1, 10, tzinfo=UTC)):
        changes = [log.Field("name", "Old", "New"), log.Field("role", None, "Editor")]
        note(business, owner, "=HYPERLINK()", changes=changes, deed=Deed.CHANGED)
        note(business, None, "Post", thing=Thing.POST)
    answer = page.get(address(business, "log_file"), {"thing": "goal"})
    text = answer.content.decode("utf-8-sig")
    start = ["2026-05-01 12:00:00", "Olga Owner", "Goal", "changed", "'=HYPERLINK()"]
    assert list(csv.reader(io.StringIO(text))) == [
        ["When", "Who", "What", "Deed", "Name", "Field", "Before", "Now"],
        [*start, "name", "Old", "New"],
        [*start, "role", "", "Editor"],
    ]
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["log", "log_file"])
def test_only_owners_read_it(
    name: str, business: Business, editor: User, stranger: User, sign_in: SignIn
) -> None:
    url = address(business, name)
    assert sign_in(editor).get(url).status_code == 403
    assert sign_in(stranger).get(url).status_code == 404


def test_a_business_sees_its_own_lines_only(
    page: Client, business: Business, stranger: User
) -> None:
    note(stranger.memberships.get().business, stranger, "Theirs")
    assert shown(page.get(address(business))) == []

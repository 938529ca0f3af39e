"""Days off: who is away, who stands in, and where it is seen."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts import actions, staffing
from waypost.accounts.away import away_on
from waypost.accounts.hat_actions import wear
from waypost.accounts.hats import Hat
from waypost.accounts.models import Absence, Business, Member, User
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal
from waypost.tests.factories import make_member

SignIn = Callable[[User], Client]
DAYS = {"from_date": "2026-08-03", "until_date": "2026-08-14"}


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=[business.slug, *args])


@pytest.fixture
def maja(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Maja")


@pytest.fixture
def tine(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Tine")


def off(member: Member, start: date, end: date, **fields: Any) -> Absence:
    by = member.user
    values: dict[str, Any] = {"stand_in": None, "note": "", "by": by, **fields}
    return actions.add_absence(member, from_date=start, until_date=end, **values)


def test_both_days_count(maja: Member) -> None:
    off(maja, date(2026, 8, 3), date(2026, 8, 14))
    days = [date(2026, 8, day) for day in (2, 3, 14, 15)]
    assert [maja.user_id in away_on(maja.business, day) for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_the_stand_in_is_named(maja: Member, tine: Member) -> None:
    off(maja, date(2026, 8, 3), date(2026, 8, 14), stand_in=tine)
    told = away_on(maja.business, date(2026, 8, 4))[maja.user_id]
    assert str(told) == "away until 14 August, Tine stands in"


@pytest.mark.parametrize("start", [1, 3, 14])
def test_nobody_is_away_twice_on_one_day(maja: Member, start: int) -> None:
    off(maja, date(2026, 8, 3), date(2026, 8, 14))
    with pytest.raises(Refusal) as refusal:
        off(maja, date(2026, 8, start), date(2026, 8, 20))
    assert refusal.value.field == "from_date"
    off(maja, date(2026, 8, 15), date(2026, 8, 20))
    assert maja.absences.count() == 2


def test_nobody_stands_in_for_themselves(maja: Member) -> None:
    with pytest.raises(Refusal) as refusal:
        off(maja, date(2026, 8, 3), date(2026, 8, 4), stand_in=maja)
    assert refusal.value.field == "stand_in"


@pytest.mark.parametrize("days", [1, 400])
def test_days_that_end_before_they_begin_are_refused(maja: Member, days: int) -> None:
    end = date(2026, 8, 3)
    with pytest.raises(Refusal) as refusal:
        off(maja, end + timedelta(days=days), end)
    assert refusal.value.field == "until_date"
    assert maja.absences.count() == 0


# --- hats ---


def hat(business: Business, which: Hat) -> staffing.Worn:
    return next(worn for worn in staffing.read(business).hats if worn.hat == which)


@time_machine.travel("2026-08-04 10:00Z")
def test_the_backup_of_a_hat_steps_in(maja: Member, tine: Member) -> None:
    business = maja.business
    wear(business, Hat.COPY, by=None, holder=maja, backup=tine)
    assert hat(business, Hat.COPY).steps_in is None
    off(maja, date(2026, 8, 3), date(2026, 8, 14))
    assert hat(business, Hat.COPY).steps_in == tine


@time_machine.travel("2026-08-04 10:00Z")
def test_a_named_stand_in_goes_before_the_backup(maja: Member, tine: Member) -> None:
    business = maja.business
    owner = business.members.get(role=Role.OWNER)
    wear(business, Hat.COPY, by=None, holder=maja, backup=tine)
    off(maja, date(2026, 8, 3), date(2026, 8, 14), stand_in=owner)
    assert hat(business, Hat.COPY).steps_in == owner


@time_machine.travel("2026-08-04 10:00Z")
def test_nobody_steps_in_who_is_away_too(maja: Member, tine: Member) -> None:
    business = maja.business
    wear(business, Hat.COPY, by=None, holder=maja, backup=tine)
    for member in (maja, tine):
        off(member, date(2026, 8, 3), date(2026, 8, 14))
    assert hat(business, Hat.COPY).steps_in is None


@time_machine.travel("2026-08-04 10:00Z")
def test_it_stands_where_a_role_is_chosen_and_where_people_are_listed(
    page: Client, maja: Member, tine: Member
) -> None:
    business = maja.business
    wear(business, Hat.COPY, by=None, holder=maja, backup=tine)
    off(maja, date(2026, 8, 3), date(2026, 8, 14))
    choices = dict(staffing.role_choices(staffing.read(business)))
    assert choices["copy"] == "Copywriting – Maja, away until 14 August"
    assert "Tine steps in" in page.get(url(business, "hats")).content.decode()
    assert "Away until" in page.get(url(business, "people")).content.decode()


# --- pages ---


def test_somebody_notes_their_own_days(maja: Member, tine: Member, sign_in: SignIn) -> None:
    business = maja.business
    browser = sign_in(maja.user)
    assert "member" not in browser.get(url(business, "absence_new")).context["form"].fields
    answer = browser.post(
        url(business, "absence_new"), {**DAYS, "stand_in": tine.pk, "member": tine.pk}
    )
    assert answer.headers["Location"] == url(business, "absences")
    row = Absence.objects.get()
    assert (row.member, row.stand_in) == (maja, tine)


def test_an_owner_notes_anybodys(page: Client, maja: Member) -> None:
    page.post(url(maja.business, "absence_new"), {**DAYS, "member": maja.pk, "stand_in": ""})
    assert Absence.objects.get().member == maja


def test_only_ones_own_days_are_changed_by_others_than_owners(
    maja: Member, tine: Member, page: Client, sign_in: SignIn, stranger: User
) -> None:
    row = off(maja, date(2026, 8, 3), date(2026, 8, 14))
    later = {**DAYS, "until_date": "2026-08-20", "stand_in": ""}
    change = url(maja.business, "absence", row.pk)
    for person in (tine.user, stranger):
        assert sign_in(person).post(change, later).status_code == 404
        remove = url(maja.business, "absence_remove", row.pk)
        assert sign_in(person).post(remove).status_code == 404
    sign_in(maja.user).post(change, later)
    row.refresh_from_db()
    assert row.until_date == date(2026, 8, 20)
    page.post(url(maja.business, "absence_remove", row.pk))
    assert Absence.objects.count() == 0


def test_wrong_days_stand_beside_their_field_and_nothing_is_lost(
    page: Client, business: Business
) -> None:
    typed = {"from_date": "2026-08-14", "until_date": "2026-08-03", "note": "Sea", "stand_in": ""}
    answer = page.post(url(business, "absence_new"), typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["until_date"]
    assert 'value="Sea"' in answer.content.decode()


def test_it_is_written_down_who_noted_it(page: Client, maja: Member) -> None:
    page.post(url(maja.business, "absence_new"), {**DAYS, "member": maja.pk, "stand_in": ""})
    row = maja.business.log.get()
    assert (row.by_name, row.thing, row.deed, row.name) == (
        "Olga Owner",
        "absence",
        "added",
        "Maja",
    )

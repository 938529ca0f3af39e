"""Hats: who wears them, who steps in, and how many hours people have."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts import staffing
from waypost.accounts.hat_actions import hand_over_hats, set_hours, wear, wear_all
from waypost.accounts.hat_forms import HatsForm
from waypost.accounts.hats import DUTIES, EXAMPLES, QUESTIONS, Hat
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.kit.careful.values import posted
from waypost.kit.errors import Refusal
from waypost.tests.factories import make_member

SignIn = Callable[[User], Client]


@pytest.fixture
def ana(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Ana")


@pytest.fixture
def bor(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Bor")


def url(business: Business, name: str = "hats") -> str:
    return reverse(f"accounts:{name}", args=[business.slug])


def typed(business: Business, **changes: Any) -> dict[str, Any]:
    """What a browser sends when a person opened the page and changed only ``changes``."""
    form = HatsForm(staffing.read(business))
    data: dict[str, Any] = {
        name: posted(field, form.initial.get(name)) for name, field in form.fields.items()
    }
    return data | {f"was-{name}": was for name, was in form.was.items()} | changes


def test_every_hat_says_what_it_does() -> None:
    assert set(QUESTIONS) == set(DUTIES) == set(EXAMPLES) == set(Hat)


# --- who wears what ---


def test_a_new_business_has_seven_hats_that_nobody_wears(business: Business) -> None:
    staff = staffing.read(business)
    assert [worn.hat for worn in staff.uncovered] == list(Hat)
    assert (staff.solo, staff.crowded, staff.hours) == (None, [], None)
    assert staffing.fields_answered(staff) == (0, 7)


def test_a_hat_has_a_holder_and_a_backup(business: Business, ana: Member, bor: Member) -> None:
    wear(business, Hat.COPY, by=ana.user, holder=ana, backup=bor, note="Two languages")
    row = business.hat_holders.get()
    assert (row.worn_by, row.backed_up_by, row.note) == ("Ana", "Bor", "Two languages")
    assert row.updated_by == ana.user
    assert business.hat_holders.names() == {"copy": "Ana"}


def test_somebody_without_an_account_may_wear_a_hat(business: Business, ana: Member) -> None:
    wear(business, Hat.ADS, by=None, outside="Jure, freelancer", backup=ana)
    row = business.hat_holders.get()
    assert (row.worn_by, row.holder, row.backed_up_by) == ("Jure, freelancer", None, "Ana")
    assert staffing.read(business).uncovered[0].hat == Hat.LEAD


def test_the_later_of_two_names_counts(business: Business, ana: Member) -> None:
    wear(business, Hat.ADS, by=None, outside="Jure", backup_outside="Lan")
    wear(business, Hat.ADS, by=None, holder=ana)
    row = business.hat_holders.get()
    assert (row.worn_by, row.outside) == ("Ana", "")
    wear(business, Hat.ADS, by=None, outside="Jure")
    row.refresh_from_db()
    assert (row.worn_by, row.holder, row.backed_up_by) == ("Jure", None, "Lan")


def test_two_names_at_once_are_refused(business: Business, ana: Member) -> None:
    with pytest.raises(Refusal) as refusal:
        wear(business, Hat.ADS, by=None, holder=ana, outside="Jure")
    assert refusal.value.field == "ads_outside"


def test_nobody_is_their_own_backup(business: Business, ana: Member) -> None:
    wear(business, Hat.COPY, by=None, holder=ana)
    with pytest.raises(Refusal) as refusal:
        wear(business, Hat.COPY, by=None, backup=ana)
    assert refusal.value.message == "Ana wears this hat already. Choose somebody else as backup."
    assert refusal.value.field == "copy_backup"
    assert business.hat_holders.get().backup is None


def test_two_people_of_one_name_may_back_each_other_up(business: Business, ana: Member) -> None:
    other = make_member(business, Role.EDITOR, name="Ana")
    wear(business, Hat.COPY, by=None, holder=ana, backup=other)
    assert business.hat_holders.get().backup == other


def test_more_than_three_hats_are_worth_a_warning(business: Business, ana: Member) -> None:
    for hat in (Hat.COPY, Hat.ADS, Hat.CREATIVE):
        wear(business, hat, by=None, holder=ana)
    assert staffing.read(business).crowded == []
    wear(business, Hat.COMMUNITY, by=None, holder=ana)
    assert staffing.read(business).crowded == [("Ana", 4)]


def test_wearing_all_hats_is_solo_work(business: Business, ana: Member) -> None:
    wear(business, Hat.COPY, by=None, note="Short texts", backup_outside="Lan")
    wear_all(business, ana, by=ana.user)
    staff = staffing.read(business)
    assert (staff.solo, staff.uncovered, staff.crowded) == (ana, [], [])
    assert business.hat_holders.get(hat=Hat.COPY).note == "Short texts"
    wear(business, Hat.ADS, by=None, outside="Jure")
    assert staffing.read(business).solo is None


def test_hats_are_not_taken_from_others(business: Business, ana: Member, bor: Member) -> None:
    assert staffing.read(business).may_wear_all(ana)
    wear(business, Hat.COPY, by=None, holder=bor)
    assert not staffing.read(business).may_wear_all(ana)
    assert staffing.read(business).may_wear_all(bor)
    wear_all(business, bor, by=None)
    assert not staffing.read(business).may_wear_all(bor)


def test_hours_add_up_and_nothing_is_not_zero(business: Business, ana: Member, bor: Member) -> None:
    set_hours(ana, Decimal("7.5"))
    set_hours(bor, Decimal(0))
    staff = staffing.read(business)
    assert staff.hours == Decimal("7.5")
    assert [str(each.user) for each in staff.without_hours] == ["Olga Owner"]


def test_the_hats_of_another_business_are_not_seen(business: Business, stranger: User) -> None:
    other = stranger.memberships.get()
    wear_all(other.business, other, by=None)
    assert staffing.read(business).covered == []
    assert business.hat_holders.names() == {}


def test_a_role_is_offered_with_who_wears_it(business: Business, ana: Member) -> None:
    wear(business, Hat.COPY, by=None, holder=ana)
    wear(business, Hat.ADS, by=None, outside="Jure")
    assert staffing.role_choices(staffing.read(business))[:4] == [
        ("lead", "Lead"),
        ("copy", "Copywriting – Ana"),
        ("creative", "Creative"),
        ("ads", "Advertising – Jure"),
    ]


# --- somebody leaves ---


def test_hats_pass_on_to_whom_was_chosen(business: Business, ana: Member, bor: Member) -> None:
    owner = business.members.get(role=Role.OWNER)
    wear(business, Hat.COPY, by=None, holder=ana, backup=bor, note="Two languages")
    wear(business, Hat.ADS, by=None, holder=ana, backup=bor)
    wear(business, Hat.LEAD, by=None, holder=bor, backup=ana)
    assert hand_over_hats(ana, {"copy": bor, "ads": owner}, by=owner.user) == 2
    rows = {row.hat: row for row in business.hat_holders.with_people()}
    assert (rows["copy"].holder, rows["copy"].backup, rows["copy"].note) == (
        bor,
        None,
        "Two languages",
    )
    assert (rows["ads"].holder, rows["ads"].backup) == (owner, bor)
    assert (rows["lead"].holder, rows["lead"].backup) == (bor, None)


def test_a_hat_may_stay_uncovered(business: Business, ana: Member) -> None:
    wear(business, Hat.COPY, by=None, holder=ana)
    assert hand_over_hats(ana, {}, by=None) == 0
    assert business.hat_holders.get().worn_by == ""


# --- pages ---


def test_everybody_sees_the_hats_and_only_owners_change_them(
    business: Business, viewer: User, ana: Member, sign_in: SignIn
) -> None:
    wear(business, Hat.COPY, by=None, holder=ana, note="Two languages")
    html = sign_in(viewer).get(url(business)).content.decode()
    assert "Who writes the texts?" in html
    assert "Two languages" in html
    assert "Nobody does this yet:" in html
    assert url(business, "hats_edit") not in html
    assert sign_in(viewer).get(url(business, "hats_edit")).status_code == 403


def test_one_click_gives_all_hats_to_who_works_alone(page: Client, business: Business) -> None:
    assert "I wear all hats" in page.get(url(business)).content.decode()
    page.post(url(business, "hats_all_mine"))
    html = page.get(url(business)).content.decode()
    assert "Olga Owner wears all seven hats." in html
    assert "I wear all hats" not in html
    assert "Backup" not in html


def test_the_click_is_refused_while_somebody_else_wears_one(
    page: Client, business: Business, ana: Member
) -> None:
    wear(business, Hat.COPY, by=None, holder=ana)
    answer = page.post(url(business, "hats_all_mine"))
    told = [str(each) for each in answer.wsgi_request._messages]  # type: ignore[attr-defined]
    assert told == ["Somebody else wears a hat. Change the roles one by one."]
    assert business.hat_holders.names() == {"copy": "Ana"}


def test_solo_work_asks_nothing_about_people(page: Client, business: Business) -> None:
    wear_all(business, business.members.get(), by=None)
    form = page.get(url(business, "hats_edit")).context["form"]
    assert [name for name in form.fields if name.startswith("copy")] == ["copy_note"]
    shared = page.get(f"{url(business, 'hats_edit')}?share").context["form"]
    assert "copy_holder" in shared.fields


def test_the_form_saves_hats_and_hours(
    page: Client, business: Business, ana: Member, bor: Member
) -> None:
    sent = typed(
        business,
        copy_holder=ana.pk,
        copy_backup=bor.pk,
        ads_outside="Jure",
        ads_note="Every Friday",
        **{f"hours_{ana.pk}": "7,5"},
    )
    answer = page.post(url(business, "hats_edit"), sent)
    assert answer.headers["Location"] == url(business)
    assert business.hat_holders.names() == {"copy": "Ana", "ads": "Jure"}
    assert business.hat_holders.get(hat="ads").note == "Every Friday"
    ana.refresh_from_db()
    assert ana.hours_a_week == Decimal("7.5")
    assert business.hat_holders.count() == 2


def test_who_is_not_of_the_business_cannot_wear_a_hat(
    page: Client, business: Business, stranger: User
) -> None:
    foreign = stranger.memberships.get()
    answer = page.post(url(business, "hats_edit"), typed(business, copy_holder=foreign.pk))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["copy_holder"]
    assert business.hat_holders.names() == {}


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ("169", "A week has 168 hours."),
        ("-1", "This number cannot be below zero. Write 0 or more."),
        ("many", "“many” is not a number. Write it like this: 1234.5"),
    ],
)
def test_wrong_hours_are_explained_and_the_rest_is_saved(
    page: Client, business: Business, ana: Member, hours: str, told: str
) -> None:
    name = f"hours_{ana.pk}"
    answer = page.post(
        url(business, "hats_edit"), typed(business, copy_holder=ana.pk, **{name: hours})
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors[name] == [told]
    assert business.hat_holders.names() == {"copy": "Ana"}


def test_two_people_who_change_one_hat_compare(
    page: Client, business: Business, ana: Member, bor: Member
) -> None:
    sent = typed(business, copy_holder=ana.pk)
    wear(business, Hat.COPY, by=bor.user, holder=bor)
    answer = page.post(url(business, "hats_edit"), sent)
    assert answer.status_code == 422
    clash = answer.context["form"].clashes["copy_holder"]
    assert (clash.theirs, clash.trace.by) == ("Bor", "Bor")
    assert business.hat_holders.names() == {"copy": "Bor"}


def test_the_pages_cost_the_same_for_many_people(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        make_member(business, Role.EDITOR)
    for name in ("hats", "hats_edit"):
        with django_assert_max_num_queries(8):
            assert page.get(url(business, name)).status_code == 200

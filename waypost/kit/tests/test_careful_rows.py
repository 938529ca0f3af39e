"""Careful forms over rows, and what is answered to a person and to the script."""

import json
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from waypost.accounts.models import Business, Member, User
from waypost.kit.careful import CarefulMixin, Row, respond, save
from waypost.kit.careful.saving import Saved
from waypost.kit.tests.test_screen import render

pytestmark = pytest.mark.django_db


class BusinessForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Business
        fields = ("name", "currency")


class MemberForm(CarefulMixin, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Member
        fields = ("user", "role")


def posted(row: Any, form_class: Any, who: User, **typed: str) -> tuple[Any, Saved]:
    """The form as a person sends it who opened it before ``row`` changed in the database."""
    opened = form_class(instance=row)
    data = {f"was-{name}": each for name, each in opened.was.items()}
    data |= {name: opened[name].value() for name in opened.fields} | typed
    form = form_class(data, instance=row)
    saved = save(form, Row(row, by=who), by=who)
    assert saved is not None
    return form, saved


@pytest.fixture
def other_name(business: Business) -> None:
    """Somebody renames the business after it was read."""
    Business.objects.filter(pk=business.pk).update(name="Renamed")


def test_a_row_is_read_anew_and_keeps_what_others_wrote(
    business: Business, owner: User, other_name: None
) -> None:
    form, saved = posted(business, BusinessForm, owner, currency="CHF")
    business.refresh_from_db()
    assert (business.name, business.currency, saved.written) == ("Renamed", "CHF", {"currency"})
    assert form["name"].value() == "Renamed"


def test_a_row_clashes_field_by_field(business: Business, owner: User, other_name: None) -> None:
    form, saved = posted(business, BusinessForm, owner, name="Mine", currency="CHF")
    business.refresh_from_db()
    assert (business.name, business.currency) == ("Renamed", "CHF")
    assert (saved.clashes, form.clashes["name"].theirs) == ({"name"}, "Renamed")


def test_choices_of_rows_are_compared_by_key(business: Business, owner: User) -> None:
    member = business.members.get()
    form, saved = posted(member, MemberForm, owner, role="editor")
    assert (form.errors, saved.written) == ({}, {"role"})


def test_a_removed_row_says_so(business: Business, owner: User) -> None:
    row = Business.objects.get(pk=business.pk)
    business.delete()
    form, saved = posted(row, BusinessForm, owner, name="Mine")
    assert form.non_field_errors() == [
        "This was removed meanwhile. Copy your text before you leave."
    ]
    assert saved.written == frozenset()


def test_a_row_that_does_not_exist_yet_has_no_careful_form(owner: User) -> None:
    with pytest.raises(ValueError, match="a row that exists"):
        Row(Business(), by=owner)


def test_an_action_may_write_the_row(business: Business, owner: User) -> None:
    told: list[Any] = []
    opened = BusinessForm(instance=business)
    data = {f"was-{name}": each for name, each in opened.was.items()}
    form = BusinessForm({**data, "name": "New", "currency": "EUR"}, instance=business)
    save(form, Row(business, by=owner, write=lambda row, now: told.append((row.pk, now))), by=owner)
    assert told == [(business.pk, {"name": "New"})]


def answered(business: Business, who: User, *, script: bool, typed: dict[str, str]) -> HttpResponse:
    headers = {"X-Autosave": "1"} if script else {}
    request = RequestFactory().post("/here/?page=2", typed, headers=headers)
    request.session = {}  # type: ignore[assignment]
    request.user = AnonymousUser()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    opened = BusinessForm(instance=business)
    was = {f"was-{name}": each for name, each in opened.was.items()}
    form = BusinessForm({**was, **typed}, instance=business)
    saved = save(form, Row(business, by=who), by=who)
    return respond(request, form, saved, template="parts/toasts.html", then="/next/")


def test_the_script_hears_what_was_saved(business: Business, owner: User) -> None:
    answer = answered(business, owner, script=True, typed={"name": "New", "currency": "EUR"})
    heard = json.loads(answer.content)
    fresh = BusinessForm(instance=Business.objects.get()).was
    assert (heard["was"], heard["errors"], heard["clashes"], heard["values"]) == (fresh, {}, {}, {})
    assert (heard["written"], heard["said"][:6]) == (["name"], "Saved ")


def test_the_script_hears_of_a_clash_and_of_others_texts(
    business: Business, owner: User, other_name: None
) -> None:
    typed = {"name": "Mine", "currency": "EURO"}
    heard = json.loads(answered(business, owner, script=True, typed=typed).content)
    assert heard["was"] == {}
    assert list(heard["errors"]) == ["currency"]
    assert heard["clashes"]["name"]["theirs"] == "Renamed"
    assert 'value="mine">Keep mine' in heard["clashes"]["name"]["html"]


def test_a_clash_is_shown_as_text(business: Business, owner: User) -> None:
    Business.objects.filter(pk=business.pk).update(name="<b>x</b>")
    typed = {"name": "Mine", "currency": "EUR"}
    heard = json.loads(answered(business, owner, script=True, typed=typed).content)
    assert "&lt;b&gt;x&lt;/b&gt;" in heard["clashes"]["name"]["html"]


@pytest.mark.parametrize(
    ("typed", "status", "goes"),
    [
        ({"name": "New", "currency": "EUR"}, 302, "/next/"),
        ({"name": "New", "currency": "EUR", "choose-name": "mine"}, 302, "/here/?page=2"),
        ({"name": "", "currency": "EUR"}, 422, None),
    ],
)
def test_a_person_without_script_goes_on_or_sees_the_page_again(
    business: Business, owner: User, typed: dict[str, str], status: int, goes: str | None
) -> None:
    answer = answered(business, owner, script=False, typed=typed)
    assert (answer.status_code, answer.headers.get("Location")) == (status, goes)


def test_the_component_draws_hidden_fields_status_and_the_choice(
    business: Business, owner: User, other_name: None
) -> None:
    form, saved = posted(business, BusinessForm, owner, name="Mine")
    page = render(
        '<c-careful :form="form" :saved="saved"><c-careful_fields :form="form" /></c-careful>',
        form=form,
        saved=saved,
    )
    assert f'name="was-name" value="{form.was["name"]}"' in page
    assert f'name="theirs-name" value="{form.clashes["name"].seen}"' in page
    assert page.count('data-clash="') == 1
    assert f'data-autosave="{owner.pk}"' in page


def test_the_component_says_when_it_was_saved(business: Business, owner: User) -> None:
    form, saved = posted(business, BusinessForm, owner, name="New")
    page = render('<c-careful :form="form" :saved="saved" />', form=form, saved=saved)
    assert f"Saved {timezone.localtime(saved.at):%H:%M}" in page

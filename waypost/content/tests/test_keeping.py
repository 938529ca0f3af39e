"""The composer saves itself: once, without losing anything, and never over somebody else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item, Status
from waypost.content.tests.composer_page import autosave, opened
from waypost.tests import factories


@pytest.fixture
def x(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


@pytest.fixture
def new(business: Business) -> str:
    return reverse("content:new", args=[business.slug])


def edit(business: Business, item: Item) -> str:
    return reverse("content:edit", args=[business.slug, item.pk])


def test_what_is_typed_on_a_new_page_becomes_one_draft_however_often_it_is_sent(
    page: Client, business: Business, new: str
) -> None:
    data = opened(page, business)
    first = autosave(page, new, {**data, "text": "Bees"})
    again = autosave(page, new, {**data, "text": "Bees"})  # the answer was lost on its way
    more = {f"was-{name}": was for name, was in again["was"].items()}
    autosave(page, new, {**data, **more, "text": "Bees sleep"})
    item = business.items.get()
    assert (item.title, item.text, item.status) == ("Bees sleep", "Bees sleep", Status.DRAFT)
    assert (first["errors"], again["errors"], again["clashes"]) == ({}, {}, {})


def test_coming_back_to_the_page_finds_what_was_begun_there(
    page: Client, business: Business, new: str
) -> None:
    data = opened(page, business)
    assert page.get(new, {"key": data["key"]}).context["form"].key.hex == data["key"].replace(
        "-", ""
    )
    autosave(page, new, {**data, "text": "Bees"})
    answer = page.get(new, {"key": data["key"]})
    assert answer.headers["Location"] == edit(business, business.items.get())


def test_an_empty_page_saves_nothing_and_says_no_more_than_needed(
    page: Client, business: Business, new: str
) -> None:
    answer = autosave(page, new, opened(page, business))
    assert list(answer["errors"]) == ["title"]
    assert business.items.count() == 0


def test_one_wrong_field_keeps_the_others_from_nothing(
    page: Client, business: Business, new: str
) -> None:
    data = {**opened(page, business), "text": "Bees", "link": "javascript:alert(1)"}
    answer = autosave(page, new, data)
    assert answer["errors"] == {"link": ["Enter a valid URL."]}
    assert ("link" in answer["was"], "text" in answer["was"]) == (False, True)
    item = business.items.get()
    assert (item.text, item.link) == ("Bees", "")


def test_half_a_moment_stays_typed_until_the_other_half_comes(
    page: Client, business: Business
) -> None:
    item = factories.make_item(business)
    answer = autosave(
        page, edit(business, item), {**opened(page, business, item), "due_date": "2030-05-04"}
    )
    assert answer["errors"] == {"due_time": ["Choose the time of the day too."]}
    assert "due_date" not in answer["values"]


def test_the_title_follows_the_text_until_it_is_typed(page: Client, business: Business) -> None:
    item = factories.make_item(business, title="Hello", text="Hello")
    data = opened(page, business, item)
    assert not data.get("title")
    autosave(page, edit(business, item), {**data, "text": "Hello bees"})
    item.refresh_from_db()
    assert item.title == "Hello bees"
    data = opened(page, business, item)
    autosave(page, edit(business, item), {**data, "title": "Mine", "text": "Hello wasps"})
    item.refresh_from_db()
    assert (item.title, item.text) == ("Mine", "Hello wasps")


def test_an_idea_stays_an_idea_while_somebody_types(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.IDEA)
    data = {**opened(page, business, item), "text": "Bees"}
    autosave(page, edit(business, item), data)
    item.refresh_from_db()
    assert (item.status, item.text) == (Status.IDEA, "Bees")
    page.post(edit(business, item), opened(page, business, item))
    item.refresh_from_db()
    assert item.status == Status.DRAFT


@pytest.mark.parametrize("status", [Status.APPROVED, Status.SCHEDULED, Status.FAILED])
def test_what_may_go_out_is_saved_only_by_the_button(
    page: Client, business: Business, status: Status
) -> None:
    item = factories.make_item(business, status=status, text="At first")
    data = {**opened(page, business, item), "text": "Half a sen"}
    answer = autosave(page, edit(business, item), data)
    assert answer["errors"] == {
        "": ["This post was approved or scheduled meanwhile. Save it by the button."]
    }
    item.refresh_from_db()
    assert (item.text, item.status) == ("At first", status)
    assert 'data-by-hand="yes"' in page.get(edit(business, item)).content.decode()


def test_no_text_moves_under_the_hands_of_who_types(
    page: Client, business: Business, x: Connection
) -> None:
    item = factories.make_item(business, channels=[x])
    item.variants.update(parts=["Second", "Third"])
    data = {**opened(page, business, item), f"part_{x.pk}_2": ""}
    answer = autosave(page, edit(business, item), data)
    assert answer["values"] == {}
    assert item.variants.get().parts == ["", "Third"]
    page.post(edit(business, item), opened(page, business, item))
    assert item.variants.get().parts == ["Third"]


def test_words_for_a_channel_survive_its_being_unticked_for_a_moment(
    page: Client, business: Business, x: Connection
) -> None:
    item = factories.make_item(business, channels=[x])
    item.variants.update(text="Only on X")
    data = opened(page, business, item)
    without = {name: value for name, value in data.items() if name != "channels"}
    answer = autosave(page, edit(business, item), without)
    assert (item.variants.count(), answer["values"]) == (0, {})
    was = {f"was-{name}": value for name, value in answer["was"].items()}
    autosave(page, edit(business, item), {**data, **was})
    assert item.variants.get().text == "Only on X"


def test_two_people_in_different_fields_lose_nothing(
    page: Client,
    business: Business,
    owner: User,
    editor: User,
    sign_in: Callable[[User], Client],
) -> None:
    item = factories.make_item(business)
    mine, theirs = opened(page, business, item), opened(sign_in(editor), business, item)
    autosave(sign_in(editor), edit(business, item), {**theirs, "tags": "wax"})
    answer = autosave(page, edit(business, item), {**mine, "text": "Bees"})
    item.refresh_from_db()
    assert (item.tags, item.text, item.updated_by) == ("wax", "Bees", owner)
    assert answer["values"]["tags"] == ["wax"]


def test_a_long_text_is_split_at_the_limit_and_saved(
    page: Client, business: Business, x: Connection
) -> None:
    text = "\n\n".join(f"{n}. " + "word " * 50 for n in range(3))
    item = factories.make_item(business, channels=[x], text=text)
    answer: Any = page.post(
        edit(business, item), {**opened(page, business, item), "split": str(x.pk)}
    )
    assert answer.status_code == 200
    variant = item.variants.get()
    assert (variant.text[:2], [part[:2] for part in variant.parts]) == ("0.", ["1.", "2."])
    assert answer.context["form"][f"part_{x.pk}_3"].value() == variant.parts[1]

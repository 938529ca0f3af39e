"""What stood in a post before, compared and brought back; and texts to use again."""

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.content.actions.remembering import KEPT, SITTING, remember
from waypost.content.history import entries
from waypost.content.models import Revision, SavedText, Status
from waypost.content.tests.composer_page import autosave, opened
from waypost.kit.differences import Run, Turn
from waypost.tests import factories


def written(page: Client, business: Business, *texts: str) -> Any:
    """An item whose text was each of ``texts``, an hour apart."""
    item = factories.make_item(business, text="")
    now = timezone.now()
    for hour, text in enumerate(texts):
        with time_machine.travel(now + timedelta(hours=hour)):
            data = opened(page, business, item)
            address = reverse("content:edit", args=[business.slug, item.pk])
            autosave(page, address, {**data, "text": text})
    return item


def test_each_sitting_is_compared_word_by_word(page: Client, business: Business) -> None:
    item = written(page, business, "Bees sleep", "Bees do sleep")
    newest, first = entries(item)
    assert [change.runs for change in newest.changes] == [
        (Run(Turn.SAME, "Bees "), Run(Turn.NEW, "do "), Run(Turn.SAME, "sleep"))
    ]
    assert [change.name for change in first.changes] == ["Title", "Text"]
    assert (newest.is_now, first.is_now) == (True, False)
    shown = page.get(reverse("content:history", args=[business.slug, item.pk]))
    assert "<ins>do </ins>" in shown.content.decode()


def test_what_one_person_types_within_minutes_is_one_entry(
    business: Business, owner: User, editor: User
) -> None:
    item = factories.make_item(business, text="a")
    now = timezone.now()
    for minutes, by, text in ((0, owner, "a"), (5, owner, "b"), (6, editor, "c"), (7, editor, "c")):
        item.text = text
        with time_machine.travel(now + timedelta(minutes=minutes)):
            remember(item, by=by)
    item.text = "d"
    with time_machine.travel(now + SITTING + timedelta(minutes=7)):
        remember(item, by=editor)
    kept = item.revisions.values_list("by__email", "text")
    assert list(kept) == [(editor.email, "d"), (editor.email, "c"), (owner.email, "b")]


def test_an_earlier_text_comes_back_and_the_later_stays_in_the_history(
    page: Client, business: Business
) -> None:
    item = written(page, business, "Bees sleep", "Wasps sleep")
    address = reverse("content:history", args=[business.slug, item.pk])
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        page.post(address, {"revision": item.revisions.last().pk})
    item.refresh_from_db()
    assert item.text == "Bees sleep"
    assert [each.text for each in item.revisions.all()] == [
        "Bees sleep",
        "Wasps sleep",
        "Bees sleep",
    ]


def test_nothing_is_brought_back_into_what_went_out_or_from_another_item(
    page: Client, business: Business
) -> None:
    item = written(page, business, "Bees", "Wasps")
    other = factories.make_item(business)
    address = reverse("content:history", args=[business.slug, other.pk])
    assert page.post(address, {"revision": item.revisions.last().pk}).status_code == 404
    type(item).objects.filter(pk=item.pk).update(status=Status.PUBLISHED)
    address = reverse("content:history", args=[business.slug, item.pk])
    page.post(address, {"revision": item.revisions.last().pk})
    item.refresh_from_db()
    assert item.text == "Wasps"


def test_the_history_does_not_grow_without_end(business: Business, owner: User) -> None:
    item = factories.make_item(business)
    now = timezone.now()
    Revision.objects.bulk_create(
        Revision(item=item, by=owner, at=now - timedelta(days=n + 1), title="x", text=f"{n}")
        for n in range(KEPT + 5)
    )
    remember(item, by=owner)
    assert item.revisions.count() == KEPT


def test_a_text_is_saved_changed_inserted_and_removed(page: Client, business: Business) -> None:
    address = reverse("content:texts", args=[business.slug])
    assert page.post(address, {"kind": "hashtags", "name": "Wax", "body": ""}).status_code == 422
    page.post(address, {"kind": "hashtags", "name": "Wax", "body": "#wax #bees"})
    text = SavedText.objects.get()
    composer = page.get(reverse("content:new", args=[business.slug])).content.decode()
    assert 'data-insert="#wax #bees"' in composer
    edit = reverse("content:text_edit", args=[business.slug, text.pk])
    page.post(edit, {"kind": "text", "name": "Wax", "body": "{product} for {price}"})
    text.refresh_from_db()
    assert (text.kind, text.body) == ("text", "{product} for {price}")
    page.post(reverse("content:text_remove", args=[business.slug, text.pk]))
    assert SavedText.objects.count() == 0


def test_names_in_braces_stand_for_what_the_business_sells(
    page: Client, business: Business
) -> None:
    product = business.products.create(name="Pine candle", price_gross="18.5")
    bare = business.products.create(name="Gift")
    script = page.get(reverse("content:new", args=[business.slug])).context["script"]
    known = script["variables"]
    assert known["fixed"]["business"] == business.name
    assert known["chosen"]["product"] == {
        str(product.pk): {"product": "Pine candle", "price": "18.50 EUR"},
        str(bare.pk): {"product": "Gift", "price": ""},
    }

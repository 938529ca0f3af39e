"""The page of one card: its checklist, its labels, and what is attached to it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.board.models import Attachment, Task
from waypost.tests import factories


@pytest.fixture
def task(business: Business) -> Task:
    return Task.objects.create(business=business, title="Cut the reel")


def url(task: Task, name: str = "task", pk: int | None = None) -> str:
    return reverse(f"board:{name}", args=[task.business.slug, pk or task.pk])


def offered(page: Client, task: Task, words: str = "") -> list[str]:
    """Names of the files that the page offers."""
    return [each.name for each in page.get(url(task), {"files": words}).context["files"]]


def test_files_of_the_library_are_found_by_their_words(page: Client, task: Task) -> None:
    for name, alt in (("bee.png", "A bee"), ("candle.png", "Wax"), ("plan.pdf", "")):
        factories.make_asset(task.business, name=name, alt=alt)
    factories.make_asset(factories.make_business(), name="bee of others.png")
    assert sorted(offered(page, task)) == ["bee.png", "candle.png", "plan.pdf"]
    assert offered(page, task, "wax") == ["candle.png"]
    assert offered(page, task, "wax bee") == []
    shown = page.get(url(task), {"files": "nothing"}).content.decode()
    assert "No file of the library fits." in shown


def test_many_files_are_not_all_shown_and_the_page_says_how_to_find_more(
    page: Client, task: Task
) -> None:
    for _number in range(24):
        factories.make_asset(task.business)
    said = "Search to find others."
    assert said not in page.get(url(task)).content.decode()
    factories.make_asset(task.business)
    assert said in page.get(url(task)).content.decode()
    assert len(offered(page, task)) == 24


def test_without_a_library_nothing_of_it_is_offered(page: Client, task: Task) -> None:
    assert "Attach a file of the library" not in page.get(url(task)).content.decode()


def test_a_file_is_attached_shown_and_taken_off(page: Client, task: Task) -> None:
    asset = factories.make_asset(task.business, name="bee.png", alt="A bee")
    page.post(url(task, "attach"), {"asset": asset.pk})
    attachment = task.attachments.get()
    assert attachment.asset == asset
    assert 'alt="A bee"' in page.get(url(task)).content.decode()
    page.post(url(task, "attachment_remove", attachment.pk))
    assert not task.attachments.exists()


def test_what_is_no_picture_is_shown_by_its_kind(page: Client, task: Task) -> None:
    asset = factories.make_asset(task.business, name="plan.pdf", kind="document")
    Attachment.objects.create(task=task, asset=asset)
    shown = page.get(url(task)).content.decode()
    assert "plan.pdf" in shown
    assert reverse("library:thumbnail", args=[task.business.slug, asset.pk]) not in shown


@pytest.mark.parametrize("key", ["0", "-1", "a", "987654"])
def test_a_file_that_is_not_here_is_not_attached(page: Client, task: Task, key: str) -> None:
    assert page.post(url(task, "attach"), {"asset": key}).status_code == 404
    theirs = factories.make_asset(factories.make_business())
    assert page.post(url(task, "attach"), {"asset": theirs.pk}).status_code == 404
    assert not task.attachments.exists()


def test_a_link_needs_an_address_of_the_web(page: Client, task: Task) -> None:
    def attach(address: str) -> Any:
        return page.post(url(task, "attach"), {"url": address, "name": "The catalogue"})

    refused = attach("javascript:alert(1)")
    assert refused.status_code == 422
    assert "The catalogue" in refused.content.decode()
    assert attach("example.com/wax").status_code == 302
    assert [(each.url, each.name) for each in task.attachments.all()] == [
        ("https://example.com/wax", "The catalogue")
    ]


def test_steps_are_added_ticked_moved_and_removed(page: Client, task: Task) -> None:
    def steps() -> list[tuple[str, bool]]:
        return list(task.steps.values_list("text", "is_done"))

    assert page.post(url(task, "step_add"), {"text": " "}).status_code == 422
    for text in ("Ask", "Film", "Cut"):
        page.post(url(task, "step_add"), {"text": text})
    ask, film, _cut = task.steps.all()
    page.post(url(task, "step_tick", ask.pk), {"done": "1"})
    page.post(url(task, "step_move", ask.pk), {"down": "1"})
    assert steps() == [("Film", False), ("Ask", True), ("Cut", False)]
    page.post(url(task, "step_remove", film.pk))
    page.post(url(task, "step_tick", ask.pk))
    assert steps() == [("Ask", False), ("Cut", False)]


def test_a_new_label_is_put_on_at_once_and_stays_for_others(page: Client, task: Task) -> None:
    other = Task.objects.create(business=task.business, title="Other")
    page.post(url(task, "label_new"), {"name": "Video", "colour": "teal"})
    assert [str(label) for label in task.labels.all()] == ["Video"]
    page.post(url(task, "label_new"), {"name": "Shop", "colour": "amber"})
    page.post(url(other, "labels"), {"label": [label.pk for label in task.labels.all()]})
    page.post(url(task, "labels"), {"label": ["x", "0"]})
    assert [len(each.labels.all()) for each in (task, other)] == [0, 2]


def test_who_works_on_a_card_stands_in_its_history(page: Client, task: Task, owner: User) -> None:
    page.post(url(task, "step_add"), {"text": "Ask"})
    page.post(url(task, "label_new"), {"name": "Video", "colour": "teal"})
    found = page.get(url(task)).context["history"]
    assert {line.event.by for line in found} == {owner}

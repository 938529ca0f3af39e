"""Answering: saved field by field, remembered, never overwritten unseen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.careful.answering import HEADER
from waypost.strategy import actions
from waypost.strategy.models import State

Browser = Callable[[User], Client]
AUTOSAVE = {HEADER: "1"}


def screen(business: Business, key: str, number: int = 1) -> str:
    return reverse("strategy:screen", args=[business.slug, key, number])


def fields(answer: Any) -> dict[str, Any]:
    """What a browser sends when a page is sent back untouched."""
    form = answer.context["form"]
    sent = {f"was-{name}": form.was[name] for name in form.careful_names}
    for name in form.careful_names:
        value = form[name].value()
        sent[name] = "" if value is None else value
    return {**sent, "careful-user": form.careful_user}


def text_of(business: Business, key: str) -> dict[str, Any]:
    return dict(business.answers.get(key=key).value)


def test_an_answer_is_stored_and_leads_to_the_next_screen(page: Client, business: Business) -> None:
    url = screen(business, "company")
    sent = fields(page.get(url)) | {"name__text": "Kamnica Ceramics", "founded__date": "2016"}
    answer = page.post(url, sent)
    assert answer["Location"] == screen(business, "company", 2)
    assert text_of(business, "company.name") == {"text": "Kamnica Ceramics"}
    assert text_of(business, "company.founded") == {"date": "2016"}
    assert set(business.answers.values_list("key", flat=True)) == {
        "company.name",
        "company.founded",
    }


def test_what_is_written_counts_as_answered(page: Client, business: Business) -> None:
    url = screen(business, "company")
    page.post(url, fields(page.get(url)) | {"name__text": "Kamnica"})
    assert business.answers.get().state == State.ANSWERED


def test_the_last_screen_leads_back_to_the_section(page: Client, business: Business) -> None:
    url = screen(business, "company", 4)
    answer = page.post(url, fields(page.get(url)) | {"story__text": "Long ago"})
    assert answer["Location"] == reverse("strategy:section", args=[business.slug, "company"])


def test_saving_by_script_says_when(page: Client, business: Business) -> None:
    url = screen(business, "company")
    sent = fields(page.get(url)) | {"name__text": "Kamnica"}
    answer = page.post(url, sent, headers=AUTOSAVE).json()
    assert answer["said"].startswith("Saved ")
    assert answer["written"] == ["name__text"]
    assert text_of(business, "company.name") == {"text": "Kamnica"}


def test_a_wrong_date_is_explained_and_the_other_fields_are_saved(
    page: Client, business: Business
) -> None:
    url = screen(business, "company")
    sent = fields(page.get(url)) | {"name__text": "Kamnica", "founded__date": "31. 2. 2019"}
    answer = page.post(url, sent)
    assert answer.status_code == 422
    assert "There is no day “31. 2. 2019” in the calendar." in answer.content.decode()
    assert 'value="31. 2. 2019"' in answer.content.decode()
    assert text_of(business, "company.name") == {"text": "Kamnica"}


def test_a_number_is_understood_with_a_comma_and_with_a_point(
    page: Client, business: Business
) -> None:
    url = screen(business, "company", 3)
    for typed, stored in (("1200,5", "1200.5"), ("1200.25", "1200.25")):
        page.post(url, fields(page.get(url)) | {"production__number": typed})
        assert text_of(business, "company.production") == {"number": stored}


@pytest.mark.parametrize(
    ("key", "number", "field"),
    [("company", 4, "story__text"), ("company", 2, "milestones__list")],
)
def test_a_text_that_is_far_too_long_is_refused_in_words_and_kept_on_the_page(
    page: Client, business: Business, key: str, number: int, field: str
) -> None:
    url, long = screen(business, key, number), "2019 a " * 15_000
    answer = page.post(url, fields(page.get(url)) | {field: long})
    assert answer.status_code == 422
    assert "This text has" in answer.content.decode()
    assert long.strip() in answer.content.decode()
    assert business.answers.count() == 0


def test_html_stays_text(page: Client, business: Business) -> None:
    url, told = screen(business, "company", 4), "<script>alert(1)</script>"
    page.post(url, fields(page.get(url)) | {"story__text": told})
    assert text_of(business, "company.story") == {"text": told}
    for shown in (url, reverse("strategy:section", args=[business.slug, "company"])):
        assert told not in page.get(shown).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.get(shown).content.decode()


def test_two_people_in_different_fields_lose_nothing(
    page: Client, editor: User, sign_in: Browser, business: Business
) -> None:
    url, other = screen(business, "company"), sign_in(editor)
    mine, theirs = fields(page.get(url)), fields(other.get(url))
    page.post(url, mine | {"name__text": "Kamnica"})
    other.post(url, theirs | {"founder__text": "Ana"})
    assert text_of(business, "company.name") == {"text": "Kamnica"}
    assert text_of(business, "company.founder") == {"text": "Ana"}


def test_two_people_in_one_answer_lose_nothing(
    page: Client, editor: User, sign_in: Browser, business: Business
) -> None:
    url, other = screen(business, "company", 3), sign_in(editor)
    mine, theirs = fields(page.get(url)), fields(other.get(url))
    page.post(url, mine | {"production__text": "Two kilns"})
    other.post(url, theirs | {"production__number": "300"})
    assert text_of(business, "company.production") == {"text": "Two kilns", "number": "300"}


def test_the_later_of_two_in_one_field_compares_and_chooses(
    page: Client, editor: User, sign_in: Browser, business: Business
) -> None:
    url, other = screen(business, "company", 4), sign_in(editor)
    mine, theirs = fields(page.get(url)), fields(other.get(url))
    page.post(url, mine | {"story__text": "Ana's story"})
    answer = other.post(url, theirs | {"story__text": "Luka's story"}, headers=AUTOSAVE).json()
    [clash] = answer["clashes"].values()
    assert (clash["theirs"], clash["by"]) == ("Ana's story", "Olga Owner")
    assert text_of(business, "company.story") == {"text": "Ana's story"}


def test_not_yet_and_not_relevant_are_answers_to_how_it_stands(
    page: Client, business: Business
) -> None:
    url = screen(business, "company", 4)
    for state in (State.NOT_RELEVANT, State.NOT_YET):
        page.post(url, fields(page.get(url)) | {"story__state": state})
        assert business.answers.get().state == state


def test_nothing_is_not_an_answer(page: Client, business: Business) -> None:
    url = screen(business, "company", 4)
    page.post(url, fields(page.get(url)) | {"story__state": State.ANSWERED})
    assert business.answers.get().state == State.NOT_YET


def test_an_emptied_answer_is_open_again(page: Client, business: Business) -> None:
    url = screen(business, "company", 4)
    page.post(url, fields(page.get(url)) | {"story__text": "Long ago"})
    page.post(url, fields(page.get(url)) | {"story__text": ""})
    answer = business.answers.get()
    assert (answer.value, answer.state) == ({}, State.NOT_YET)


def test_one_sitting_is_one_text_in_the_history(owner: User, business: Business) -> None:
    start = timezone.now()
    for minute, text in enumerate(("L", "Lo", "Long ago")):
        with time_machine.travel(start + timedelta(minutes=10 * minute), tick=False):
            save_story(business, owner, text)
    answer = business.answers.get()
    assert [one.value for one in answer.texts.all()] == [{"text": "Long ago"}]


def save_story(business: Business, by: User, text: str) -> None:
    actions.save_answer(
        business, "company.story", value={"text": text}, state=State.ANSWERED, by=by
    )


def test_another_person_and_a_later_day_begin_a_new_text(
    owner: User, editor: User, business: Business
) -> None:
    start = timezone.now()
    for hours, by, text in ((0, owner, "one"), (0, editor, "two"), (5, editor, "three")):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            save_story(business, by, text)
    texts = business.answers.get().texts.all()
    assert [one.value["text"] for one in texts] == ["three", "two", "one"]


def test_an_earlier_text_can_be_used_again(page: Client, owner: User, business: Business) -> None:
    start = timezone.now()
    save_story(business, owner, "first")
    with time_machine.travel(start + timedelta(hours=5), tick=False):
        save_story(business, owner, "second")
        first = business.answers.get().texts.last()
        assert first is not None
        answer = page.post(reverse("strategy:restore", args=[business.slug, first.pk]))
    history = reverse("strategy:history", args=[business.slug, "company", "story"])
    assert answer["Location"] == history
    assert text_of(business, "company.story") == {"text": "first"}
    shown = page.get(history).content.decode()
    assert shown.index("first") < shown.index("second")


def test_a_text_of_another_business_cannot_be_restored(
    page: Client, stranger: User, business: Business
) -> None:
    other = stranger.memberships.get().business
    save_story(other, stranger, "secret")
    text = other.answers.get().texts.get()
    answer = page.post(reverse("strategy:restore", args=[business.slug, text.pk]))
    assert answer.status_code == 404


def test_a_question_of_ones_own_is_asked_answered_and_taken_away(
    page: Client, business: Business
) -> None:
    add = reverse("strategy:question_add", args=[business.slug, "company"])
    page.post(add, {"ask": "Who is the cat?", "tip": "She has one."})
    own = business.own_questions.get()
    url = screen(business, "company", 5)
    assert "Who is the cat?" in page.get(url).content.decode()
    page.post(url, fields(page.get(url)) | {f"{own.key}__text": "Mica"})
    assert text_of(business, f"company.{own.key}") == {"text": "Mica"}
    page.post(reverse("strategy:question_remove", args=[business.slug, own.pk]))
    assert business.answers.count() == 0
    assert page.get(url).status_code == 404


def test_an_empty_question_is_not_added(page: Client, business: Business) -> None:
    add = reverse("strategy:question_add", args=[business.slug, "company"])
    answer = page.post(add, {"ask": "  "})
    assert answer.status_code == 422
    assert business.own_questions.count() == 0


@pytest.mark.parametrize("number", [0, 99])
def test_there_is_no_screen_beyond_the_last(page: Client, business: Business, number: int) -> None:
    assert page.get(screen(business, "company", number)).status_code == 404

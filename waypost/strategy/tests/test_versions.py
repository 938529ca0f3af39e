"""Versions, what changed since, and changes on record."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.strategy import actions
from waypost.strategy.actions import versions
from waypost.strategy.models import State
from waypost.strategy.reading import read
from waypost.strategy.sections import BY_KEY
from waypost.tests import factories


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"strategy:{name}", args=[business.slug, *args])


def say(business: Business, by: User, text: str, key: str = "company.story") -> None:
    actions.save_answer(business, key, value={"text": text}, state=State.ANSWERED, by=by)


def read_lines(business: Business) -> dict[str, str]:
    return {line.key: line.text for chapter in read(business) for line in chapter.lines}


def test_nothing_cannot_be_approved(business: Business, owner: User) -> None:
    with pytest.raises(Refusal):
        versions.approve(business, by=owner)


def test_an_approved_version_keeps_what_was_said(
    page: Client, business: Business, owner: User
) -> None:
    say(business, owner, "Long ago")
    page.post(url(business, "approve"), {"note": "For the bank"})
    say(business, owner, "Yesterday")
    version = business.strategy_versions.get()
    assert (version.number, version.note, version.approved_by) == (1, "For the bank", owner)
    [line] = [line for chapter in version.content for line in chapter["lines"]]
    assert (line["key"], line["text"]) == ("company.story", "Long ago")


def test_the_same_is_not_approved_twice(page: Client, business: Business, owner: User) -> None:
    say(business, owner, "Long ago")
    page.post(url(business, "approve"))
    answer = page.post(url(business, "approve"))
    assert answer.status_code == 422
    assert "Nothing has changed since version 1." in answer.content.decode()


def test_only_the_owner_approves(sign_in: Any, editor: User, business: Business) -> None:
    answer = sign_in(editor).post(url(business, "approve"))
    assert answer.status_code == 403


def test_what_changed_since_is_shown_word_by_word(
    page: Client, business: Business, owner: User
) -> None:
    say(business, owner, "We make cups.")
    versions.approve(business, by=owner)
    say(business, owner, "We make plates.")
    shown = page.get(url(business, "compare", 1)).content.decode()
    assert "We make <del>cups</del><ins>plates</ins>." in shown


def test_two_versions_are_compared(page: Client, business: Business, owner: User) -> None:
    for text in ("one", "two", "three"):
        say(business, owner, text)
        versions.approve(business, by=owner)
    shown = page.get(url(business, "compare", 1), {"to": "2"}).content.decode()
    assert "<del>one</del><ins>two</ins>" in shown
    assert "three" not in shown


@pytest.mark.parametrize("to", ["x", "99", "-1", "9" * 30])
def test_a_version_that_is_not_there_means_today(
    page: Client, business: Business, owner: User, to: str
) -> None:
    say(business, owner, "one")
    versions.approve(business, by=owner)
    answer = page.get(url(business, "compare", 1), {"to": to})
    assert answer.context["later"] is None


def test_a_version_is_compared_in_its_own_language(
    page: Client, business: Business, owner: User
) -> None:
    business.personas.create(name="Katja", gender="female", negative=True, exclusion_rule="kuponi")
    with translation.override("sl"):
        versions.approve(business, by=owner)
    assert page.get(url(business, "compare", 1)).context["chapters"] == []


def test_html_in_a_changed_answer_stays_text(page: Client, business: Business, owner: User) -> None:
    say(business, owner, "so")
    versions.approve(business, by=owner)
    say(business, owner, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.get(url(business, "compare", 1)).content.decode()


def test_rows_are_read_with_their_names(business: Business) -> None:
    katja = business.personas.create(name="Katja", usp="Replaced at once", age_from=35)
    told = read_lines(business)
    assert told[f"persona.usp.{katja.pk}"] == "Replaced at once"
    assert told[f"persona.demographics.{katja.pk}"] == "35 years"
    asked = {line.key: line.ask for chapter in read(business) for line in chapter.lines}
    assert asked[f"persona.usp.{katja.pk}"].startswith("Katja – ")


def test_our_swot_is_read_apart_from_theirs(business: Business) -> None:
    rival = business.competitors.create(name="Drava")
    ours = business.swot_points.create(quadrant="strengths", text="By hand")
    theirs = business.swot_points.create(competitor=rival, quadrant="threats", text="Slow")
    told = read_lines(business)
    assert told[f"swot.strengths.{ours.pk}"] == "By hand"
    assert told[f"competitors.swot.{theirs.pk}"] == "Drava, Threats: Slow"
    assert f"swot.threats.{theirs.pk}" not in told


def test_a_hidden_section_is_not_read(business: Business) -> None:
    business.swot_points.create(quadrant="strengths", text="By hand")
    actions.hide_section(business, BY_KEY["swot"])
    assert read_lines(business) == {}


def test_reading_asks_each_kind_of_row_once(
    business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        business.personas.create(name=f"Persona {number}")
        business.products.create(name=f"Product {number}", price_gross=number)
    with django_assert_max_num_queries(25):
        read(business)


@pytest.fixture
def sent(business: Business, owner: User) -> dict[str, Any]:
    goal = factories.make_goal(business)
    return {
        "date": "2026-08-14",
        "trigger": "The courier is on strike",
        "change": "The giveaway starts later",
        "decided_by": owner.pk,
        "goals": [goal.pk],
        "initiatives": [factories.make_initiative(goal).pk],
    }


def test_a_change_is_recorded_with_what_it_touches(
    page: Client, business: Business, owner: User, sent: dict[str, Any]
) -> None:
    answer = page.post(url(business, "change_new"), sent)
    assert answer["Location"] == url(business, "changes")
    change = business.strategy_changes.get()
    assert (change.date, change.trigger, change.decided_by, change.created_by) == (
        dt.date(2026, 8, 14),
        "The courier is on strike",
        owner,
        owner,
    )
    assert [goal.pk for goal in change.goals.all()] == sent["goals"]
    assert [one.pk for one in change.initiatives.all()] == sent["initiatives"]


def test_a_change_without_a_reason_is_asked_for_it(
    page: Client, business: Business, sent: dict[str, Any]
) -> None:
    answer = page.post(url(business, "change_new"), sent | {"trigger": ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["trigger"]
    assert answer.context["form"]["change"].value() == "The giveaway starts later"


def test_a_change_is_corrected_and_removed(
    page: Client, business: Business, sent: dict[str, Any]
) -> None:
    page.post(url(business, "change_new"), sent)
    change = business.strategy_changes.get()
    page.post(url(business, "change", change.pk), sent | {"goals": [], "change": "Not at all"})
    change.refresh_from_db()
    assert (change.change, change.goals.count()) == ("Not at all", 0)
    page.post(url(business, "change_remove", change.pk))
    assert business.strategy_changes.count() == 0


def test_a_change_touches_nothing_of_another_business(
    page: Client, business: Business, stranger: User, sent: dict[str, Any]
) -> None:
    theirs = factories.make_goal(stranger.memberships.get().business)
    answer = page.post(url(business, "change_new"), sent | {"goals": [theirs.pk]})
    assert list(answer.context["form"].errors) == ["goals"]


def test_many_changes_take_few_queries(
    page: Client, business: Business, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        business.strategy_changes.create(
            date=dt.date(2026, 1, 1), trigger=str(number), change="so", decided_by=owner
        )
    with django_assert_max_num_queries(12):
        page.get(url(business, "changes"))

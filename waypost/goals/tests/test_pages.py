"""Pages of goals, as each role sees them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.goals import actions
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.tests import factories

SignIn = Callable[[User], Client]
TODAY = date.today()


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"goals:{name}", args=[business.slug, *args])


def words(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def undo_url(response: Any) -> str:
    [message] = get_messages(response.wsgi_request)
    return str(message.extra_tags).removeprefix("undo:")


def filled_in(**changes: str) -> dict[str, str]:
    return {
        "title": "Double the German audience",
        "kind": "reach",
        "why": "Their baskets are larger.",
        "metric": "Instagram followers",
        "unit": "followers",
        "baseline": "6.000,00",
        "target": "12,000.00",
        "start_date": TODAY.isoformat(),
        "deadline_date": (TODAY + timedelta(days=180)).isoformat(),
        "owner": "",
        **changes,
    }


def test_an_empty_list_shows_how_to_begin(page: Client, business: Business) -> None:
    answer = page.get(url(business, "list")).content.decode()
    assert "No goal yet" in answer
    assert url(business, "new") in answer


def test_the_list_says_how_each_goal_stands(page: Client, business: Business) -> None:
    goal = factories.make_goal(business, title="Louder")
    actions.record_value(goal, date=TODAY, value=Decimal(150), source=GoalValue.Source.TYPED)
    answer = page.get(url(business, "list")).content.decode()
    assert "On track" in answer
    assert "50\u00a0% of the way is done after 50\u00a0% of the time." in answer
    assert "150 → 200 followers" in answer
    assert 'class="meter-plan" x="50"' in answer


def test_the_list_of_fifty_goals_asks_no_more_than_that_of_one(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _number in range(50):
        goal = factories.make_goal(business)
        actions.record_value(goal, date=TODAY, value=Decimal(150), source="typed")
    with django_assert_max_num_queries(12):
        page.get(url(business, "list"))


def test_goals_of_another_business_are_not_listed(
    page: Client, business: Business, stranger: User
) -> None:
    other = stranger.memberships.get().business
    factories.make_goal(other, title="Their secret goal")
    factories.make_goal(business, title="Our goal")
    answer = page.get(url(business, "list")).content.decode()
    assert "Our goal" in answer
    assert "Their secret goal" not in answer


def test_a_goal_is_made_with_numbers_in_any_style(page: Client, business: Business) -> None:
    answer = page.post(url(business, "new"), filled_in())
    goal = business.goals.get()
    assert answer.status_code == 302
    assert answer["Location"] == url(business, "goal", goal.pk)
    assert (goal.baseline, goal.target, goal.unit) == (Decimal(6000), Decimal(12000), "followers")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"target": "6000"},
            "target",
            "The target equals the value at the start. Enter the number you want to reach.",
        ),
        (
            {"target": "12.000"},
            "target",
            "“12.000” can be read in two ways. Write 12000 or 12.00.",
        ),
        ({"baseline": "many"}, "baseline", "“many” is not a number. Write it like this: 1234.5"),
        ({"title": " "}, "title", "This field is required."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    page: Client, business: Business, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = page.post(url(business, "new"), filled_in(**changes))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [sentence]}
    assert "Their baskets are larger." in answer.content.decode()
    assert not Goal.objects.exists()


def test_a_deadline_comes_after_the_start_and_is_not_over(page: Client, business: Business) -> None:
    before = {"start_date": "2020-05-01", "deadline_date": "2020-04-01"}
    answer = page.post(url(business, "new"), filled_in(**before))
    assert list(answer.context["form"].errors) == ["deadline_date"]
    over = {"start_date": "2020-05-01", "deadline_date": "2020-06-01"}
    answer = page.post(url(business, "new"), filled_in(**over))
    [sentence] = answer.context["form"].errors["deadline_date"]
    assert sentence.startswith("This day has passed.")


def test_several_mistakes_are_told_at_once(page: Client, business: Business) -> None:
    wrong = filled_in(target="6000", deadline_date=TODAY.isoformat(), title="")
    answer = page.post(url(business, "new"), wrong)
    assert set(answer.context["form"].errors) == {"title", "target", "deadline_date"}


def test_a_stranger_cannot_be_made_the_owner_of_a_goal(
    page: Client, business: Business, stranger: User
) -> None:
    answer = page.post(url(business, "new"), filled_in(owner=str(stranger.pk)))
    assert list(answer.context["form"].errors) == ["owner"]


def test_editing_shows_numbers_without_thousands_and_keeps_the_rest(
    page: Client, business: Business
) -> None:
    goal = factories.make_goal(business, baseline=Decimal("6000.50"), target=Decimal(12000))
    shown = page.get(url(business, "edit", goal.pk)).content.decode()
    assert 'value="6000.5"' in shown
    assert 'value="12000"' in shown
    page.post(url(business, "edit", goal.pk), filled_in(title="Triple it"))
    goal.refresh_from_db()
    assert (goal.title, goal.baseline) == ("Triple it", Decimal(6000))


def test_a_goal_tells_its_standing_in_sentences_and_draws_it(
    page: Client, business: Business
) -> None:
    goal = factories.make_goal(business)
    actions.record_value(goal, date=TODAY, value=Decimal(130), source=GoalValue.Source.TYPED)
    answer = page.get(url(business, "goal", goal.pk)).content.decode()
    assert "Behind" in answer
    assert "it will be 160 followers on" in answer
    assert "From today on, +9.8 followers a week are needed." in answer
    assert "<polyline" in answer
    assert " style=" not in answer


def test_a_goal_of_another_business_is_not_found(
    page: Client, business: Business, stranger: User
) -> None:
    theirs = factories.make_goal(stranger.memberships.get().business)
    initiative = factories.make_initiative(theirs)
    for name, pk in (("goal", theirs.pk), ("edit", theirs.pk), ("initiative_new", theirs.pk)):
        assert page.get(url(business, name, pk)).status_code == 404
    assert page.get(url(business, "initiative_edit", initiative.pk)).status_code == 404
    for name in ("record", "archive", "restore"):
        assert page.post(url(business, name, theirs.pk)).status_code == 404
    assert page.post(url(business, "initiative_status", initiative.pk)).status_code == 404


def test_a_value_is_entered_and_taken_back(page: Client, business: Business, owner: User) -> None:
    goal = factories.make_goal(business)
    answer = page.post(
        url(business, "record", goal.pk), {"value": "150,5", "date": TODAY.isoformat()}
    )
    assert answer["Location"] == url(business, "goal", goal.pk)
    assert words(answer) == ["The value is saved."]
    value = goal.values.get()
    assert (value.value, value.source, value.recorded_by) == (Decimal("150.5"), "typed", owner)
    page.post(undo_url(answer))
    assert not goal.values.exists()


def test_taking_back_brings_the_replaced_value_again(page: Client, business: Business) -> None:
    goal = factories.make_goal(business)
    actions.record_value(goal, date=TODAY, value=Decimal(140), source="measured")
    answer = page.post(
        url(business, "record", goal.pk), {"value": "150", "date": TODAY.isoformat()}
    )
    assert words(answer) == ["The value is saved; it replaced another one."]
    page.post(undo_url(answer))
    value = goal.values.get()
    assert (value.value, value.source) == (Decimal(140), "measured")


def test_an_undo_of_one_goal_does_not_touch_another(page: Client, business: Business) -> None:
    goal, other = factories.make_goal(business), factories.make_goal(business)
    answer = page.post(
        url(business, "record", goal.pk), {"value": "150", "date": TODAY.isoformat()}
    )
    token = undo_url(answer).split("/")[-3]
    assert page.post(url(business, "undo_record", other.pk, token)).status_code == 404
    assert page.post(url(business, "undo_record", goal.pk, token + "x")).status_code == 404
    assert goal.values.count() == 1


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"value": "1.500", "date": TODAY.isoformat()}, "value"),
        ({"value": "150", "date": (TODAY + timedelta(days=1)).isoformat()}, "date"),
        ({"value": "150", "date": "2001-01-01"}, "date"),
        ({"value": "", "date": "tomorrow"}, "value"),
    ],
)
def test_a_wrong_value_is_explained_on_the_page_of_the_goal(
    page: Client, business: Business, entry: dict[str, str], field: str
) -> None:
    goal = factories.make_goal(business)
    answer = page.post(url(business, "record", goal.pk), entry)
    assert answer.status_code == 422
    assert next(iter(answer.context["form"].errors)) == field
    assert not goal.values.exists()


def test_an_archived_goal_can_be_brought_back(page: Client, business: Business) -> None:
    goal = factories.make_goal(business, title="Louder")
    answer = page.post(url(business, "archive", goal.pk))
    assert "Louder" not in page.get(url(business, "list")).content.decode()
    assert "Louder" in page.get(url(business, "list") + "?show=archived").content.decode()
    page.post(undo_url(answer))
    assert list(business.goals.open()) == [goal]


def initiative_entry(**changes: str) -> dict[str, str]:
    return {
        "title": "Post in German every day",
        "measure": "7 posts a week",
        "resources": "",
        "start_date": TODAY.isoformat(),
        "end_date": TODAY.isoformat(),
        "status": "in_progress",
        "progress": "20",
        "risk": "medium",
        "expected_contribution": "83",
        "owner": "",
        **changes,
    }


def test_an_initiative_is_made_and_its_goal_says_how_far_it_goes(
    page: Client, business: Business
) -> None:
    goal = factories.make_goal(business)
    page.post(url(business, "initiative_new", goal.pk), initiative_entry())
    initiative = goal.initiatives.get()
    assert (initiative.title, initiative.expected_contribution) == (
        "Post in German every day",
        Decimal(83),
    )
    answer = page.get(url(business, "goal", goal.pk)).content.decode()
    assert "They cover 83\u00a0% of the gap: 83 of 100 followers." in answer


def test_a_dropped_initiative_adds_nothing(page: Client, business: Business) -> None:
    goal = factories.make_goal(business)
    factories.make_initiative(goal, expected_contribution=Decimal(83), status="dropped")
    factories.make_initiative(goal, expected_contribution=Decimal(50))
    answer = page.get(url(business, "goal", goal.pk)).content.decode()
    assert "They cover 50\u00a0% of the gap" in answer


def test_initiatives_without_a_number_say_so(page: Client, business: Business) -> None:
    goal = factories.make_goal(business)
    factories.make_initiative(goal)
    answer = page.get(url(business, "goal", goal.pk)).content.decode()
    assert "None says how far it moves the number" in answer


def test_what_is_wrong_with_an_initiative_stands_beside_the_fields(
    page: Client, business: Business
) -> None:
    goal = factories.make_goal(business)
    wrong = initiative_entry(end_date="2020-01-01", progress="120", expected_contribution="-3")
    answer = page.post(url(business, "initiative_new", goal.pk), wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {
        "end_date",
        "progress",
        "expected_contribution",
    }
    assert not Initiative.objects.exists()


def test_an_initiative_is_edited_and_its_status_set(page: Client, business: Business) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    answer = page.post(
        url(business, "initiative_edit", initiative.pk), initiative_entry(title="Post twice")
    )
    assert answer["Location"] == url(business, "goal", initiative.goal_id)
    initiative.refresh_from_db()
    assert (initiative.title, initiative.progress) == ("Post twice", 20)
    page.post(url(business, "initiative_status", initiative.pk), {"status": "done"})
    initiative.refresh_from_db()
    assert (initiative.status, initiative.progress) == ("done", 100)
    answer = page.post(url(business, "initiative_status", initiative.pk), {"status": "asleep"})
    assert words(answer)[-1] == "Choose a status from the list."


PAGES = ("goal", "edit", "initiative_new")
POSTS = ("record", "archive", "restore")


def test_a_stranger_finds_nothing(business: Business, stranger: User, sign_in: SignIn) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal)
    browser = sign_in(stranger)
    urls = [url(business, "list"), url(business, "new")]
    urls += [url(business, name, goal.pk) for name in PAGES]
    urls += [url(business, "initiative_edit", initiative.pk)]
    assert {browser.get(address).status_code for address in urls} == {404}
    addresses = [url(business, name, goal.pk) for name in POSTS]
    addresses += [url(business, "initiative_status", initiative.pk)]
    addresses += [url(business, "undo_record", goal.pk, "x")]
    assert {browser.post(address).status_code for address in addresses} == {404}


def test_a_viewer_reads_goals_and_changes_nothing(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal)
    browser = sign_in(viewer)
    assert browser.get(url(business, "list")).status_code == 200
    seen = browser.get(url(business, "goal", goal.pk)).content.decode()
    assert url(business, "edit", goal.pk) not in seen
    assert url(business, "record", goal.pk) not in seen
    assert browser.get(url(business, "new")).status_code == 403
    for name in POSTS:
        assert browser.post(url(business, name, goal.pk)).status_code == 403
    entry = {"status": "done"}
    address = url(business, "initiative_status", initiative.pk)
    assert browser.post(address, entry).status_code == 403


def test_a_contributor_enters_values_and_edits_no_goal(
    business: Business, contributor: User, sign_in: SignIn
) -> None:
    goal = factories.make_goal(business)
    browser = sign_in(contributor)
    entry = {"value": "150", "date": TODAY.isoformat()}
    browser.post(url(business, "record", goal.pk), entry)
    assert goal.values.get().value == 150
    assert browser.get(url(business, "edit", goal.pk)).status_code == 403
    assert browser.post(url(business, "archive", goal.pk)).status_code == 403

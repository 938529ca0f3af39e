"""From the SWOT to what is done: points, conclusions, and what they lead to."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.market.models import SwotPoint
from waypost.strategy.actions import conclusions, swot
from waypost.strategy.models import Conclusion
from waypost.tests import factories


@pytest.fixture
def conclusion(business: Business, owner: User) -> Conclusion:
    return conclusions.conclude(
        business, "swot", text="Film every cup on the wheel", pairing="SO", by=owner
    )


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business)


@pytest.fixture
def initiative(goal: Goal) -> Initiative:
    return factories.make_initiative(goal)


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"strategy:{name}", args=[business.slug, *args])


def untouched(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    values = {name: form[name].value() for name in form.fields}
    return {
        name: value
        for name, value in values.items()
        if (value or value == 0) and value is not False
    }


def texts(business: Business, quadrant: str) -> list[str]:
    points = business.swot_points.ours().filter(quadrant=quadrant)
    return list(points.values_list("text", flat=True))


def test_points_are_added_to_their_field(page: Client, business: Business) -> None:
    for text in ("Thrown by hand", "Filmed"):
        page.post(url(business, "swot_add"), {"quadrant": "strengths", "text": text})
    assert texts(business, "strengths") == ["Thrown by hand", "Filmed"]
    assert texts(business, "threats") == []


def test_an_empty_point_is_explained_in_its_own_field(page: Client, business: Business) -> None:
    answer = page.post(url(business, "swot_add"), {"quadrant": "threats", "text": " "})
    assert answer.status_code == 422
    wrong = {field.key for field in answer.context["fields"] if field.form.errors}
    assert wrong == {"threats"}


def test_there_is_no_fifth_field(page: Client, business: Business) -> None:
    answer = page.post(url(business, "swot_add"), {"quadrant": "dreams", "text": "x"})
    assert answer.status_code == 404


def test_a_full_field_takes_no_more(business: Business, owner: User) -> None:
    for number in range(swot.MANY):
        swot.add_point(business, "threats", text=str(number), by=owner)
    with pytest.raises(Refusal) as told:
        swot.add_point(business, "threats", text="one more", by=owner)
    assert told.value.message == "A field holds 30 points. Keep the ones that matter most."


def test_points_change_places_and_fields(page: Client, business: Business, owner: User) -> None:
    one, two = (swot.add_point(business, "weaknesses", text=t, by=owner) for t in ("one", "two"))
    page.post(url(business, "swot_move", two.pk), {"to": "up"})
    assert texts(business, "weaknesses") == ["two", "one"]
    page.post(url(business, "swot_move", two.pk), {"to": "up"})
    assert texts(business, "weaknesses") == ["two", "one"]
    page.post(url(business, "swot_move", one.pk), {"to": "threats"})
    assert (texts(business, "weaknesses"), texts(business, "threats")) == (["two"], ["one"])


def test_a_point_is_changed_and_removed(page: Client, business: Business, owner: User) -> None:
    point = swot.add_point(business, "strengths", text="Hand made", by=owner)
    page.post(url(business, "swot_edit", point.pk), {"text": "Thrown by hand"})
    assert texts(business, "strengths") == ["Thrown by hand"]
    page.post(url(business, "swot_remove", point.pk))
    assert texts(business, "strengths") == []


def test_competitors_stand_beside_us_but_are_not_changed_here(
    page: Client, business: Business
) -> None:
    rival = business.competitors.create(name="Drava Pottery")
    point = business.swot_points.create(competitor=rival, quadrant="strengths", text="Known")
    shown = page.get(url(business, "swot")).content.decode()
    assert "Drava Pottery" in shown
    assert page.post(url(business, "swot_remove", point.pk)).status_code == 404
    assert SwotPoint.objects.get() == point


def test_the_swot_with_thirty_competitors_takes_few_queries(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        rival = business.competitors.create(name=f"Rival {number}")
        for quadrant in SwotPoint.Quadrant.values:
            business.swot_points.create(competitor=rival, quadrant=quadrant, text="so")
    with django_assert_max_num_queries(10):
        page.get(url(business, "swot"))


def test_a_line_is_written_down(page: Client, business: Business) -> None:
    page.post(url(business, "conclude", "swot"), {"pairing": "WT", "text": " Answer  faster "})
    [line] = business.conclusions.all()
    assert (line.text, line.pairing, line.section) == ("Answer faster", "WT", "swot")


def test_only_the_swot_asks_for_a_pairing(page: Client, business: Business) -> None:
    page.post(url(business, "conclude", "mission"), {"pairing": "WT", "text": "Say it aloud"})
    assert business.conclusions.get().pairing == ""


def test_an_empty_line_is_refused(page: Client, business: Business) -> None:
    answer = page.post(url(business, "conclude", "mission"), {"text": "  "})
    assert answer.status_code == 422
    assert business.conclusions.count() == 0


def test_it_becomes_a_task(
    page: Client, business: Business, conclusion: Conclusion, initiative: Initiative
) -> None:
    sent = {"what": "new_task", "initiative": initiative.pk}
    answer = page.post(url(business, "conclusion_lead", conclusion.pk), sent)
    assert answer["Location"] == url(business, "swot") + "#therefore"
    conclusion.refresh_from_db()
    assert conclusion.task is not None
    assert (conclusion.task.title, conclusion.task.initiative) == (conclusion.text, initiative)


def test_it_becomes_a_new_initiative(
    page: Client, business: Business, conclusion: Conclusion, goal: Goal
) -> None:
    sent = {"what": "new_initiative", "goal": goal.pk}
    answer = page.post(url(business, "conclusion_lead", conclusion.pk), sent)
    form = page.get(answer["Location"]).context["form"]
    assert form.initial["title"] == conclusion.text
    data = untouched(form)
    page.post(answer["Location"], data)
    conclusion.refresh_from_db()
    assert conclusion.initiative is not None
    assert (conclusion.initiative.title, conclusion.initiative.goal) == (conclusion.text, goal)


def test_it_becomes_a_new_goal(page: Client, business: Business, conclusion: Conclusion) -> None:
    answer = page.post(url(business, "conclusion_lead", conclusion.pk), {"what": "new_goal"})
    form = page.get(answer["Location"]).context["form"]
    data = untouched(form)
    deadline = dt.date.today() + dt.timedelta(days=90)
    data |= {"metric": "views", "baseline": "0", "target": "1000", "deadline_date": str(deadline)}
    page.post(answer["Location"], data)
    conclusion.refresh_from_db()
    assert conclusion.goal is not None
    assert (conclusion.goal.title, conclusion.goal.specific) == (conclusion.text, conclusion.text)


def test_it_joins_what_is_there_already(
    page: Client, business: Business, conclusion: Conclusion, goal: Goal
) -> None:
    page.post(url(business, "conclusion_lead", conclusion.pk), {"what": "goal", "goal": goal.pk})
    conclusion.refresh_from_db()
    assert conclusion.became == goal


def test_what_is_not_chosen_is_asked_for(
    page: Client, business: Business, conclusion: Conclusion
) -> None:
    answer = page.post(url(business, "conclusion_lead", conclusion.pk), {"what": "new_task"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"initiative": ["Choose the initiative."]}


def test_it_leads_to_one_thing_only(conclusion: Conclusion, initiative: Initiative) -> None:
    conclusions.make_task(conclusion, initiative)
    with pytest.raises(Refusal):
        conclusions.link_initiative(conclusion, initiative)


def test_the_link_can_be_taken_away_and_the_task_stays(
    page: Client, business: Business, conclusion: Conclusion, initiative: Initiative
) -> None:
    task = conclusions.make_task(conclusion, initiative)
    page.post(url(business, "conclusion_unlink", conclusion.pk))
    conclusion.refresh_from_db()
    assert conclusion.became is None
    assert business.tasks.get() == task


def test_a_line_is_changed_and_removed(
    page: Client, business: Business, conclusion: Conclusion
) -> None:
    page.post(
        url(business, "conclusion", conclusion.pk), {"pairing": "ST", "text": "Number each cup"}
    )
    conclusion.refresh_from_db()
    assert (conclusion.text, conclusion.pairing) == ("Number each cup", "ST")
    page.post(url(business, "conclusion_remove", conclusion.pk))
    assert business.conclusions.count() == 0


def test_goals_of_others_are_not_offered(
    page: Client, business: Business, conclusion: Conclusion, stranger: User
) -> None:
    theirs = factories.make_goal(stranger.memberships.get().business)
    sent = {"what": "goal", "goal": theirs.pk}
    answer = page.post(url(business, "conclusion_lead", conclusion.pk), sent)
    assert answer.status_code == 422
    initiative = url(business, "conclusion_initiative", conclusion.pk, theirs.pk)
    assert page.get(initiative).status_code == 404

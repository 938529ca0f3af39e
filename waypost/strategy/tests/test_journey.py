"""The customer journey: drawn in stages, walked step by step."""

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.strategy import actions
from waypost.strategy.journey import stages
from waypost.strategy.models import State
from waypost.strategy.progress import outline
from waypost.strategy.sections import BY_KEY


def drawn(business: Business) -> dict[str, str]:
    """State of each step that is drawn."""
    chapter = outline(business).chapter("journey")
    assert chapter is not None
    found = stages(business, chapter)
    return {step.told.question.key: step.state for stretch in found for step in stretch.steps}


def say(business: Business, by: User, step: str) -> None:
    actions.save_answer(
        business, f"journey.{step}", value={"text": "so"}, state=State.ANSWERED, by=by
    )


def url(business: Business, step: str) -> str:
    return reverse("strategy:step_check", args=[business.slug, step])


def test_all_fourteen_steps_are_drawn_in_order(business: Business) -> None:
    asked = [question.key for question in BY_KEY["journey"].questions]
    assert drawn(business) == dict.fromkeys(asked, "missing")


def test_what_is_not_relevant_is_not_drawn(business: Business, owner: User) -> None:
    for step in ("return", "refund"):
        actions.say_not_relevant(business, f"journey.{step}", relevant=False, by=owner)
    assert {"return", "refund"} & set(drawn(business)) == set()


def test_a_step_that_somebody_told_waits_to_be_walked(business: Business, owner: User) -> None:
    say(business, owner, "ship")
    assert drawn(business)["ship"] == "unchecked"


def test_a_step_works_or_is_broken(page: Client, business: Business, owner: User) -> None:
    for step, works, state in (("ship", "yes", "works"), ("track", "no", "broken_step")):
        say(business, owner, step)
        page.post(url(business, step), {"works": works})
        assert drawn(business)[step] == state
    assert business.step_checks.get(step="ship").checked_by == owner


def test_a_broken_step_is_written_down_once_until_it_works_again(
    page: Client, business: Business
) -> None:
    for works in ("no", "no", "yes", "no"):
        page.post(url(business, "ship"), {"works": works})
    told = list(business.conclusions.values_list("section", "text"))
    assert told == [("journey", "Mend: How do you ship?")] * 2


@pytest.mark.parametrize(("step", "works"), [("ship", "perhaps"), ("nothing", "yes"), ("ship", "")])
def test_what_cannot_be_checked_is_not_found(
    page: Client, business: Business, step: str, works: str
) -> None:
    assert page.post(url(business, step), {"works": works}).status_code == 404


def test_the_page_of_the_section_draws_it(page: Client, business: Business) -> None:
    shown = page.get(reverse("strategy:section", args=[business.slug, "journey"])).content.decode()
    assert [shown.count(f'id="step-{key}"') for key in ("source", "refund")] == [1, 1]


def test_other_sections_draw_none(page: Client, business: Business) -> None:
    shown = page.get(reverse("strategy:section", args=[business.slug, "company"]))
    assert shown.context["stages"] == []

"""How far it is: counted honestly, in few queries."""

from typing import Any

from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.strategy import actions
from waypost.strategy.models import State
from waypost.strategy.progress import Progress, Told, outline
from waypost.strategy.questions import Question
from waypost.strategy.sections import BY_KEY, SECTIONS


def told(state: str, minutes: int = 2) -> Told:
    question = Question(key="q", ask="?", minutes=minutes)
    return Told(BY_KEY["company"], question, state)


def say(business: Business, by: User, key: str, text: str = "so") -> None:
    actions.save_answer(business, key, value={"text": text}, state=State.ANSWERED, by=by)


@given(st.lists(st.sampled_from(State.values)))
def test_progress_counts_what_is_asked_and_nothing_else(states: list[str]) -> None:
    progress = Progress(tuple(told(state) for state in states))
    assert progress.asked == len(states) - states.count(State.NOT_RELEVANT)
    assert progress.answered == states.count(State.ANSWERED)
    assert progress.minutes_left == 2 * states.count(State.NOT_YET)
    assert progress.is_done == (State.NOT_YET not in states)
    assert (progress.percent == 100) == progress.is_done


def test_nothing_asked_has_no_share() -> None:
    assert Progress((told(State.NOT_RELEVANT),)).share is None


def test_an_empty_business_has_everything_before_it(business: Business) -> None:
    whole = outline(business)
    assert whole.progress.answered == 0
    assert whole.progress.asked == sum(len(section.questions) for section in SECTIONS)


def test_an_answer_counts_once_it_says_something(owner: User, business: Business) -> None:
    say(business, owner, "company.name")
    chapter = outline(business).chapter("company")
    assert chapter is not None
    assert (chapter.progress.answered, chapter.progress.asked) == (1, 7)


def test_what_is_not_relevant_leaves_the_count(owner: User, business: Business) -> None:
    actions.say_not_relevant(business, "persona.business_goals", relevant=False, by=owner)
    chapter = outline(business).chapter("persona")
    assert chapter is not None
    assert chapter.progress.asked == 11


def test_rows_answer_questions(business: Business) -> None:
    business.personas.create(name="Katja", usp="A broken cup is replaced")
    chapter = outline(business).chapter("persona")
    assert chapter is not None
    answered = [one.question.key for one in chapter.told if one.state == State.ANSWERED]
    assert answered == ["name", "usp"]


def test_rows_of_another_business_answer_nothing(stranger: User, business: Business) -> None:
    stranger.memberships.get().business.personas.create(name="Katja")
    assert outline(business).progress.answered == 0


def test_our_own_swot_is_not_answered_by_that_of_a_competitor(business: Business) -> None:
    rival = business.competitors.create(name="Drava")
    business.swot_points.create(competitor=rival, quadrant="strengths", text="Known")
    whole = outline(business)
    answered = {one.key for one in whole.progress.told if one.state == State.ANSWERED}
    assert answered == {"competitors.name", "competitors.swot", "core.competitors"}


def test_core_questions_are_filled_from_the_sections_behind_them(
    owner: User, business: Business
) -> None:
    say(business, owner, "mission.effect_on_customers")
    chapter = outline(business).chapter("core")
    assert chapter is not None
    filled = [(one.question.key, one.is_filled) for one in chapter.told if not one.is_open]
    assert filled == [("why_exist", True)]


def test_a_hidden_section_is_not_counted(business: Business) -> None:
    actions.hide_section(business, BY_KEY["swot"])
    whole = outline(business)
    assert "swot" not in {chapter.section.key for chapter in whole.shown}
    assert whole.progress.asked == 102


def test_questions_of_ones_own_are_counted(business: Business) -> None:
    actions.add_question(business, BY_KEY["company"], ask="Who is the cat?")
    assert outline(business).progress.asked == 107


def test_the_outline_takes_four_queries(business: Business, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(4):
        outline(business)


def test_after_a_chapter_comes_the_next_open_one_and_round_again(business: Business) -> None:
    whole = outline(business)
    last, first = whole.chapters[-1], whole.chapters[0]
    assert whole.after(first) == whole.chapters[1]
    assert whole.after(last) == first


def test_one_goes_on_after_the_answer_given_last(
    page: Client, owner: User, business: Business
) -> None:
    say(business, owner, "core.who")
    say(business, owner, "mission.business_now")
    shown = page.get(reverse("strategy:overview", args=[business.slug]))
    assert shown.context["resume"] == reverse("strategy:screen", args=[business.slug, "mission", 2])


def test_the_overview_of_a_newcomer_begins_with_the_first_core_question(
    page: Client, business: Business
) -> None:
    shown = page.get(reverse("strategy:overview", args=[business.slug]))
    assert shown.context["resume"] == reverse("strategy:screen", args=[business.slug, "core", 1])
    assert "Start with the first question" in shown.content.decode()

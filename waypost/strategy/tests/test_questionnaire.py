"""The questionnaire as data: what is asked, and in which shapes."""

from collections import Counter

from django.db.models import Model

from waypost.strategy.onepage import BEHIND, FILLED
from waypost.strategy.questions import all_questions, path
from waypost.strategy.sections import BY_KEY, SECTIONS, review
from waypost.strategy.sections.journey import STAGES

EVERYTHING = list(all_questions(SECTIONS))
FIELDS = {
    "core": 10,
    "company": 7,
    "mission": 5,
    "roles": 7,
    "swot": 4,
    "goals": 6,
    "initiatives": 5,
    "geo": 3,
    "occupation": 4,
    "persona": 12,
    "competitors": 4,
    "product": 6,
    "price": 5,
    "distribution": 8,
    "journey": 14,
    "channels": 6,
}


def test_every_section_asks_what_the_method_asks() -> None:
    assert {section.key: len(section.questions) for section in SECTIONS} == FIELDS


def test_with_the_four_questions_of_a_review_there_are_110() -> None:
    assert len(EVERYTHING) + len(review.SCREENS) == 110


def test_every_question_is_answered_here_or_by_rows() -> None:
    assert [path(*one) for one in EVERYTHING if not one[1].parts and not one[1].rows] == []


def test_no_key_is_used_twice() -> None:
    assert max(Counter(path(*one) for one in EVERYTHING).values()) == 1


def test_no_key_looks_like_that_of_an_own_question() -> None:
    assert [path(*one) for one in EVERYTHING if one[1].key.startswith("own-")] == []


def test_the_parts_of_an_answer_have_names_of_their_own() -> None:
    for section, question in EVERYTHING:
        names = [part.name for part in question.parts]
        assert sorted(set(names)) == sorted(names), path(section, question)
        assert "state" not in names


def test_a_part_with_options_has_some_and_no_other_has() -> None:
    for section, question in EVERYTHING:
        for part in question.parts:
            chosen = part.kind in ("choice", "many")
            assert bool(part.options) == chosen, path(section, question)


def test_rows_belong_to_a_business_and_name_fields_that_exist() -> None:
    for _section, question in EVERYTHING:
        if question.rows is None:
            continue
        model: type[Model] = question.rows.model
        assert model._meta.get_field("business") is not None
        for field in question.rows.fields:
            assert model._meta.get_field(field) is not None


def test_what_fills_a_core_question_exists() -> None:
    known = {path(*one) for one in EVERYTHING}
    asked = {source for _section, question in EVERYTHING for source in question.sources}
    assert asked - known == set()


def test_each_core_question_is_filled_and_leads_to_its_sections() -> None:
    core = {question.key for question in BY_KEY["core"].questions}
    assert set(FILLED) == core
    assert set(BEHIND) == core
    assert {key for keys in BEHIND.values() for key in keys} - set(BY_KEY) == set()


def test_the_stages_of_the_journey_hold_each_step_once() -> None:
    drawn = [key for stage in STAGES for key in stage.steps]
    assert drawn == [question.key for question in BY_KEY["journey"].questions]


def test_a_screen_is_found_by_its_question() -> None:
    company = BY_KEY["company"]
    assert company.screen_of("name") == 0
    assert company.screen_of("founder") == 0
    assert company.screen_of("story") == len(company.screens) - 1
    assert company.screen_of("nothing") is None


def test_a_newcomer_can_answer_the_core_within_half_an_hour() -> None:
    assert BY_KEY["core"].minutes <= 30

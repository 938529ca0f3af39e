"""The strategy as files: what people answered stands in them, in both languages."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from waypost.accounts.models import Business, User
from waypost.documents.values import (
    Callout,
    Document,
    Heading,
    Journey,
    Paragraph,
    Profiles,
    Question,
    Table,
    Ticks,
)
from waypost.strategy import actions, export
from waypost.strategy.actions.versions import approve
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import all_questions
from waypost.strategy.sections import BY_KEY, SECTIONS
from waypost.strategy.tests.reading import ROWS, answers_of, squeezed, text_of
from waypost.strategy.tests.story import HTML, answer, tell
from waypost.tests.factories import make_goal, make_initiative, make_task

pytestmark = pytest.mark.django_db

TO_DO = "– to be completed –"
MOST_QUERIES = 55


@pytest.fixture
def told(business: Business) -> Business:
    tell(business)
    return business


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_every_answer_stands_in_the_file(told: Business, file_format: str, language: str) -> None:
    with translation.override(language):
        found = squeezed(text_of(export.STRATEGY.formats[file_format](told), file_format))
        wanted = answers_of(told)
    assert len(wanted) > 45
    assert [each for each in wanted if squeezed(each) not in found] == []


@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_every_row_stands_in_the_file(told: Business, file_format: str) -> None:
    with translation.override("sl"):
        found = squeezed(text_of(export.STRATEGY.formats[file_format](told), file_format))
    assert [each for each in ROWS if squeezed(each) not in found] == []


def today() -> str:
    return date_format(timezone.localdate(), "SHORT_DATE_FORMAT")


def parts_of(business: Business, kind: type, **wishes: bool) -> list[Any]:
    made = export.strategy_of(business, **wishes)
    assert isinstance(made, Document)
    return [part for part in made.parts if isinstance(part, kind)]


def test_a_person_alone_in_the_world_gets_a_short_document(business: Business) -> None:
    made = export.strategy_of(business)
    assert isinstance(made, Document)
    headings = [part.text for part in parts_of(business, Heading)]
    assert headings == ["Four questions for every month"]


def test_a_draft_names_what_is_open_and_shows_every_section(business: Business) -> None:
    shown = [part.text for part in parts_of(business, Heading, draft=True) if part.level == 1]
    assert set(shown) >= {str(section.title) for section in SECTIONS if section.key != "core"}
    open_now = [
        part.text for part in parts_of(business, Question, draft=True) if part.answer == TO_DO
    ]
    asked = [
        str(question.ask)
        for section, question in all_questions(SECTIONS)
        if question.is_asked_here and section.key not in ("core", "journey")
    ]
    assert sorted(open_now) == sorted([*asked, "Which social networks will you use?"])


def test_what_is_not_relevant_is_left_out_of_the_draft_too(business: Business) -> None:
    made = answer(business, "company.story")
    Answer.objects.filter(pk=made.pk).update(state=State.NOT_RELEVANT)
    asked = [part.text for part in parts_of(business, Question, draft=True)]
    assert "What is your story? How did you come to do this?" not in asked


def test_hidden_sections_are_left_out(told: Business) -> None:
    told.hidden_sections.create(section="journey")
    assert parts_of(told, Journey) == []


def test_a_question_of_ones_own_is_printed_with_its_section(told: Business) -> None:
    own = told.own_questions.create(section="swot", ask="Koga občudujemo?")
    answer(told, f"swot.{own.key}", text="Čebele")
    found = [part for part in parts_of(told, Question) if part.text == own.ask]
    assert [part.answer for part in found] == ["Čebele"]


def test_personas_are_cards_and_those_who_are_not_meant_stand_apart(told: Business) -> None:
    meant, others = [
        part for part in parts_of(told, Profiles) if part.profiles[0].name != "Velika sveča"
    ]
    assert [(each.name, each.quiet) for each in meant.profiles] == [("Špela", False)]
    assert [(each.name, each.quiet) for each in others.profiles] == [("Lovec na popuste", True)]
    (spela,) = meant.profiles
    assert spela.picture is not None
    assert (spela.picture.suffix, spela.picture.alt) == ("jpg", "Nasmejana Špela")
    known = {fact.label: fact.value for fact in spela.facts}
    assert known["Age, gender, place"] == "30–45 years, Kranj"
    assert known["Challenges"] == HTML


def test_a_persona_whose_picture_is_gone_is_printed_without(told: Business) -> None:
    asset = told.personas.get(name="Špela").picture
    assert asset is not None
    for file in (asset.file, asset.thumbnail):
        if file:
            file.storage.delete(str(file.name))
    (meant, *_rest) = parts_of(told, Profiles)
    assert meant.profiles[0].picture is None


def test_the_swot_stands_beside_the_competitors(told: Business) -> None:
    table = next(part for part in parts_of(told, Table) if part.headings[0] == "SWOT")
    assert table.headings == ("SWOT", "Candle shop", "Drava sveče", "Žarek")
    assert table.rows[0] == (
        "Strengths",
        "• Točka strengths naše",
        "• Točka strengths Drava sveče",
        "• Točka strengths Žarek",
    )


def test_what_follows_says_what_came_of_it(told: Business) -> None:
    told_lines = [line for part in parts_of(told, Callout) for line in part.items]
    assert told_lines == [
        "Povedali bomo zgodbo (initiative: Nemški profil)",
        "SO: Odprli bomo nemški profil (goal: Podvojiti občinstvo v Nemčiji)",
    ]


def test_prices_are_reckoned_without_vat(told: Business) -> None:
    table = next(part for part in parts_of(told, Table) if "Markup" in part.headings)
    assert table.rows == (
        (
            "Velika sveča",
            "24.40\u00a0EUR",
            "22\u00a0%",
            "20.00\u00a0EUR",
            "8.00\u00a0EUR",
            "60\u00a0%",
            "150\u00a0%",
            "–",
            "20\u00a0%",
        ),
    )


def test_holidays_and_shopping_days_of_the_places_are_listed(told: Business) -> None:
    table = next(part for part in parts_of(told, Table) if part.headings[0] == "Day")
    said = {row[1]: row[2] for row in table.rows}
    assert said["Teden čebel"] == "Own day"
    assert said["Christmas Day (SI)"] == "Public holiday"
    assert "Shopping day" in said.values()


def test_nobody_who_named_no_place_gets_days(business: Business) -> None:
    assert parts_of(business, Table) == []


def test_the_work_of_the_channels_stands_against_the_hours(told: Business) -> None:
    table = next(part for part in parts_of(told, Table) if part.headings[-1] == "Hours a week")
    assert table.rows == (("Glavni profil", "3.5", "3.3"), ("Together", "3.5", "3.3"))
    said = [part.text for part in parts_of(told, Paragraph)]
    assert "Hours a week that people have: 8.5." in said
    told.channels.update(posts_per_week=40)
    said = [part.text for part in parts_of(told, Paragraph)]
    assert [text for text in said if "nobody has" in text] == [
        "Hours a week that people have: 8.5. Hours a week that nobody has: 13."
    ]


def test_what_is_set_up_is_ticked_and_the_rest_is_not(told: Business) -> None:
    (business,) = parts_of(told, Ticks)
    done = [(tick.text, tick.note) for tick in business.ticks if tick.done]
    assert done == [("One business e-mail for all registrations", f"{today()}, pri Neži")]
    table = next(part for part in parts_of(told, Table) if part.headings[0] == "Done")
    assert table.headings == ("Done", "Glavni profil")
    assert [row[0] for row in table.rows if row[1] == "☒"] == ["Two-factor sign-in is on"]
    assert {row[1] for row in table.rows} == {"☒", "☐"}


def test_what_does_not_apply_to_a_website_is_a_dash(told: Business) -> None:
    told.channels.update(network="website")
    table = next(part for part in parts_of(told, Table) if part.headings[0] == "Done")
    dashes = [row[0] for row in table.rows if row[1] == "–"]
    assert "The profile has the name of the business" in dashes


def test_the_steps_of_the_journey_are_counted_through(told: Business) -> None:
    drawn = parts_of(told, Journey)
    assert [(part.first, len(part.steps)) for part in drawn] == [
        (1, 3),
        (4, 3),
        (7, 4),
        (11, 2),
        (13, 2),
    ]


def test_a_step_that_was_walked_carries_a_tick(told: Business, owner: User) -> None:
    for key, works in (("ship", True), ("track", False)):
        step = BY_KEY["journey"].question(key)
        assert step is not None
        actions.check_step(told, step, works=works, by=owner)
    steps = [step for part in parts_of(told, Journey) for step in part.steps]
    assert [step.title for step in steps if step.tested] == ["How do you ship?"]


def test_the_version_says_when_something_changed_since(told: Business, owner: User) -> None:
    assert export.strategy_of(told).head.version == ""
    version = approve(told, by=owner)
    assert export.strategy_of(told).head.version == f"Version {version.number}"
    answer(told, "company.story", text="Novo")
    later = f"After version {version.number}, with later changes"
    assert export.strategy_of(told).head.version == later


def test_reading_takes_as_many_queries_for_much_as_for_little(
    told: Business, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        told.personas.create(name=f"Oseba {number}", picture=told.assets.first())
        told.competitors.create(name=f"Tekmec {number}")
        told.strategy_changes.create(date=date(2026, 1, 1), trigger="x", decided_by=owner)
        goal = make_goal(told, owner=owner)
        make_task(make_initiative(goal, owner=owner))
        told.conclusions.create(section="swot", text="x", goal=goal)
    with django_assert_max_num_queries(MOST_QUERIES):
        export.strategy_of(told)

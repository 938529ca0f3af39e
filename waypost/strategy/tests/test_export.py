"""The strategy as files: what people answered stands in them, in both languages."""

import html
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from docx.oxml.ns import qn

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
from waypost.home.kinds import EXPORTS
from waypost.strategy import actions, export
from waypost.strategy.actions.versions import approve
from waypost.strategy.export.blank import template
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import Kind, all_questions, path
from waypost.strategy.sections import BY_KEY, SECTIONS, review
from waypost.strategy.tests.story import HTML, answer, tell
from waypost.strategy.values import words
from waypost.tests.factories import make_goal, make_initiative, make_task

pytestmark = pytest.mark.django_db

ROWS = (
    "Žiga Pišek",
    "Ima zadnjo besedo o cenah",
    "Maribor z okolico",
    "Martinovo",
    "Teden čebel",
    "Učiteljice in učitelji",
    "Glavni profil",
    f"Predstavitev: {HTML}",
    "Špela",
    "Sveča gori dvakrat dlje",
    "Lovec na popuste",
    "Izključi iskanje »zastonj«",
    "Drava sveče",
    "Povzetek Žarek",
    "12.007",
    "24.008",
    "Točka strengths naše",
    "Točka threats Žarek",
    "Velika sveča",
    "24,40 EUR",
    "20,00 EUR",
    "Vsaka je oštevilčena",
    "Vosek je drag",
    "Canva",
    "Podvojiti občinstvo v Nemčiji",
    "Štiri ure na teden",
    "Nemški profil",
    "Prevesti opis",
    "Odprli bomo nemški profil",
    "Povedali bomo zgodbo",
    "Vosek se je podražil",
)


ENGLISH = {
    "12.007": "12,007",
    "24.008": "24,008",
    "24,40 EUR": "24.40 EUR",
    "20,00 EUR": "20.00 EUR",
}
ROWS_IN_ENGLISH = [ENGLISH.get(each, each) for each in ROWS]
TO_DO = "– to be completed –"
MOST_QUERIES = 55


@pytest.fixture
def told(business: Business) -> Business:
    tell(business)
    return business


def text_of(content: bytes, file_format: str) -> str:
    if file_format == "docx":
        body = docx.Document(io.BytesIO(content)).element.body
        return "".join(each.text or "" for each in body.iter(qn("w:t")))
    if file_format == "md":
        return content.decode().replace("\\", "").replace("<br>", "")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils).")
    reader = ["pdftotext", "-raw", "-", "-"]
    return subprocess.run(reader, input=content, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").replace("•", "").replace("-", "")


def answers_of(business: Business) -> list[str]:
    """Every answer as a person reads it, in the language of the moment; lists line by line."""
    known = business.answers.by_key()
    found: list[str] = []
    for section, question in all_questions(SECTIONS):
        row = known.get(path(section, question))
        if row is None or not row.value:
            continue
        if question.parts[0].kind in (Kind.LIST, Kind.TIMELINE):
            found += [text if isinstance(text, str) else text[1] for text in row.value["list"]]
        else:
            found.append(words(question, row.value))
    return found


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


# --- one page ---


@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_the_one_page_says_what_was_answered(business: Business, file_format: str) -> None:
    answer(business, "core.why_exist", text="Zaradi čebel")
    business.places.create(name="Žužemberk")
    with translation.override("sl"):
        found = squeezed(text_of(export.ONE_PAGE.formats[file_format](business), file_format))
    for each in ("Zaradi čebel", "Žužemberk", business.name):
        assert squeezed(each) in found


def test_the_one_page_is_one_page_however_much_was_answered(told: Business) -> None:
    for section, question in all_questions(SECTIONS):
        if section.key == "core":
            parts = {part.name: "Dolg odgovor o čebelah. " * 80 for part in question.parts}
            answer(told, path(section, question), **parts)
    content = export.ONE_PAGE.formats["pdf"](told)
    text = text_of(content, "pdf")
    assert text.count("\f") == 1
    assert "The strategy has them in full." in text


# --- templates ---


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_the_template_asks_everything_and_needs_no_business(
    file_format: str, language: str
) -> None:
    with translation.override(language):
        found = squeezed(
            text_of(export.STRATEGY.formats[file_format](None, blank=True), file_format)
        )
        missing = [
            path(section, question)
            for section, question in all_questions(SECTIONS)
            if squeezed(str(question.ask)) not in found and section.key != "roles"
        ]
        monthly = [str(question.ask) for screen in review.SCREENS for question in screen]
    assert missing == []
    assert [ask for ask in monthly if squeezed(ask) not in found] == []


def test_the_template_has_room_for_the_questions_of_every_month() -> None:
    *_before, heading, _lead, first, second, third, fourth = template(None, date(2026, 3, 14)).parts
    assert heading == Heading("Four questions for every month")
    rooms = [one.room for one in (first, second, third, fourth) if isinstance(one, Question)]
    assert rooms == [3, 3, 3, 3]


@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_the_template_of_the_one_page_asks_the_ten(file_format: str) -> None:
    content = export.ONE_PAGE.formats[file_format](None, blank=True)
    found = squeezed(text_of(content, file_format))
    asked = [str(q.ask) for s, q in all_questions(SECTIONS) if s.key == "core"]
    assert [each for each in asked if squeezed(each) not in found] == []
    if file_format == "pdf":
        assert text_of(content, "pdf").count("\f") == 1


@pytest.mark.parametrize("kind", ["strategy", "one-page"])
def test_the_command_writes_the_file(told: Business, kind: str, tmp_path: Path) -> None:
    assert EXPORTS[kind] is export.KINDS[kind]
    out = tmp_path / "out.md"
    call_command("export_file", kind, "--business", told.slug, "--format", "md", "--out", str(out))
    assert out.read_text().startswith("# ")
    blank = tmp_path / "blank.pdf"
    words = [kind, "--blank", "--lang", "sl", "--format", "pdf", "--out", str(blank)]
    call_command("export_file", *words)
    assert blank.read_bytes().startswith(b"%PDF-")


# --- pages ---


@pytest.mark.parametrize("name", ["document", "one_page_file"])
@pytest.mark.parametrize("wish", ["", "?blank", "?draft"])
def test_a_file_is_downloaded(
    told: Business, viewer: User, sign_in: Callable[[User], Client], name: str, wish: str
) -> None:
    address = reverse(f"strategy:{name}", args=[told.slug, "docx"])
    answered: Any = sign_in(viewer).get(address + wish)
    assert answered["Content-Type"].endswith("wordprocessingml.document")
    kind = "strategy" if name == "document" else "one-page"
    suffix = {"": "", "?blank": "-template", "?draft": "-draft"}[wish]
    assert f'"{told.slug}-{kind}{suffix}.docx"' in answered["Content-Disposition"]
    assert docx.Document(io.BytesIO(answered.content)).paragraphs


@pytest.mark.parametrize(("wish", "found"), [("sl", "sl-SI"), ("en", "en-GB"), ("xx", "en-GB")])
def test_a_template_can_be_had_in_each_language(
    told: Business, owner: User, sign_in: Callable[[User], Client], wish: str, found: str
) -> None:
    address = reverse("strategy:document", args=[told.slug, "docx"])
    answered = sign_in(owner).get(address, {"blank": "", "lang": wish})
    assert docx.Document(io.BytesIO(answered.content)).core_properties.language == found


def test_the_overview_offers_the_templates_in_both_languages(
    business: Business, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(viewer).get(reverse("strategy:overview", args=[business.slug]))
    for language in ("en", "sl"):
        for kind in ("document/docx", "document/pdf", "one-page/pdf"):
            assert f"{kind}/?blank&amp;lang={language}" in page.content.decode()


def test_a_format_that_does_not_exist_is_not_found(
    told: Business, owner: User, sign_in: Callable[[User], Client]
) -> None:
    address = reverse("strategy:document", args=[told.slug, "odt"])
    assert sign_in(owner).get(address).status_code == 404


def test_the_page_to_print_says_everything_and_nothing_in_it_is_markup(
    told: Business, owner: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(owner).get(reverse("strategy:print", args=[told.slug])).content.decode()
    assert "<b>darilo</b>" not in page
    shown = squeezed(html.unescape(re.sub(r"<[^>]*>", "", page)))
    assert [each for each in ROWS_IN_ENGLISH if squeezed(each) not in shown] == []
    assert [each for each in answers_of(told) if squeezed(each) not in shown] == []


def test_the_one_page_to_print_shrinks_its_letters(
    told: Business, owner: User, sign_in: Callable[[User], Client]
) -> None:
    client, address = sign_in(owner), reverse("strategy:one_page_print", args=[told.slug])
    assert "paper-size-" in client.get(address).content.decode()
    answer(told, "core.who", text="Dolg odgovor o čebelah. " * 400)
    page = client.get(address).content.decode()
    assert "paper-size-7-5" in page
    assert "The strategy has them in full." in page

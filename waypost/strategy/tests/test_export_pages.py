"""The one page, templates, and the pages that offer the strategy as files."""

import html
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.documents.values import (
    Heading,
    Question,
)
from waypost.home.kinds import EXPORTS
from waypost.strategy import export
from waypost.strategy.export.blank import template
from waypost.strategy.questions import all_questions, path
from waypost.strategy.sections import SECTIONS, review
from waypost.strategy.tests.reading import ROWS_IN_ENGLISH, answers_of, squeezed, text_of
from waypost.strategy.tests.story import answer, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(business: Business) -> Business:
    tell(business)
    return business


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

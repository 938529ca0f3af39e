"""The strategy as files: what people answered stands in them, in both languages."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from docx.oxml.ns import qn

from waypost.accounts.models import Business, User
from waypost.documents.values import Callout, Document, Journey, Profiles, Table
from waypost.home.kinds import EXPORTS
from waypost.strategy import export
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import Kind, all_questions, path
from waypost.strategy.sections import SECTIONS
from waypost.strategy.tests.story import HTML, answer, answer_all, tell
from waypost.strategy.values import words

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
    "24,4",
    "20 €",
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
    period = answers_of_period(told, language)
    assert [each for each in wanted if squeezed(each) not in found and each != period] == []


def answers_of_period(business: Business, language: str) -> str:
    with translation.override(language):
        question = next(q for s, q in all_questions(SECTIONS) if path(s, q) == "goals.period")
        return words(question, business.answers.get(key="goals.period").value)


@pytest.mark.parametrize("file_format", ["docx", "pdf", "md"])
def test_every_row_stands_in_the_file(told: Business, file_format: str) -> None:
    with translation.override("sl"):
        found = squeezed(text_of(export.STRATEGY.formats[file_format](told), file_format))
    assert [each for each in ROWS if squeezed(each) not in found] == []


def parts_of(business: Business, kind: type, **wishes: bool) -> list[Any]:
    made = export.strategy_of(business, **wishes)
    assert isinstance(made, Document)
    return [part for part in made.parts if isinstance(part, kind)]

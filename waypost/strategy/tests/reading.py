"""What must stand in an exported file, and its text as far as it is compared."""

import io
import shutil
import subprocess

import docx
import pytest
from docx.oxml.ns import qn

from waypost.accounts.models import Business
from waypost.strategy.questions import Kind, all_questions, path
from waypost.strategy.sections import SECTIONS
from waypost.strategy.tests.story import HTML
from waypost.strategy.values import words

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

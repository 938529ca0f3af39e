"""Files that people send: what is read, and what is refused in words."""

import datetime as dt
import io
import zipfile
from contextlib import suppress
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.documents import reading
from waypost.documents.csv_file import DANGEROUS, guarded, unguarded
from waypost.documents.kinds import BadFile
from waypost.documents.reading import Line, read_sheets


def workbook(*rows: tuple[Any, ...], shape: str = "") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    if shape:
        page["A1"].number_format = shape
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def lines(content: bytes, name: str = "plan.csv") -> list[Line]:
    return list(read_sheets(content, name)[0].lines)


def test_a_line_keeps_its_number_when_others_are_empty() -> None:
    found = lines(b"Goal;Start\n\n;\nSell more;2026-10-12\n")
    assert found == [Line(1, ("Goal", "Start")), Line(4, ("Sell more", "2026-10-12"))]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found(sign: str) -> None:
    text = f'Goal{sign}Start\n"Sell{sign} more"{sign}12. 10. 2026\n'
    assert lines(text.encode())[1].cells == (f"Sell{sign} more".strip(), "12. 10. 2026")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_slovenian_letters_arrive_in_every_usual_encoding(encoding: str) -> None:
    assert lines("Šifra;Časovni načrt, žaba".encode(encoding)) == [
        Line(1, ("Šifra", "Časovni načrt, žaba"))
    ]


def test_a_workbook_gives_days_numbers_and_texts() -> None:
    content = workbook(("Goal", dt.datetime(2026, 10, 12), 2.5, None, True))
    assert lines(content, "plan.xlsx")[0].cells == (
        "Goal",
        dt.date(2026, 10, 12),
        Decimal("2.5"),
        None,
        True,
    )


@pytest.mark.parametrize(
    ("shape", "number"),
    [("0%", 45), ("0.0%", 45), ('0.00" %"', Decimal("0.45")), ("0.00", Decimal("0.45"))],
)
def test_a_cell_shown_in_percent_is_read_as_it_is_shown(shape: str, number: Any) -> None:
    assert lines(workbook((0.45,), shape=shape), "plan.xlsx")[0].cells == (number,)


def test_every_sheet_of_a_workbook_is_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(("one",))
    book.create_sheet("Second").append(("two",))
    stream = io.BytesIO()
    book.save(stream)
    found = read_sheets(stream.getvalue(), "plan.xlsx")
    assert [(sheet.name, sheet.lines[0].cells) for sheet in found] == [
        ("Sheet", ("one",)),
        ("Second", ("two",)),
    ]


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = archive(xl__workbook_xml=b"0" * (reading.LARGEST_INSIDE + 1))
    assert len(bomb) < 100_000
    with pytest.raises(BadFile, match="far too much when it is unpacked"):
        read_sheets(bomb, "plan.xlsx")


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    bomb = archive(xl__workbook_xml=b"0" * 1_000_000)
    size = (1_000_000).to_bytes(4, "little")
    with pytest.raises(BadFile, match="damaged"):
        read_sheets(bomb.replace(size, (10).to_bytes(4, "little")), "plan.xlsx")


def test_an_archive_of_very_many_files_is_refused() -> None:
    many = archive(**{f"part{number}": b"x" for number in range(reading.MOST_PARTS + 1)})
    with pytest.raises(BadFile, match="far too much"):
        read_sheets(many, "plan.xlsx")


def test_nested_entities_do_not_grow() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><sst>&a11;</sst>'
    good = workbook(("text",))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            inside = laughs.encode() if part.filename.endswith("sheet1.xml") else old.read(part)
            new.writestr(part.filename, inside)
    with pytest.raises(BadFile, match="damaged"):
        read_sheets(stream.getvalue(), "plan.xlsx")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "plan.csv", "The file is empty."),
        (b" \n ", "plan.csv", "The file is empty."),
        (b"PK\x03\x04 and then nothing", "plan.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0 old Excel", "plan.xls", "Save it as Excel workbook"),
        (b"plain words", "plan.xlsx", "Save it as Excel workbook"),
        (b"GIF89a\x00\x00", "plan.csv", "Save it as Excel workbook"),
        (b'a,b\n"open, never closed', "plan.csv", "Line 2 cannot be read"),
        (b"a,b\n\x81\x83", "plan.csv", "letters of this file cannot be read"),
        (b"a,b\n" + b"x" * (reading.LONGEST + 1), "plan.csv", "more than 20000 letters"),
        (b"a\n" * 5_001, "plan.csv", "more than 5000 rows"),
        (b"x" * (reading.LARGEST + 1), "plan.csv", "too large"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(BadFile, match=sentence):
        read_sheets(content, name)


def test_a_word_document_is_no_workbook() -> None:
    with pytest.raises(BadFile, match="no Excel workbook"):
        read_sheets(archive(word__document_xml=b"<x/>"), "plan.docx")


@given(content=st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reader(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04"):
        with suppress(BadFile):
            assert read_sheets(start + content, "plan.csv")


@given(text=st.text(max_size=20))
def test_the_guard_against_formulas_can_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple(sign for sign in DANGEROUS if sign != "'"))

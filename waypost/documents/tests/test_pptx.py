"""Presentations: every word arrives, charts are live, long tables go on."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN
from pptx.util import Inches, Pt

from waypost.documents.measuring import lines
from waypost.documents.rendering import render
from waypost.documents.slides import Bars, Deck, Slide, SlidePart
from waypost.documents.values import (
    Callout,
    Card,
    Cards,
    Items,
    Letterhead,
    Paragraph,
    Question,
    Table,
)

HEAD = Letterhead("Report", "Svit & <sat>", date(2026, 10, 12), "September 2026", "Draft")
BARS = Bars(
    "Likes and saves",
    ("Likes", "Saves"),
    (("Before", (Decimal(10), None)), ("Now", (Decimal("12.5"), Decimal(3)))),
)


def opened(*slides: Slide) -> Any:
    return Presentation(io.BytesIO(render(Deck(HEAD, slides), "pptx")))


def words_of(page: Any) -> list[str]:
    """Texts of boxes, then cells of tables row by row."""
    found = [each.text_frame.text for each in page.shapes if each.has_text_frame]
    for each in page.shapes:
        if each.has_table:
            found += [cell.text for row in each.table.rows for cell in row.cells]
    return [text for text in found if text]


def test_the_first_slide_says_what_it_is_and_from_whom() -> None:
    [page] = opened().slides
    assert words_of(page) == [
        "Report",
        "Svit & <sat>",
        "September 2026 · Draft · 12 October 2026",
    ]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Paragraph("A line"), ["A line"]),
        (Cards((Card("Posts", "12", "as before"),)), ["Posts", "12", "as before"]),
        (Items(("One", "Two")), ["• One\n• Two"]),
        (Callout("Late", ("Reels",)), ["Late", "• Reels"]),
        (Question("What came out?", "It grew"), ["What came out?", "It grew"]),
        (Table(("A", "B"), (("1", "2"),)), ["A", "B", "1", "2"]),
    ],
)
def test_every_part_says_its_words(part: SlidePart, words: list[str]) -> None:
    page = opened(Slide("Why", (part,))).slides[1]
    assert words_of(page) == ["Why", "Svit & <sat> · September 2026", "2", *words]


def test_a_chart_is_live_and_a_missing_number_is_a_gap() -> None:
    page = opened(Slide("Instagram", (), BARS)).slides[1]
    [chart] = [each.chart for each in page.shapes if each.has_chart]
    assert list(chart.plots[0].categories) == ["Likes", "Saves"]
    assert [(each.name, list(each.values)) for each in chart.plots[0].series] == [
        ("Before", [10.0, None]),
        ("Now", [12.5, 3.0]),
    ]


def test_a_chart_says_what_it_shows_to_people_who_cannot_see_it() -> None:
    page = opened(Slide("Instagram", (), BARS)).slides[1]
    [frame] = [each for each in page.shapes if each.has_chart]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == "Likes and saves"


def test_a_long_table_goes_on_with_its_headings_and_loses_no_row() -> None:
    rows = tuple((f"Post {number}", str(number)) for number in range(60))
    table = Table(("Post", "Likes"), rows, (3, 1), frozenset({1}))
    pages = list(opened(Slide("Posts", (table,))).slides)[1:]
    assert [page.shapes.title.text for page in pages] == ["Posts", *["Posts (more)"] * 3]
    tables = [each.table for page in pages for each in page.shapes if each.has_table]
    read = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert [row for row in read if row != ["Post", "Likes"]] == [list(row) for row in rows]
    assert read.count(["Post", "Likes"]) == len(tables)


def test_nothing_stands_below_the_edge_of_a_slide() -> None:
    parts = tuple(Question("What came out?", "A long answer. " * 30) for _ in range(6))
    file = opened(Slide("Answers", parts))
    for page in file.slides:
        for each in page.shapes:
            assert each.top + each.height <= file.slide_height


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    page = opened(Slide("A\x00b", (Paragraph("c\x0bd"),))).slides[1]
    assert words_of(page)[0] == "Ab"
    assert words_of(page)[-1] == "cd"


def test_cells_of_one_look_differ_in_their_words_alone() -> None:
    rows = (("Reach", "1,204", "a\nb"), ("", "12", "c"), ("Likes", "", "d & <e>"))
    table = Table(("Number", "Now", "Why"), rows, numbers=frozenset({1}))
    [frame] = [each for each in opened(Slide("Table", (table,))).slides[1].shapes if each.has_table]
    cells = [list(row.cells) for row in frame.table.rows]
    assert [[cell.text for cell in row] for row in cells] == [
        list(table.headings),
        *map(list, rows),
    ]
    sides = [[cell.text_frame.paragraphs[0].alignment for cell in row] for row in cells]
    assert sides == [[PP_ALIGN.LEFT, PP_ALIGN.RIGHT, PP_ALIGN.LEFT]] * 4
    assert [[cell.margin_left for cell in row] for row in cells] == [[Inches(0.08)] * 3] * 4
    fonts = [[cell.text_frame.paragraphs[0].font for cell in row] for row in cells]
    assert [[font.bold for font in row] for row in fonts] == [[True] * 3, *[[False] * 3] * 3]
    assert {font.size for row in fonts for font in row} == {Pt(12)}


LONG = "Followers +1.7 %, reach +21 %, interactions +31.1 %, and more to say of them. " * 2


def boxes(page: Any) -> list[tuple[int, int, int, int]]:
    """(left, top, right, bottom) of what stands between title and foot, as it will be drawn."""
    found = []
    for each in page.shapes:
        high = each.height
        if each.has_text_frame:
            size = each.text_frame.paragraphs[0].font.size
            high = lines(each.text_frame.text, each.width / Pt(1), size.pt) * int(size * 1.2)
        if each.has_table:
            high = _drawn(each.table)
        if each.top > Inches(1.2) and each.top < Inches(6.9):
            found.append((each.left, each.top, each.left + each.width, each.top + high))
    return found


def _drawn(table: Any) -> int:
    """A row is as high as its words need, whatever the file says."""
    high = 0
    for number, row in enumerate(table.rows):
        room = [(column.width - Inches(0.16)) / Pt(1) for column in table.columns]
        needed = max(
            lines(cell.text, wide, 12, bold=number == 0)
            for cell, wide in zip(row.cells, room, strict=True)
        )
        high += max(row.height, Inches(0.06) + needed * int(Pt(12) * 1.17))
    return int(high)


@pytest.mark.parametrize("rows", [3, 15, 40])
@pytest.mark.parametrize("lead", ["", "Nothing changed.", LONG])
def test_nothing_on_a_slide_runs_into_another_thing(rows: int, lead: str) -> None:
    numbers = tuple((f"Clicks on links {n}", "151,800", "+16.7\u00a0%") for n in range(rows))
    table = Table(("Number", "Before", "Change in %"), numbers, (2.6, 1.5, 1.4), frozenset({1, 2}))
    quiet = Paragraph("– Reach, Views, Likes, Shares: not told by Pinterest. " * 2, quiet=True)
    file = opened(Slide("Instagram", (table, quiet), BARS, lead=lead))
    for page in list(file.slides)[1:]:
        placed = boxes(page)
        for number, one in enumerate(placed):
            assert one[3] <= Inches(6.95)
            for other in placed[number + 1 :]:
                beside = one[2] <= other[0] or other[2] <= one[0]
                assert beside or one[3] <= other[1] or other[3] <= one[1]


def test_fifteen_numbers_stand_on_one_slide_beside_their_chart() -> None:
    numbers = tuple((f"Number {n}", "151,800", "+16.7\u00a0%") for n in range(15))
    table = Table(("Number", "Before", "Change in %"), numbers, numbers=frozenset({1, 2}))
    quiet = Paragraph("– Reach: not told by Pinterest.", quiet=True)
    assert len(opened(Slide("Pinterest", (table, quiet), BARS, lead="It grew.")).slides) == 2


def test_the_lead_stands_above_table_and_chart_over_the_whole_width() -> None:
    page = opened(Slide("Instagram", (Table(("A",), (("1",),)),), BARS, lead=LONG)).slides[1]
    [lead] = [each for each in page.shapes if each.has_text_frame and each.text_frame.text == LONG]
    rest = [each for each in page.shapes if each.has_table or each.has_chart]
    assert lead.width > Inches(12)
    assert [each.top >= lead.top + 2 * Inches(0.3) for each in rest] == [True, True]

"""Documents in a mail: every word arrives, as HTML and as plain text, and only as words."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.documents import mail
from waypost.documents.values import (
    Callout,
    Card,
    Cards,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Part,
    Question,
)

HEAD = Letterhead("Report", "Svit & <sat>", date(2026, 10, 12), "September 2026", "Draft")
BUTTON = ("Open report", "https://example.com/?a=1&b=2")
FOOT = ("No more mail", "https://example.com/off")
PARTS: list[tuple[Part, list[str]]] = [
    (Heading("Why"), ["Why"]),
    (Paragraph("One\n\nTwo", quiet=True), ["One", "Two"]),
    (
        Cards((Card("Posts", "12", "before: 9"), Card("Revenue", "3,155.90 EUR"))),
        ["Posts", "12", "before: 9", "Revenue", "3,155.90 EUR"],
    ),
    (Facts((Fact("Instagram", "Followers +2 %."),)), ["Instagram", "Followers +2 %."]),
    (Items(("Film", "Write")), ["Film", "Write"]),
    (Question("What came out?", "It grew"), ["What came out?", "It grew"]),
    (Callout("Late", ("Reels",)), ["Late", "Reels"]),
]


class Read(HTMLParser):
    """Texts, tags that are open, and addresses of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "title" not in self.open:
            self.words.append(data)


def drawn(*parts: Part) -> str:
    return mail.html(Document(HEAD, parts), button=BUTTON, foot=FOOT)


@pytest.mark.parametrize(("part", "words"), PARTS)
def test_every_part_says_its_words(part: Part, words: list[str]) -> None:
    head = ["Svit & <sat>", "Report", "September 2026 · Draft"]
    assert Read(drawn(part)).words == [*head, *words, "Open report", "No more mail"]
    told = mail.plain(Document(HEAD, (part,))).lower()
    assert [each for each in words if each.lower() not in told] == []


def test_every_element_is_closed_and_nothing_is_fetched() -> None:
    read = Read(drawn(*(part for part, _words in PARTS)))
    assert read.open == []
    assert read.links == [BUTTON[1], FOOT[1]]


def test_what_people_wrote_is_never_markup() -> None:
    evil = '<img src="https://evil.example">&amp;"\''
    page = drawn(Paragraph(evil), Facts((Fact(evil, evil),)), Callout(evil, (evil,)))
    read = Read(page)
    assert read.links == [BUTTON[1], FOOT[1]]
    assert read.words.count(evil) == 5


@given(st.text(max_size=40))
def test_any_text_leaves_the_page_whole(text: str) -> None:
    read = Read(drawn(Heading(text), Paragraph(text), Items((text,)), Question(text, text)))
    assert read.open == []
    assert len(read.links) == 2


def test_it_is_narrow_enough_for_a_phone() -> None:
    page = drawn(*(part for part, _words in PARTS))
    fixed = [int(each) for each in re.findall(r"(?<!max-)width:(\d+)px", page)]
    assert fixed == []
    assert "max-width:600px" in page


def test_plain_text_has_a_blank_line_between_parts_and_names_chapters_in_capitals() -> None:
    told = mail.plain(Document(HEAD, (Heading("Why"), Items(("Film", "Write")), Paragraph("End"))))
    assert told == "WHY\n\n• Film\n• Write\n\nEnd"

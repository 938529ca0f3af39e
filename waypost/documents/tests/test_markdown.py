"""Markdown that shows what people wrote, whatever it was."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from waypost.documents.letters import clean
from waypost.documents.markdown import escaped
from waypost.documents.rendering import render
from waypost.documents.tests.samples import DOCUMENT, HEAD, TRICKY, missing, one_page
from waypost.documents.values import (
    Box,
    Callout,
    Contents,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Items,
    Journey,
    Lines,
    Paragraph,
    Part,
    Question,
    Step,
    Table,
    Tick,
    Ticks,
)

SIGNS = some.text(alphabet="ab 1.\n#*_`[]()<>&|~$\\-+=!:/\"'\tčšž{}^@", max_size=60)


class Reader(HTMLParser):
    """The texts and tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.words.append("\n")


def read(source: str) -> Reader:
    reader = Reader()
    reader.feed(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source))
    reader.close()
    return reader


def written(*parts: Part) -> str:
    """The document's parts, without its title."""
    return render(Document(HEAD, parts), "md").decode().split("\n\n", 2)[-1].rstrip("\n")


def test_markdown_says_everything_that_was_handed_over() -> None:
    assert missing("".join(read(render(DOCUMENT, "md").decode()).words)) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("a *b* _c_ `d`", "a \\*b\\* \\_c\\_ \\`d\\`"),
        ("<script>x</script> &amp;", "\\<script\\>x\\</script\\> \\&amp;"),
        ("# no heading", "\\# no heading"),
        ("1. no list", "1\\. no list"),
        ("- a\n+ b\n===", "\\- a\\\n\\+ b\\\n\\==="),
        ("[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"),
        ("    four spaces", "four spaces"),
        ("a|b\n\n$x$ ~~y~~ \\", "a\\|b\\\n\\$x\\$ \\~\\~y\\~\\~ \\\\"),
        ("čšž 9.010 – 12,5 #tag", "čšž 9.010 – 12,5 #tag"),
    ],
)
def test_signs_of_markdown_are_only_signs(text: str, source: str) -> None:
    assert escaped(text) == source


@given(SIGNS)
def test_a_text_reads_as_it_was_written(text: str) -> None:
    reader = read(written(Paragraph("x"), Paragraph(text)))
    assert set(reader.tags) <= {"p", "br"}
    assert "".join("".join(reader.words).split()) == "x" + "".join(clean(text).split())


@given(SIGNS)
def test_a_cell_and_an_item_read_as_they_were_written(text: str) -> None:
    reader = read(written(Table(("A",), ((text,),)), Items((text,)), Heading(f"x{text}")))
    allowed = {"table", "thead", "tbody", "tr", "th", "td", "br", "ul", "li", "h2"}
    assert set(reader.tags) <= allowed
    kept = "".join(clean(text).split())
    assert "".join("".join(reader.words).split()) == f"A{kept}{kept}x{kept}"


def test_the_title_stands_above_with_period_version_and_date() -> None:
    assert render(Document(HEAD, ()), "md").decode() == (
        "# Strategija podjetja\n\n"
        "Čebelarstvo Žnidaršič \\& Co · 2026 · Različica 3 · 12 October 2026\n"
    )


def test_contents_lead_to_the_headings() -> None:
    parts = (
        Contents("Vsebina"),
        Heading("Pot – žetev!"),
        Heading("Pot – žetev!", 2),
        Heading("c", 3),
    )
    assert written(*parts).split("\n\n")[:2] == [
        "**Vsebina**",
        "- [Pot – žetev!](#pot--žetev)\n  - [Pot – žetev!](#pot--žetev-1)",
    ]


@pytest.mark.parametrize(
    ("part", "source"),
    [
        (Question("Kdo ste?", "Jaz.", "Kratko."), "*Kdo ste?*\n\nJaz.\n\n> Kratko."),
        (Facts((Fact("Od", "2019\n\nprej"), Fact("Do"))), "- **Od:** 2019<br>prej\n- **Do:**"),
        (Items(("a\nb", "c")), "- a\\\n  b\n- c"),
        (Ticks((Tick("a", done=True, note="n"), Tick("b"))), "- [x] a (n)\n- [ ] b"),
        (Grid((Box("S", ("a", "b"), "?"),)), "**S**\n\n*?*\n\n- a\n- b"),
        (Callout("Zato", ("a",)), "> **Zato**\n>\n> - a"),
        (Journey((Step("A", "x", True), Step("B"))), "1. **A** ✓<br>x\n2. **B**"),
        (Journey((Step("C"),), first=3), "3. **C**"),
        (
            Table(("A", "B"), (("x|y", "1\n2"),), numbers=frozenset({1})),
            "| A | B |\n| --- | --: |\n| x\\|y | 1<br>2 |",
        ),
    ],
)
def test_parts_have_a_plain_form(part: Part, source: str) -> None:
    assert written(part) == source


def test_lines_to_write_on_are_lines() -> None:
    source = written(Lines(2), Question("Kdo?", room=1), Facts((Fact("Od"),), room=1))
    assert len(re.findall(r"^(?:- \*\*Od:\*\* )?(?:\\_){40}$", source, re.MULTILINE)) == 4


def test_one_page_lists_the_questions() -> None:
    source = render(one_page(TRICKY), "md").decode()
    reader = read(source)
    assert reader.tags.count("h2") == 10
    assert "".join(reader.words).count(TRICKY) == 10

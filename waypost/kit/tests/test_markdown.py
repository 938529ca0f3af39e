"""Markdown that people write, and what it must never become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.markdown import as_html


def test_the_usual_marks_are_understood() -> None:
    html = as_html(
        "# Plan\n\n**Now**, _soon_, ~~never~~\n\n1. one\n2. two\n\n- [link](https://x.org)"
    )
    assert html == (
        "<h2>Plan</h2>\n<p><strong>Now</strong>, <em>soon</em>, <s>never</s></p>\n"
        "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n<ul>\n"
        '<li><a href="https://x.org" rel="nofollow noopener noreferrer">link</a></li>\n</ul>\n'
    )


def test_a_line_break_is_kept_and_nothing_is_nothing() -> None:
    assert as_html("a\nb") == "<p>a<br>\nb</p>\n"
    assert as_html(" \n ") == ""


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](https://x.org/spy.gif)",
        '[x](https://x.org "\\" onclick=\\"alert(1)")',
        "<a href='javascript:alert(1)'>x</a>",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    html = as_html(text)
    assert [
        word for word in ("<script", "<img", 'href="javascript', "<a href='") if word in html
    ] == []


@given(st.text(alphabet="<>&\"'()[]!`*_#-= \nabjs:/", max_size=80))
def test_only_known_tags_ever_come_out(text: str) -> None:
    html = as_html(text)
    assert "<script" not in html
    assert "<img" not in html

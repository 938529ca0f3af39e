"""What the walk knows of a page before a browser opens it."""

from waypost.tests.browser.markup import Markup

PAGE = """<title>Goals · Waypost</title>
<h1 class="big">Goals <em>of</em>
 the shop</h1>
<input type="text" name="a" id="one"><input id="two" name="b" type="text">"""


def test_elements_that_differ_in_their_words_alone_are_of_one_kind() -> None:
    inputs = [kind for kind in Markup(PAGE).kinds if kind.startswith("input")]
    assert inputs == ["input None None text name type"]


def test_a_class_or_an_attribute_makes_another_kind() -> None:
    plain = Markup("<a href='/'>x</a>").kinds
    assert not Markup("<a href='/b/'>y</a>").kinds - plain
    assert Markup("<a href='/' class='link'>x</a>").kinds - plain
    assert Markup("<a href='/' hidden>x</a>").kinds - plain
    assert Markup("<button>x</button>").kinds - plain


def test_a_page_with_a_title_and_one_heading_has_no_fault() -> None:
    assert Markup(PAGE).faults() == []


def test_what_is_missing_is_named() -> None:
    assert Markup("<title> · Waypost</title><h1> </h1>").faults() == [
        "headings ['']",
        "title 'Waypost'",
    ]
    assert Markup("<title>A</title><h1>A</h1><h1>B</h1>").faults() == ["headings ['A', 'B']"]

"""Calling people by name, and showing a text safely."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import User
from waypost.talk.mentioning import as_html, mentioned

MAJA, MAJA_H, TINE = (
    User(pk=1, name="Maja Kos"),
    User(pk=2, name="Maja Hren"),
    User(pk=3, name="Tine Žagar"),
)
ALL = [MAJA, MAJA_H, TINE]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Maja Kos, look", {MAJA: "@Maja Kos"}),
        ("look, @tine žagar.", {TINE: "@tine žagar"}),
        ("(@Tine)", {TINE: "@Tine"}),
        ("@Maja, which one?", {}),
        ("@Maja Kos and @Maja Hren", {MAJA: "@Maja Kos", MAJA_H: "@Maja Hren"}),
        ("@Tinetu", {}),
        ("write to info@tine", {}),
        ("nobody", {}),
        ("@Tine and @Tine Žagar", {TINE: "@Tine"}),
    ],
)
def test_a_name_behind_an_at_sign_calls_its_person(text: str, called: dict[User, str]) -> None:
    assert mentioned(text, ALL) == called


def test_two_people_of_one_name_are_both_called() -> None:
    other = User(pk=9, name="Maja Kos")
    assert mentioned("@Maja Kos", [MAJA, other]) == {MAJA: "@Maja Kos", other: "@Maja Kos"}


def test_somebody_without_a_name_is_called_by_the_address() -> None:
    person = User(pk=9, email="x@example.com")
    assert mentioned("@x@example.com", [person]) == {person: "@x@example.com"}


def test_nobody_to_call_is_no_call() -> None:
    assert mentioned("@Maja", []) == {}


def test_a_text_is_shown_as_text() -> None:
    html = as_html('<script>alert(1)</script> & "x"', {})
    assert html == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;"


def test_links_and_calls_are_marked() -> None:
    html = as_html("@Maja: https://a.si/x?a=1&b=2.", {"@Maja": "Maja Kos"})
    assert html == (
        '<span class="call" title="Maja Kos">@Maja</span>: '
        '<a class="link" href="https://a.si/x?a=1&amp;b=2" rel="nofollow noopener noreferrer">'
        "https://a.si/x?a=1&amp;b=2</a>."
    )


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "//a.si", "ftp://a.si"]
)
def test_only_web_addresses_become_links(text: str) -> None:
    assert "<a" not in as_html(text, {})


def test_a_name_with_tags_stays_text() -> None:
    html = as_html('@<b>"x"</b> hi', {'@<b>"x"</b>': '<b>"x"</b>'})
    assert "<b>" not in html
    assert html.startswith('<span class="call" title="&lt;b&gt;')


@given(st.text(st.sampled_from("<>&\"'@ Majhtps:/.\n"), max_size=60))
def test_whatever_is_written_makes_no_other_tags_and_loses_nothing(text: str) -> None:
    html = as_html(text, {"@Maja": "Maja", "@a": "A"})
    bare = re.sub(r'<span class="call" title="\w+">|</span>|<a class="link"[^<>]*>|</a>', "", html)
    assert not set("<>") & set(bare)
    unescaped = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert unescaped.replace("&#x27;", "'").replace("&amp;", "&") == text

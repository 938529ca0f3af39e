"""Reading what people type, and writing it so that it can be read again."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from waypost.strategy import values
from waypost.strategy.questions import Kind, Part, Question
from waypost.strategy.sections import BY_KEY

days = st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31))
one_line = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("2019-3-14", "2019-03-14"),
        ("14. 3. 2019", "2019-03-14"),
        ("14.3.2019.", "2019-03-14"),
        ("14/3/2019", "2019-03-14"),
        ("3. 2019", "2019-03"),
        ("  2019 ", "2019"),
    ],
)
def test_a_day_a_month_or_a_year_is_understood(typed: str, stored: str) -> None:
    assert values.day_from(typed) == stored


@pytest.mark.parametrize("typed", ["soon", "31. 2. 2019", "2019-13-01", "0000", "19", "14. 3."])
def test_what_is_no_date_is_explained(typed: str) -> None:
    with pytest.raises(ValidationError) as told:
        values.day_from(typed)
    assert typed in told.value.messages[0]


@given(days)
def test_a_stored_day_is_typed_so_that_it_is_read_back(day: dt.date) -> None:
    for language in ("en", "sl"):
        with translation.override(language):
            assert values.day_from(values.day_typed(day.isoformat())) == day.isoformat()


def test_a_timeline_is_read_line_by_line() -> None:
    text = "2016 First kiln\n\n14. 3. 2019: Shop opened\n2023-05 – One thousand orders"
    assert values.timeline_from(text) == [
        ["2016", "First kiln"],
        ["2019-03-14", "Shop opened"],
        ["2023-05", "One thousand orders"],
    ]


def test_a_line_without_a_day_is_named_by_its_number() -> None:
    with pytest.raises(ValidationError) as told:
        values.timeline_from("2016 First kiln\nShop opened")
    assert told.value.messages == [
        "Line 2: begin with a day, a month or a year, then say what happened."
    ]


@given(st.lists(st.tuples(days.map(dt.date.isoformat), one_line)))
def test_a_timeline_survives_typing(told: list[tuple[str, str]]) -> None:
    stored = [[day, text] for day, text in told]
    # A text that itself begins with a sign is told apart from the day by that sign alone.
    stored = [[day, f"a{text}"] for day, text in stored]
    assert values.timeline_from(values.timeline_typed(stored)) == stored


def test_a_list_is_one_thing_a_line_without_bullets() -> None:
    assert values.list_from("- one\n\n • two \nthree") == ["one", "two", "three"]


def test_what_is_empty_is_left_out_of_an_answer() -> None:
    parts = (
        Part("text"),
        Part("yes", Kind.YES_NO),
        Part("number", Kind.NUMBER),
        Part("ways", Kind.MANY),
    )
    assert values.cleaned(zip(parts, ("", "", None, []), strict=True)) == {}


def test_no_and_nought_are_answers() -> None:
    parts = (Part("yes", Kind.YES_NO), Part("number", Kind.NUMBER))
    stored = values.cleaned(zip(parts, ("no", Decimal(0)), strict=True))
    assert stored == {"yes": False, "number": "0"}
    assert [values.stored(part, stored[part.name]) for part in parts] == ["no", Decimal(0)]


def test_an_answer_reads_as_a_text() -> None:
    production = BY_KEY["company"].question("production")
    assert production is not None
    value = {"text": "Two kilns", "number": "1200.50", "unit": "cups a month"}
    assert values.words(production, value) == (
        "Two kilns\nHow much: 1,200.5\nOf what, in which time: cups a month"
    )


def test_a_number_and_its_unit_are_one_thing() -> None:
    speed = BY_KEY["journey"].question("fulfil_speed")
    assert speed is not None
    value = {"number": "2", "unit": "days", "text": "In December three"}
    assert values.words(speed, value) == "2 working days\nExceptions: In December three"


@pytest.mark.parametrize(
    ("number", "english", "slovenian"),
    [
        ("1", "1 working day", "1 delovni dan"),
        ("2", "2 working days", "2 delovna dneva"),
        ("3", "3 working days", "3 delovni dnevi"),
        ("5", "5 working days", "5 delovnih dni"),
        ("1.5", "1.5 working days", "1,5 delovnih dni"),
    ],
)
def test_a_number_and_its_unit_agree(number: str, english: str, slovenian: str) -> None:
    speed = BY_KEY["journey"].question("fulfil_speed")
    assert speed is not None
    value = {"number": number, "unit": "days"}
    assert values.words(speed, value) == english
    with translation.override("sl"):
        assert values.words(speed, value) == slovenian


def test_a_unit_without_its_number_stands_alone() -> None:
    speed = BY_KEY["journey"].question("fulfil_speed")
    assert speed is not None
    assert values.words(speed, {"unit": "weeks"}) == "weeks"
    assert values.words(speed, {"number": "2", "unit": "moons"}) == "2 moons"


def test_choices_read_as_their_words_and_gone_ones_as_themselves() -> None:
    pay = BY_KEY["journey"].question("pay")
    assert pay is not None
    assert values.words(pay, {"ways": ["card", "shells"]}) == "Card, shells"


def test_an_answer_reads_in_the_language_of_the_moment() -> None:
    question = Question(key="k", ask="?", parts=(Part("day", Kind.DATE),))
    with translation.override("sl"):
        assert values.words(question, {"day": "2019-03-14"}) == "14. 3. 2019"
        assert values.words(question, {"day": "2019"}) == "2019"


def test_html_in_an_answer_stays_text() -> None:
    story = BY_KEY["company"].question("story")
    assert story is not None
    told = "<b>We</b> & <script>alert(1)</script>"
    assert values.words(story, {"text": told}) == told

"""Comparing two readings, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.differences import LONG, Run, Turn, words
from waypost.strategy.differences import ChangedChapter, ChangedLine, compare
from waypost.strategy.reading import Chapter, Line

texts = st.text(st.sampled_from("ab čž.,\n"), max_size=60)


def chapter(*lines: tuple[str, str], key: str = "company") -> Chapter:
    return Chapter(key, key.title(), tuple(Line(name, f"{name}?", text) for name, text in lines))


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    runs = words(old, new)
    assert "".join(run.text for run in runs if run.turn != Turn.GONE) == new
    assert "".join(run.text for run in runs if run.turn != Turn.NEW) == old


@given(texts)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [run for run in words(text, text) if run.turn != Turn.SAME] == []


def test_one_changed_word_stands_out_alone() -> None:
    assert words("We make cups by hand.", "We make plates by hand.") == (
        Run(Turn.SAME, "We make "),
        Run(Turn.GONE, "cups"),
        Run(Turn.NEW, "plates"),
        Run(Turn.SAME, " by hand."),
    )


def test_very_long_texts_are_compared_by_lines() -> None:
    lines = [f"line {number} of a long text\n" for number in range(LONG)]
    old, new = "".join(lines), "".join([*lines[:5], "another line\n", *lines[6:]])
    assert [run.text for run in words(old, new) if run.turn == Turn.NEW] == ["another line\n"]


def test_what_stayed_is_not_shown() -> None:
    same = chapter(("name", "Kamnica"))
    assert compare([same], [same]) == []


def test_new_gone_and_changed_answers_are_told_apart() -> None:
    old = chapter(("name", "Kamnica"), ("founder", "Ana"))
    new = chapter(("name", "Kamnica Ceramics"), ("story", "Long ago"))
    [found] = compare([old], [new])
    assert [line.ask for line in found.lines] == ["name?", "story?", "founder?"]
    assert [(line.is_new, line.is_gone) for line in found.lines] == [
        (False, False),
        (True, False),
        (False, True),
    ]


def test_a_chapter_that_is_gone_comes_last() -> None:
    gone, new = chapter(("a", "x"), key="swot"), chapter(("b", "y"), key="company")
    assert compare([gone], [new]) == [
        ChangedChapter("Company", (ChangedLine("b?", (Run(Turn.NEW, "y"),)),)),
        ChangedChapter("Swot", (ChangedLine("a?", (Run(Turn.GONE, "x"),)),)),
    ]


def test_a_chapter_survives_being_stored() -> None:
    told = chapter(("name", "Žalec & čebele"))
    assert Chapter.from_json(told.as_json()) == told

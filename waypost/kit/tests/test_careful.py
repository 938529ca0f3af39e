"""Careful forms: two people at one record lose nothing."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.kit.careful import CarefulMixin, save
from waypost.kit.careful.merging import Choice, Verdict, joined, judge
from waypost.kit.careful.values import fingerprint, normal, shown
from waypost.kit.tests.careful_world import MAJA, TINE, Page, Shelf, StoryForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def values() -> dict[str, Any]:
    return {
        "story": "We make candles.\nBy hand.",
        "slogan": "Light",
        "founded": dt.date(2019, 3, 1),
        "price": Decimal("1.50"),
        "local": True,
        "places": ["web", "shop"],
    }


def test_a_page_sent_back_untouched_writes_nothing(values: dict[str, Any]) -> None:
    page = Page(values, MAJA)
    form, saved = page.send()
    assert (form.errors, form.clashes, saved.written, page.shelf.log) == ({}, {}, frozenset(), [])


def test_only_the_changed_field_is_written(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(slogan="Warm light")
    _form, saved = page.send()
    assert saved.written == {"slogan"}
    assert page.shelf.log == [{"slogan": "Warm light"}]


def test_two_people_in_different_fields_lose_nothing(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    form, _saved = his.type(slogan="His slogan").send()
    assert form.clashes == {}
    assert (values["story"], values["slogan"]) == ("Her story", "His slogan")
    assert his.story == "Her story"  # and he sees hers now


def test_the_same_field_clashes_and_nothing_of_it_is_written(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    form, saved = his.type(story="His story", slogan="His slogan").send()
    clash = form.clashes["story"]
    assert (clash.theirs, clash.trace.by, clash.joins) == ("Her story", "Maja Kos", True)
    assert (values["story"], his.story) == ("Her story", "His story")
    assert (saved.written, saved.clashes) == ({"slogan"}, {"story"})


def test_saving_again_without_a_choice_clashes_again(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    his.type(story="His story").send()
    form, _saved = his.type(story="His longer story").send()
    assert (set(form.clashes), values["story"]) == ({"story"}, "Her story")


@pytest.mark.parametrize(
    ("choice", "stands"),
    [("mine", "His story"), ("theirs", "Her story"), ("both", "Her story\n\nHis story")],
)
def test_a_choice_ends_the_clash(values: dict[str, Any], choice: str, stands: str) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    his.type(story="His story").send()
    form, _saved = his.send({"story": choice})
    assert form.clashes == {}
    assert (values["story"], his.story) == (stands, stands)
    assert his.send()[1].written == frozenset()  # and the page goes on from there


def test_a_choice_is_asked_anew_when_theirs_changed_once_more(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    his.type(story="His story").send()
    hers.type(story="Her second story").send()
    form, _saved = his.send({"story": "mine"})
    assert form.clashes["story"].theirs == "Her second story"
    assert values["story"] == "Her second story"


def test_theirs_is_taken_although_mine_was_wrong(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="Her story").send()
    his.type(story="His story").send()
    form, _saved = his.type(story="x" * 10_001).send({"story": "theirs"})
    assert (form.errors, his.story) == ({}, "Her story")


def test_the_same_change_by_both_is_no_clash(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(story="The same").send()
    form, saved = his.type(story="The same").send()
    assert (form.clashes, saved.written) == ({}, frozenset())


def test_an_answer_that_never_arrived_may_be_sent_again(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(story="New")
    before = dict(page.data)
    page.send()
    page.data = before
    form, saved = page.send()
    assert (form.clashes, saved.written, values["story"]) == ({}, frozenset(), "New")


def test_a_text_that_is_too_long_is_refused_in_words_and_stays(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(story="x" * 100_000, slogan="Good")
    form, saved = page.send()
    said = "This text has 100000 characters and 10000 fit. Nothing of it is lost: "
    assert form.errors["story"] == [said + "it stays here until you shorten it."]
    assert len(page.story) == 100_000
    assert (saved.written, values["story"]) == ({"slogan"}, "We make candles.\nBy hand.")


def test_a_browser_is_not_told_to_cut_what_is_pasted() -> None:
    assert "maxlength" not in str(StoryForm()["slogan"])


def test_a_refusal_of_the_store_stands_beside_its_field(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(slogan="no", story="Kept on the page")
    form, saved = page.send()
    assert form.errors == {"slogan": ["Another slogan, please."]}
    assert (saved.written, page.story, values["slogan"]) == (
        frozenset(),
        "Kept on the page",
        "Light",
    )


def test_a_page_of_another_person_saves_nothing(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(story="Hers")
    page.who = TINE
    form, saved = page.send()
    assert form.non_field_errors() == [
        "This page belongs to another person who was signed in here."
    ]
    assert (saved.written, values["story"]) == (frozenset(), "We make candles.\nBy hand.")


def test_a_field_that_was_not_on_the_page_is_left_alone(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(slogan="New")
    for name in ("story", "was-story", "local", "was-local"):
        del page.data[name]
    page.send()
    assert (values["story"], values["slogan"]) == ("We make candles.\nBy hand.", "New")


def test_a_field_without_its_fingerprint_overwrites_nothing(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(story="From nowhere")
    del page.data["was-story"]
    form, _saved = page.send()
    assert (set(form.clashes), values["story"]) == ({"story"}, "We make candles.\nBy hand.")


def test_a_box_can_be_unticked(values: dict[str, Any]) -> None:
    Page(values, MAJA).type(local=[], places=["fair"]).send()
    assert (values["local"], values["places"]) == (False, ["fair"])


def test_lists_are_equal_in_any_order(values: dict[str, Any]) -> None:
    page = Page(values, MAJA).type(places=["shop", "web"])
    assert page.send()[1].written == frozenset()


def test_a_clash_says_values_as_a_person_reads_them(values: dict[str, Any]) -> None:
    hers, his = Page(values, MAJA), Page(values, TINE)
    hers.type(founded="2020-05-04", local=[], places=["fair", "web"], price="2.50").send()
    form, _saved = his.type(founded="2018-01-02", places=[], price="9").send()
    theirs = {name: clash.theirs for name, clash in form.clashes.items()}
    assert theirs == {"founded": "4 May 2020", "places": "Fair, Web", "price": "2.50"}
    assert not any(clash.joins for clash in form.clashes.values())


def test_a_careful_form_has_no_files_and_does_not_save_itself() -> None:
    class WithFile(CarefulMixin, forms.Form):
        picture = forms.FileField()

    with pytest.raises(TypeError, match="picture cannot be careful"):
        WithFile()
    with pytest.raises(TypeError, match=r"careful\.save"):
        StoryForm().save()


def test_an_opened_form_is_not_saved(values: dict[str, Any]) -> None:
    form = StoryForm(initial=values)
    assert save(form, Shelf(values, MAJA), by=MAJA) is None
    assert '<input type="hidden" name="careful-user" value="1"' in form.careful_hidden()


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("a\r\nb", "a\nb"),
        (Decimal("1.50"), 1.5),
        (Decimal("-0.0"), 0),
        (None, ""),
        ([], ""),
        ({}, None),
        (
            dt.datetime(2026, 1, 1, 13, tzinfo=dt.timezone(dt.timedelta(hours=1))),
            dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC),
        ),
        ({"b": [1, 2], "a": None}, {"a": "", "b": [1, 2]}),
    ],
)
def test_equal_values_have_one_form(one: object, same: object) -> None:
    assert normal(one) == normal(same)


def test_different_values_have_different_forms() -> None:
    different = [None, False, True, 0, 1, [1, 2], [2, 1], ["1,2"], {"a": 1}, dt.date(2026, 1, 1)]
    assert len({normal(each) for each in different}) == len(different)


def test_a_number_shown_shorter_than_stored_comes_back_unchanged() -> None:
    class Rounded(forms.DecimalField):
        def prepare_value(self, value: Any) -> Any:
            return f"{value:.2f}" if isinstance(value, Decimal) else value

    field = Rounded()
    assert fingerprint(field, Decimal("1.2345")) == fingerprint(field, Decimal("1.23"))


def test_a_grouped_choice_is_shown_by_its_word() -> None:
    field = forms.ChoiceField(choices=[("Far", [("de", "Germany")]), ("si", "Slovenia")])
    assert (shown(field, "de"), shown(field, "si")) == ("Germany", "Slovenia")


FINGERPRINTS = st.sampled_from(["a", "b", "c"])


@given(FINGERPRINTS, FINGERPRINTS, FINGERPRINTS, st.sampled_from(Choice), FINGERPRINTS)
def test_nothing_is_overwritten_that_was_not_seen(
    new: str, was: str, stored: str, choice: Choice, seen: str
) -> None:
    verdict = judge(new, was, stored, choice, seen)
    if verdict in {Verdict.WRITE, Verdict.JOIN}:
        assert stored == was or (choice is not Choice.NONE and stored == seen)


@given(st.text(), st.text())
def test_joining_keeps_both_texts(theirs: str, mine: str) -> None:
    both = joined(theirs, mine)
    assert theirs.strip() in both
    assert mine.strip() in both


STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["open", "type", "send", "mine", "theirs", "both"]),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_whatever_two_people_do_no_text_is_lost_or_overwritten_unseen(
    steps: list[tuple[int, str]],
) -> None:
    values: dict[str, Any] = {"story": "0", "slogan": "S"}
    pages = [Page(values, MAJA), Page(values, TINE)]
    known: list[set[str]] = [{"0"}, {"0"}]  # the saved texts that each has seen
    for number, (who, what) in enumerate(steps, start=1):
        page, before = pages[who], str(values["story"])
        if what == "open":
            page.open()
            known[who].add(page.story)
            continue
        if what == "type":
            page.type(story=str(number))
            continue
        mine = page.story
        form, _saved = page.send({"story": what} if what != "send" else None)
        after = str(values["story"])
        if after != before:
            assert before in known[who] or before in after
        lost = mine not in after and mine not in known[who] and page.story != mine
        assert not lost or what == "theirs"
        known[who] |= {page.story if "story" not in form.clashes else "", after}
        known[who] |= {clash.theirs for clash in form.clashes.values()}

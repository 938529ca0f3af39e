import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit import screen

PACKAGE = Path(screen.__file__).parent.parent
FRONTEND = PACKAGE.parent / "frontend"
NAMED = re.compile(
    r"""\{%\sicon\s"([a-z0-9-]+)"          # {% icon "check" %}
      | (?<![\w:-])icon="([a-z0-9-]+)"     # <c-button icon="plus">, Place(icon="house")
      | <c-icon\sname="([a-z0-9-]+)"
      | "icon":\s"([a-z0-9-]+)"            # rows made in Python
    """,
    re.VERBOSE,
)


def names(file: str) -> set[str]:
    return set(json.loads((FRONTEND / file).read_text()))


def named_icons() -> Iterator[tuple[str, str]]:
    """Every icon named in a template or a module, with the file that names it."""
    files = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.py")]
    for path in files:
        if "tests" in path.parts or "providers" in path.parts:
            continue
        for match in NAMED.finditer(path.read_text()):
            yield next(name for name in match.groups() if name), str(path.relative_to(PACKAGE))


def render(source: str, **context: Any) -> str:
    """The HTML of a template text that uses components, without space between the tags."""
    engine = get_template("bare.html").backend.engine  # type: ignore[attr-defined]
    from_cotton = engine.template_loaders[0]
    loader = getattr(from_cotton, "loaders", [from_cotton])[0]
    compiled = loader.cotton_compiler.process(source)
    html = engine.from_string(compiled).render(Context(context))
    return re.sub(r"\s*([<>])\s*", r"\1", re.sub(r"\s+", " ", html)).strip()


class PostForm(forms.Form):
    title = forms.CharField(help_text="Only you see it.")
    note = forms.CharField(required=False)
    role = forms.ChoiceField(choices=[("a", "Owner")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="I have read it", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


# --- names ---------------------------------------------------------------------------


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    known = names("icons.json")
    assert sorted((name, file) for name, file in named_icons() if name not in known) == []


def test_every_state_has_an_icon_of_the_sprite_and_a_tone_of_the_style_sheet() -> None:
    tones = set(re.findall(r"\.tone-(\w+)", (FRONTEND / "styles/parts.css").read_text()))
    looks = screen.STATES.values()
    assert {look.icon for look in looks} - names("icons.json") == set()
    assert {look.tone for look in looks} - tones == set()


def test_the_theme_switch_and_the_toasts_use_icons_of_the_sprite() -> None:
    used = {picture for _value, _word, picture in screen.theme_choices()}
    used |= {screen.tone_icon(tone) for tone in ("good", "warn", "bad", "info")}
    assert used - names("icons.json") == set()


def test_no_template_holds_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|hx-on|javascript:")
    found = {
        str(path.relative_to(PACKAGE)): inline.findall(path.read_text())
        for path in PACKAGE.rglob("*.html")
    }
    assert {path: hits for path, hits in found.items() if hits} == {}


def test_no_template_types_a_colour() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|rgba?\(|oklch\(")
    found = [path.name for path in PACKAGE.rglob("*.html") if colour.search(path.read_text())]
    assert found == []


# --- tags ----------------------------------------------------------------------------


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert screen.icon("check").startswith('<svg class="icon" aria-hidden="true"><use href="')
    assert 'role="img" aria-label="Done"' in screen.icon("check", "Done")
    assert "aria-hidden" not in screen.icon("check", "Done")


def test_an_icon_points_at_its_symbol_in_the_built_sprite() -> None:
    assert re.search(r'href="/static/dist/assets/icons-[\w-]+\.svg#check"', screen.icon("check"))


def test_a_label_is_escaped() -> None:
    assert "<b>" not in screen.icon("check", '"><b>')


def test_a_state_is_word_icon_and_tone() -> None:
    html = screen.status("failed")
    assert 'class="status tone-bad"' in html
    assert html.endswith("Failed</span>")
    assert "#circle-x" in html


def test_a_state_may_carry_another_word() -> None:
    assert screen.status("published", "Live").endswith("Live</span>")


def test_an_unknown_state_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        screen.status("lost")


def test_the_word_of_a_state_is_text() -> None:
    with translation.override("en"):
        assert screen.status_word("in_review") == "In review"


def test_a_mark_shows_the_symbol_and_always_the_name() -> None:
    html = screen.mark("Instagram", "instagram", "#ff0069")
    assert "#instagram" in html
    assert '<span class="truncate">Instagram</span>' in html


def test_a_mark_without_a_symbol_shows_the_first_letter() -> None:
    html = screen.mark("linkedin", "", "#0a66c2")
    assert ">L</text>" in html
    assert "<use" not in html


def test_a_quiet_mark_still_tells_its_name_to_a_screen_reader() -> None:
    html = screen.mark("X", "x", "#000000", quiet=True)
    assert '<span class="sr-only">X</span>' in html


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#000000", "#fff"), ("#fffc00", "#000"), ("#1185fe", "#fff"), ("", "#fff")],
)
def test_a_mark_is_drawn_in_the_ink_that_stands_out(colour: str, ink: str) -> None:
    assert screen.readable_on(colour) == ink


@given(
    value=st.floats(allow_nan=False, allow_infinity=False),
    most=st.floats(allow_nan=False, allow_infinity=False),
)
def test_a_share_is_always_between_0_and_100(value: float, most: float) -> None:
    assert 0 <= screen.percent_of(value, most) <= 100


def test_a_share_is_rounded_to_whole_percent() -> None:
    assert screen.percent_of(1204, 1500) == 80
    assert screen.percent_of(5, 0) == 0


def test_a_message_can_carry_its_undo() -> None:
    assert screen.undo_url(Message(25, "Moved.", "undo:/b/shop/undo/7/")) == "/b/shop/undo/7/"
    assert screen.undo_url(Message(25, "Moved.", "quiet")) == ""
    assert screen.undo_url(Message(25, "Moved.")) == ""


@pytest.mark.parametrize(
    ("level", "tone"),
    [("success", "good"), ("warning", "warn"), ("error", "bad"), ("info", "info"), ("", "info")],
)
def test_a_message_has_the_tone_of_its_level(level: str, tone: str) -> None:
    assert screen.message_tone(level) == tone


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Novak", "AN"), ("ana.novak@svitinsat.si", "AN"), ("Žiga", "Ž"), ("", "")],
)
def test_initials_are_at_most_two_letters(name: str, letters: str) -> None:
    assert screen.initials(name) == letters


# --- components ----------------------------------------------------------------------


def test_a_button_with_an_address_is_a_link_and_passes_its_attributes_on() -> None:
    html = render('<c-button href="/x" kind="primary" hx-get="/y">Add goal</c-button>')
    assert html.startswith('<a href="/x" class="btn btn-primary')
    assert 'hx-get="/y"' in html
    assert html.endswith("Add goal</a>")


def test_a_button_without_an_address_submits() -> None:
    html = render('<c-button kind="danger" name="do" value="delete">Delete post</c-button>')
    assert html.startswith('<button type="submit" class="btn btn-danger')
    assert 'name="do" value="delete"' in html


def test_a_field_ties_label_control_help_and_error_together() -> None:
    html = render('<c-field :field="form.title" />', form=PostForm({"title": ""}))
    assert '<label for="id_title">Title</label>' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert "This field is required." in html
    assert '<p class="field-help" id="id_title_helptext">Only you see it.</p>' in html


def test_a_field_keeps_what_was_typed() -> None:
    html = render('<c-field :field="form.title" />', form=PostForm({"title": "<Med>"}))
    assert 'value="&lt;Med&gt;"' in html
    assert "aria-invalid" not in html


def test_a_field_that_may_stay_empty_says_so() -> None:
    form = PostForm()
    assert '<span class="field-optional">' in render('<c-field :field="form.note" />', form=form)
    assert "field-optional" not in render('<c-field :field="form.title" />', form=form)


def test_a_field_of_choices_is_a_group_with_a_legend() -> None:
    html = render('<c-field :field="form.role" />', form=PostForm({}))
    assert re.search(r"<fieldset[^>]* aria-describedby=\"id_role_error\"><legend>Role", html)


def test_a_box_to_tick_stands_before_its_words() -> None:
    html = render('<c-field :field="form.agreed" />', form=PostForm())
    assert html.index('type="checkbox"') < html.index("I have read it</label>")
    assert "field-optional" not in html


def test_all_fields_of_a_form_are_drawn_and_the_hidden_ones_stay_hidden() -> None:
    html = render('<c-fields :form="form" />', form=PostForm())
    assert re.findall(r'name="(\w+)"', html) == ["key", "title", "note", "role", "agreed"]
    assert html.count('class="field ') == 4


def test_the_summary_of_errors_leads_to_each_field() -> None:
    html = render('<c-form_errors :form="form" />', form=PostForm({}))
    assert 'role="alert"' in html
    assert "2 things need your attention." in html
    assert re.findall(r'href="#(\w+)"', html) == ["id_title", "id_role"]


def test_what_is_wrong_with_the_whole_form_is_said_above_it() -> None:
    form = PostForm({"title": "Med", "role": "a"})
    form.add_error(None, "The server is full.")
    html = render('<c-form_errors :form="form" />', form=form)
    assert "<p>The server is full.</p>" in html
    assert "need your attention" not in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert render('<c-form_errors :form="form" />', form=PostForm()) == ""


def test_progress_is_told_in_numbers_and_in_words() -> None:
    html = render('<c-progress label="Followers" :value="30" :max="40" words="30 of 40" />')
    assert 'aria-valuenow="75"' in html
    assert 'aria-valuetext="30 of 40"' in html
    assert '<rect class="meter-fill" width="75"' in html
    assert "meter-plan" not in html


def test_a_plan_is_a_line_on_the_bar() -> None:
    html = render('<c-progress label="Followers" :value="30" :max="40" :plan="20" />')
    assert '<rect class="meter-plan" x="50"' in html


def test_a_table_has_a_caption_and_head_cells() -> None:
    html = render(
        '<c-table caption="Posts"><c-slot name="head"><th scope="col">Day</th></c-slot>'
        "<tr><td>1</td></tr></c-table>"
    )
    assert "<caption>Posts</caption><thead><tr><th" in html
    assert "<tbody><tr><td>1</td></tr></tbody>" in html


def test_a_menu_opens_without_script() -> None:
    html = render('<c-menu label="More"><c-menu_item href="/x">Edit post</c-menu_item></c-menu>')
    assert re.match(r"<details class=\"dropdown\" data-menu><summary", html)
    assert '<a class="menu-item" href="/x"' in html


def test_an_empty_place_shows_an_example_and_the_first_step() -> None:
    html = render(
        '<c-empty title="No goals yet" example="100 guests"><p>What you want.</p>'
        '<c-slot name="step"><a href="/new">Add goal</a></c-slot></c-empty>'
    )
    words = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert words == "No goals yet What you want. For example: 100 guests Add goal"


def test_a_counter_carries_the_channels_as_data() -> None:
    channels = [{"kind": "graphemes", "url": None, "bytes": 3000, "limit": 300}]
    html = render('<c-counter for="id_text" :channels="channels" />', channels=channels)
    data = re.search(r'<script type="application/json">(.*?)</script>', html)
    assert data
    assert json.loads(data[1]) == channels
    assert 'data-island="counter" data-for="id_text"' in html


def test_a_copy_button_takes_words_or_an_element() -> None:
    assert 'data-copy="Med &amp; sat"' in render(
        '<c-copy text="{{ words }}">Copy</c-copy>', words="Med & sat"
    )
    assert 'data-copy-from="id_text"' in render('<c-copy of="id_text">Copy text</c-copy>')


def test_a_dialog_is_named_by_its_title() -> None:
    html = render('<c-dialog id="ask" title="Delete this goal?">…</c-dialog>')
    assert 'aria-labelledby="ask-title"' in html
    assert '<h2 id="ask-title">Delete this goal?</h2>' in html


# --- pages of trouble ----------------------------------------------------------------


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "500"])
def test_a_page_of_trouble_needs_nothing_but_itself(page: str) -> None:
    html = get_template(f"{page}.html").render()
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    assert "<form" not in html

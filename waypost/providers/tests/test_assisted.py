"""Posting by hand: every network works without anybody's leave."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from waypost.providers.assisted import NETWORKS, Assisted
from waypost.providers.base import Post
from waypost.providers.errors import Refused
from waypost.providers.tests.worlds import picture

ICONS = Path(__file__).resolve().parents[3] / "node_modules" / "simple-icons" / "icons"


@pytest.mark.parametrize("key", NETWORKS)
def test_each_network_has_a_mark_a_colour_and_limits(key: str) -> None:
    network = NETWORKS[key]
    assert re.fullmatch(r"#[0-9a-f]{6}", network.colour)
    assert network.text > 0
    assert network.pictures > 0
    assert network.open_url.startswith("https://") or key == "other"
    if network.icon and ICONS.is_dir():
        assert (ICONS / f"{network.icon}.svg").is_file()


@pytest.mark.parametrize("key", NETWORKS)
def test_each_network_can_be_connected_and_shown(key: str) -> None:
    connected = Assisted().connect({"network": key, "handle": "@SvitInSat"})
    assert connected.account.remote_id == f"{key}:svitinsat"
    assert connected.account.handle == "SvitInSat"
    assert connected.secrets == {}
    shown = Assisted().display(connected.settings)
    assert (shown.name, shown.colour) == (NETWORKS[key].name, NETWORKS[key].colour)
    assert Assisted().network_name(connected.settings) == str(NETWORKS[key].name)
    assert Assisted().limits(connected.settings).text == NETWORKS[key].text
    assert Assisted().count("abc", connected.settings).limit == NETWORKS[key].text


@pytest.mark.parametrize(
    ("typed", "handle", "url"),
    [
        ("svit", "svit", "https://www.instagram.com/svit/"),
        (" @svit/ ", "svit", "https://www.instagram.com/svit/"),
        ("a b", "a b", "https://www.instagram.com/a%20b/"),
        ("https://www.instagram.com/svit/", "svit", "https://www.instagram.com/svit/"),
        ("https://www.instagram.com/svit?x=1", "svit", "https://www.instagram.com/svit?x=1"),
        ("https://svit.si", "svit.si", "https://svit.si"),
    ],
)
def test_an_account_is_a_name_or_a_link(typed: str, handle: str, url: str) -> None:
    account = Assisted().connect({"network": "instagram", "handle": typed}).account
    assert (account.handle, account.url) == (handle, url)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"network": "myspace", "handle": "x"}, "network"),
        ({"handle": "x"}, "network"),
        ({"network": "x", "handle": " @ "}, "handle"),
        ({"network": "x"}, "handle"),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(values: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        Assisted().connect(values)
    assert refused.value.field == field


def test_the_way_to_post_opens_at_the_network() -> None:
    opens = Assisted().open_url
    assert opens({"network": "x", "handle": "svit"}) == "https://x.com/compose/post"
    assert opens({"network": "facebook", "handle": "svit"}) == "https://www.facebook.com/svit"
    assert opens({"network": "other", "profile": "https://svit.si"}) == "https://svit.si"
    assert opens({"network": "other", "handle": "svit"}) == ""


def test_a_network_of_pictures_wants_one() -> None:
    settings = {"network": "instagram"}
    problems = Assisted().check(Post("x"), settings)
    assert [(problem.field, problem.message) for problem in problems] == [
        ("pictures", "Instagram takes no post without a picture. Add one.")
    ]
    assert (
        Assisted().check(Post("", pictures=[replace(picture(), mime="image/jpeg")]), settings) == []
    )


def test_each_network_has_its_own_length() -> None:
    post = Post("a" * 281)
    assert [p.field for p in Assisted().check(post, {"network": "x"})] == ["text"]
    assert Assisted().check(post, {"network": "telegram"}) == []


def test_settings_of_a_network_that_is_gone_are_still_shown() -> None:
    assert str(Assisted().display({"network": "myspace"}).name) == "Another network"


@pytest.mark.parametrize("key", NETWORKS)
def test_each_network_takes_pictures_that_can_be_made_for_it(key: str) -> None:
    limits = Assisted().limits({"network": key})
    assert "image/jpeg" in limits.picture_mimes  # what Waypost makes
    assert 1_000_000 <= limits.picture_bytes <= 20_000_000
    for shape in (limits.picture_ratio, Assisted().display({"network": key}).shape):
        assert shape is None or 0 < shape[0] <= shape[1]


def test_a_picture_of_another_kind_is_no_reason_to_refuse_a_post() -> None:
    settings = {"network": "instagram"}
    fits = Post("Wax", pictures=[replace(picture(), mime="image/jpeg")])
    assert Assisted().check(fits, settings) == []
    moving = Post("Wax", pictures=[replace(picture(), mime="image/gif")])
    assert [each.field for each in Assisted().check(moving, settings)] == ["pictures"]

"""The same questions to every network: does it keep the contract of ``base``?"""

import json
import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.providers import registry
from waypost.providers._calls import Unclear
from waypost.providers.base import (
    METRICS,
    Composes,
    ConnectsByForm,
    ConnectsByOAuth,
    HandsOver,
    Lookup,
    Measures,
    Picture,
    Post,
    Provider,
    Published,
    Publishes,
)
from waypost.providers.errors import Busy, Disconnected, ProviderError, Refused
from waypost.providers.tests.worlds import WORLDS, World, now, picture

EVERY = pytest.mark.parametrize("provider", registry.ALL.values(), ids=lambda p: p.id)
COMPOSING = [provider for provider in registry.ALL.values() if isinstance(provider, Composes)]
WRITES = pytest.mark.parametrize("composer", COMPOSING, ids=lambda c: type(c).__name__)
POST = Post("Nova sveča iz čebeljega voska 🕯️ #sveče", language="sl")
ICONS = Path(__file__).resolve().parents[3] / "node_modules" / "simple-icons" / "icons"


# --- what a network says about itself ---


@EVERY
def test_a_network_says_who_it_is(provider: Provider) -> None:
    assert registry.get(provider.id) is provider
    assert re.fullmatch(r"[a-z][a-z0-9-]*", provider.id)
    assert all(str(text).strip() for text in (provider.name, provider.blurb, provider.setup_help))
    assert re.fullmatch(r"#[0-9a-f]{6}", provider.colour)


@EVERY
def test_a_network_can_be_connected_in_one_way(provider: Provider) -> None:
    ways = [isinstance(provider, ConnectsByForm), isinstance(provider, ConnectsByOAuth)]
    assert ways.count(True) == 1
    names = [field.name for field in provider.fields]
    assert names
    assert len(set(names)) == len(names)
    assert all(str(field.label) for field in provider.fields)


@EVERY
def test_a_network_either_publishes_or_hands_over(provider: Provider) -> None:
    assert isinstance(provider, Publishes) is not isinstance(provider, HandsOver)


@EVERY
def test_a_network_is_shown_with_a_colour_and_a_known_mark(provider: Provider) -> None:
    shown = provider.display({})
    assert re.fullmatch(r"#[0-9a-f]{6}", shown.colour)
    if shown.icon and ICONS.is_dir():
        assert (ICONS / f"{shown.icon}.svg").is_file()


@EVERY
def test_metrics_have_the_common_names(provider: Provider) -> None:
    if isinstance(provider, Measures):
        assert set(provider.account_metrics + provider.post_metrics) <= set(METRICS)
        assert provider.account_metrics


def test_an_unknown_network_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="no provider 'myspace'"):
        registry.get("myspace")


def test_every_publishing_network_is_tried_on_a_fake() -> None:
    publishing = {key for key, value in registry.ALL.items() if isinstance(value, Publishes)}
    assert set(WORLDS) == publishing


# --- what can be written for it ---


@WRITES
def test_limits_are_positive(composer: Composes) -> None:
    limits = composer.limits({})
    assert min(limits.text, limits.pictures, limits.picture_bytes, limits.alt) > 0
    assert "image/jpeg" in limits.picture_mimes
    assert limits.counting["kind"] == "graphemes"


@WRITES
def test_options_have_names_and_a_choice_to_begin_with(composer: Composes) -> None:
    names = [option.name for option in composer.options]
    assert len(set(names)) == len(names)
    for option in composer.options:
        assert not option.required
        assert not option.choices or option.initial in dict(option.choices)


@WRITES
def test_the_count_agrees_with_the_limits(composer: Composes) -> None:
    limit = composer.limits({}).text
    count = composer.count("č" * limit, {})
    assert (count.used, count.limit, count.left) == (limit, limit, 0)
    assert str(count.unit) == "characters"


@WRITES
@given(text=st.text(max_size=40))
def test_adding_a_word_never_shortens_the_count(composer: Composes, text: str) -> None:
    longer = f"{text} in še ena"
    assert composer.count(longer, {}).used > composer.count(text, {}).used - 1


@WRITES
def test_an_emoji_family_counts_once(composer: Composes) -> None:
    assert composer.count("👩‍👩‍👧‍👦", {}).used == 1


@WRITES
def test_a_good_post_has_no_problem(composer: Composes) -> None:
    post = Post(POST.text, pictures=[picture()])
    assert composer.check(post, {}) == []


@WRITES
def test_a_text_of_just_the_limit_passes_and_one_more_does_not(composer: Composes) -> None:
    limit = composer.limits({}).text
    pictures = [picture()]
    assert composer.check(Post("a" * limit, pictures=pictures), {}) == []
    problems = composer.check(Post("a" * (limit + 1), pictures=pictures), {})
    assert [problem.field for problem in problems] == ["text"]
    assert problems[0].message == (
        f"The text is 1 character too long: the limit is {limit}. Shorten it."
    )


@WRITES
def test_an_empty_post_is_a_problem(composer: Composes) -> None:
    assert composer.check(Post("  \n"), {}) != []


@WRITES
def test_too_many_pictures_are_a_problem(composer: Composes) -> None:
    limit = composer.limits({}).pictures
    post = Post("x", pictures=[picture()] * (limit + 1))
    assert [problem.field for problem in composer.check(post, {})] == ["pictures"]


@WRITES
def test_each_fault_of_a_picture_is_told(composer: Composes) -> None:
    limits = composer.limits({})
    bad = Picture(bytes, "image/x-bmp", limits.picture_bytes + 1, 1, 1, "a" * (limits.alt + 1))
    problems = composer.check(Post("x", pictures=[bad]), {})
    assert [problem.field for problem in problems] == ["pictures"] * 3
    assert all("icture 1" in problem.message for problem in problems)


# --- publishing ---


def test_keys_are_unique_and_fit_a_column(world: World) -> None:
    keys = {world.publisher.new_key() for _ in range(500)}
    assert len(keys) == 500
    assert all(0 < len(key) <= 64 for key in keys)


def test_staged_results_survive_being_stored_and_can_be_made_again(world: World) -> None:
    post = Post(f"{POST.text} @ana.test", link="https://127.0.0.1:1/", pictures=[picture()])
    first = world.stage(post)
    assert list(first) == world.publisher.steps(post)
    assert json.loads(json.dumps(first)) == first
    assert world.stage(post).keys() == first.keys()
    stored = json.loads(json.dumps(first))
    assert world.publish(post, world.publisher.new_key(), stored).remote_id
    assert world.standing() == 1


def test_an_unknown_step_is_a_lookup_error(world: World) -> None:
    with pytest.raises(LookupError):
        world.publisher.stage("dance", POST, world.credentials, {})


def test_staging_makes_nothing_visible(world: World) -> None:
    world.stage(Post(POST.text, pictures=[picture(), picture()]))
    assert world.standing() == 0


def test_publishing_twice_with_one_key_stands_once(world: World) -> None:
    key, staged = world.publisher.new_key(), world.stage(POST)
    first = world.publish(POST, key, staged)
    assert world.publish(POST, key, staged) == first
    assert world.standing() == 1
    assert first.url.startswith("http")


def test_two_keys_are_two_posts(world: World) -> None:
    for _ in range(2):
        world.publish(POST, world.publisher.new_key())
    assert world.standing() == 2


def test_what_was_published_is_found(world: World) -> None:
    key, staged, sent_at = world.publisher.new_key(), world.stage(POST), now()
    published = world.publish(POST, key, staged)
    assert world.find(POST, key, staged, sent_at) == published


def test_what_was_never_sent_is_proved_absent(world: World) -> None:
    world.publish(Post("Nekaj povsem drugega"), world.publisher.new_key())
    long_ago = now() - timedelta(minutes=30)
    found = world.find(POST, world.publisher.new_key(), world.stage(POST), long_ago)
    assert found is Lookup.ABSENT


def test_finding_never_publishes(world: World) -> None:
    world.find(POST, world.publisher.new_key(), world.stage(POST), now() - timedelta(hours=2))
    assert world.standing() == 0
    assert world.server.asked(world.publish_path, "POST") == []


def test_a_post_lost_on_the_way_back_is_found_and_sent_again_without_doubling(
    world: World,
) -> None:
    key, staged, sent_at = world.publisher.new_key(), world.stage(POST), now()
    world.server.cut_next(world.publish_path, accept=True)
    with pytest.raises(httpx.TransportError):
        world.publish(POST, key, staged)
    assert world.standing() == 1
    found = world.find(POST, key, staged, sent_at)
    assert isinstance(found, Published)
    settings = world.credentials.settings
    assert world.publisher.same_key_is_safe(settings, sent_at=sent_at, now=now()) is True
    assert world.publish(POST, key, staged) == found
    assert world.standing() == 1


# --- what goes wrong ---


@pytest.mark.parametrize("accept", [True, False])
def test_a_connection_cut_while_publishing_is_unknown(world: World, accept: bool) -> None:
    staged = world.stage(POST)
    world.server.cut_next(world.publish_path, accept=accept)
    with pytest.raises(httpx.TransportError) as failure:
        world.publish(POST, world.publisher.new_key(), staged)
    assert not isinstance(failure.value, ProviderError)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_the_server_while_publishing_is_unknown(world: World, status: int) -> None:
    staged = world.stage(POST)
    world.server.fail_next(world.publish_path, status=status)
    with pytest.raises(Unclear):
        world.publish(POST, world.publisher.new_key(), staged)


def test_an_unreadable_answer_to_publishing_is_unknown(world: World) -> None:
    staged = world.stage(POST)
    world.server.fail_next(world.publish_path, status=200, body=b"<html>")
    with pytest.raises(Unclear):
        world.publish(POST, world.publisher.new_key(), staged)


def test_a_server_that_is_down_accepted_nothing(world: World) -> None:
    staged = world.stage(POST)
    world.server.stop()
    with pytest.raises(Busy) as busy:
        # A connection from staging may still be in the pool: it is dead as well.
        world.publish(POST, world.publisher.new_key(), staged)
    assert str(busy.value) == (
        "The server 127.0.0.1 does not answer as it should. Waypost tries again by itself."
    )


def test_too_many_requests_is_busy_with_the_time_to_wait(world: World) -> None:
    staged = world.stage(POST)
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "120"})
    with pytest.raises(Busy) as busy:
        world.publish(POST, world.publisher.new_key(), staged)
    assert busy.value.after == timedelta(seconds=120)
    assert world.standing() == 0


def test_a_revoked_token_is_disconnected_wherever_it_shows(world: World) -> None:
    post = Post(POST.text, pictures=[picture()])
    staged = world.stage(post)
    world.revoke()
    with pytest.raises(Disconnected) as answer:
        world.publish(post, world.publisher.new_key(), staged)
    assert answer.value.message == ("The server no longer accepts this connection. Connect again.")
    with pytest.raises(Disconnected):
        world.stage(post)


def test_a_text_that_is_too_long_is_refused_in_words(world: World) -> None:
    limit = world.publisher.limits(world.credentials.settings).text
    post = Post("a" * (limit + 1))
    with pytest.raises(Refused) as refused:
        world.publish(post, world.publisher.new_key())
    assert refused.value.message.startswith("The server did not take this: ")
    assert str(limit) in refused.value.message
    assert world.standing() == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_staging_that_fails_for_now_is_busy(world: World, status: int) -> None:
    world.server.fail_next("", status=status)
    with pytest.raises(Busy):
        world.stage(Post("x", pictures=[picture()]))


def test_staging_on_a_cut_connection_is_busy(world: World) -> None:
    world.server.cut_next("", accept=True)
    with pytest.raises(Busy):
        world.stage(Post("x", pictures=[picture()]))


def test_looking_while_the_server_has_a_fault_is_busy(world: World) -> None:
    staged = world.stage(POST)
    world.server.fail_next("", status=503)
    with pytest.raises(Busy):
        world.find(POST, world.publisher.new_key(), staged, now())


# --- measuring ---


def test_an_account_tells_its_metrics(world: World) -> None:
    assert isinstance(world.provider, Measures)
    measured = world.provider.measure_account(world.credentials)
    assert set(measured) == set(world.provider.account_metrics)


def test_a_new_post_tells_its_metrics_and_one_that_is_gone_is_left_out(world: World) -> None:
    assert isinstance(world.provider, Measures)
    there = world.publish(POST, world.publisher.new_key()).remote_id
    gone = there[:-3] + "222"
    measured = world.provider.measure_posts(world.credentials, [gone, there])
    assert measured == {there: dict.fromkeys(world.provider.post_metrics, 0)}

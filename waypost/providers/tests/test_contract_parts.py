"""What every network is asked about further parts, comments, and what is out already."""

import json
from datetime import timedelta

import httpx
import pytest

from waypost.providers import registry
from waypost.providers.abilities import (
    Comments,
    Deletes,
    Edits,
    Recognises,
    Threads,
    comment_length,
    parts_after,
)
from waypost.providers.assisted import NETWORKS
from waypost.providers.base import Composes, Lookup, Post, Provider, Published, Publishes, Reply
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.providers.tests.worlds import World, now, picture

EVERY = pytest.mark.parametrize("provider", registry.ALL.values(), ids=lambda p: p.id)
ROOT = Post("Prvi del 🧵 o čebeljem vosku", language="sl")


def follow(world: World, text: str, *, root: Published, parent: Published) -> Published:
    post = Post(text, reply_to=Reply(root.remote_id, parent.remote_id))
    return world.publish(post, world.publisher.new_key())


@pytest.fixture
def root(world: World) -> Published:
    return world.publish(ROOT, world.publisher.new_key())


# --- what a network says about itself ---


@EVERY
def test_what_can_be_done_to_a_post_needs_a_network_that_is_written_for(
    provider: Provider,
) -> None:
    if isinstance(provider, Threads | Comments):
        assert isinstance(provider, Composes)
    if isinstance(provider, Deletes | Edits | Recognises):
        assert isinstance(provider, Publishes)


@EVERY
def test_numbers_of_parts_and_letters_are_never_negative(provider: Provider) -> None:
    assert isinstance(provider, Composes)
    for settings in ({}, *({"network": name} for name in NETWORKS)):
        assert parts_after(provider, settings) >= 0
        assert comment_length(provider, settings) >= 0


@EVERY
def test_a_part_is_counted_like_a_post_and_needs_no_picture(provider: Provider) -> None:
    assert isinstance(provider, Composes)
    for settings in ({}, *({"network": name} for name in NETWORKS)):
        limit = provider.limits(settings).text
        part = Reply("1", "1")
        assert provider.check(Post("a" * limit, reply_to=part), settings) == []
        (problem,) = provider.check(Post("a" * (limit + 1), reply_to=part), settings)
        assert problem.field == "text"


@EVERY
def test_a_comment_is_counted_by_its_own_limit(provider: Provider) -> None:
    assert isinstance(provider, Composes)
    for settings in ({}, *({"network": name} for name in NETWORKS)):
        limit = comment_length(provider, settings)
        comment = Reply("1", "1", as_comment=True)
        if limit:
            assert provider.check(Post("a" * limit, reply_to=comment), settings) == []
            (problem,) = provider.check(Post("a" * (limit + 1), reply_to=comment), settings)
            assert str(limit) in problem.message


def test_hands_offer_what_is_usual_on_each_network() -> None:
    by_hand = registry.get("assisted")
    assert isinstance(by_hand, Composes)
    threads = {name for name in NETWORKS if parts_after(by_hand, {"network": name})}
    comments = {name for name in NETWORKS if comment_length(by_hand, {"network": name})}
    assert threads == {"x", "threads"}
    assert comments == {
        "facebook", "instagram", "linkedin", "pinterest", "reddit", "tiktok", "youtube",
    }  # fmt: skip


# --- parts of a thread ---


def test_each_part_follows_the_one_before(world: World, root: Published) -> None:
    second = follow(world, "Drugi del", root=root, parent=root)
    third = follow(world, "Tretji del", root=root, parent=second)
    assert world.standing() == 3
    found = [world.parent_of(each.remote_id) for each in (root, second, third)]
    assert found == [None, root.remote_id, second.remote_id]
    assert world.text_of(third.remote_id) == "Tretji del"


def test_the_results_of_staging_a_part_can_be_stored(world: World, root: Published) -> None:
    post = Post("Drugi del", reply_to=Reply(root.remote_id, root.remote_id))
    staged = world.stage(post)
    assert list(staged) == world.publisher.steps(post)
    stored = json.loads(json.dumps(staged))
    assert world.publish(post, world.publisher.new_key(), stored).remote_id != root.remote_id


def test_a_part_sent_twice_with_one_key_stands_once(world: World, root: Published) -> None:
    post = Post("Drugi del", reply_to=Reply(root.remote_id, root.remote_id))
    key, staged = world.publisher.new_key(), world.stage(post)
    first = world.publish(post, key, staged)
    assert world.publish(post, key, staged) == first
    assert world.standing() == 2


def test_a_part_lost_on_the_way_back_is_found(world: World, root: Published) -> None:
    post = Post("Drugi del", reply_to=Reply(root.remote_id, root.remote_id))
    key, staged, sent_at = world.publisher.new_key(), world.stage(post), now()
    world.server.cut_next(world.publish_path, accept=True)
    with pytest.raises(httpx.TransportError):
        world.publish(post, key, staged)
    found = world.find(post, key, staged, sent_at)
    assert isinstance(found, Published)
    assert world.parent_of(found.remote_id) == root.remote_id


def test_parts_with_the_same_words_are_told_apart(world: World, root: Published) -> None:
    second = follow(world, "Preberite naprej", root=root, parent=root)
    post = Post("Preberite naprej", reply_to=Reply(root.remote_id, second.remote_id))
    key, staged = world.publisher.new_key(), world.stage(post)
    long_ago = now() - timedelta(minutes=30)
    assert world.find(post, key, staged, long_ago) is Lookup.ABSENT
    third = world.publish(post, key, staged)
    assert world.find(post, key, staged, now()) == third


def test_nothing_follows_a_part_that_is_gone(world: World, root: Published) -> None:
    assert isinstance(world.publisher, Deletes)
    world.publisher.delete(root.remote_id, world.credentials)
    with pytest.raises(Refused) as refused:
        follow(world, "Drugi del", root=root, parent=root)
    assert refused.value.message == (
        "The part before is no longer on the network, so nothing can follow it."
    )
    assert world.standing() == 0


# --- taking away ---


def test_what_is_deleted_is_gone_and_deleting_it_again_is_no_fault(
    world: World, root: Published
) -> None:
    other = world.publish(Post("Druga objava"), world.publisher.new_key())
    assert isinstance(world.publisher, Deletes)
    for _ in range(2):
        world.publisher.delete(root.remote_id, world.credentials)
    assert world.standing() == 1
    assert world.text_of(other.remote_id) == "Druga objava"


@pytest.mark.parametrize("accept", [True, False], ids=["taken", "not taken"])
def test_deleting_on_a_cut_connection_is_busy_and_can_be_asked_again(
    world: World, root: Published, accept: bool
) -> None:
    assert isinstance(world.publisher, Deletes)
    world.server.cut_next("", accept=accept)
    with pytest.raises(Busy):
        world.publisher.delete(root.remote_id, world.credentials)
    world.publisher.delete(root.remote_id, world.credentials)
    assert world.standing() == 0


def test_deleting_with_a_revoked_token_is_disconnected(world: World, root: Published) -> None:
    assert isinstance(world.publisher, Deletes)
    world.revoke()
    with pytest.raises(Disconnected):
        world.publisher.delete(root.remote_id, world.credentials)
    assert world.standing() == 1


# --- changing ---


def test_a_changed_post_keeps_its_place_and_its_pictures(world: World) -> None:
    if not isinstance(world.publisher, Edits):
        pytest.skip("this network lets nobody change a post")
    first = world.publish(Post("Svečke", pictures=[picture()]), world.publisher.new_key())
    for _ in range(2):
        again = world.publisher.edit(first.remote_id, Post("Sveče"), world.credentials)
    assert again == first
    assert world.text_of(first.remote_id) == "Sveče"
    assert world.standing() == 1
    (status,) = world.server.statuses  # type: ignore[attr-defined]
    assert len(status["media_attachments"]) == 1


def test_what_is_gone_cannot_be_changed(world: World, root: Published) -> None:
    if not isinstance(world.publisher, Edits):
        pytest.skip("this network lets nobody change a post")
    assert isinstance(world.publisher, Deletes)
    world.publisher.delete(root.remote_id, world.credentials)
    with pytest.raises(Refused, match="no longer on the network"):
        world.publisher.edit(root.remote_id, Post("Novo"), world.credentials)


# --- recognising ---


def test_our_own_post_is_recognised_by_its_link(world: World, root: Published) -> None:
    assert isinstance(world.publisher, Recognises)
    assert world.publisher.recognise(root.url, world.credentials) == root


@pytest.mark.parametrize("gone", [True, False], ids=["deleted", "another site"])
def test_a_link_that_leads_to_no_post_of_ours_is_refused(
    world: World, root: Published, gone: bool
) -> None:
    assert isinstance(world.publisher, Recognises)
    assert isinstance(world.publisher, Deletes)
    world.publisher.delete(root.remote_id, world.credentials)
    url = root.url if gone else "https://example.org/blog/sveče"
    with pytest.raises(Refused) as refused:
        world.publisher.recognise(url, world.credentials)
    assert refused.value.field == "url"
    assert "no post of this account" in refused.value.message


def test_a_link_cannot_be_checked_while_the_server_has_a_fault(
    world: World, root: Published
) -> None:
    assert isinstance(world.publisher, Recognises)
    world.server.fail_next("", status=503)
    with pytest.raises(Busy):
        world.publisher.recognise(root.url, world.credentials)

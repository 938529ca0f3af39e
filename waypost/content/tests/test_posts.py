"""What publishing is given, and what the networks would refuse."""

from waypost.accounts.models import Business
from waypost.connections.models import Health
from waypost.content.posts import post_for, problems
from waypost.tests import factories


def test_a_post_says_what_the_item_says(business: Business) -> None:
    channel = factories.make_connection(business)
    item = factories.make_item(
        business, channels=[channel], text="Hello", link="https://svit.example/", language="sl"
    )
    post = post_for(item.variants.get())
    assert (post.text, post.link, post.language, post.pictures, post.options) == (
        "Hello",
        "https://svit.example/",
        "sl",
        (),
        {},
    )


def test_the_channels_own_text_and_options_win(business: Business) -> None:
    item = factories.make_item(
        business, channels=[factories.make_connection(business)], text="Hello"
    )
    variant = item.variants.get()
    variant.text, variant.options = "Hello here", {"visibility": "unlisted"}
    post = post_for(variant)
    assert (post.text, post.options) == ("Hello here", {"visibility": "unlisted"})


def test_pictures_come_in_order_and_are_read_when_asked_for(business: Business) -> None:
    item = factories.make_item(business, channels=[factories.make_connection(business)])
    content = factories.picture_bytes(10, 10, colour="red")
    first = factories.make_asset(business, content=content, alt="From the library")
    second = factories.make_asset(business, alt="From the library")
    factories.add_picture(item, second, position=1, alt="Of this post")
    factories.add_picture(item, first, position=0)
    post = post_for(item.variants.get())
    assert [p.alt for p in post.pictures] == ["From the library", "Of this post"]
    picture = post.pictures[0]
    assert (picture.read(), picture.mime, picture.size) == (content, "image/png", len(content))
    second.file.storage.delete(str(second.file.name))
    assert len(post_for(item.variants.get()).pictures) == 2


def test_problems_are_told_by_channel(business: Business) -> None:
    wants_picture = factories.make_connection(business, settings={"network": "instagram"})
    takes_words = factories.make_connection(business, settings={"network": "x"})
    item = factories.make_item(business, channels=[wants_picture, takes_words], text="a" * 281)
    assert [(c, p.field) for c, p in problems(item)] == [
        (wants_picture, "pictures"),
        (takes_words, "text"),
    ]


def test_a_broken_and_a_removed_account_are_problems(business: Business) -> None:
    network = {"network": "x"}
    broken = factories.make_connection(business, settings=network, health=Health.BROKEN)
    removed = factories.make_connection(business, settings=network, health=Health.REMOVED)
    item = factories.make_item(business, channels=[broken, removed])
    assert [(c, p.field, p.message) for c, p in problems(item)] == [
        (broken, "connection", "This account must be connected again before anything can go out."),
        (removed, "connection", "This account was removed. Take it out of the post."),
    ]


def test_an_item_without_channels_has_no_problems(business: Business) -> None:
    assert problems(factories.make_item(business)) == []

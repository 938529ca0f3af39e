"""A post that goes on: further parts and the first comment, in the composer and in the checks."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection
from waypost.content.models import Item, Status
from waypost.content.posts import part_for, problems
from waypost.content.tests.composer_page import opened
from waypost.providers.base import Reply
from waypost.tests import factories


@pytest.fixture
def x(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


@pytest.fixture
def facebook(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "facebook"})


def send(page: Client, business: Business, item: Any = None, **fields: Any) -> Any:
    name, args = ("edit", [business.slug, item.pk]) if item else ("new", [business.slug])
    was = opened(page, business, item) if item else {}
    typed = {"title": "Autumn", "kind": "post", "text": "Leaves", "language": "sl", **fields}
    typed = {**was, **typed}
    return page.post(reverse(f"content:{name}", args=args), typed)


def test_parts_are_saved_in_their_order_and_empty_ones_are_left_out(
    page: Client, business: Business, x: Connection
) -> None:
    parts = {f"part_{x.pk}_2": "Second", f"part_{x.pk}_3": "  \n", f"part_{x.pk}_4": "Third"}
    assert send(page, business, channels=[x.pk], **parts).status_code == 302
    variant = Item.objects.get().variants.get()
    assert (variant.parts, variant.comment) == (["Second", "Third"], "")


def test_a_part_is_added_without_script_and_nothing_is_lost(
    page: Client, business: Business, x: Connection
) -> None:
    response = send(
        page, business, channels=[x.pk], add_part=x.pk, **{f"part_{x.pk}_2": "Half a thought"}
    )
    assert response.status_code == 200
    form = response.context["form"]
    assert form[f"part_{x.pk}_2"].value() == "Half a thought"
    assert not form[f"part_{x.pk}_3"].value()
    assert f'formaction="#id_part_{x.pk}_4"' in response.content.decode()
    assert Item.objects.get().variants.get().parts == ["Half a thought"]


def test_the_saved_parts_stand_in_the_form_again(
    page: Client, business: Business, x: Connection
) -> None:
    item = factories.make_item(business, channels=[x])
    item.variants.update(parts=["Second", "Third"])
    form = page.get(reverse("content:edit", args=[business.slug, item.pk])).context["form"]
    assert [form[f"part_{x.pk}_{n}"].value() for n in (2, 3)] == ["Second", "Third"]
    assert f"part_{x.pk}_4" not in form.fields


def test_only_what_a_network_can_do_is_offered(
    page: Client, business: Business, x: Connection, facebook: Connection
) -> None:
    channels = page.get(reverse("content:new", args=[business.slug])).context["channels"]
    offered = {each.connection: (each.next_part, each.comment is not None) for each in channels}
    assert offered == {x: (2, False), facebook: (None, True)}


def test_no_more_parts_are_offered_than_the_network_takes(
    page: Client, business: Business, x: Connection
) -> None:
    parts = {f"part_{x.pk}_{n}": "more" for n in range(2, 26)}
    response = send(page, business, channels=[x.pk], add_part=x.pk, **parts)
    (channel,) = response.context["channels"]
    assert (len(channel.parts), channel.next_part) == (24, None)


def test_the_first_comment_is_saved_and_counted_by_its_own_limit(
    page: Client, business: Business, facebook: Connection
) -> None:
    send(page, business, channels=[facebook.pk], **{f"comment_{facebook.pk}": " Link: … "})
    assert Item.objects.get().variants.get().comment == "Link: …"
    form_page = page.get(reverse("content:edit", args=[business.slug, Item.objects.get().pk]))
    (channel,) = form_page.context["channels"]
    assert [each["limit"] for each in channel.comment_counting] == [8000]
    assert channel.has_own


def test_what_is_wrong_with_a_part_says_with_which_one(business: Business, x: Connection) -> None:
    item = factories.make_item(business, channels=[x])
    item.variants.update(parts=["fine", "a" * 282])
    assert [(p.field, p.message) for _c, p in problems(item)] == [
        ("parts", "Part 3: The text is 2 characters too long: the limit is 280. Shorten it.")
    ]


def test_a_comment_that_is_too_long_keeps_the_post_back(
    business: Business, facebook: Connection
) -> None:
    item = factories.make_item(business, channels=[facebook])
    item.variants.update(comment="a" * 8001)
    assert [(p.field, p.message) for _c, p in problems(item)] == [
        (
            "comment",
            "First comment: The text is 1 character too long: the limit is 8000. Shorten it.",
        )
    ]


def test_parts_of_a_channel_that_has_none_keep_the_post_back(
    business: Business, facebook: Connection
) -> None:
    item = factories.make_item(business, channels=[facebook])
    item.variants.update(parts=["second"])
    assert [p.message for _c, p in problems(item)] == [
        "This account takes no further parts. Save the post once more without them."
    ]


def test_a_part_is_words_with_the_choices_of_the_whole_post(business: Business) -> None:
    channel = factories.make_connection(business, settings={"network": "x"})
    item = factories.make_item(
        business, channels=[channel], language="sl", link="https://svit.example/"
    )
    factories.add_picture(item, factories.make_asset(business))
    variant = item.variants.get()
    variant.options = {"visibility": "unlisted"}
    post = part_for(variant, "Drugi del", Reply("1", "2"))
    assert (post.text, post.language, post.options) == (
        "Drugi del",
        "sl",
        {"visibility": "unlisted"},
    )
    assert (post.link, post.pictures, post.reply_to) == ("", (), Reply("1", "2"))


def test_changing_a_part_of_an_approved_post_asks_for_approval_again(
    business: Business, x: Connection, sign_in: Any
) -> None:
    author = factories.make_member(business, Role.CONTRIBUTOR).user
    item = factories.make_item(business, channels=[x], status=Status.APPROVED, text="Leaves")
    item.variants.update(parts=["Second"])
    send(sign_in(author), business, item, channels=[x.pk], **{f"part_{x.pk}_2": "Other"})
    item.refresh_from_db()
    assert (item.status, item.variants.get().parts) == (Status.DRAFT, ["Other"])


def test_a_part_is_taken_out_and_those_behind_it_move_up(
    page: Client, business: Business, x: Connection
) -> None:
    parts = {f"part_{x.pk}_{n}": words for n, words in ((2, "Second"), (3, "Third"), (4, "Fourth"))}
    send(page, business, channels=[x.pk], **parts)
    item = Item.objects.get()
    answer = send(page, business, item, remove_part=f"{x.pk}_3")
    assert answer.status_code == 200
    assert item.variants.get().parts == ["Second", "Fourth"]
    send(page, business, item, remove_part=f"{x.pk}_99")
    assert item.variants.get().parts == ["Second", "Fourth"]

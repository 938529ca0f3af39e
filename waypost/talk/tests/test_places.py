"""Places are named by our pages and come back through the browser unchanged."""

import pytest
from django.core import signing

from waypost.accounts.models import Business, User
from waypost.talk.places import SALT, NoPlace, Place, address, anchor

pytestmark = pytest.mark.django_db


def place(business: Business, **fields: str) -> Place:
    values = {
        "thread": "strategy/company.story",
        "title": "Your story",
        "path": f"/b/{business.slug}/strategy/company/",
        **fields,
    }
    return Place(business, **values)


def test_a_place_comes_back_as_it_went(business: Business) -> None:
    there = place(business)
    assert Place.read(there.token, business) == there


def test_the_same_place_has_the_same_address(business: Business) -> None:
    assert place(business).token == place(business).token


def test_a_place_of_another_business_is_none(business: Business, stranger: User) -> None:
    theirs = stranger.memberships.get().business
    with pytest.raises(NoPlace):
        Place.read(place(theirs).token, business)


def test_a_place_that_was_typed_is_none(business: Business) -> None:
    token = place(business).token
    forged = signing.Signer(key="x" * 50, salt=SALT).sign_object([business.pk, "a", "A", "/b/x/"])
    for wrong in (token[:-1], "x" + token, "no-such-token", "", forged):
        with pytest.raises(NoPlace):
            Place.read(wrong, business)


@pytest.mark.parametrize(
    "path",
    [
        "https://example.com/b/{slug}/",
        "//example.com/b/{slug}/",
        "/b/another/",
        "javascript:alert(1)",
        "/account/",
        "/b/{slug}/" + "x" * 300,
    ],
)
def test_a_path_outside_of_the_business_is_no_place(business: Business, path: str) -> None:
    with pytest.raises(ValueError, match="is no page"):
        place(business, path=path.format(slug=business.slug))


@pytest.mark.parametrize("thread", ["", "/x", "With space", "a<b>", "a" * 121])
def test_a_thread_has_a_plain_name(business: Business, thread: str) -> None:
    with pytest.raises(ValueError, match="no thread"):
        place(business, thread=thread)


def test_a_long_title_is_cut(business: Business) -> None:
    assert len(place(business, title="x" * 500).title) == 200


def test_the_address_opens_the_talk_where_it_is() -> None:
    assert anchor("strategy/company.story") == "talk-strategy-company-story"
    assert address("/b/x/s/?page=2", "a/b.c") == "/b/x/s/?page=2&talk=a%2Fb.c#talk-a-b-c"

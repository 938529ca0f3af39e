"""From the address of a post that a person pasted to the id that numbers are asked with."""

import pytest

from waypost.providers.assisted import Assisted
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://bsky.app/profile/svit.example/post/3kabc",
            "at://did:plc:x/app.bsky.feed.post/3kabc",
        ),
        (
            "https://bsky.app/profile/did:plc:x/post/3kabc/",
            "at://did:plc:x/app.bsky.feed.post/3kabc",
        ),
        ("https://bsky.app/profile/svit.example", ""),
        ("https://bsky.app/profile/svit.example/post/../../x", ""),
    ],
)
def test_a_bluesky_address_names_a_record(url: str, expected: str) -> None:
    assert Bluesky().remote_id_of(url, account_id="did:plc:x") == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://m.example/@svit/1234567", "1234567"),
        ("https://m.example/@svit/1234567/", "1234567"),
        ("https://other.example/@svit/1234567", ""),
        ("https://m.example/@svit/12?limit=1", "12"),
        ("https://m.example/@svit/..%2F..", ""),
        ("https://m.example/", ""),
    ],
)
def test_a_mastodon_address_names_a_status_of_the_same_server(url: str, expected: str) -> None:
    assert Mastodon().remote_id_of(url, account_id="109@m.example") == expected


def test_a_network_that_people_post_to_themselves_has_no_ids() -> None:
    assert Assisted().remote_id_of("https://instagram.com/p/abc", account_id="x") == ""

"""Pictures made to fit, and videos checked, before a post can be scheduled."""

from typing import Any

import pytest

from waypost.accounts.models import Business
from waypost.content.posts import post_for, problems
from waypost.library.actions import add_file, prepare
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent
from waypost.library.tests.test_fitting import noise
from waypost.tests import factories


def film(business: Business, **facts: Any) -> Asset:
    asset = add_file(business, upload=sent("film.mp4", mp4(**facts)), by=None).asset
    prepare(asset.pk)
    found: Asset = Asset.objects.get(pk=asset.pk)
    return found


def by_hand(business: Business, network: str) -> Any:
    settings = {"network": network, "handle": "svit"}
    return factories.make_connection(business, settings=settings, remote_id=f"{network}:svit")


def said(business: Business, asset: Asset, channel: Any) -> list[str]:
    item = factories.make_item(business, channels=[channel])
    factories.add_picture(item, asset)
    return [problem.message for _channel, problem in problems(item)]


def test_a_picture_that_is_too_large_goes_out_smaller(business: Business) -> None:
    channel = factories.make_connection(business, provider_id="bluesky")
    content = noise(1400, 1000)
    asset = add_file(business, upload=sent("a.png", content), by=None).asset
    limit = channel.composer.limits(channel.settings).picture_bytes
    Asset.objects.update(size=limit + 1)
    item = factories.make_item(business, channels=[channel])
    factories.add_picture(item, asset, alt="Noise")
    [picture] = post_for(item.variants.get()).pictures
    assert (picture.mime, picture.size, picture.alt) == ("image/jpeg", limit, "Noise")
    made = picture.read()
    assert len(made) <= limit
    assert made.startswith(b"\xff\xd8")
    assert problems(item) == []


def test_a_video_that_fits_is_no_problem(business: Business) -> None:
    assert said(business, film(business, seconds=20), by_hand(business, "instagram")) == []


@pytest.mark.parametrize(
    ("network", "facts", "sentence"),
    [
        ("x", {"seconds": 141}, "The video is 141 seconds long: the limit is 140. Cut it."),
        (
            "pinterest",
            {"seconds": 2.5},
            "The video is 2.5 seconds long: it must have at least 4.",
        ),
        (
            "x",
            {"codec": b"hvc1"},
            "The video is made with HEVC, and this network takes AVC.",
        ),
        (
            "instagram",
            {"rate": 90},
            "The video has 90 frames in a second: this network takes 23–60.",
        ),
        (
            "linkedin",
            {"brand": b"qt  "},
            "The video has a kind that this network does not take: video/quicktime. Use an MP4.",
        ),
    ],
)
def test_a_video_that_a_network_does_not_take_is_explained(
    business: Business, network: str, facts: dict[str, Any], sentence: str
) -> None:
    assert said(business, film(business, **facts), by_hand(business, network)) == [sentence]


def test_a_video_that_is_too_large_is_explained(business: Business) -> None:
    asset = film(business)
    Asset.objects.update(size=301_000_000)
    asset.refresh_from_db()
    [sentence] = said(business, asset, by_hand(business, "instagram"))
    assert sentence.startswith("The video is 287.1")


def test_a_video_and_pictures_do_not_go_together_everywhere(business: Business) -> None:
    item = factories.make_item(business, channels=[by_hand(business, "x")])
    for asset in (film(business), film(business, seconds=9), factories.make_asset(business)):
        factories.add_picture(item, asset)
    assert [problem.message for _channel, problem in problems(item)] == [
        "This network takes one video in a post. Remove the others.",
        "This network takes a video or pictures, not both. Remove one kind.",
    ]


def test_a_video_that_nobody_looked_into_has_to_wait(business: Business) -> None:
    asset = add_file(business, upload=sent("a.mp4", mp4()), by=None).asset
    [sentence] = said(business, asset, by_hand(business, "instagram"))
    assert sentence == "The video is still being looked at. Try again in a minute."


def test_a_video_that_cannot_be_read_says_so(business: Business) -> None:
    asset = add_file(business, upload=sent("a.mp4", mp4()[:40]), by=None).asset
    prepare(asset.pk)
    asset.refresh_from_db()
    [sentence] = said(business, asset, by_hand(business, "x"))
    assert sentence == "There is no video and no sound in this file. It may be damaged."


def test_a_network_that_waypost_sends_videos_to_says_its_limits_in_time(
    business: Business,
) -> None:
    channel = factories.make_connection(business, provider_id="bluesky")
    assert said(business, film(business, seconds=179), channel) == []
    [sentence] = said(business, film(business, seconds=200), channel)
    assert sentence == "The video is 200 seconds long: the limit is 180. Cut it."

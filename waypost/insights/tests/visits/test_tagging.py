"""Which channel, initiative and post the tags of a link speak of."""

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, LinkRule
from waypost.goals.models import Initiative
from waypost.insights.tagging import Match, Tagging
from waypost.insights.tests.visits.world import tags_of
from waypost.providers.referrers import host_of, network_of
from waypost.providers.visits import COUPON, REFERRAL
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def test_tags_of_a_post_are_told_by_the_rule(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    found = Tagging(business)
    assert found.match(tags_of(post, x)) == Match(x.pk, advent.pk, post.pk)
    assert found.match(("X", "Social", "ADVENT", "")) == Match(x.pk, advent.pk, post.pk)
    assert found.match(("x", "social", "advent", "something_else")) == found.match(
        ("x", "social", "advent", "")
    )
    assert found.match(("newsletter", "email", "advent", "")) == Match()


def test_tags_that_several_posts_share_name_only_what_is_the_same(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    factories.make_item(
        business, channels=[x], title="Star", link="https://svit.si/b", initiative=advent
    )
    assert Tagging(business).match(("x", "social", "advent", "")) == Match(x.pk, advent.pk, None)
    assert Tagging(business).match(tags_of(post, x)) == Match(x.pk, advent.pk, post.pk)


def test_without_a_rule_nothing_matches(business: Business, x: Connection, post: Item) -> None:
    LinkRule.objects.update(active=False)
    assert Tagging(business).match(("x", "social", "advent", "")) == Match()


def test_tags_of_another_business_match_nothing_here(
    business: Business, x: Connection, post: Item
) -> None:
    other = factories.make_business()
    LinkRule.objects.create(business=other)
    assert Tagging(other).match(tags_of(post, x)) == Match()


# --- without tags ----------------------------------------------------------------


def test_the_page_before_names_the_channel(business: Business, x: Connection, post: Item) -> None:
    found = Tagging(business)
    assert found.match(("t.co", REFERRAL, "", "")) == Match(x.pk)
    assert found.match(("shop.example", REFERRAL, "", "")) == Match()
    assert found.match(("t.co", "email", "", "")) == Match()


def test_of_two_accounts_at_one_network_none_is_guessed(
    business: Business, x: Connection, post: Item
) -> None:
    factories.make_connection(business, settings=x.settings, provider_id=x.provider_id)
    assert Tagging(business).match(("t.co", REFERRAL, "", "")) == Match()


def test_a_coupon_is_called_like_the_campaign_of_its_initiative(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    found = Tagging(business)
    assert found.match(("", COUPON, "ADVENT", "")) == Match(None, advent.pk)
    assert found.match(("t.co", COUPON, "Advent", "")) == Match(x.pk, advent.pk)
    assert found.match(("t.co", COUPON, "WELCOME10", "")) == Match(x.pk)


def test_a_campaign_of_two_initiatives_names_none(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    twin = factories.make_initiative(advent.goal, title=advent.title)
    factories.make_item(
        business, channels=[x], title="Star", link="https://svit.si/b", initiative=twin
    )
    assert Tagging(business).match(("", COUPON, "ADVENT", "")) == Match()


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("l.instagram.com", "instagram"),
        ("WWW.FACEBOOK.COM", "facebook"),
        ("t.co", "x"),
        ("notfacebook.com", ""),
        ("facebook.com.evil.example", ""),
        ("", ""),
    ],
)
def test_a_network_is_known_by_its_hosts(host: str, network: str) -> None:
    assert network_of(host) == network


def test_the_host_of_an_address() -> None:
    assert host_of("https://l.instagram.com/?u=https%3A%2F%2Fsvit.si") == "l.instagram.com"
    assert (host_of("no address"), host_of("http://[")) == ("", "")

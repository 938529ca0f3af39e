"""Which channel, initiative and post the tags of a link speak of."""

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, LinkRule
from waypost.goals.models import Initiative
from waypost.insights.tagging import Match, Tagging
from waypost.insights.tests.visits.world import tags_of
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


# --- the shop --------------------------------------------------------------------

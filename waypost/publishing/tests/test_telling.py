"""People learn that a post needs them: once, and whoever answers for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.publishing.models import Delivery, Status
from waypost.publishing.telling import tell_people
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def delivery(business: Business, status: str, **fields: Any) -> Delivery:
    channel = factories.make_connection(business, handle="shop")
    values = {"title": "Spring", "due_at": timezone.now() - timedelta(hours=1), **fields}
    item = factories.make_item(business, channels=[channel], **values)
    return factories.make_delivery(item, channel, status=status, reason="The picture is too big.")


def told(user: User) -> list[str]:
    return [str(notice) for notice in user.notices.all()]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (Status.FAILED, "A post needs you: Spring – Facebook shop"),
        (Status.BLOCKED, "A post needs you: Spring – Facebook shop"),
        (Status.UNCONFIRMED, "A post needs you: Spring – Facebook shop"),
        (Status.YOUR_TURN, "It is your turn to post: Spring – Facebook shop"),
    ],
)
def test_its_author_is_told_once(
    status: str, sentence: str, business: Business, owner: User, editor: User
) -> None:
    delivery(business, status, author=editor)
    for _ in range(3):
        tell_people(timezone.now())
    assert (told(editor), told(owner)) == ([sentence], [])


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.PUBLISHED, Status.WITHDRAWN])
def test_what_needs_nobody_is_told_to_nobody(status: str, business: Business, editor: User) -> None:
    delivery(business, status, author=editor)
    tell_people(timezone.now())
    assert told(editor) == []


def test_an_unclear_outcome_has_a_quarter_of_an_hour_to_clear_up(
    business: Business, editor: User
) -> None:
    delivery(business, Status.UNCONFIRMED, author=editor, due_at=timezone.now())
    tell_people(timezone.now())
    assert told(editor) == []
    tell_people(timezone.now() + timedelta(minutes=16))
    assert len(told(editor)) == 1


def test_without_author_and_owner_the_owners_of_the_business_are_told(
    business: Business, owner: User, editor: User, stranger: User
) -> None:
    delivery(business, Status.FAILED, author=stranger)  # no longer in the business
    tell_people(timezone.now())
    assert (len(told(owner)), told(editor), told(stranger)) == (1, [], [])


def test_old_troubles_are_not_told_anew(business: Business, editor: User) -> None:
    post = delivery(business, Status.FAILED, author=editor)
    Delivery.objects.filter(pk=post.pk).update(due_at=timezone.now() - timedelta(days=8))
    tell_people(timezone.now())
    assert told(editor) == []


def test_a_post_in_each_channel_is_told(business: Business, editor: User) -> None:
    first = delivery(business, Status.FAILED, author=editor)
    other: Connection = factories.make_connection(business, handle="second")
    factories.make_delivery(first.item, other, status=Status.FAILED)
    tell_people(timezone.now())
    assert len(told(editor)) == 2


def test_nothing_to_tell_costs_one_query(
    business: Business, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        tell_people(timezone.now())

"""My day: what is mine, everywhere, and nothing of anybody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, Member, User
from waypost.board.models import Task
from waypost.content.models import Status as ItemStatus
from waypost.home.my_day import gather
from waypost.publishing.models import Status
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def task(business: Business, user: User | None, days: int | None, **fields: Any) -> Task:
    due = None if days is None else timezone.localdate(timezone=business.zone) + timedelta(days)
    values: dict[str, Any] = {"title": f"In {days}", "status": "next", **fields}
    return Task.objects.create(business=business, assignee=user, due_date=due, **values)


def test_a_day_holds_my_tasks_of_all_businesses(business: Business, owner: User) -> None:
    second = factories.make_business(name="Bakery")
    Member.objects.create(business=second, user=owner, role="viewer")
    foreign = factories.make_business(name="Not mine")
    for days in (-1, 0, 5, 30, None):
        task(business, owner, days)
    task(second, owner, 0, title="Bread")
    task(foreign, owner, 0, title="Left long ago")
    task(business, None, 0, title="Nobody's")
    task(business, None, 0, title="Look at it", status="review", reviewer=owner)
    task(business, owner, 0, title="Waits", status="on_hold")
    task(business, owner, None, title="Begun", status="in_progress")
    task(business, owner, 0, title="Over", status="done")
    bakery, shop = gather(owner).shares
    assert [each.title for each in bakery.today] == ["Bread"]
    assert [each.title for each in shop.late] == ["In -1"]
    assert [each.title for each in shop.today] == ["In 0"]
    assert [each.title for each in shop.soon] == ["In 5"]
    assert [each.title for each in shop.undated] == ["Begun"]
    assert [each.title for each in shop.to_review] == ["Look at it"]


def test_posts_wait_for_whoever_may_do_something(
    business: Business, owner: User, viewer: User, editor: User
) -> None:
    channel = factories.make_connection(business)
    review = factories.make_item(business, status=ItemStatus.IN_REVIEW, author=editor)
    mine = factories.make_item(business, owner=owner)
    factories.make_item(business, owner=editor)
    sent = factories.scheduled_item(business, channel)
    turn = factories.make_delivery(sent, channel, status=Status.YOUR_TURN)
    [share] = gather(owner).shares
    assert (share.to_approve, share.to_write, share.by_hand) == ([review], [mine], [turn])
    [theirs] = gather(editor).shares
    assert theirs.to_approve == []
    [nothing] = gather(viewer).shares
    assert nothing.count == 0


def test_the_page_shows_it_and_is_calm_when_there_is_nothing(
    page: Client, business: Business, owner: User
) -> None:
    address = reverse("home:my_day", args=[business.slug])
    assert "A free day" in page.get(address).content.decode()
    task(business, owner, 0, title="Cut the reel")
    shown = page.get(address).content.decode()
    assert "Cut the reel" in shown
    assert "1 thing waits for you." in shown


def test_many_businesses_cost_no_more_questions(
    page: Client, business: Business, owner: User, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        other = factories.make_business(name=f"Shop {number}")
        Member.objects.create(business=other, user=owner, role="editor")
        for _ in range(10):
            task(other, owner, 0)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page.get(reverse("home:my_day", args=[business.slug]))

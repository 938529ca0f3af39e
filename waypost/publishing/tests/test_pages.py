"""The page of an item and posting by hand, as people see and use them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.publishing.models import Attempt, Delivery, Status
from waypost.publishing.tests.walking import fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_hand(business: Business) -> Connection:
    return factories.make_connection(business, handle="svitinsat")


@pytest.fixture
def item(business: Business, by_hand: Connection) -> Item:
    return factories.make_item(
        business, channels=[by_hand], title="Advent set", text="Vier Kerzen, ein Kranz."
    )


def sent(item: Item, connection: Connection, status: str, **fields: Any) -> Delivery:
    Item.objects.filter(pk=item.pk).update(status=ItemStatus.PUBLISHING, due_at=timezone.now())
    return factories.make_delivery(item, connection, status=status, **fields)


def show(client: Client, item: Item) -> str:
    url = reverse("publishing:item", args=[item.business.slug, item.pk])
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def do(client: Client, name: str, row: Item | Delivery, **values: Any) -> Any:
    business = row.business if isinstance(row, Item) else row.item.business
    return client.post(reverse(f"publishing:{name}", args=[business.slug, row.pk]), values)


def test_the_page_shows_each_channel_with_its_text(page: Client, item: Item) -> None:
    html = show(page, item)
    assert "svitinsat" in html
    assert "Vier Kerzen, ein Kranz." in html
    assert "Schedule post" in html


def test_the_page_leads_to_goal_and_initiative(
    page: Client, item: Item, business: Business
) -> None:
    initiative = factories.make_initiative(factories.make_goal(business, title="Double the reach"))
    Item.objects.filter(pk=item.pk).update(initiative=initiative)
    html = show(page, item)
    assert "Double the reach" in html
    assert reverse("insights:initiative", args=[business.slug, initiative.pk]) in html


def test_an_item_without_channels_says_what_to_do(page: Client, business: Business) -> None:
    html = show(page, factories.make_item(business))
    assert "No channel is chosen yet" in html


def test_a_post_is_scheduled_on_the_wall_clock_of_the_business(page: Client, item: Item) -> None:
    day = (timezone.now() + timedelta(days=3)).date()
    do(page, "schedule", item, due_date=day.isoformat(), due_time="18:30")
    item.refresh_from_db()
    assert item.status == ItemStatus.SCHEDULED
    assert item.local_due is not None
    assert (item.local_due.date(), item.local_due.hour, item.local_due.minute) == (day, 18, 30)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"due_date": "2020-01-01", "due_time": "10:00"}, "past"),
        ({"due_date": "", "due_time": "10:00"}, "required"),
        ({"due_date": "31. 2. 2030", "due_time": "10:00"}, "valid date"),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_the_field(
    values: dict[str, str], sentence: str, page: Client, item: Item
) -> None:
    answer = do(page, "schedule", item, **values)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    item.refresh_from_db()
    assert item.status == ItemStatus.DRAFT


def test_a_viewer_sees_the_post_and_no_button(
    item: Item, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    html = show(sign_in(viewer), item)
    assert "Vier Kerzen" in html
    assert "Schedule post" not in html
    assert "Edit post" not in html


def test_a_contributor_cannot_schedule(
    item: Item, contributor: User, sign_in: Callable[[User], Client]
) -> None:
    answer = do(sign_in(contributor), "publish_now", item)
    assert answer.status_code == 403
    item.refresh_from_db()
    assert item.status == ItemStatus.DRAFT


def test_a_failed_channel_says_why_and_offers_another_try(
    page: Client, item: Item, by_hand: Connection
) -> None:
    delivery = sent(item, by_hand, Status.FAILED, reason="The text is 12 characters too long.")
    html = show(page, item)
    assert "The text is 12 characters too long." in html
    assert reverse("publishing:retry", args=[item.business.slug, delivery.pk]) in html


def test_an_unclear_channel_asks_what_the_person_sees(
    page: Client, item: Item, by_hand: Connection
) -> None:
    delivery = sent(item, by_hand, Status.UNCONFIRMED)
    assert "Is the post there?" in show(page, item)

    wrong = do(page, "found", delivery, **{f"d{delivery.pk}-url": "nothing"})
    assert wrong.status_code == 422
    assert "This is not a link" in wrong.content.decode()
    assert "nothing" in wrong.content.decode()

    do(page, "found", delivery, **{f"d{delivery.pk}-url": "https://facebook.com/p/1"})
    assert fresh(delivery).status == Status.PUBLISHED
    assert "https://facebook.com/p/1" in show(page, item)


def test_every_attempt_can_be_read(page: Client, item: Item, by_hand: Connection) -> None:
    delivery = sent(item, by_hand, Status.SCHEDULED)
    now = timezone.now()
    Attempt.objects.create(
        delivery=delivery,
        step="picture-0",
        started_at=now,
        ended_at=now,
        outcome=Attempt.Outcome.BUSY,
        detail="asked to wait 40 s",
    )
    html = show(page, item)
    assert "Uploading picture 1: asked to wait" in html
    assert "asked to wait 40 s" in html


def test_a_page_of_a_post_on_its_way_follows_it(
    page: Client, item: Item, by_hand: Connection
) -> None:
    assert "every 3s" not in show(page, item)
    sent(item, by_hand, Status.SENDING)
    assert "every 3s" in show(page, item)

    url = reverse("publishing:item", args=[item.business.slug, item.pk])
    part = page.get(url, headers={"HX-Request": "true", "HX-Target": "channels"})
    assert part.content.decode().lstrip().startswith('<div id="channels"')


def test_what_became_impossible_meanwhile_is_said_on_the_page(
    page: Client, item: Item, by_hand: Connection
) -> None:
    delivery = sent(item, by_hand, Status.PUBLISHED)
    for name in ("retry", "send_again", "skip"):
        answer = page.post(
            reverse(f"publishing:{name}", args=[item.business.slug, delivery.pk]), follow=True
        )
        assert "post" in answer.content.decode()
        assert fresh(delivery).status == Status.PUBLISHED


def test_the_page_asks_the_database_a_fixed_number_of_times(
    page: Client, item: Item, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        connection = factories.make_connection(business)
        item.variants.create(connection=connection)
        sent(item, connection, Status.FAILED)
    with django_assert_max_num_queries(15):
        show(page, item)


def test_a_contributor_skips_only_what_is_posted_by_hand(
    item: Item, by_hand: Connection, contributor: User, sign_in: Callable[[User], Client]
) -> None:
    delivery = sent(item, by_hand, Status.FAILED)
    assert do(sign_in(contributor), "skip", delivery).status_code == 403
    assert fresh(delivery).status == Status.FAILED

    Delivery.objects.filter(pk=delivery.pk).update(status=Status.YOUR_TURN)
    assert do(sign_in(contributor), "skip", delivery).status_code == 302
    assert fresh(delivery).status == Status.WITHDRAWN

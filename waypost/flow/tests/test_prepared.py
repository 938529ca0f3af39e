"""A prepared question answers what the queryset would have answered."""

import threading
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import Count, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, ItemPicture
from waypost.flow.prepared import Prepared
from waypost.publishing.models import Delivery
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def make_delivery(business: Business, **fields: Any) -> Delivery:
    item = factories.make_item(business)
    return factories.make_delivery(item, factories.make_connection(business), **fields)


def whole(pk: int) -> "models.QuerySet[Delivery]":
    return Delivery.objects.select_related("item__business", "connection").filter(pk=pk)


WHOLE = Prepared(whole, int)


def columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_every_column_of_every_joined_table_is_the_same(business: Business) -> None:
    row = make_delivery(
        business, staged={"picture 1": {"id": "č"}}, was_unclear=True, sent_at=timezone.now()
    )
    make_delivery(business)
    usual, prepared = whole(row.pk).get(), WHOLE.first(row.pk)
    assert prepared is not None
    for mine, theirs in (
        (prepared, usual),
        (prepared.item, usual.item),
        (prepared.item.business, usual.item.business),
        (prepared.connection, usual.connection),
    ):
        assert type(mine) is type(theirs)
        assert columns(mine) == columns(theirs)


def test_it_asks_once_and_joined_rows_are_there(business: Business) -> None:
    row = make_delivery(business)
    with CaptureQueriesContext(connection) as asked:
        found = WHOLE.first(row.pk)
        assert found is not None
        assert found.item.business == business
        assert found.connection.business_id == business.pk
    assert len(asked) == 1


def test_each_question_gets_its_own_answer(business: Business) -> None:
    rows = [make_delivery(business) for _ in range(3)]
    assert [WHOLE.first(row.pk) for row in reversed(rows)] == rows[::-1]
    assert WHOLE.first(0) is None


def test_what_it_answers_can_be_changed_and_stored(business: Business) -> None:
    found = WHOLE.first(make_delivery(business).pk)
    assert found is not None
    found.reason = "Changed"
    found.save()
    again = WHOLE.first(found.pk)
    assert again is not None
    assert again.reason == "Changed"


def test_texts_are_asked_for_like_numbers_and_constants_stay(business: Business) -> None:
    ours = Prepared(
        lambda host, handle: Connection.objects.filter(
            host__in=("", host), handle=handle, provider_id="mastodon"
        ).order_by("pk"),
        str,
        str,
    )
    here = [
        factories.make_connection(
            business, provider_id="mastodon", host=host, handle="o'hara %s", remote_id=remote
        )
        for host, remote in (("", "1"), ("https://a.example", "2"), ("https://b.example", "3"))
    ]
    assert list(ours.rows("https://a.example", "o'hara %s")) == here[:2]
    assert list(ours.rows("https://b.example", "o'hara %s")) == [here[0], here[2]]
    assert list(ours.rows("https://a.example", "nobody")) == []


def test_sums_and_questions_within_questions_come_along(business: Business) -> None:
    def with_more(pk: int) -> "models.QuerySet[Item, Item]":
        pictures = ItemPicture.objects.filter(item=OuterRef("pk"))
        return Item.objects.filter(pk=pk).annotate(
            has_pictures=Exists(pictures), channels=Count("deliveries")
        )

    prepared = Prepared(with_more, int)
    plain, rich = factories.make_item(business), factories.make_item(business)
    asset = factories.make_asset(business)
    ItemPicture.objects.create(item=rich, asset=asset, alt="", position=0)
    factories.make_delivery(rich, factories.make_connection(business))
    told = [prepared.first(each.pk) for each in (plain, rich)]
    found = [(vars(row)["has_pictures"], vars(row)["channels"]) for row in told if row]
    assert found == [(False, 0), (True, 1)]


def test_tuples_come_in_the_order_of_the_queryset(business: Business) -> None:
    def parts(item: int) -> "models.QuerySet[Delivery, Any]":
        rows = Delivery.objects.filter(item=item).order_by("-part")
        return rows.values_list("part", "status", "due_at")

    row = make_delivery(business)
    factories.make_delivery(row.item, row.connection, part=1, status="waiting")
    assert Prepared(parts, int).tuples(row.item_id) == list(parts(row.item_id))


def test_the_queryset_is_made_once(business: Business) -> None:
    made = []

    def counted(pk: int) -> "models.QuerySet[Delivery]":
        made.append(pk)
        return Delivery.objects.filter(pk=pk)

    prepared, row = Prepared(counted, int), make_delivery(business)
    assert [prepared.first(row.pk), prepared.first(row.pk)] == [row, row]
    assert len(made) == 1


@pytest.mark.django_db(transaction=True)
def test_threads_ask_over_their_own_connections(business: Business) -> None:
    rows = [make_delivery(business) for _ in range(4)]
    answers: dict[int, Delivery | None] = {}

    def ask(pk: int) -> None:
        try:
            for _ in range(20):
                answers[pk] = WHOLE.first(pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(row.pk,)) for row in rows]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == {row.pk: row for row in rows}

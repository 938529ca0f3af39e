"""Keeping numbers: one for each place, whoever brings it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights.models import Reading, Source
from waypost.insights.store import Entry, Holder, Recorded, Span, holders, of_month, record
from waypost.market.models import Channel
from waypost.tests import factories

D = Decimal
SEPTEMBER = date(2026, 9, 1)


def likes(value: int | None, day: date = SEPTEMBER) -> Entry:
    return Entry("likes", day, None if value is None else D(value))


def test_a_number_is_kept_with_its_source_and_who_brought_it(
    account: Connection, owner: User
) -> None:
    done = record(Holder(None, account), [likes(7)], source=Source.TYPED, by=owner)
    assert done == Recorded(added=1)
    row = Reading.objects.get()
    assert (row.business, row.connection, row.channel) == (account.business, account, None)
    assert (row.metric, row.span, row.date, row.month) == ("likes", "day", SEPTEMBER, 2026 * 12 + 8)
    assert (row.value, row.source, row.by) == (D(7), "typed", owner)


def test_the_same_again_changes_nothing(account: Connection) -> None:
    holder = Holder(None, account)
    record(holder, [likes(7)], source=Source.IMPORTED)
    assert record(holder, [likes(7)], source=Source.IMPORTED) == Recorded(unchanged=1)
    assert record(holder, [likes(8)], source=Source.IMPORTED) == Recorded(changed=1)
    assert Reading.objects.get().value == D(8)


def test_of_two_numbers_for_one_place_the_last_counts(account: Connection) -> None:
    assert record(Holder(None, account), [likes(7), likes(9)], source=Source.TYPED).added == 1
    assert Reading.objects.get().value == D(9)


def test_an_emptied_number_is_gone_and_zero_is_a_number(account: Connection) -> None:
    holder = Holder(None, account)
    record(holder, [likes(0)], source=Source.TYPED)
    assert Reading.objects.get().value == 0
    assert record(holder, [likes(None)], source=Source.TYPED) == Recorded(removed=1)
    assert not Reading.objects.exists()


@pytest.mark.parametrize("first", [Source.TYPED, Source.IMPORTED])
def test_what_is_pulled_never_replaces_what_a_person_brought(
    account: Connection, first: Source
) -> None:
    holder = Holder(None, account)
    record(holder, [likes(7)], source=first)
    assert record(holder, [likes(8)], source=Source.PULLED) == Recorded()
    assert Reading.objects.get().value == D(7)
    record(holder, [likes(9)], source=Source.TYPED)
    assert (Reading.objects.get().value, Reading.objects.get().source) == (D(9), "typed")


def test_a_person_replaces_what_was_pulled(account: Connection) -> None:
    holder = Holder(None, account)
    record(holder, [likes(7)], source=Source.PULLED)
    assert record(holder, [likes(7)], source=Source.TYPED) == Recorded(changed=1)
    assert Reading.objects.get().source == "typed"


def test_a_month_and_its_first_day_are_two_places(account: Connection) -> None:
    entries = [likes(1), Entry("likes", SEPTEMBER, D(90), Span.MONTH)]
    record(Holder(None, account), entries, source=Source.TYPED)
    rows = Reading.objects.order_by("span")
    assert [(row.span, row.value) for row in rows] == [("day", D(1)), ("month", D(90))]


def test_a_level_of_a_month_stands_on_its_last_day() -> None:
    assert of_month("followers", SEPTEMBER, D(5)) == Entry("followers", date(2026, 9, 30), D(5))
    assert of_month("likes", date(2026, 9, 20), D(5)) == Entry("likes", SEPTEMBER, D(5), Span.MONTH)


def test_a_number_remembers_which_meaning_it_had(business: Business) -> None:
    page = Holder(None, factories.make_connection(business))
    days = (date(2025, 11, 14), date(2025, 11, 15))
    entries = [Entry("impressions", day, D(10)) for day in days]
    record(page, entries, source=Source.IMPORTED)
    assert [row.definition for row in Reading.objects.order_by("date")] == [0, 1]


def test_channels_of_the_plan_come_first_and_each_account_once(business: Business) -> None:
    account, other = factories.make_connection(business), factories.make_connection(business)
    shop = Channel.objects.create(business=business, name="Shop", network="website", position=2)
    page = Channel.objects.create(
        business=business, name="Our page", network="facebook", connection=account, position=1
    )
    found = holders(business)
    assert found == [Holder(page, account), Holder(shop, None), Holder(None, other)]
    assert [holder.name for holder in found[:2]] == ["Our page", "Shop"]
    assert [holder.network for holder in found] == ["facebook", "website", "facebook"]
    assert [holder.key for holder in found] == [f"c{page.pk}", f"c{shop.pk}", f"a{other.pk}"]


def test_a_reading_belongs_to_exactly_one_place(account: Connection) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.create(
            business=account.business, metric="likes", date=SEPTEMBER, month=1, value=1
        )

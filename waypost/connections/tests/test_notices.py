"""Owners are told of a connection that ends or broke: once, at once, and in their language."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.connections import actions
from waypost.connections.models import Connection, Health, Notice
from waypost.connections.tests.conftest import login
from waypost.notices import sending
from waypost.providers.bluesky import Bluesky
from waypost.providers.tests.fake_pds import FakePds
from waypost.tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, handle="svitinsat")


def tell(later: timedelta = timedelta(0)) -> None:
    actions.tell_owners(timezone.now() + later)
    sending.send_due(timezone.now() + later)


def ends_in(channel: Connection, span: timedelta) -> None:
    Connection.objects.filter(pk=channel.pk).update(ends_at=timezone.now() + span)


def breaks(channel: Connection) -> None:
    channel.refresh_from_db()
    assert actions.mark_broken(channel, reason="The password was changed.")


def sent() -> list[tuple[list[str], str]]:
    return [(message.to, str(message.subject)) for message in mail.outbox]


def test_nothing_is_said_while_all_is_well(channel: Connection) -> None:
    ends_in(channel, 8 * DAY)
    tell()
    assert sent() == []
    assert Notice.objects.count() == 0


def test_a_week_before_the_end_the_owner_is_told_once(channel: Connection, owner: User) -> None:
    ends_in(channel, 7 * DAY - timedelta(minutes=1))
    for minutes in range(5):
        tell(timedelta(minutes=minutes))
    tell(3 * DAY)
    assert [to for to, _subject in sent()] == [[owner.email]]
    assert "stops working soon" in sent()[0][1]
    assert "/connections/" in mail.outbox[0].body


def test_an_account_that_breaks_is_told_at_once_and_once(channel: Connection, owner: User) -> None:
    breaks(channel)
    tell()
    tell()
    assert [to for to, _subject in sent()] == [[owner.email]]
    assert "must be connected again" in sent()[0][1]
    assert "The password was changed." in mail.outbox[0].body
    assert Notice.objects.count() == 1


def test_every_owner_is_told_and_nobody_else(
    channel: Connection, owner: User, editor: User, business: Business
) -> None:
    second = factories.make_member(business, Role.OWNER).user
    gone = factories.make_member(business, Role.OWNER, is_active=False).user
    factories.make_business()
    breaks(channel)
    tell()
    told = {address for to, _subject in sent() for address in to}
    assert told == {owner.email, second.email}
    assert not told & {editor.email, gone.email}


def test_each_owner_reads_it_in_their_language_and_zone(channel: Connection, owner: User) -> None:
    end = timezone.now().replace(hour=23, minute=30) + 3 * DAY  # the next day in Ljubljana
    Connection.objects.filter(pk=channel.pk).update(ends_at=end)
    tell()
    assert str((end + DAY).day) in mail.outbox[0].subject


def test_an_account_that_heals_and_breaks_anew_is_a_new_event(
    connection: Connection, pds: FakePds, owner: User
) -> None:
    breaks(connection)
    tell()
    actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
    tell()
    with time_machine.travel(timezone.now() + DAY):
        breaks(connection)
        tell()
    events = list(Notice.objects.values_list("event", flat=True))
    assert events == [Notice.Event.BROKEN] * 2
    assert len(sent()) == 2


def test_an_end_that_moves_away_and_comes_back_is_told_again(channel: Connection) -> None:
    ends_in(channel, 2 * DAY)
    tell()
    ends_in(channel, 60 * DAY)
    tell()
    assert len(sent()) == 1
    tell(later=55 * DAY)
    assert len(sent()) == 2


def test_a_worker_that_finds_the_event_told_already_sends_nothing(channel: Connection) -> None:
    """Both workers read the connection before either wrote its notice."""
    breaks(channel)
    channel.refresh_from_db()
    assert channel.broken_at is not None
    Notice.objects.create(connection=channel, event=Notice.Event.BROKEN, about=channel.broken_at)
    tell()
    assert sent() == []


def test_the_demo_business_and_removed_accounts_write_to_nobody(
    channel: Connection, business: Business, owner: User
) -> None:
    ends_in(channel, DAY)
    actions.remove(Connection.objects.get(pk=channel.pk), by=owner)
    demo = factories.make_connection(factories.make_business(is_demo=True))
    breaks(demo)
    tell()
    assert sent() == []


def test_what_was_mended_before_the_mail_went_out_is_not_mailed(
    connection: Connection, pds: FakePds, owner: User
) -> None:
    breaks(connection)
    actions.tell_owners(timezone.now())
    actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
    sending.send_due(timezone.now())
    assert sent() == []
    assert owner.notices.unread().count() == 0


def test_it_stands_among_the_notices_of_each_owner(
    channel: Connection, business: Business, owner: User
) -> None:
    factories.make_member(business, Role.EDITOR)
    breaks(channel)
    tell()
    (notice,) = owner.notices.all()
    assert (str(notice), notice.why) == (
        "Facebook svitinsat must be connected again",
        "The password was changed.",
    )
    assert type(notice).objects.count() == 1


def test_looking_for_what_to_tell_costs_two_queries_when_there_is_nothing(
    channel: Connection, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        tell()
    assert channel.health == Health.CONNECTED

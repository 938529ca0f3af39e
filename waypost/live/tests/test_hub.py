"""Who hears what on an open connection, and when it ends."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.live import actions, hub
from waypost.live.models import KEPT_FOR, Change
from waypost.live.ticket import HEADER, UNDERSTOOD, Ticket

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def ticket(business: Business, owner: User, page: Client) -> Ticket:
    session = page.session.session_key or ""
    return Ticket(business.pk, "board", owner.pk, session, "board.view", 0)


def test_the_door_hands_out_a_ticket_only_to_a_server_that_honours_it(
    business: Business, page: Client, owner: User
) -> None:
    address = reverse("board:live", args=[business.slug])
    plain = page.get(address)
    assert (plain.status_code, plain.has_header(HEADER)) == (204, False)
    answer = page.get(f"{address}?since=7", **{UNDERSTOOD: True})  # type: ignore[arg-type]
    ticket = Ticket.read(answer[HEADER])
    assert (ticket.business, ticket.user, ticket.since) == (business.pk, owner.pk, 7)
    again = page.get(address, headers={"Last-Event-ID": "9"}, **{UNDERSTOOD: True})  # type: ignore[arg-type]
    assert Ticket.read(again[HEADER]).since == 9
    odd = page.get(f"{address}?since=-1", **{UNDERSTOOD: True})  # type: ignore[arg-type]
    assert Ticket.read(odd[HEADER]).since == 0


def test_a_change_is_told_once_though_numbers_come_late(business: Business, owner: User) -> None:
    for row in (5, 6, 7):
        actions.tell(business, "board", row, version=row, by=owner)
    first, second, third = Change.objects.values_list("pk", flat=True)
    told = hub.changes_after(first - 1, {second})
    assert [news.row for news in told] == [5, 7]
    assert told[0] == hub.News(first, business.pk, "board", 5, 5, owner.pk)
    assert third == actions.latest()


def test_a_page_that_was_away_hears_what_it_missed(ticket: Ticket, business: Business) -> None:
    actions.tell(business, "board", 3, version=2, by=None)
    actions.tell(business, "calendar", 4, version=2, by=None)
    number = Change.objects.get(row=3).pk
    assert hub.replay(ticket) == [
        b'id: %d\nevent: change\ndata: {"row": 3, "version": 2, "by": null}\n\n' % number
    ]


def test_a_page_that_was_away_for_long_loads_anew(ticket: Ticket, business: Business) -> None:
    for row in range(1, 4):
        actions.tell(business, "board", row, by=None)
    old = Change.objects.order_by("pk")[:2]
    Change.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(
        at=timezone.now() - KEPT_FOR - timedelta(minutes=1)
    )
    first = Change.objects.order_by("pk")[0].pk
    assert actions.forget() == 2
    late = Ticket(**{**vars(ticket), "since": first})
    assert hub.replay(late) == [hub.RELOAD]
    actions.tell(business, "board", actions.EVERYTHING, by=None)
    assert hub.replay(ticket) == [hub.RELOAD]


def test_the_latest_change_is_never_forgotten(business: Business) -> None:
    actions.tell(business, "board", 1, by=None)
    Change.objects.update(at=timezone.now() - 2 * KEPT_FOR)
    number = actions.latest()
    assert (actions.forget(), actions.latest()) == (0, number)


def test_who_may_no_longer_look_hears_no_more(
    ticket: Ticket, business: Business, viewer: User, sign_in: SignIn, stranger: User
) -> None:
    session = sign_in(viewer).session.session_key or ""
    theirs = Ticket(business.pk, "board", viewer.pk, session, "board.view", 0)
    outside = Ticket(business.pk, "board", stranger.pk, session, "board.view", 0)
    asked = [ticket, theirs, outside]
    assert hub.still_allowed(asked) == {ticket, theirs}
    viewer.memberships.all().delete()
    assert hub.still_allowed(asked) == {ticket}
    Session.objects.all().delete()
    assert hub.still_allowed(asked) == set()


def test_a_role_that_lost_the_permission_hears_no_more(ticket: Ticket, viewer: User) -> None:
    wanted = Ticket(**{**vars(ticket), "user": viewer.pk, "permission": "board.manage"})
    assert hub.still_allowed([wanted]) == set()


def test_a_slow_connection_is_told_to_load_anew_instead_of_filling_the_memory(
    ticket: Ticket,
) -> None:
    listener = hub.Listener(ticket)
    for _ in range(hub.MOST_WAITING + 1):
        listener.hear(b"x")
    assert [listener.waiting.get_nowait() for _ in range(2)] == [hub.RELOAD, b"x"]
    assert listener.waiting.empty()


def test_one_person_cannot_take_all_connections(ticket: Ticket) -> None:
    crowded = hub.Hub()
    crowded.listeners = {hub.Listener(ticket) for _ in range(hub.MOST_OF_A_PERSON)}
    with pytest.raises(hub.Full):
        asyncio.run(anext(crowded.listen(ticket)))  # type: ignore[arg-type]

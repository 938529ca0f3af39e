"""Telling people of something, once, in the ways that each of them wants."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.notices.actions.choosing import wanted
from waypost.notices.kinds import Kind, Way
from waypost.notices.models import Address, Device, Dispatch, Notice


@transaction.atomic
def tell(
    people: Iterable[User],
    kind: Kind,
    *,
    business: Business,
    key: str,
    url: str,
    by: User | None = None,
    thing: object = "",
    why: str = "",
) -> int:
    """Tell members of ``business`` of the event ``key``; answers how many are new to it.

    Nobody is told what they did themselves (``by``), nor of one event twice, nor about a
    business they are not in. ``url`` is a path, ``thing`` what the sentence names, ``why``
    a text below it. What a demo business tells stays on its pages.
    """
    ids = {person.pk for person in people if by is None or person.pk != by.pk}
    here = User.objects.filter(pk__in=ids, is_active=True, memberships__business=business)
    known = Notice.objects.filter(business=business, kind=kind, key=key, user__in=ids)
    told = set(known.values_list("user_id", flat=True))
    new = [person for person in here if person.pk not in told]
    if not new:
        return 0
    ways = wanted(new, kind)
    Notice.objects.bulk_create(
        (
            Notice(
                business=business,
                user=person,
                kind=kind,
                key=key[:120],
                url=url[:500],
                by_name=str(by or "")[:120],
                thing=str(thing)[:200],
                why=why,
                on_page=Way.PAGE in ways[person.pk],
                in_digest=Way.DIGEST in ways[person.pk] and not business.is_demo,
            )
            for person in new
        ),
        ignore_conflicts=True,
    )
    if not business.is_demo:
        _send_off(business, kind, key, ways)
    return len(new)


def _send_off(business: Business, kind: Kind, key: str, ways: Mapping[int, frozenset[str]]) -> None:
    """Write down what goes out at once; a worker takes it within a minute."""
    rows = Notice.objects.filter(business=business, kind=kind, key=key[:120], user__in=ways)
    now = timezone.now()
    places = {Way.PUSH: _places(Device, ways), Way.CHAT: _places(Address, ways)}
    Dispatch.objects.bulk_create(
        (
            Dispatch(notice=notice, way=way, target=target, due_at=now)
            for notice in rows
            for way in (Way.MAIL, Way.PUSH, Way.CHAT)
            if way in ways[notice.user_id]
            for target in ([0] if way == Way.MAIL else places[way].get(notice.user_id, []))
        ),
        ignore_conflicts=True,
    )


def _places(model: type[Device] | type[Address], people: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = model._default_manager.filter(user__in=people).values_list("user_id", "pk")
    for user, pk in rows:
        found.setdefault(user, []).append(pk)
    return found


def settle(kind: Kind, *, business: Business, key: str) -> None:
    """It is over: nobody need be told any more, and who was need not look."""
    rows = Notice.objects.filter(business=business, kind=kind, key=key)
    Dispatch.objects.filter(notice__in=rows, sent_at=None).update(due_at=None)
    rows.unread().update(read_at=timezone.now())


def read(notice: Notice) -> None:
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_unread(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(read_at=None)


def read_all(user: User, business: Business) -> int:
    """How many were new."""
    rows = user.notices.filter(business=business, read_at=None)
    return rows.update(read_at=timezone.now())

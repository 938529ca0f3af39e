"""Telling people: once, in their ways and language, and never about what they did."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.notices import actions, sending
from waypost.notices.actions.choosing import grid
from waypost.notices.kinds import WORDS, Kind, Way
from waypost.notices.models import Choice, Dispatch, Notice
from waypost.tests.factories import make_business

SignIn = Callable[[User], Client]


def tell(business: Business, *people: User, kind: Kind = Kind.REVIEW, **fields: Any) -> int:
    values: dict[str, Any] = {"key": "item:1", "url": "/b/candle-shop/", "thing": "Spring"}
    return actions.tell(people, kind, business=business, **{**values, **fields})


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"notices:{name}", args=[business.slug, *args])


def test_a_person_is_told_once_of_one_event(business: Business, editor: User) -> None:
    assert [tell(business, editor), tell(business, editor)] == [1, 0]
    assert tell(business, editor, key="item:2") == 1
    assert editor.notices.count() == 2


def test_nobody_is_told_what_they_did_themselves(
    business: Business, owner: User, editor: User
) -> None:
    assert tell(business, owner, editor, by=owner) == 1
    assert [str(row) for row in Notice.objects.all()] == ["Olga Owner asks you to review: Spring"]
    assert Notice.objects.get().user == editor


def test_only_active_members_of_the_business_are_told(
    business: Business, editor: User, stranger: User
) -> None:
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert tell(business, editor, stranger) == 0


def test_each_reads_it_in_their_own_language(business: Business, owner: User, editor: User) -> None:
    tell(business, editor, by=owner)
    notice = Notice.objects.get()
    with translation.override("sl"):
        assert str(notice) == "Olga Owner vas prosi za pregled: Spring"
    assert str(notice) == "Olga Owner asks you to review: Spring"


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_has_a_sentence_and_all_but_the_sent_report_are_shown(kind: str) -> None:
    words = WORDS[kind]
    assert "%(thing)s" in str(words.sentence)
    # The report goes out by mail to those who chose it, and to nobody else.
    assert (Way.PAGE in words.ways) is (kind != Kind.REPORT_OUT)


def test_what_a_demo_tells_stays_on_its_pages(owner: User, editor: User) -> None:
    shop = make_business(owner=editor, is_demo=True)
    assert tell(shop, editor, kind=Kind.BROKEN) == 1
    assert Dispatch.objects.count() == 0
    assert Notice.objects.to_digest().count() == 0


# --- choosing ---


def test_who_chose_nothing_gets_what_is_usual(business: Business, editor: User) -> None:
    tell(business, editor, kind=Kind.REVIEW)
    tell(business, editor, kind=Kind.BROKEN)
    assert [row.way for row in Dispatch.objects.all()] == [Way.MAIL]
    assert [row.kind for row in Notice.objects.to_digest()] == [Kind.REVIEW]


def test_a_choice_changes_one_way_of_one_kind(business: Business, editor: User) -> None:
    cells = {cell for cell, on in grid(editor).items() if on}
    actions.choose(editor, cells - {(Kind.REVIEW, Way.DIGEST)} | {(Kind.REVIEW, Way.MAIL)})
    assert Choice.objects.count() == 2
    tell(business, editor, kind=Kind.REVIEW)
    assert Dispatch.objects.get().way == Way.MAIL
    assert Notice.objects.to_digest().count() == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.tuples(st.sampled_from(Kind.values), st.sampled_from(Way.values))))
@pytest.mark.django_db
def test_what_was_chosen_is_what_is_shown(cells: set[tuple[str, str]]) -> None:
    user = User.objects.create_user(f"p{User.objects.count()}@example.com")
    actions.choose(user, cells)
    assert {cell for cell, on in grid(user).items() if on} == cells
    user.delete()


def test_the_page_keeps_what_was_ticked(page: Client, business: Business, owner: User) -> None:
    form = page.get(url(business, "choose")).context["form"]
    ticked = {f"{kind}-{way}": "on" for (kind, way), on in form.cells.items() if on}
    ticked |= {"review-mail": "on", "digest_at": "17:30", "time_zone": "Europe/Vienna"}
    del ticked["review-page"]
    page.post(url(business, "choose"), ticked)
    kept = grid(owner)
    assert (kept["review", "mail"], kept["review", "page"], kept["broken", "mail"]) == (
        True,
        False,
        True,
    )
    assert (owner.notice_habit.digest_at.hour, owner.notice_habit.time_zone) == (
        17,
        "Europe/Vienna",
    )


# --- reading ---


def test_the_bell_counts_what_is_new_in_this_business(
    page: Client, business: Business, owner: User
) -> None:
    tell(business, owner)
    tell(make_business(owner=owner), owner)
    html = page.get(url(business, "list")).content.decode()
    assert "1 new notice" in html
    notice = owner.notices.get(business=business)
    answer = page.get(url(business, "visit", notice.pk))
    assert answer.headers["Location"] == "/b/candle-shop/"
    assert "new notice" not in page.get(url(business, "list")).content.decode()


def test_a_notice_is_made_new_again_and_all_are_read(
    page: Client, business: Business, owner: User
) -> None:
    for number in range(3):
        tell(business, owner, key=f"item:{number}")
    pk = owner.notices.all()[0].pk
    page.post(url(business, "toggle", pk))
    assert owner.notices.unread().count() == 2
    page.post(url(business, "toggle", pk))
    assert owner.notices.unread().count() == 3
    page.post(url(business, "read_all"))
    assert owner.notices.unread().count() == 0


def test_nobody_opens_the_notices_of_a_colleague(
    business: Business, owner: User, editor: User, sign_in: SignIn
) -> None:
    tell(business, owner)
    pk = owner.notices.get().pk
    for name in ("visit", "toggle"):
        browser = sign_in(editor)
        answer = browser.get(url(business, name, pk))
        if answer.status_code == 405:
            answer = browser.post(url(business, name, pk))
        assert answer.status_code == 404
    assert "Spring" not in sign_in(editor).get(url(business, "list")).content.decode()
    assert owner.notices.unread().count() == 1


def test_what_somebody_does_not_want_here_is_not_shown(
    page: Client, business: Business, owner: User
) -> None:
    actions.turn_off(owner, Way.PAGE, [Kind.REVIEW])
    tell(business, owner)
    assert "Spring" not in page.get(url(business, "list")).content.decode()


def test_what_is_over_is_told_to_nobody_any_more(business: Business, editor: User) -> None:
    tell(business, editor, kind=Kind.BROKEN)
    actions.settle(Kind.BROKEN, business=business, key="item:1")
    sending.send_due(timezone.now())
    assert mail.outbox == []
    assert editor.notices.unread().count() == 0


def test_the_list_costs_the_same_for_many(
    page: Client, business: Business, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        tell(business, owner, key=f"item:{number}")
    with django_assert_max_num_queries(8):
        page.get(url(business, "list"))


def test_telling_many_costs_the_same_as_telling_one(
    business: Business, django_assert_max_num_queries: Any
) -> None:
    people = [
        business.members.create(
            user=User.objects.create_user(f"m{number}@example.com"), role="editor"
        ).user
        for number in range(20)
    ]
    with django_assert_max_num_queries(11):
        assert tell(business, *people, kind=Kind.BROKEN) == 20

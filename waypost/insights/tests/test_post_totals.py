"""Totals of one post that a person types, beside those that a network tells."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights import actions
from waypost.insights.models import PostPull, Pull, Source
from waypost.insights.periods import month_of
from waypost.insights.post_sums import Sums, read_sums
from waypost.insights.post_totals import keep_totals
from waypost.insights.tests.network import Chatter
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

SignIn = Callable[[User], Client]
OUT = datetime(2026, 9, 3, 16, 30, tzinfo=UTC)
DAY = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(business: Business) -> Connection:
    return factories.make_connection(business)


@pytest.fixture
def post(page: Connection) -> Delivery:
    return sent(page)


def sent(account: Connection, **fields: Any) -> Delivery:
    item = factories.make_item(account.business, due_at=OUT)
    return factories.make_delivery(
        item, account, status=Status.PUBLISHED, published_at=OUT, **fields
    )


def newest(post: Delivery) -> dict[str, Any]:
    row = post.snapshots.latest("taken_at", "pk")
    told = {key: getattr(row, key) for key in ("likes", "saves", "reach", "source")}
    return {key: value for key, value in told.items() if value is not None}


def test_a_day_typed_again_is_replaced(post: Delivery) -> None:
    assert keep_totals({post: {"likes": 3}}, day=DAY, source=Source.TYPED).added == 1
    assert keep_totals({post: {"likes": 5}}, day=DAY, source=Source.TYPED).changed == 1
    assert keep_totals({post: {"likes": 5}}, day=DAY, source=Source.TYPED).unchanged == 1
    assert [row.likes for row in post.snapshots.all()] == [5]


def test_another_day_is_another_line_of_the_history(post: Delivery) -> None:
    keep_totals({post: {"likes": 3}}, day=date(2026, 9, 10), source=Source.TYPED)
    keep_totals({post: {"likes": 5}}, day=DAY, source=Source.TYPED)
    assert [row.likes for row in post.snapshots.order_by("taken_at")] == [3, 5]


def test_what_the_network_told_stays_beside_what_is_typed(post: Delivery) -> None:
    factories.make_snapshot(post, taken_at=OUT, likes=3, reach=90)
    keep_totals({post: {"saves": 7}}, day=DAY, source=Source.TYPED)
    assert newest(post) == {"likes": 3, "saves": 7, "reach": 90, "source": "typed"}
    assert post.snapshots.count() == 2


def test_what_came_later_is_not_told_to_an_earlier_day(post: Delivery) -> None:
    later = datetime(2026, 10, 5, tzinfo=UTC)
    factories.make_snapshot(post, taken_at=later, likes=30, reach=900)
    keep_totals({post: {"likes": 5}}, day=DAY, source=Source.TYPED)
    assert post.snapshots.earliest("taken_at").reach is None
    assert newest(post)["likes"] == 30


def test_a_number_is_never_dated_before_its_post_or_after_now(post: Delivery) -> None:
    keep_totals({post: {"likes": 1}}, day=date(2026, 9, 1), source=Source.IMPORTED)
    keep_totals({post: {"likes": 2}}, day=date(2026, 10, 12), source=Source.IMPORTED)
    now = datetime(2026, 10, 12, 10, tzinfo=UTC)
    assert [row.taken_at for row in post.snapshots.order_by("taken_at")] == [OUT, now]


def test_asking_the_network_keeps_what_only_a_person_knows(
    account: Connection, chatter: Chatter
) -> None:
    post = sent(account, remote_id="1")
    keep_totals({post: {"likes": 3, "link_clicks": 12}}, day=DAY, source=Source.TYPED)
    now = datetime(2026, 10, 12, 10, tzinfo=UTC)
    Pull.objects.create(connection=account, next_at=now)
    PostPull.objects.create(delivery=post, next_at=now)
    chatter.posts = {"1": {"likes": 8}}
    assert actions.measure(account)
    row = post.snapshots.latest("taken_at", "pk")
    assert (row.source, row.likes, row.link_clicks) == ("pulled", 8, 12)


# --- on the page ---


def url(post: Delivery) -> str:
    return reverse("insights:post_numbers", args=[post.item.business.slug, post.pk])


def test_numbers_are_typed_on_a_page_of_their_own(
    sign_in: SignIn, owner: User, business: Business, post: Delivery
) -> None:
    browser = sign_in(owner)
    trace = reverse("reviews:trace_post", args=[business.slug, post.item_id])
    assert url(post) in browser.get(trace).content.decode()
    form = browser.get(url(post)).content.decode()
    assert "– Saves: Facebook does not tell this number." in form
    told = {"day": "2026-09-30", "likes": "1.204", "comments": "0", "shares": ""}
    done = browser.post(url(post), told, follow=True)
    assert done.redirect_chain == [(trace, 302)]
    assert newest(post) == {"likes": 1204, "source": "typed"}
    assert read_sums(business, month_of(DAY), "kind") == {post.item.kind: Sums(1, 1204, {})}


def test_an_emptied_field_is_not_known_any_more(
    sign_in: SignIn, owner: User, post: Delivery
) -> None:
    keep_totals({post: {"likes": 3, "comments": 1}}, day=DAY, source=Source.TYPED)
    sign_in(owner).post(url(post), {"day": "2026-09-30", "likes": "", "comments": "1"})
    assert newest(post) == {"source": "typed"}


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"day": "2026-10-13"}, "day", "This day is still to come."),
        ({"day": "2026-09-02"}, "day", "The post was not out yet on this day."),
        ({"day": "2026-09-30", "likes": "-1"}, "likes", "greater than or equal to 0"),
        ({"day": "2026-09-30", "likes": "many"}, "likes", "number"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    sign_in: SignIn, owner: User, post: Delivery, told: dict[str, str], field: str, words: str
) -> None:
    answer = sign_in(owner).post(url(post), told)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert not post.snapshots.exists()


def test_only_a_post_that_is_out_has_numbers(
    sign_in: SignIn, owner: User, business: Business, page: Connection
) -> None:
    waiting = factories.make_delivery(factories.make_item(business), page)
    assert sign_in(owner).get(url(waiting)).status_code == 404


def test_a_viewer_reads_no_form_and_a_stranger_finds_nothing(
    sign_in: SignIn, viewer: User, stranger: User, business: Business, post: Delivery
) -> None:
    trace = reverse("reviews:trace_post", args=[business.slug, post.item_id])
    assert url(post) not in sign_in(viewer).get(trace).content.decode()
    assert sign_in(viewer).get(url(post)).status_code == 403
    assert sign_in(stranger).get(url(post)).status_code == 404

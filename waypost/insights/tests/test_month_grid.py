"""The numbers of a month, typed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights.models import Reading, Source
from waypost.insights.month_grid import Grid, MonthForm, usual_month
from waypost.insights.store import Holder, of_month, record
from waypost.kit.careful.values import posted
from waypost.market.models import Channel
from waypost.tests import factories

SignIn = Callable[[User], Client]
D = Decimal
SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(business: Business) -> Channel:
    account = factories.make_connection(business)
    return Channel.objects.create(
        business=business,
        name="Our page",
        network="facebook",
        connection=account,
        metrics=["followers", "reach", "likes"],
    )


def url(business: Business, **query: str) -> str:
    address = reverse("insights:numbers", args=[business.slug])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}"


def typed(business: Business, **changes: str) -> dict[str, Any]:
    """What a browser sends after the page was opened and ``changes`` were typed."""
    form = MonthForm(Grid.read(business, SEPTEMBER))
    data = {name: posted(field, form.initial.get(name)) for name, field in form.fields.items()}
    return data | {f"was-{name}": was for name, was in form.was.items()} | changes


def kept(channel: Channel) -> dict[str, Decimal]:
    return dict(
        Reading.objects.filter(connection=channel.connection).values_list("metric", "value")
    )


def test_the_usual_month_is_the_last_whole_one() -> None:
    assert usual_month(date(2026, 10, 1)) == usual_month(date(2026, 10, 31)) == SEPTEMBER
    assert usual_month(date(2026, 1, 15)) == date(2025, 12, 1)


def test_each_channel_asks_what_its_plan_says(business: Business, page: Channel) -> None:
    lonely = factories.make_connection(
        business, remote_id="tiktok:us", settings={"network": "tiktok"}
    )
    names = [name for name, _row, _metric in Grid.read(business, SEPTEMBER).cells()]
    here, there = f"c{page.pk}_", f"a{lonely.pk}_"
    assert names == [
        *(here + key for key in ("followers", "reach", "likes")),
        *(there + key for key in ("followers", "views", "likes", "shares")),
    ]


def test_what_was_typed_before_is_asked_again(business: Business, page: Channel) -> None:
    record(Holder(page, page.connection), [of_month("orders", AUGUST, D(9))], source=Source.TYPED)
    names = [metric.key for _name, _row, metric in Grid.read(business, SEPTEMBER).cells()]
    assert names == ["followers", "reach", "likes", "orders"]


def test_every_number_leaves_out_what_the_network_never_tells(
    business: Business, page: Channel
) -> None:
    names = {m.key for _name, _row, m in Grid.read(business, SEPTEMBER, everything=True).cells()}
    assert {"orders", "revenue", "impressions", "ad_spend"} <= names
    assert "saves" not in names


def test_numbers_are_kept_for_the_month_with_who_typed_them(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    data = typed(business, **{f"c{page.pk}_followers": "4.172", f"c{page.pk}_likes": "655"})
    answer = sign_in(owner).post(url(business, month="2026-09"), data)
    assert answer.status_code == 302
    assert answer["Location"] == url(business, month="2026-09")
    rows = Reading.objects.order_by("metric").values_list("metric", "value", "date", "span", "by")
    assert list(rows) == [
        ("followers", D(4172), date(2026, 9, 30), "day", owner.pk),
        ("likes", D(655), SEPTEMBER, "month", owner.pk),
    ]


def test_the_month_before_stands_beside_in_grey(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    record(Holder(page, page.connection), [of_month("likes", AUGUST, D(4980))], source=Source.TYPED)
    text = sign_in(owner).get(url(business)).content.decode()
    assert "Numbers of September 2026" in text
    assert '<td class="num text-muted">4,980</td>' in text


def test_a_wrong_number_is_told_beside_its_cell_and_the_others_are_kept(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    wrong = {f"c{page.pk}_followers": "-5", f"c{page.pk}_reach": "many", f"c{page.pk}_likes": "7"}
    answer = sign_in(owner).post(url(business, month="2026-09"), typed(business, **wrong))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert form.errors == {
        f"c{page.pk}_followers": ["It cannot be below 0. Leave it empty when you do not know it."],
        f"c{page.pk}_reach": ["“many” is not a number. Write it like this: 1234.5"],
    }
    text = answer.content.decode()
    assert 'value="-5"' in text
    assert 'value="many"' in text
    assert kept(page) == {"likes": D(7)}


def test_half_a_follower_is_refused(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    data = typed(business, **{f"c{page.pk}_followers": "12,5"})
    answer = sign_in(owner).post(url(business, month="2026-09"), data)
    assert answer.context["form"].errors == {f"c{page.pk}_followers": ["Write a whole number."]}


def test_typing_saves_itself(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    name = f"c{page.pk}_likes"
    answer = sign_in(owner).post(
        url(business, month="2026-09"), typed(business, **{name: "12"}), headers={"X-Autosave": "1"}
    )
    assert answer.json()["written"] == [name]
    assert kept(page) == {"likes": D(12)}


def test_two_people_in_one_cell_compare_and_choose(
    sign_in: SignIn, owner: User, editor: User, business: Business, page: Channel
) -> None:
    name = f"c{page.pk}_likes"
    mine, theirs = typed(business, **{name: "12"}), typed(business, **{name: "13"})
    sign_in(editor).post(url(business, month="2026-09"), theirs)
    answer = sign_in(owner).post(url(business, month="2026-09"), mine)
    clash = answer.context["form"].clashes[name]
    assert (clash.theirs, clash.trace.by) == ("13", str(editor))
    assert kept(page) == {"likes": D(13)}


def test_an_emptied_cell_is_not_zero(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    holder = Holder(page, page.connection)
    record(holder, [of_month("likes", SEPTEMBER, D(5))], source=Source.TYPED)
    data = typed(business, **{f"c{page.pk}_likes": ""})
    sign_in(owner).post(url(business, month="2026-09"), data)
    assert kept(page) == {}


def test_what_was_not_touched_stays_pulled(
    sign_in: SignIn, owner: User, business: Business, page: Channel
) -> None:
    holder = Holder(page, page.connection)
    record(holder, [of_month("followers", SEPTEMBER, D(5))], source=Source.PULLED)
    sign_in(owner).post(url(business, month="2026-09"), typed(business))
    assert Reading.objects.get().source == "pulled"


@pytest.mark.parametrize("text", ["2026-13", "next", "2031-01", "0001-01", ""])
def test_a_month_that_cannot_be_is_the_usual_one(
    sign_in: SignIn, owner: User, business: Business, page: Channel, text: str
) -> None:
    answer = sign_in(owner).get(url(business, month=text))
    assert answer.context["grid"].month == SEPTEMBER


def test_without_channels_the_page_says_how_to_begin(
    sign_in: SignIn, owner: User, business: Business
) -> None:
    text = sign_in(owner).get(url(business)).content.decode()
    assert "No channel yet" in text
    assert reverse("market:channel_new", args=[business.slug]) in text


def test_a_viewer_cannot_type_and_a_stranger_finds_nothing(
    sign_in: SignIn, viewer: User, stranger: User, business: Business, page: Channel
) -> None:
    data = typed(business, **{f"c{page.pk}_likes": "12"})
    assert sign_in(viewer).post(url(business), data).status_code == 403
    assert sign_in(stranger).post(url(business), data).status_code == 404
    assert not Reading.objects.exists()


def test_twenty_channels_cost_no_more_queries_than_one(
    sign_in: SignIn, owner: User, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        factories.make_connection(business, remote_id=f"facebook:{number}")
    browser = sign_in(owner)
    browser.get(url(business))
    with django_assert_max_num_queries(18):
        browser.get(url(business))
    assert Connection.objects.count() == 20

"""Channels: what they are for, and whether there are enough hours for them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.hat_actions import set_hours
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.kit.careful.values import posted
from waypost.kit.errors import Refusal
from waypost.market.channel_actions import add_channel, edit_channel, set_minutes
from waypost.market.channel_forms import ChannelForm
from waypost.market.channel_words import AIMS, METRICS, display_of, networks, usual_metrics
from waypost.market.completeness import fields_answered
from waypost.market.kinds import USUAL_MINUTES, Kind
from waypost.market.models import Channel
from waypost.market.workload import ad_shares, load_of, minutes_of, workload
from waypost.providers import networks as known
from waypost.providers import registry
from waypost.tests.factories import make_connection

D = Decimal
SignIn = Callable[[User], Client]


def make_channel(business: Business, **fields: Any) -> Channel:
    values = {"name": "Instagram", "network": "instagram", **fields}
    return Channel.objects.create(business=business, **values)


def url(name: str, row: Any, *args: Any) -> str:
    slug = (row if isinstance(row, Business) else row.business).slug
    own = [] if isinstance(row, Business) else [row.pk]
    return reverse(f"market:{name}", args=[slug, *own, *args])


def typed(row: Channel, **changes: Any) -> dict[str, Any]:
    """What a browser sends when a person opened the page and changed only ``changes``."""
    form = ChannelForm(instance=Channel.objects.get(pk=row.pk))
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        sent = posted(field, form.get_initial_for_field(field, name))
        data[name] = sent if name == "metrics" else sent and sent[0]
    data = {name: value for name, value in data.items() if value not in ([], None)}
    return data | {f"was-{name}": was for name, was in form.was.items()} | changes


# --- words ---


def test_every_network_has_a_name_and_a_place_for_metrics() -> None:
    assert "website" in networks()
    assert set(known.HABITS) <= set(known.all_networks())
    assert all(str(display.name) for display in networks().values())
    metrics = {each for key in networks() for aim in AIMS for each in usual_metrics(key, aim)}
    assert metrics <= set(METRICS)


def test_posting_by_hand_is_no_network_of_its_own(business: Business) -> None:
    by_hand = make_connection(business)
    assert known.key_of(by_hand.provider_id, by_hand.settings) == "facebook"
    assert by_hand.provider_id not in known.all_networks()
    others = set(registry.ALL) - {by_hand.provider_id}
    assert {known.key_of(each, {}) for each in others} == others


def test_an_unknown_network_is_shown_by_its_key() -> None:
    assert display_of("gone").name == "gone"


# --- adding and changing ---


def test_a_channel_begins_with_what_is_usual(business: Business) -> None:
    row = add_channel(business, name=" Insta ", network="instagram", aim="sell", by=None)
    assert (row.name, row.standing, row.posts_per_week) == ("Insta", "primary", D(3))
    assert row.metrics[:4] == ["link_clicks", "orders", "revenue", "followers"]
    site = add_channel(business, name="Site", network="website", aim="help", by=None)
    assert (site.standing, site.does_support, site.posts_per_week) == ("support", True, None)
    assert site.position == row.position + 1


def test_two_channels_of_one_name_are_refused(business: Business) -> None:
    make_channel(business)
    with pytest.raises(Refusal) as refusal:
        add_channel(business, name="INSTAGRAM", network="x", aim="sell", by=None)
    assert refusal.value.field == "name"


def test_the_mix_keeps_what_is_not_changed(business: Business) -> None:
    row = make_channel(business, content_mix={"photo": 2, "reel": 1})
    edit_channel(row, {"mix_reel": None, "mix_story": D("0.5"), "voice": "Warm"}, by=None)
    row.refresh_from_db()
    assert (row.content_mix, row.voice) == ({"photo": 2, "story": 0.5}, "Warm")


def test_completeness_counts_what_is_asked(business: Business) -> None:
    row = make_channel(business)
    assert fields_answered(row) == (0, 8)
    row.purpose, row.content_mix, row.posts_per_week = "Sells", {"photo": 1}, D(0)
    assert fields_answered(row) == (3, 8)


# --- work and hours ---


def test_the_work_of_a_week_is_counted_by_kind(business: Business) -> None:
    row = make_channel(
        business, content_mix={"reel": 2, "story": 2, "photo": 0.5}, posts_per_week=D(5)
    )
    load = load_of(row, USUAL_MINUTES)
    # 2 × 120 + 2 × 15 + 0.5 × 30, and half a post of an unsaid kind as a photo
    assert (load.posts, load.minutes) == (D(5), D(300))
    assert load.hours == 5


def test_without_a_mix_posts_count_as_photos_and_silence_as_nothing(business: Business) -> None:
    assert load_of(make_channel(business, posts_per_week=D(4)), USUAL_MINUTES).hours == 2
    assert load_of(make_channel(business), USUAL_MINUTES).hours == 0


@given(
    mix=st.dictionaries(st.sampled_from(Kind.values), st.integers(0, 20), max_size=5),
    posts=st.none() | st.decimals(0, 60, places=1),
)
def test_no_plan_takes_less_than_its_mix(mix: dict[str, int], posts: Decimal | None) -> None:
    load = load_of(Channel(content_mix=mix, posts_per_week=posts), USUAL_MINUTES)
    assert load.minutes >= sum(USUAL_MINUTES[kind] * count for kind, count in mix.items())
    assert load.posts >= (posts or 0)


def test_a_business_has_its_own_minutes(business: Business) -> None:
    set_minutes(business, {"reel": 60, "photo": USUAL_MINUTES["photo"], "story": None})
    assert business.kind_minutes.count() == 1
    minutes = minutes_of(business)
    assert (minutes["reel"], minutes["photo"], minutes["story"]) == (60, 30, 15)
    set_minutes(business, {"reel": None})
    assert minutes_of(business)["reel"] == 120


def test_hours_are_missing_only_when_somebody_has_said_how_many_there_are() -> None:
    rows = [Channel(content_mix={"reel": 5})]
    plan = workload(rows, USUAL_MINUTES, D(8))
    assert (plan.needed, plan.too_much, plan.share) == (D(10), D(2), D("1.25"))
    plan = workload(rows, USUAL_MINUTES, D(10))
    assert (plan.too_much, plan.share) == (D(0), D(1))
    assert workload(rows, USUAL_MINUTES, None).too_much == 0
    none = workload(rows, USUAL_MINUTES, D(0))
    assert (none.share, none.too_much) == (None, D(10))


@pytest.mark.parametrize(
    ("shares", "total", "over", "left"),
    [
        (["0.5", "0.5"], "1", "0", "0"),
        (["0.7", "0.5"], "1.2", "0.2", "0"),
        (["0.3", None], "0.3", "0", "0.7"),
        ([None], "0", "0", "1"),
    ],
)
def test_shares_of_the_ad_budget_add_up(
    shares: list[str | None], total: str, over: str, left: str
) -> None:
    rows = [Channel(ad_share=None if each is None else D(each)) for each in shares]
    found = ad_shares(rows)
    assert (found.total, found.over, found.left) == (D(total), D(over), D(left))


def test_the_channel_with_the_largest_share_is_named() -> None:
    small, large = Channel(name="S", ad_share=D("0.2")), Channel(name="L", ad_share=D("0.5"))
    assert ad_shares([small, large]).top is large
    assert ad_shares([Channel(ad_share=D(0))]).top is None


# --- pages ---


def test_the_empty_page_shows_how_to_begin(page: Client, business: Business) -> None:
    html = page.get(url("channels", business)).content.decode()
    assert "No channels yet" in html
    assert url("channel_new", business) in html


def test_adding_leads_to_the_record(page: Client, business: Business) -> None:
    sent = {"name": "Insta", "network": "instagram", "aim": "sell"}
    answer = page.post(url("channel_new", business), sent)
    assert answer.headers["Location"] == url("channel", business.channels.get())
    wrong = page.post(url("channel_new", business), {**sent, "network": "myspace"})
    assert list(wrong.context["form"].errors) == ["network"]


def test_the_form_keeps_what_was_typed(page: Client, business: Business, owner: User) -> None:
    row = make_channel(business, metrics=["followers", "our own"], content_mix={"photo": 2})
    sent = typed(
        row,
        languages="sl, DE_at",
        url="shop.example/insta",
        posts_per_week="3,5",
        mix_reel="0,5",
        mix_photo="",
        ad_share="37,5",
        metrics=["reach", "our own"],
        does_support="on",
    )
    answer = page.post(url("channel", row), sent)
    assert answer.headers["Location"] == url("channels", business)
    row.refresh_from_db()
    assert (row.languages, row.url) == (["sl", "de-AT"], "https://shop.example/insta")
    assert (row.posts_per_week, row.content_mix) == (D("3.5"), {"reel": 0.5})
    assert (row.ad_share, sorted(row.metrics)) == (D("0.375"), ["our own", "reach"])
    assert (row.does_support, row.updated_by) == (True, owner)


def test_opening_and_saving_changes_nothing(page: Client, business: Business) -> None:
    row = make_channel(
        business, languages=["sl"], metrics=["reach"], content_mix={"reel": 1.5}, ad_share="0.25"
    )
    before = Channel.objects.values().get(pk=row.pk)
    page.post(url("channel", row), typed(row))
    assert Channel.objects.values().get(pk=row.pk) == before


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        (
            "languages",
            "sl, klingonish",
            "“klingonish” is not the short name of a language. Write sl, de or en.",
        ),
        ("posts_per_week", "900", "More than 200 posts a week cannot be meant."),
        ("ad_share", "101", "One channel cannot get more than 100 percent."),
        ("mix_reel", "-1", "This number cannot be below zero. Write 0 or more."),
    ],
)
def test_a_wrong_value_is_explained_and_the_rest_is_saved(
    page: Client, business: Business, field: str, value: str, told: str
) -> None:
    row = make_channel(business)
    answer = page.post(url("channel", row), typed(row, voice="Warm", **{field: value}))
    assert answer.context["form"].errors[field] == [told]
    row.refresh_from_db()
    assert row.voice == "Warm"


def test_only_accounts_of_the_same_network_are_offered(
    page: Client, business: Business, stranger: User
) -> None:
    make_connection(business)
    mine = make_connection(business, settings={"network": "instagram"})
    theirs = make_connection(stranger.memberships.get().business, settings={"network": "instagram"})
    row = make_channel(business)
    form = page.get(url("channel", row)).context["form"]
    assert list(form.fields["connection"].queryset) == [mine]
    page.post(url("channel", row), typed(row, connection=str(mine.pk)))
    row.refresh_from_db()
    assert row.connection == mine
    answer = page.post(url("channel", row), typed(row, connection=str(theirs.pk)))
    assert list(answer.context["form"].errors) == ["connection"]


def test_a_channel_without_an_account_offers_to_connect(page: Client, business: Business) -> None:
    make_channel(business)
    offer = reverse("connections:choose", args=[business.slug])
    assert offer in page.get(url("channels", business)).content.decode()
    business.channels.update(connection=make_connection(business))
    assert offer not in page.get(url("channels", business)).content.decode()


def test_too_much_work_is_said_in_words(page: Client, business: Business) -> None:
    make_channel(business, content_mix={"reel": 5}, posts_per_week=5)
    html = page.get(url("channels", business)).content.decode()
    assert "Nobody has said yet how many hours there are." in html
    set_hours(business.members.get(), D(8))
    html = page.get(url("channels", business)).content.decode()
    assert "Planned posts a week: 5. They need about 10 h of work." in html
    assert "Missing: 2 h a week." in html
    set_hours(business.members.get(), D(12))
    assert "so it can be done" in page.get(url("channels", business)).content.decode()


def test_minutes_are_changed_on_their_page(page: Client, business: Business) -> None:
    sent = {kind: str(number) for kind, number in USUAL_MINUTES.items()} | {"reel": "45"}
    page.post(url("minutes", business), sent)
    assert {each.kind: each.minutes for each in business.kind_minutes.all()} == {"reel": 45}
    answer = page.post(url("minutes", business), {"reel": "0", "photo": "a while"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "reel": ["Nothing is made in less than a minute."],
        "photo": ["Write whole minutes, for example 45."],
    }


def test_removing_asks_first_and_keeps_the_account(page: Client, business: Business) -> None:
    row = make_channel(business, connection=make_connection(business))
    page.get(url("channel_remove", row))
    assert business.channels.count() == 1
    page.post(url("channel_remove", row))
    assert (business.channels.count(), Connection.objects.count()) == (0, 1)


def test_channels_change_places(page: Client, business: Business) -> None:
    first, second = make_channel(business, name="A"), make_channel(business, name="B")
    page.post(url("channel_move", first, "down"))
    assert [str(row) for row in business.channels.all()] == ["B", "A"]
    page.post(url("channel_move", second, "up"))
    assert [str(row) for row in business.channels.all()] == ["B", "A"]


def test_a_viewer_reads_and_changes_nothing(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    row = make_channel(business)
    browser = sign_in(viewer)
    assert url("channel", row) not in browser.get(url("channels", business)).content.decode()
    assert browser.get(url("channel", row)).status_code == 403
    assert browser.post(url("channel_remove", row)).status_code == 403


def test_the_list_costs_the_same_for_many_channels(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_channel(business, name=f"C{number}", connection=make_connection(business))
    with django_assert_max_num_queries(10):
        page.get(url("channels", business))

"""What was approved is what goes out; prices go to the lead; a client answers by a link."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, HatHolder, User
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.actions import approving, review_links
from waypost.content.actions.approving import Standing
from waypost.content.models import Approval, Item, Kind, ReviewLink, Status
from waypost.kit.errors import Refusal
from waypost.talk.models import Comment
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


def review(business: Business, *channels: Connection, **fields: Any) -> Item:
    return factories.make_item(
        business, channels=list(channels), **{"status": Status.IN_REVIEW, **fields}
    )


def change(item: Item, by: User, **columns: Any) -> list[str]:
    """Save another text, as the composer does."""
    draft = actions.Draft(
        title=item.title,
        text=columns.get("text", "Other words"),
        due_at=item.due_at,
        channels=[actions.ChannelDraft(each.connection) for each in item.variants.all()],
    )
    return actions.rewrite(item, draft=draft, version=item.version, by=by)


def test_an_approval_remembers_what_was_seen(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    item = review(business, channel, author=editor)
    actions.approve(item, by=owner)
    [approval] = Approval.objects.all()
    assert (approval.by, approval.fingerprint) == (owner, approving.fingerprint(item))
    Item.objects.filter(pk=item.pk).update(title="Another title", due_at=timezone.now())
    assert approving.is_current(Item.objects.get())
    Item.objects.filter(pk=item.pk).update(text="Another text")
    assert not approving.is_current(Item.objects.get())


@pytest.mark.parametrize("what", ["text", "variant", "picture", "link", "policy"])
def test_everything_that_the_world_sees_is_part_of_it(
    business: Business, channel: Connection, what: str
) -> None:
    item = review(business, channel)
    before = approving.fingerprint(item)
    if what == "variant":
        item.variants.update(text="Only here")
    elif what == "picture":
        factories.add_picture(item, factories.make_asset(business))
    else:
        column = {"text": "text", "link": "link", "policy": "send_anyway"}[what]
        setattr(item, column, True if what == "policy" else "https://example.com")
    assert approving.fingerprint(item) != before


def test_the_author_s_change_after_the_approval_asks_again(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    item = review(business, channel, author=editor)
    actions.approve(item, by=owner)
    [sentence] = change(item, editor)
    assert "approved before your change" in sentence
    assert Item.objects.get().status == Status.DRAFT


def test_who_may_approve_it_approves_by_changing_it(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    item = review(business, channel, author=editor)
    actions.approve(item, by=owner)
    assert change(item, owner) == []
    assert Item.objects.get().status == Status.APPROVED
    assert approving.is_current(Item.objects.get())


def test_an_editor_does_not_schedule_their_own_draft_past_the_others(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    item = review(business, channel, author=editor, status=Status.DRAFT)
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Refusal, match="You wrote this item"):
        actions.schedule(item, due_at=later, by=editor)
    actions.schedule(item, due_at=later, by=owner)
    assert Item.objects.get().status == Status.SCHEDULED


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("Now 19 €!", True),
        ("Only €19", True),
        ("19,90 EUR", True),
        ("-20 % this week", True),
        ("20 % popusta", True),
        ("100 % cotton", False),
        ("Open since 1998", False),
    ],
)
def test_prices_are_recognised(business: Business, text: str, needed: bool) -> None:
    assert approving.needs_lead(review(business, text=text)) == needed


def test_a_price_on_one_channel_counts_too(business: Business, channel: Connection) -> None:
    item = review(business, channel)
    item.variants.update(text="For 5 €")
    assert approving.needs_lead(item)


def test_a_giveaway_goes_to_the_lead(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    item = review(business, channel, kind=Kind.GIVEAWAY)
    with pytest.raises(Refusal, match="the lead approves it"):
        actions.approve(item, by=editor)
    actions.approve(item, by=owner)
    assert Item.objects.get().status == Status.APPROVED


def test_the_hat_makes_the_lead(business: Business, owner: User, editor: User) -> None:
    assert (approving.is_lead(business, owner), approving.is_lead(business, editor)) == (
        True,
        False,
    )
    member = business.members.get(user=editor)
    HatHolder.objects.create(business=business, hat="lead", holder=member)
    assert (approving.is_lead(business, owner), approving.is_lead(business, editor)) == (
        False,
        True,
    )


# a client


@pytest.fixture
def client() -> Client:
    cache.clear()
    return Client()


def door(item: Item, by: User, days: int = 7) -> str:
    _link, token = review_links.create_review_link(item, client="Mrs Novak", days=days, by=by)
    return reverse("client_review", args=[token])


def seen(item: Item) -> dict[str, str]:
    return {"seen": approving.fingerprint(item)}


def test_a_client_sees_the_post_and_approves_it(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    item = review(business, channel, text="Hello town")
    asset = factories.make_asset(business)
    use = factories.add_picture(item, asset)
    address = door(item, owner)
    shown = client.get(address)
    assert "Hello town" in shown.content.decode()
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow"
    picture = client.get(f"{address}picture/{use.pk}/")
    assert b"".join(picture.streaming_content)  # type: ignore[attr-defined]
    client.post(address, {"answer": "approve", **seen(item)})
    assert Item.objects.get().status == Status.APPROVED
    assert Approval.objects.get().guest == "Mrs Novak"
    assert Comment.objects.get().text == "Mrs Novak approved this post."
    assert "Thank you" in client.get(address).content.decode()


def test_a_client_asks_for_changes_and_says_which(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    item = review(business, channel)
    address = door(item, owner)
    empty = client.post(address, {"answer": "changes", **seen(item)})
    assert (empty.status_code, Item.objects.get().status) == (422, Status.IN_REVIEW)
    assert "Say what should be different." in empty.content.decode()
    client.post(address, {"answer": "changes", "comment": "Warmer light", **seen(item)})
    assert Item.objects.get().status == Status.DRAFT
    assert "Warmer light" in Comment.objects.get().text


def test_a_client_never_approves_what_they_did_not_see(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    item = review(business, channel)
    address, old = door(item, owner), seen(item)
    Item.objects.filter(pk=item.pk).update(text="Something else")
    answer = client.post(address, {"answer": "approve", **old})
    assert answer.status_code == 422
    assert Item.objects.get().status == Status.IN_REVIEW


def test_a_client_s_yes_to_a_price_still_waits_for_the_lead(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    item = review(business, channel, text="Only 5 €")
    client.post(door(item, owner), {"answer": "approve", **seen(item)})
    assert Item.objects.get().status == Status.IN_REVIEW
    assert ReviewLink.objects.get().answer == "approved"


@pytest.mark.parametrize(
    ("status", "said"),
    [(Status.DRAFT, "is still being written"), (Status.SCHEDULED, "does not wait for an answer")],
)
def test_a_client_is_told_why_there_is_nothing_to_answer(
    business: Business, owner: User, client: Client, channel: Connection, status: str, said: str
) -> None:
    item = review(business, channel)
    address = door(item, owner)
    Item.objects.filter(pk=item.pk).update(status=status)
    html = client.get(address).content.decode()
    assert said in html
    assert "<button" not in html.partition("</main>")[0].partition("<main")[2]


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown"])
def test_a_link_that_is_over_shows_nothing(
    business: Business, owner: User, client: Client, channel: Connection, end: str
) -> None:
    item = review(business, channel, text="Secret words")
    address = door(item, owner)
    if end == "revoked":
        review_links.revoke_review_link(ReviewLink.objects.get(), by=owner)
    if end == "unknown":
        address = reverse("client_review", args=["x" * 32])
    ahead = timedelta(days=8 if end == "expired" else 0)
    with time_machine.travel(timezone.now() + ahead):
        answer = client.get(address)
        assert (answer.status_code, b"Secret" in answer.content) == (404, False)
        assert client.post(address, {"answer": "approve", **seen(item)}).status_code == 404
    assert Item.objects.get().status == Status.IN_REVIEW


def test_the_token_is_not_kept(business: Business, owner: User, channel: Connection) -> None:
    token = door(review(business, channel), owner).rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(ReviewLink.objects.values().get())


def test_who_guesses_links_is_shut_out_for_a_while(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    address = door(review(business, channel), owner)
    for _try in range(30):
        client.get(reverse("client_review", args=["guess"]))
    assert client.get(address).status_code == 404
    cache.clear()
    assert client.get(address).status_code == 200


def test_a_picture_of_another_post_is_not_shown(
    business: Business, owner: User, client: Client, channel: Connection
) -> None:
    other = factories.add_picture(review(business, channel), factories.make_asset(business))
    address = door(review(business, channel), owner)
    assert client.get(f"{address}picture/{other.pk}/").status_code == 404


def test_a_link_is_made_shown_once_and_withdrawn(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.DRAFT)
    address = reverse("content:client_links", args=[business.slug, item.pk])
    made = page.post(address, {"client": "Mrs Novak", "days": "7"}).content.decode()
    assert "/review/" in made
    assert "/review/" not in page.get(address).content.decode()
    assert Item.objects.get().status == Status.IN_REVIEW
    link = ReviewLink.objects.get()
    page.post(reverse("content:client_link_revoke", args=[business.slug, link.pk]))
    assert not ReviewLink.objects.open().exists()


def test_the_link_of_another_business_cannot_be_withdrawn(page: Client, business: Business) -> None:
    other = factories.make_business()
    item = factories.make_item(other)
    by = other.members.get(role=Role.OWNER).user
    link, _token = review_links.create_review_link(item, client="X", days=3, by=by)
    address = reverse("content:client_link_revoke", args=[business.slug, link.pk])
    assert page.post(address).status_code == 404
    assert ReviewLink.objects.open().exists()


def test_an_owner_who_is_not_the_lead_schedules_straight_what_names_no_price(
    business: Business, owner: User, editor: User
) -> None:
    HatHolder.objects.create(
        business=business, hat="lead", holder=business.members.get(user=editor)
    )
    plain = factories.make_item(business, author=owner, text="Hello")
    priced = factories.make_item(business, author=owner, text="Now 9.90 €")
    assert approving.why_not_straight(plain, Standing(business, owner)) is None
    refusal = approving.why_not_straight(priced, Standing(business, owner))
    assert refusal is not None
    assert "the lead approves it" in refusal.message

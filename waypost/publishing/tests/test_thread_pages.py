"""The page of a thread, and the pages for a post that is out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers import registry
from waypost.providers.base import Post, Publishes
from waypost.providers.steps import name_of
from waypost.providers.tests.worlds import World, picture
from waypost.publishing import arming, recalling, work
from waypost.publishing.attempts import lines
from waypost.publishing.models import Attempt, Change, Delivery, Status
from waypost.publishing.screen import channel_rows
from waypost.publishing.tests.walking import run_thread
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(business: Business, mastodon_channel: Connection) -> Item:
    made = factories.scheduled_item(business, mastodon_channel, text="Prvi del")
    made.variants.update(parts=["Drugi del", "Tretji del"], comment="Komentar")
    return made


def show(client: Client, item: Item) -> str:
    answer = client.get(reverse("publishing:item", args=[item.business.slug, item.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def address(name: str, row: Delivery) -> str:
    return reverse(f"publishing:{name}", args=[row.item.business.slug, row.pk])


def part(item: Item, number: int) -> Delivery:
    return Delivery.objects.select_related("item__business").get(item=item, part=number)


def test_every_part_is_shown_before_anything_is_sent(page: Client, item: Item) -> None:
    html = show(page, item)
    for words in ("Part 1", "Part 2", "Part 3", "First comment", "Tretji del", "Komentar"):
        assert words in html
    assert "Parts that are out: 0 of 3." in html


def test_a_thread_that_is_partly_out_says_so_and_offers_what_helps(
    page: Client, item: Item, mastodon: World
) -> None:
    item.variants.update(parts=["Drugi del", "a" * 900])
    arming.arm(item)
    run_thread(item)
    html = show(page, item)
    assert "Parts that are out: 2 of 3." in html
    failed = part(item, 2)
    assert address("retry", failed) in html
    assert "End the thread here" in html
    assert address("retry", part(item, 0)) not in html
    (row,) = channel_rows(item, {})
    assert (row.state, row.waits_for_person) == (Status.FAILED, True)


def test_an_unclear_part_asks_for_its_own_link(page: Client, item: Item, mastodon: World) -> None:
    arming.arm(item)
    run_thread(item)
    Delivery.objects.filter(part=1).update(status=Status.UNCONFIRMED, remote_id="", remote_url="")
    html = show(page, item)
    assert address("found", part(item, 1)) in html
    url = mastodon.server.statuses[1]["url"]  # type: ignore[attr-defined]
    answer = page.post(address("found", part(item, 1)), {f"d{part(item, 1).pk}-url": url})
    assert answer.status_code == 302
    assert (part(item, 1).status, part(item, 1).remote_url) == (Status.PUBLISHED, url)


def test_the_link_of_another_part_is_refused(page: Client, item: Item, mastodon: World) -> None:
    arming.arm(item)
    run_thread(item)
    Delivery.objects.filter(part=1).update(status=Status.UNCONFIRMED, remote_id="", remote_url="")
    row = part(item, 1)
    url = part(item, 0).remote_url
    answer = page.post(address("found", row), {f"d{row.pk}-url": url})
    assert answer.status_code == 422
    assert "the link of another part of this post" in answer.content.decode()
    assert part(item, 1).status == Status.UNCONFIRMED


def test_a_link_that_leads_to_nothing_is_refused(page: Client, item: Item, mastodon: World) -> None:
    arming.arm(item)
    run_thread(item)
    Delivery.objects.filter(part=1).update(status=Status.UNCONFIRMED)
    row = part(item, 1)
    url = part(item, 0).remote_url + "999"
    answer = page.post(address("found", row), {f"d{row.pk}-url": url})
    assert answer.status_code == 422
    assert "There is no post of this account at that address." in answer.content.decode()


def test_while_the_network_cannot_be_asked_the_address_alone_counts(
    page: Client, item: Item, mastodon: World
) -> None:
    arming.arm(item)
    run_thread(item)
    row = part(item, 1)
    url = row.remote_url
    Delivery.objects.filter(part=1).update(status=Status.UNCONFIRMED, remote_id="", remote_url="")
    mastodon.server.fail_next("/api/v1/statuses", status=503)
    assert page.post(address("found", row), {f"d{row.pk}-url": url}).status_code == 302
    assert part(item, 1).remote_id == row.remote_id


def test_the_page_asks_few_questions_whatever_its_parts(
    page: Client, item: Item, mastodon: World, business: Business,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for _ in range(3):
        by_hand = factories.make_connection(business)
        item.variants.create(connection=by_hand, parts=["a", "b"])
        factories.add_picture(item, factories.make_asset(business), position=1)
    arming.arm(item)
    run_thread(item)
    Delivery.objects.filter(part=1).update(status=Status.FAILED)
    Item.objects.update(status=ItemStatus.FAILED)
    item.refresh_from_db()
    assert item.business == business  # read here, so that only the page is counted
    with django_assert_max_num_queries(15):
        show(page, item)


# --- deleting and changing ---


def test_deleting_asks_first_and_names_what_goes(
    page: Client, item: Item, mastodon: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "wake_change", lambda _pk, _at: None)
    arming.arm(item)
    run_thread(item)
    root = part(item, 0)
    assert address("delete", root) in show(page, item)
    question = page.get(address("delete", root)).content.decode()
    assert all(words in question for words in ("Delete this post?", "Tretji del", "Komentar"))
    assert mastodon.standing() == 4
    assert part(item, 0).change == ""
    assert page.post(address("delete", root)).status_code == 302
    assert part(item, 0).change == Change.DELETE
    html = show(page, item)
    assert "Being deleted" in html
    assert "every 3s" in html


def test_other_words_are_asked_for_and_counted(
    page: Client, item: Item, mastodon: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "wake_change", lambda _pk, _at: None)
    arming.arm(item)
    run_thread(item)
    row = part(item, 1)
    assert "Drugi del" in page.get(address("edit", row)).content.decode()
    long = page.post(address("edit", row), {"text": "a" * 501})
    assert long.status_code == 422
    assert "1 character too long" in long.content.decode()
    assert page.post(address("edit", row), {"text": "Drugi, prav"}).status_code == 302
    assert part(item, 1).change == Change.EDIT
    assert item.variants.get().parts == ["Drugi, prav", "Tretji del"]


def test_who_may_not_resolve_neither_deletes_nor_changes(
    item: Item, mastodon: World, contributor: User, sign_in: Any
) -> None:
    arming.arm(item)
    run_thread(item)
    client, root = sign_in(contributor), part(item, 0)
    for name in ("delete", "edit"):
        assert client.post(address(name, root), {"text": "x"}).status_code == 403
        assert address(name, root) not in show(client, item)
    assert root.change == ""


def test_what_cannot_be_deleted_says_so(page: Client, business: Business) -> None:
    by_hand = factories.make_connection(business)
    item = factories.make_item(business, channels=[by_hand], status=ItemStatus.PUBLISHED)
    row = factories.make_delivery(item, by_hand, status=Status.PUBLISHED)
    assert not recalling.may_delete(row)
    answer = page.get(address("delete", row), follow=True)
    assert [str(m) for m in answer.context["messages"]] == [
        "This post cannot be deleted from here."
    ]


def test_posting_a_thread_by_hand_shows_each_part_to_copy(page: Client, business: Business) -> None:
    by_hand = factories.make_connection(business, settings={"network": "x"})
    item = factories.scheduled_item(business, by_hand)
    item.variants.update(parts=["Drugi del", "Tretji del"], comment="Komentar")
    row = factories.make_delivery(item, by_hand, status=Status.YOUR_TURN)
    html = page.get(address("hand_over", row)).content.decode()
    for words in ("Copy part 2", "Copy part 3", "Copy comment", "Tretji del", "Komentar"):
        assert words in html


# --- what happened, in words ---


def test_every_step_of_every_network_has_words() -> None:
    rich = Post("@ana.test", link="https://svit.example/", pictures=[picture()])
    linked = Post("@ana.test #a", link="https://svit.example/")
    for provider in registry.ALL.values():
        if isinstance(provider, Publishes):
            for step in [*provider.steps(rich), *provider.steps(linked), "publish", "find"]:
                assert name_of(step) != step


def test_a_network_that_is_asked_again_and_again_makes_one_line(
    item: Item, mastodon_channel: Connection
) -> None:
    row = factories.make_delivery(item, mastodon_channel)
    now = timezone.now()
    for outcome in ("pending", "pending", "pending", "done"):
        Attempt.objects.create(
            delivery=row, step="picture-0-ready", started_at=now, ended_at=now, outcome=outcome
        )
    assert [(line.step, line.outcome, line.times) for line in lines(row.attempts.all())] == [
        ("Waiting for picture 1", "the network is still at work", 3),
        ("Waiting for picture 1", "done", 1),
    ]


def test_a_network_at_work_on_a_video_is_shown_as_preparing(
    page: Client, item: Item, mastodon_channel: Connection
) -> None:
    item.variants.update(parts=[], comment="")
    words = "The network is still working on the video or picture."
    factories.make_delivery(item, mastodon_channel, processing_since=timezone.now(), reason=words)
    (row,) = channel_rows(item, {})
    assert row.state == Status.STAGING
    assert words in show(page, item)

"""A network that works on a video for minutes holds no worker, and no owner without words."""

from datetime import datetime, timedelta
from typing import cast

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.worlds import World
from waypost.publishing import patience
from waypost.publishing.models import Attempt, Delivery, Status
from waypost.publishing.tests.walking import armed, fresh, let_time_pass, run, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db
WORKING_ON_IT = "The network is still working on the video or picture."


@pytest.fixture
def fake(mastodon: World) -> FakeMastodon:
    return cast(FakeMastodon, mastodon.server)


@pytest.fixture
def item(business: Business, mastodon_channel: Connection) -> Item:
    made = factories.scheduled_item(business, mastodon_channel, text="Film o vosku")
    factories.add_picture(made, factories.make_asset(business))
    return made


def outcomes(delivery: Delivery) -> list[tuple[str, str]]:
    return list(delivery.attempts.values_list("step", "outcome"))


def test_what_is_accepted_and_not_ready_is_asked_for_later(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed = 3
    delivery = step(armed(item))
    assert (delivery.status, delivery.reason) == (Status.SCHEDULED, WORKING_ON_IT)
    assert delivery.processing_since is not None
    assert timedelta(0) < delivery.due_at - timezone.now() <= timedelta(seconds=4)
    assert list(delivery.staged) == ["picture-0"]
    assert len(fake.asked("/api/v2/media", "POST")) == 1


def test_it_goes_out_when_it_is_ready_and_is_uploaded_once(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed = 3
    delivery = run(armed(item))
    assert (delivery.status, delivery.processing_since) == (Status.PUBLISHED, None)
    assert len(fake.asked("/api/v2/media", "POST")) == 1
    assert outcomes(delivery) == [
        ("picture-0", Attempt.Outcome.DONE),
        ("picture-0-ready", Attempt.Outcome.PENDING),
        ("picture-0-ready", Attempt.Outcome.PENDING),
        ("picture-0-ready", Attempt.Outcome.DONE),
        ("publish", Attempt.Outcome.DONE),
    ]


def test_waiting_for_the_network_is_no_failed_try(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed = 9
    delivery = armed(item)
    for _ in range(6):
        let_time_pass(delivery)
        delivery = step(delivery)
    assert delivery.tries == 0


def test_a_file_that_cannot_be_read_fails_in_words(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed, fake.spoils_media = 2, True
    delivery = run(armed(item))
    assert (delivery.status, delivery.reason) == (
        Status.FAILED,
        "The server could not read a picture. Choose another one.",
    )
    assert fake.statuses == []


def test_waiting_ends_after_two_hours_in_words(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed = 99
    delivery = step(armed(item))
    ages_ago = timezone.now() - patience.PROCESSING - timedelta(minutes=1)
    Delivery.objects.filter(pk=delivery.pk).update(processing_since=ages_ago)
    let_time_pass(delivery)
    delivery = step(delivery)
    assert delivery.status == Status.FAILED
    assert delivery.reason == (
        "The network was still working on the video or picture after two hours. "
        "Try again, or choose a smaller file."
    )


def test_a_fault_while_waiting_is_waited_out_as_any_other(item: Item, fake: FakeMastodon) -> None:
    fake.polls_needed = 3
    delivery = step(armed(item))
    fake.fail_next("/api/v1/media", status=503)
    let_time_pass(delivery)
    assert step(delivery).status == Status.SCHEDULED
    assert run(fresh(delivery)).status == Status.PUBLISHED
    assert len(fake.statuses) == 1


@given(seconds=st.integers(0, 3 * 3600))
def test_asking_is_patient_and_never_slower_than_once_a_minute(seconds: int) -> None:
    since = datetime.fromisoformat("2026-11-24T10:00:00+00:00")
    wait = patience.next_poll(since, since + timedelta(seconds=seconds))
    assert timedelta(seconds=3) <= wait <= timedelta(minutes=1)
    later = patience.next_poll(since, since + timedelta(seconds=seconds + 60))
    assert later >= wait

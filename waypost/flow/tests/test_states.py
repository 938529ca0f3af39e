"""The state machine as a value."""

from itertools import pairwise
from typing import Any

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.content.models import ITEM, Item
from waypost.content.models import Status as ItemStatus
from waypost.flow.states import BrokenGraph, NotAllowed, StateGraph
from waypost.publishing.models import DELIVERY, WORKING, Status
from waypost.tests import factories


class Light(models.TextChoices):
    RED = "red"
    GREEN = "green"
    OFF = "off"


SOUND: dict[str, tuple[str, ...]] = {
    Light.RED: (Light.GREEN,),
    Light.GREEN: (Light.RED, Light.OFF),
    Light.OFF: (),
}


def graph(**changes: Any) -> StateGraph:
    return StateGraph(states=Light, initial=Light.RED, moves={**SOUND, **changes})


def test_a_sound_graph_knows_its_moves_and_its_end() -> None:
    lights = graph()
    assert lights.allows("red", "green")
    assert not lights.allows("red", "off")
    assert lights.final == {"off"}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"blue": ()}, "unknown"),
        ({"red": ("blue",)}, "unknown states"),
        ({"green": ("red",)}, "never reached"),
    ],
)
def test_a_graph_with_a_mistake_stops_the_import(
    changes: dict[str, tuple[str, ...]], complaint: str
) -> None:
    with pytest.raises(BrokenGraph, match=complaint):
        graph(**changes)


def test_a_forgotten_state_stops_the_import() -> None:
    with pytest.raises(BrokenGraph, match="without a line"):
        StateGraph(states=Light, initial="red", moves={"red": ("green",), "green": ()})


@pytest.mark.django_db
def test_only_one_of_two_who_move_the_same_row_succeeds(business: Business) -> None:
    item = factories.make_item(business)
    twin = Item.objects.get(pk=item.pk)
    assert ITEM.move(item, ItemStatus.DRAFT, ItemStatus.IN_REVIEW, title="Mine")
    assert not ITEM.move(twin, ItemStatus.DRAFT, ItemStatus.CANCELLED, title="Theirs")
    assert (item.status, item.title) == (ItemStatus.IN_REVIEW, "Mine")
    assert twin.status == ItemStatus.DRAFT
    stored = Item.objects.get(pk=item.pk)
    assert (stored.status, stored.title) == (ItemStatus.IN_REVIEW, "Mine")


@pytest.mark.django_db
def test_a_move_asks_for_the_lease_too(business: Business) -> None:
    item = factories.make_item(business, title="Held")
    moved = ITEM.move(
        item, ItemStatus.DRAFT, ItemStatus.IN_REVIEW, holding={"title": "Somebody else's"}
    )
    assert not moved
    assert Item.objects.get(pk=item.pk).status == ItemStatus.DRAFT


@pytest.mark.django_db
def test_a_move_that_is_not_in_the_graph_is_a_mistake_of_the_caller(business: Business) -> None:
    item = factories.make_item(business, status=ItemStatus.PUBLISHED)
    with pytest.raises(NotAllowed):
        ITEM.move(item, ItemStatus.PUBLISHED, ItemStatus.DRAFT)


@given(st.lists(st.sampled_from(Status.values), min_size=1, max_size=30))
def test_no_walk_sends_without_staging_first(wishes: list[str]) -> None:
    """Whatever is wished for, a delivery reaches the network through staging alone."""
    state, walked = str(DELIVERY.initial), [str(DELIVERY.initial)]
    for wish in wishes:
        if DELIVERY.allows(state, wish):
            state = wish
            walked.append(state)
    for before, after in pairwise(walked):
        if after == Status.SENDING:
            assert before == Status.STAGING
        if before == Status.PUBLISHED:
            assert after == Status.DELETED
        if after == Status.UNCONFIRMED:
            assert before == Status.SENDING


def test_what_a_worker_holds_always_has_a_way_back_for_a_dead_one() -> None:
    assert DELIVERY.allows(Status.STAGING, Status.SCHEDULED)
    assert DELIVERY.allows(Status.SENDING, Status.UNCONFIRMED)
    assert set(WORKING) == {Status.STAGING, Status.SENDING}

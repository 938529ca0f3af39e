"""Pages of the target market: what they show and what they answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.market.models import Competitor, Persona, Place, Segment

SignIn = Callable[[User], Client]

LISTS = ("overview", "places", "days", "segments", "personas", "competitors")


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def full(business: Business) -> Business:
    """A business with one of each."""
    business.places.create(name="Maribor", country="SI", language="sl")
    business.segments.create(kind="b2c", occupation="Nurses")
    channel = business.channels.create(name="Instagram", network="instagram")
    persona = business.personas.create(name="Katja Novak", tagline="Gives with care")
    persona.channels.add(channel)
    business.personas.create(name="Bargain Bob", negative=True)
    business.competitors.create(name="Drava Pottery", kind="leader")
    return business


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_page_shows_how_to_begin(page: Client, business: Business, name: str) -> None:
    answer = page.get(url(business, name))
    assert answer.status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_a_viewer_reads_every_page_and_is_offered_nothing_to_change(
    full: Business, viewer: User, sign_in: SignIn, name: str
) -> None:
    answer = sign_in(viewer).get(url(full, name))
    assert answer.status_code == 200
    assert "/new/" not in text_of(answer).split("<main")[1]


@pytest.mark.parametrize(
    "name", ["place_new", "day_new", "segment_new", "persona_new", "competitor_new", "own_readings"]
)
def test_the_forms_for_new_records_open(page: Client, full: Business, name: str) -> None:
    assert page.get(url(full, name)).status_code == 200


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("place", Place),
        ("place_remove", Place),
        ("segment", Segment),
        ("segment_remove", Segment),
        ("persona", Persona),
        ("persona_edit", Persona),
        ("persona_remove", Persona),
        ("competitor", Competitor),
        ("competitor_edit", Competitor),
        ("competitor_points", Competitor),
        ("competitor_remove", Competitor),
        ("readings", Competitor),
    ],
)
def test_the_page_of_each_record_opens(page: Client, full: Business, name: str, model: Any) -> None:
    row = model.objects.filter(business=full)[0]
    assert str(row) in text_of(page.get(url(full, name, row.pk)))

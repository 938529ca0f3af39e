"""Settings of a business, and the zones and currencies to choose from."""

from typing import Any
from zoneinfo import available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from waypost.accounts.forms import currencies
from waypost.accounts.models import Business, valid_time_zone
from waypost.accounts.zones import zone_names

TYPED = {
    "name": "Candles & Co.",
    "time_zone": "Europe/Vienna",
    "language": "sl",
    "currency": "CHF",
}


def address(business: Business) -> str:
    return reverse("accounts:business", args=[business.slug])


def test_settings_show_what_is_kept(page: Client, business: Business) -> None:
    form = page.get(address(business)).context["form"]
    assert form.initial == {
        "name": "Candle shop",
        "time_zone": "Europe/Ljubljana",
        "language": "en",
        "currency": "EUR",
    }


def test_settings_are_saved_and_the_address_stays(page: Client, business: Business) -> None:
    answer = page.post(address(business), TYPED)
    assert answer.headers["Location"] == address(business)
    slug = business.slug
    business.refresh_from_db()
    kept = {name: getattr(business, name) for name in TYPED}
    assert (kept, business.slug) == (TYPED, slug)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("time_zone", "Nowhere/Land"), ("language", "de"), ("currency", "XXQ")],
)
def test_what_is_wrong_stands_beside_its_field(
    page: Client, business: Business, field: str, value: str
) -> None:
    answer = page.post(address(business), {**TYPED, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    business.refresh_from_db()
    assert business.name == "Candle shop"


def test_only_the_demo_can_be_removed_here(page: Client, business: Business) -> None:
    removal = reverse("home:remove_demo", args=[business.slug])
    assert removal not in page.get(address(business)).content.decode()


def test_zones_are_named_after_places() -> None:
    names = zone_names()
    assert names[-1] == "UTC"
    assert set(names) <= available_timezones()
    assert "Europe/Ljubljana" in names
    assert not any(name.startswith(("Etc/", "posix/", "US/")) for name in names)


@pytest.mark.parametrize("name", ["", "Europe", "../etc/passwd", "Europe/Ljubljana "])
def test_an_unknown_zone_is_no_zone(name: str) -> None:
    with pytest.raises(ValidationError):
        valid_time_zone(name)


@pytest.mark.parametrize(("language", "word"), [("en", "EUR – Euro"), ("sl", "EUR – evro")])
def test_currencies_have_names_in_the_readers_language(language: str, word: str) -> None:
    choices: dict[str, Any] = dict(currencies(language))
    assert choices["EUR"] == word
    assert "SIT" not in choices
    assert len(choices) > 100

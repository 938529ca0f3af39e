"""Settings of a business, and the zones and currencies to choose from."""

from datetime import time
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
        "quiet_from": None,
        "quiet_until": None,
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


def test_quiet_hours_are_saved_and_taken_away_again(page: Client, business: Business) -> None:
    page.post(address(business), {**TYPED, "quiet_from": "22:00", "quiet_until": "07:00"})
    business.refresh_from_db()
    assert (business.quiet_from, business.quiet_until) == (time(22), time(7))
    shown = page.get(address(business)).content.decode()
    assert 'value="22:00"' in shown
    page.post(address(business), TYPED)
    business.refresh_from_db()
    assert business.quiet is None


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("22:00", "", "quiet_until"),
        ("", "07:00", "quiet_from"),
        ("22:00", "22:00", "quiet_until"),
        ("late", "07:00", "quiet_from"),
    ],
)
def test_quiet_hours_without_an_end_or_a_beginning_are_asked_about(
    page: Client, business: Business, start: str, end: str, field: str
) -> None:
    answer = page.post(address(business), {**TYPED, "quiet_from": start, "quiet_until": end})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    if start == "22:00":
        assert 'value="22:00"' in answer.content.decode()


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

"""Places, their shares, and days of one's own."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.market.forms.geography import too_much
from waypost.market.territories import countries, country_name, language_name, languages


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# words


def test_countries_and_languages_speak_the_readers_language() -> None:
    with translation.override("sl"):
        assert (country_name("AT"), language_name("de")) == ("Avstrija", "nemščina")
        names = [name for _code, name in countries()]
    assert names.index("Čile") < names.index("Danska")
    assert dict(countries())["SI"] == "Slovenia"
    assert dict(languages())["sl"] == "Slovenian"
    assert language_name("de-AT") == "German (Austria)"
    assert language_name("nonsense!") == "nonsense!"


# a place


def test_a_new_place_asks_little_and_opens_its_page(
    page: Client, business: Business, owner: User
) -> None:
    data = {"name": "Graz", "country": "AT", "language": "de", "share_of_orders": "12,5"}
    answer = page.post(url(business, "place_new"), data)
    place = business.places.get()
    assert answer.headers["Location"] == url(business, "place", place.pk)
    assert (place.name, place.country, place.language) == ("Graz", "AT", "de")
    assert (place.share_of_orders, place.updated_by) == (Decimal("0.125"), owner)


@pytest.mark.parametrize(
    ("typed", "share"), [("58", "0.58"), ("12,5", "0.125"), ("12.5 %", "0.125"), ("100", "1")]
)
def test_a_share_is_typed_in_percent(
    page: Client, business: Business, typed: str, share: str
) -> None:
    page.post(url(business, "place_new"), {"name": "A", "country": "SI", "share_of_orders": typed})
    assert business.places.get().share_of_orders == Decimal(share)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("101", "One place cannot have more than all orders"),
        ("-1", "A share cannot be below zero."),
        ("half", "“half” is not a number."),
    ],
)
def test_a_wrong_share_is_explained_beside_the_field(
    page: Client, business: Business, typed: str, words: str
) -> None:
    data = {"name": "Graz", "country": "AT", "share_of_orders": typed}
    answer = page.post(url(business, "place_new"), data)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{typed}"' in text_of(answer)
    assert not business.places.exists()


def test_shares_of_more_than_everything_are_explained(page: Client, business: Business) -> None:
    for name, share in (("Maribor", "0.7"), ("Graz", "0.4")):
        business.places.create(name=name, country="SI", share_of_orders=Decimal(share))
    words = "Together your places have 110 % of all orders."
    assert words in text_of(page.get(url(business, "places")))
    assert words in text_of(page.get(url(business, "place", business.places.all()[0].pk)))


def test_what_is_left_of_the_orders_is_said(page: Client, business: Business) -> None:
    business.places.create(name="Maribor", share_of_orders=Decimal("0.7"))
    business.places.create(name="Graz")
    assert "The other 30 % of orders come from elsewhere" in text_of(
        page.get(url(business, "places"))
    )


def test_exactly_everything_is_not_too_much() -> None:
    assert too_much([Decimal("0.6"), None, Decimal("0.4")]) is None
    assert too_much([Decimal("0.6"), Decimal("0.41")]) == Decimal("1.01")
    assert too_much([]) is None


def test_another_country_takes_the_part_of_the_first_one_away(
    page: Client, business: Business
) -> None:
    place = business.places.create(name="Munich", country="DE", subdivision="BY")
    form = page.get(url(business, "place", place.pk)).context["form"]
    assert ("BY", "Bayern") in form.fields["subdivision"].choices
    data = {f"was-{name}": print_ for name, print_ in form.was.items()}
    data |= {"name": "Vienna", "country": "AT", "subdivision": "BY", "standing": "primary"}
    answer = page.post(url(business, "place", place.pk), data)
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.name, place.country, place.subdivision) == ("Vienna", "AT", "")


def test_a_country_without_parts_asks_for_none(page: Client, business: Business) -> None:
    place = business.places.create(name="Maribor", country="SI")
    form = page.get(url(business, "place", place.pk)).context["form"]
    assert "subdivision" not in form.fields


def test_places_change_their_order(page: Client, business: Business) -> None:
    rows = [business.places.create(name=name, position=n) for n, name in enumerate("ABC")]
    page.post(url(business, "place_move", rows[2].pk), {"to": "up"})
    page.post(url(business, "place_move", rows[0].pk), {"to": "down"})
    assert [place.name for place in business.places.all()] == ["C", "A", "B"]


def test_a_place_is_removed_after_a_question(page: Client, business: Business) -> None:
    place = business.places.create(name="Graz")
    asked = page.get(url(business, "place_remove", place.pk))
    assert "Remove “Graz”?" in text_of(asked)
    assert business.places.exists()
    page.post(url(business, "place_remove", place.pk))
    assert not business.places.exists()


# days


@pytest.fixture
def november(business: Business) -> Any:
    business.places.create(name="Maribor", country="SI")
    with time_machine.travel(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), tick=False):
        yield


def shown(answer: Any) -> list[str]:
    return [
        each.name
        for _month, dates in answer.context["months"]
        for date in dates
        for each in date.days
    ]


@pytest.mark.usefixtures("november")
def test_the_days_of_the_coming_year_stand_by_month(page: Client, business: Business) -> None:
    answer = page.get(url(business, "days"))
    months = [month.isoformat() for month, _dates in answer.context["months"]]
    assert months[:3] == ["2026-11-01", "2026-12-01", "2027-01-01"]
    assert shown(answer)[:3] == ["Black Friday", "1st Sunday of Advent", "Cyber Monday"]


@pytest.mark.usefixtures("november")
def test_days_are_filtered_by_kind_and_country(page: Client, business: Business) -> None:
    business.places.create(name="Vienna", country="AT")
    business.key_days.create(name="Fair", date=dt.date(2026, 12, 5))
    here = url(business, "days")
    assert shown(page.get(here, {"kind": "own"})) == ["Fair"]
    assert "Krampus Night" in shown(page.get(here, {"country": "AT"}))
    slovenian = shown(page.get(here, {"country": "SI", "kind": "holiday"}))
    assert "National Day" not in slovenian
    assert "Christmas Day" in slovenian


@pytest.mark.usefixtures("november")
def test_a_filter_that_cannot_be_filters_nothing(page: Client, business: Business) -> None:
    everything = shown(page.get(url(business, "days")))
    assert shown(page.get(url(business, "days"), {"kind": "x", "country": "??"})) == everything


def test_without_a_place_the_page_says_whose_days_it_shows(
    page: Client, business: Business
) -> None:
    text = text_of(page.get(url(business, "days")))
    assert "these are the days of Slovenia, Germany, Austria" in text


def test_an_own_day_is_added_and_changed(page: Client, business: Business, owner: User) -> None:
    data = {"name": "Fair", "date": "24. 5. 2027", "yearly": "on"}
    page.post(url(business, "day_new"), data)
    row = business.key_days.get()
    assert (row.name, row.date, row.yearly, row.updated_by) == (
        "Fair",
        dt.date(2027, 5, 24),
        True,
        owner,
    )
    page.post(url(business, "day", row.pk), {"name": "Big fair", "date": "2027-05-25"})
    row.refresh_from_db()
    assert (row.name, row.date.day, row.yearly) == ("Big fair", 25, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31. 2. 2027", "“31. 2. 2027” is not a day."),
        ("5/6/2027", "can be read as"),
        ("1. 1. 0027", "The year 27 cannot be meant."),
    ],
)
def test_a_wrong_day_is_explained(page: Client, business: Business, typed: str, words: str) -> None:
    answer = page.post(url(business, "day_new"), {"name": "Fair", "date": typed})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert "Fair" in text_of(answer)


@pytest.mark.usefixtures("november")
def test_own_days_that_have_passed_can_still_be_found(page: Client, business: Business) -> None:
    business.key_days.create(name="Old fair", date=dt.date(2026, 5, 1))
    answer = page.get(url(business, "days"))
    assert [row.name for row in answer.context["past"]] == ["Old fair"]
    assert "Old fair" not in shown(answer)


def test_the_places_of_another_business_cannot_be_chosen(
    page: Client, business: Business, stranger: User
) -> None:
    other = stranger.memberships.get().business.places.create(name="Elsewhere")
    data = {"name": "Fair", "date": "2027-05-24", "place": other.pk}
    answer = page.post(url(business, "day_new"), data)
    assert answer.status_code == 422
    assert not business.key_days.exists()


@pytest.mark.usefixtures("november")
def test_an_own_day_leads_to_its_form_and_its_name_stays_text(
    page: Client, business: Business
) -> None:
    row = business.key_days.create(name="<b>Fair</b>", date=dt.date(2026, 12, 1))
    text = text_of(page.get(url(business, "days")))
    link = f'<a class="link" href="{url(business, "day", row.pk)}">&lt;b&gt;Fair&lt;/b&gt;</a>'
    assert link in text

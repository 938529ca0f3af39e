"""What rows of other pages say to the questions that they answer."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import Business, User
from waypost.strategy.questions import all_questions, path
from waypost.strategy.rows import RowsOf
from waypost.strategy.saying import SAYING
from waypost.strategy.sections import BY_KEY, SECTIONS
from waypost.strategy.views.shared import SHOWN_ROWS
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def said(business: Business, key: str) -> list[str]:
    section, name = key.split(".")
    question = BY_KEY[section].question(name)
    assert question is not None
    return [one.text for one in RowsOf(business).say(key, question)]


def test_every_saying_belongs_to_a_question_that_rows_answer() -> None:
    by_rows = {path(*one) for one in all_questions(SECTIONS) if one[1].rows is not None}
    assert set(SAYING) - by_rows == set()


def test_a_hat_names_who_wears_it_and_who_steps_in(business: Business, owner: User) -> None:
    member = business.members.get(user=owner)
    business.hat_holders.create(hat="lead", holder=member, backup_outside="Luka", note="Prices")
    business.hat_holders.create(hat="copy", outside="Žiga")
    assert said(business, "roles.lead") == [f"{owner}, steps in: Luka. Prices"]
    assert said(business, "roles.copy") == ["Žiga"]


def test_a_goal_says_from_where_to_where_and_until_when(business: Business) -> None:
    factories.make_goal(
        business,
        metric="Followers",
        unit="people",
        baseline=Decimal(1200),
        target=Decimal(6000),
        start_date=dt.date(2026, 1, 1),
        deadline_date=dt.date(2026, 6, 30),
    )
    assert said(business, "goals.measurable") == ["Followers: 1,200 → 6,000 people"]
    assert said(business, "goals.timebound") == ["1 January 2026 – 30 June 2026"]


def test_an_initiative_says_its_time_its_share_and_its_price(business: Business) -> None:
    goal = factories.make_goal(business, unit="followers")
    factories.make_initiative(
        goal,
        start_date=dt.date(2026, 1, 5),
        end_date=dt.date(2026, 1, 18),
        until_goal=True,
        measure="Posts out",
        expected_contribution=Decimal(1000),
        resources="A proofreader",
        budget=Decimal("240"),
    )
    assert said(business, "initiatives.timeline") == [
        "5 January 2026 – 18 January 2026, or until the goal is reached"
    ]
    assert said(business, "initiatives.measure") == ["Posts out, +1,000 followers"]
    assert said(business, "initiatives.resources") == ["A proofreader, 240.00 EUR"]


def test_an_initiative_without_numbers_says_no_nought(business: Business) -> None:
    goal = factories.make_goal(business)
    factories.make_initiative(goal, measure="", expected_contribution=None, resources="", budget=0)
    assert said(business, "initiatives.measure") == []
    assert said(business, "initiatives.resources") == []


def test_a_place_says_its_country_and_language_in_words(business: Business) -> None:
    business.places.create(
        name="Graz",
        country="AT",
        language="de",
        share_of_orders=Decimal("0.275"),
        shopping="Advent fair",
    )
    assert said(business, "geo.where") == ["Graz, 27.5\u00a0% of orders"]
    with translation.override("sl"):
        assert said(business, "geo.language") == ["nemščina"]
        assert said(business, "geo.holidays") == ["Avstrija, Advent fair"]


def test_a_persona_says_age_gender_and_formats_in_words(business: Business) -> None:
    katja = business.personas.create(
        name="Katja",
        age_from=35,
        age_to=45,
        gender="female",
        location="Maribor",
        communication="In the evening",
        formats=["carousel", "gone"],
    )
    katja.channels.add(business.channels.create(name="Our profile", network="website"))
    assert said(business, "persona.demographics") == ["35–45 years, Female, Maribor"]
    assert said(business, "persona.communication") == [
        "In the evening; Our profile; Carousel, gone"
    ]


def test_numbers_of_a_competitor_say_whose_where_and_when(business: Business) -> None:
    rival = business.competitors.create(name="Drava")
    business.channel_readings.create(
        competitor=rival,
        network="website",
        date=dt.date(2026, 3, 1),
        followers=12_000,
        avg_likes=Decimal("150.5"),
    )
    business.channel_readings.create(network="website", date=dt.date(2026, 3, 1), followers=5)
    assert said(business, "competitors.stats") == [
        "Drava, Own website, 1 March 2026; followers: 12,000; likes a post: 150.5"
    ]


def test_a_product_says_price_margin_and_share(business: Business) -> None:
    business.products.create(
        name="Cup",
        description="A cup",
        feeling="Calm",
        unique=True,
        unique_note="Numbered",
        price_gross=Decimal("24.40"),
        vat_rate=Decimal("0.22"),
        unit_cost=Decimal("8"),
        affordable="partly",
        affordable_note="As a present",
        orders_per_year=Decimal("1.5"),
        reinvest_share=Decimal("0.2"),
    )
    told = {key: said(business, key) for key in SAYING if key.startswith(("product.", "price."))}
    assert told == {
        "product.description": ["A cup\nCalm"],
        "product.unique": ["Yes: Numbered"],
        "price.price": ["24.40 EUR with 22\u00a0% VAT"],
        "price.profit": ["costs 8.00 EUR, margin 60\u00a0%"],
        "price.affordable": ["Partly: As a present"],
        "price.frequency": ["1.5 orders a year"],
        "price.reinvest": ["20\u00a0%"],
    }


def test_a_bare_product_says_nothing_about_its_price(business: Business) -> None:
    business.products.create(name="Cup")
    assert [said(business, key) for key in SAYING if key.startswith("price.")] == [[]] * 5


@pytest.mark.parametrize(
    ("often", "words"),
    [
        (Decimal(1), "1 post a week: Photo 1"),
        (Decimal("2.5"), "2.5 posts a week: Photo 1"),
        (None, "Photo 1"),
    ],
)
def test_a_channel_says_how_often_and_what(
    business: Business, often: Decimal | None, words: str
) -> None:
    business.channels.create(
        name="Ours", network="website", posts_per_week=often, content_mix={"photo": 1}
    )
    assert said(business, "channels.content") == [words]


def test_the_section_shows_what_rows_say_and_how_many_more(
    page: Client, business: Business
) -> None:
    for number in range(SHOWN_ROWS + 2):
        business.personas.create(name=f"Person {number}", usp=f"<b>Reason {number}</b>")
    text = page.get(reverse("strategy:section", args=[business.slug, "persona"])).content.decode()
    assert "&lt;b&gt;Reason 0&lt;/b&gt;" in text
    assert f"Reason {SHOWN_ROWS - 1}" in text
    assert f"Reason {SHOWN_ROWS}" not in text
    assert "and 2 more" in text


def test_the_section_of_the_one_page_shows_what_fills_it(page: Client, business: Business) -> None:
    business.products.create(name="Cup", description="A cup for both hands. And more.")
    text = page.get(reverse("strategy:section", args=[business.slug, "core"])).content.decode()
    assert "Cup: A cup for both hands." in text


def test_a_screen_that_rows_answer_shows_them_and_has_nothing_to_save(
    page: Client, business: Business
) -> None:
    business.personas.create(name="Katja", usp="Replaced at once")
    at = BY_KEY["persona"].screen_of("usp")
    assert at is not None
    address = reverse("strategy:screen", args=[business.slug, "persona", at + 1])
    text = page.get(address).content.decode()
    assert "Replaced at once" in text
    assert "Next question" in text
    assert "Save answer" not in text
    assert "Not relevant for us" not in text  # it is answered


def test_a_screen_without_rows_lets_one_say_that_it_does_not_count(
    page: Client, business: Business
) -> None:
    address = reverse("strategy:screen", args=[business.slug, "persona", 12])
    text = page.get(address).content.decode()
    assert "Not relevant for us" in text
    assert "Finish section" in text


def test_a_section_asks_as_often_for_thirty_personas_as_for_one(
    page: Client, business: Business, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        business.personas.create(name=f"Person {number}", usp="So")
    address = reverse("strategy:section", args=[business.slug, "persona"])
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page.get(address)

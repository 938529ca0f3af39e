"""The target market of the demo business, as its story tells it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from waypost.accounts.models import Business
from waypost.home import demo
from waypost.market.completeness import all_answered, fields_answered
from waypost.market.days import Kind, days_between
from waypost.market.people import matrix
from waypost.market.rivals import Rivals, read

ANCHOR = date(2026, 10, 12)


@pytest.fixture
def rivals(svit: Business) -> Rivals:
    return read(svit)


def test_three_places_have_all_orders(svit: Business) -> None:
    told = svit.places.values_list("country", "language", "share_of_orders")
    assert list(told) == [
        ("SI", "sl", Decimal("0.58")),
        ("DE", "de", Decimal("0.27")),
        ("AT", "de", Decimal("0.15")),
    ]


def test_every_question_about_places_and_segments_is_answered(svit: Business) -> None:
    assert all_answered(svit.places.all()) == (15, 15)
    assert [fields_answered(each) for each in svit.segments.all()] == [(3, 3), (4, 4)]


def test_the_days_are_those_of_three_countries_and_of_the_workshop(svit: Business) -> None:
    days = days_between(svit, date(2026, 11, 1), date(2026, 12, 31), "en")
    told = {(each.day.isoformat(), each.words) for each in days}
    assert {
        ("2026-11-27", "Black Friday (SI, DE, AT)"),
        ("2026-11-29", "1st Sunday of Advent (SI, DE, AT)"),
        ("2026-12-06", "St Nicholas (SI, DE, AT)"),
        ("2026-12-08", "Immaculate Conception (AT)"),
        ("2026-12-14", "Last day to send parcels to Germany for Christmas"),
    } <= told
    assert len([each for each in days if each.kind == Kind.OWN]) == 3


def test_the_personas_are_complete_and_one_is_no_customer(svit: Business) -> None:
    personas = list(svit.personas.prefetch_related("channels"))
    assert [(each.name, each.negative, fields_answered(each)) for each in personas] == [
        ("Sabine Huber", False, (16, 16)),
        ("Tjaša Bregar", False, (16, 16)),
        ("Marko Zupan", False, (16, 16)),
        ("Deal Dieter", True, (5, 5)),
    ]
    assert personas[3].exclusion_rule.startswith("Exclude interests")
    met = matrix(personas, list(svit.channels.all()))
    assert met.missed == []
    assert sum(met.counts) == 6


def test_our_share_of_voice_is_fifteen_percent(rivals: Rivals) -> None:
    voice = rivals.voice
    assert voice.total == 935
    assert voice.ours.value is not None
    assert round(voice.ours.value * 100, 1) == Decimal("15.0")
    assert [line.count for line in voice.lines] == [140, 420, 65, 310]


def test_the_competitors_are_ranked_on_each_network(rivals: Rivals) -> None:
    ranked = {
        each.network: [(line.rank, line.name) for line in each.lines] for each in rivals.rankings
    }
    assert ranked == {
        "instagram": [
            (1, "Alpenwachs Manufaktur"),
            (2, "NordWick"),
            (3, "Svit in sat"),
            (4, "Medena luč"),
        ],
        "facebook": [(1, "Alpenwachs Manufaktur"), (2, "Medena luč"), (3, "Svit in sat")],
        "pinterest": [(1, "Alpenwachs Manufaktur"), (2, "Svit in sat")],
        "tiktok": [(1, "NordWick"), (2, "Svit in sat")],
    }


def test_engagement_and_growth_come_from_the_counts(rivals: Rivals) -> None:
    lines = {line.name: line for line in rivals.rankings[0].lines}
    leader = lines["Alpenwachs Manufaktur"]
    assert leader.engagement.value == Decimal(610 + 22 + 34) / 48200
    assert leader.growth is not None
    assert (leader.growth.change, leader.growth.days) == (1300, 92)


def test_each_competitor_has_all_its_texts_and_four_lists(svit: Business) -> None:
    assert all_answered(svit.competitors.all()) == (27, 27)
    assert svit.swot_points.ours().count() == 12
    assert svit.swot_points.exclude(competitor=None).count() == 12


def test_the_market_is_told_in_slovenian_too(db: None) -> None:
    with translation.override("sl"):
        demo.load(today=ANCHOR, language="sl")
    svit = Business.objects.get(is_demo=True)
    assert svit.competitors.all()[1].location == "Celje"
    assert svit.personas.all()[0].tagline == "Organizatorka adventa"
    assert "Svetovni dan čebel" in set(svit.key_days.values_list("name", flat=True))

"""Competitors: who they are, their lists beside ours, their numbers on the page."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.market.actions.points import LONGEST, MOST, points_of, write_points
from waypost.market.completeness import fields_answered
from waypost.market.models import Competitor, SwotPoint

DAY = dt.date(2026, 9, 30)


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def rival(business: Business) -> Competitor:
    return business.competitors.create(name="Drava Pottery", kind="leader")


def lists(client: Client, rival: Competitor, **texts: str) -> Any:
    address = url(rival.business, "competitor_points", rival.pk)
    form = client.get(address).context["form"]
    data = {f"was-{name}": was for name, was in form.was.items()}
    data |= {name: form[name].value() or "" for name in form.fields}
    return client.post(address, data | texts)


def theirs(rival: Competitor) -> dict[str, list[str]]:
    return {key: texts for key, texts in points_of(rival.swot_points.all()).items() if texts}


@pytest.mark.parametrize("typed", ["drava.example", "https://drava.example"])
def test_an_address_needs_no_scheme(page: Client, business: Business, typed: str) -> None:
    page.post(url(business, "competitor_new"), {"name": "Drava", "url": typed})
    assert business.competitors.get().url == "https://drava.example"


def test_what_is_no_address_is_explained(page: Client, business: Business) -> None:
    answer = page.post(url(business, "competitor_new"), {"name": "Drava", "url": "not an address"})
    assert answer.status_code == 422
    assert "This is no address. Write it like example.com" in text_of(answer)
    assert 'value="not an address"' in text_of(answer)


def test_the_six_texts_are_kept_and_counted(page: Client, business: Business) -> None:
    rival = business.competitors.create(name="Drava")
    address = url(business, "competitor_edit", rival.pk)
    form = page.get(address).context["form"]
    texts = {
        name: f"About {name}"
        for name in (
            "summary",
            "location",
            "milestones",
            "distribution",
            "communication",
            "mission",
            "goals",
        )
    }
    data = {f"was-{name}": was for name, was in form.was.items()}
    page.post(address, data | texts | {"name": "Drava", "kind": "peer"})
    rival.refresh_from_db()
    assert {name: getattr(rival, name) for name in texts} == texts
    assert fields_answered(rival) == (9, 9)


# four lists


def test_a_list_has_one_point_a_line(page: Client, rival: Competitor, owner: User) -> None:
    lists(page, rival, strengths="Known to all\n\n • Own shops \n", threats="Dear clay")
    assert theirs(rival) == {
        "strengths": ["Known to all", "Own shops"],
        "threats": ["Dear clay"],
    }
    assert {point.updated_by for point in rival.swot_points.all()} == {owner}
    assert {point.business_id for point in rival.swot_points.all()} == {rival.business_id}


def test_a_point_whose_words_stay_keeps_its_row(page: Client, rival: Competitor) -> None:
    write_points(rival, "strengths", ["One", "Two", "Three"], by=None)
    before = {point.text: point.pk for point in rival.swot_points.all()}
    lists(page, rival, strengths="Three\nNew\nOne")
    assert theirs(rival) == {"strengths": ["Three", "New", "One"]}
    after = {point.text: point.pk for point in rival.swot_points.all()}
    assert (after["One"], after["Three"]) == (before["One"], before["Three"])


def test_the_same_point_twice_is_one(page: Client, rival: Competitor) -> None:
    lists(page, rival, weaknesses="Slow\nSlow\n- Slow")
    assert theirs(rival) == {"weaknesses": ["Slow"]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n".join(f"Point {n}" for n in range(MOST + 2)), "A list holds 30 points. Leave 2 of"),
        ("x" * (LONGEST + 1), "is too long: a point has at most 300 characters."),
    ],
)
def test_too_much_is_refused_and_stays_where_it_was_typed(
    page: Client, rival: Competitor, text: str, words: str
) -> None:
    answer = lists(page, rival, strengths=text, threats="Dear clay")
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert text.split("\n")[-1] in text_of(answer)
    assert theirs(rival) == {"threats": ["Dear clay"]}


def test_a_list_that_somebody_else_changed_is_not_overwritten(
    page: Client, rival: Competitor
) -> None:
    address = url(rival.business, "competitor_points", rival.pk)
    opened = page.get(address).context["form"]
    write_points(rival, "strengths", ["Theirs"], by=None)
    data = {f"was-{name}": was for name, was in opened.was.items()}
    answer = page.post(address, data | {"strengths": "Mine", "threats": "Clay"})
    assert answer.status_code == 422
    assert theirs(rival) == {"strengths": ["Theirs"], "threats": ["Clay"]}


def test_our_own_points_stand_beside_theirs_and_stay_ours(
    page: Client, business: Business, rival: Competitor
) -> None:
    ours = business.swot_points.create(quadrant="strengths", text="Made by hand")
    other = business.competitors.create(name="Another")
    write_points(other, "strengths", ["Cheap"], by=None)
    lists(page, rival, strengths="Known to all")
    answer = page.get(url(business, "competitor", rival.pk))
    [strengths] = [each for each in answer.context["beside"] if each.key == "strengths"]
    assert (strengths.theirs, strengths.ours) == (["Known to all"], ["Made by hand"])
    assert SwotPoint.objects.get(pk=ours.pk).text == "Made by hand"


# the pages


def test_removing_a_competitor_takes_its_numbers_and_points_along(
    page: Client, business: Business, rival: Competitor
) -> None:
    write_points(rival, "strengths", ["One"], by=None)
    business.channel_readings.create(competitor=rival, network="x", date=DAY, followers=1)
    business.channel_readings.create(network="x", date=DAY, followers=2)
    page.post(url(business, "competitor_remove", rival.pk))
    assert not business.swot_points.exists()
    assert business.channel_readings.get().followers == 2


def test_a_dash_says_why(page: Client, business: Business, rival: Competitor) -> None:
    business.channel_readings.create(
        competitor=rival, network="instagram", date=DAY, followers=0, avg_likes=3
    )
    text = text_of(page.get(url(business, "competitors")))
    assert "There are no followers yet." in text
    assert "It takes two counts." in text


def test_the_share_of_voice_is_told_in_a_sentence(
    page: Client, business: Business, rival: Competitor
) -> None:
    business.channel_readings.create(network="", date=DAY, mentions=140)
    business.channel_readings.create(competitor=rival, network="", date=DAY, mentions=795)
    text = text_of(page.get(url(business, "competitors")))
    assert "Of 935 mentions in a month, 15.0 % are about you." in text


def test_the_overview_says_what_is_missing(
    page: Client, business: Business, rival: Competitor
) -> None:
    def more() -> str:
        return str(page.get(url(business, "overview")).context["steps"][3].more)

    assert more() == "Type the numbers of their channels."
    business.channel_readings.create(competitor=rival, network="x", date=DAY, followers=1)
    assert more() == "Put their strengths and weaknesses beside yours."
    write_points(rival, "threats", ["Clay"], by=None)
    assert more() == ""


@pytest.mark.parametrize("name", ["competitors", "overview"])
def test_thirty_competitors_cost_no_more_queries_than_one(
    page: Client,
    business: Business,
    name: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(30):
        rival = business.competitors.create(name=f"Rival {number}")
        write_points(rival, "strengths", ["One", "Two"], by=None)
        for network in ("instagram", "facebook"):
            for month in (8, 9):
                business.channel_readings.create(
                    competitor=rival,
                    network=network,
                    date=dt.date(2026, month, 1),
                    followers=1000 + number * month,
                )
    page.get(url(business, name))
    with django_assert_max_num_queries(10):
        assert "Rival 3" in text_of(page.get(url(business, name)))

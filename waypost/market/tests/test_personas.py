"""Segments and personas: what is asked, how complete they are, who is met where."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.market.completeness import all_answered, fields_answered
from waypost.market.models import Persona, Segment
from waypost.market.people import alike, matrix, next_step
from waypost.tests import factories

WHOLE = {
    "professional": "Nurse",
    "income": "average",
    "personal": "Two children",
    "age_from": 35,
    "gender": "female",
    "location": "Maribor",
    "communication": "Instagram",
    "formats": ["reel"],
    "business_goals": "Calm",
    "personal_goals": "Presents",
    "challenges": "Time",
    "impact": "An hour",
    "objections": "Dear?",
    "usp": "Wrapped",
}


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def send(client: Client, address: str, **changes: Any) -> Any:
    """What a careful form sends: its fields as they were shown, and what was changed."""
    form = client.get(address).context["form"]
    data: dict[str, Any] = {f"was-{name}": was for name, was in form.was.items()}
    for name in form.fields:
        value = form[name].value()
        data[name] = "" if value is None else value
    data = {name: value for name, value in (data | changes).items() if value is not False}
    return client.post(address, data)


# segments


def test_companies_are_asked_for_their_trade_and_people_are_not(
    page: Client, business: Business
) -> None:
    asked = {
        kind: list(
            page.get(url(business, "segment", business.segments.create(kind=kind).pk))
            .context["form"]
            .fields
        )
        for kind in Segment.Kind.values
    }
    assert asked["b2b"] == ["kind", "industry", "occupation", "location", "business_goals"]
    assert asked["b2c"] == asked["c2c"] == ["kind", "occupation", "location", "business_goals"]


def test_another_kind_brings_its_own_questions(page: Client, business: Business) -> None:
    row = business.segments.create(kind="b2c", occupation="Nurses")
    here = url(business, "segment", row.pk)
    answer = send(page, here, kind="b2b")
    assert answer.headers["Location"] == here
    row.refresh_from_db()
    assert (row.kind, row.occupation) == ("b2b", "Nurses")
    assert send(page, here).headers["Location"] == url(business, "segments")


def test_a_segment_is_as_complete_as_its_kind_asks() -> None:
    told = {"occupation": "Nurses", "location": "Towns"}
    assert fields_answered(Segment(kind="b2c", **told)) == (2, 3)
    assert fields_answered(Segment(kind="b2b", **told)) == (2, 4)
    assert all_answered([Segment(kind="b2c", **told), Segment(kind="b2b")]) == (2, 7)


# a persona


def test_a_new_persona_needs_a_name_only(page: Client, business: Business, owner: User) -> None:
    answer = page.post(url(business, "persona_new"), {"name": "Katja Novak"})
    row = business.personas.get()
    assert answer.headers["Location"] == url(business, "persona_edit", row.pk)
    assert (row.name, row.negative, row.updated_by) == ("Katja Novak", False, owner)


def test_everything_about_a_persona_is_kept(page: Client, business: Business) -> None:
    channel = business.channels.create(name="Instagram", network="instagram")
    picture = factories.make_asset(business)
    row = business.personas.create(name="Katja")
    answer = send(
        page,
        url(business, "persona_edit", row.pk),
        **WHOLE | {"age_to": 45, "channels": [channel.pk], "picture": picture.pk},
    )
    assert answer.headers["Location"] == url(business, "persona", row.pk)
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in WHOLE} == WHOLE
    assert (row.age_to, row.picture, list(row.channels.all())) == (45, picture, [channel])
    assert fields_answered(row) == (16, 16)


def test_a_second_age_below_the_first_is_explained_and_the_rest_is_kept(
    page: Client, business: Business
) -> None:
    row = business.personas.create(name="Katja")
    here = url(business, "persona_edit", row.pk)
    answer = send(page, here, age_from="40", age_to="30", personal="Two children")
    assert answer.status_code == 422
    assert "It is below the first age. Write 40 or more." in text_of(answer)
    row.refresh_from_db()
    assert (row.age_from, row.age_to, row.personal) == (40, None, "Two children")


def test_html_stays_text(page: Client, business: Business) -> None:
    row = business.personas.create(name="<b>Katja</b>", personal="<script>alert(1)</script>")
    text = text_of(page.get(url(business, "persona", row.pk)))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_text_that_is_far_too_long_is_refused_in_words(page: Client, business: Business) -> None:
    row = business.personas.create(name="Katja", personal="Before")
    answer = send(page, url(business, "persona_edit", row.pk), personal="x" * 100_000)
    assert answer.status_code == 422
    assert "This text has 100000 characters and 10000 fit." in text_of(answer)
    row.refresh_from_db()
    assert row.personal == "Before"


def test_pictures_and_channels_of_others_cannot_be_chosen(
    page: Client, business: Business, stranger: User
) -> None:
    other = stranger.memberships.get().business
    channel = other.channels.create(name="Theirs", network="facebook")
    business.channels.create(name="Ours", network="facebook")
    row = business.personas.create(name="Katja")
    answer = send(
        page,
        url(business, "persona_edit", row.pk),
        picture=factories.make_asset(other).pk,
        channels=[channel.pk],
    )
    assert answer.status_code == 422
    row.refresh_from_db()
    assert (row.picture, list(row.channels.all())) == (None, [])


def test_two_people_in_one_persona_lose_nothing(
    page: Client, business: Business, editor: User, sign_in: Callable[[User], Client]
) -> None:
    row = business.personas.create(name="Katja")
    here = url(business, "persona_edit", row.pk)
    mine, theirs = page, sign_in(editor)
    first = {f"was-{name}": was for name, was in mine.get(here).context["form"].was.items()}
    send(theirs, here, challenges="Time", personal="Theirs")
    data = first | {"name": "Katja", "challenges": "", "personal": "Mine", "usp": "Wrapped"}
    answer = mine.post(here, data)
    row.refresh_from_db()
    assert (row.challenges, row.personal, row.usp) == ("Time", "Theirs", "Wrapped")
    assert answer.status_code == 422
    assert "Mine" in text_of(answer)


def test_a_copy_begins_with_everything_but_the_picture(page: Client, business: Business) -> None:
    channel = business.channels.create(name="Blog", network="website")
    row = business.personas.create(name="Katja", picture=factories.make_asset(business), **WHOLE)
    row.channels.add(channel)
    answer = page.post(url(business, "persona_copy", row.pk))
    copy = business.personas.latest("pk")
    assert answer.headers["Location"] == url(business, "persona_edit", copy.pk)
    assert {name: getattr(copy, name) for name in WHOLE} == WHOLE
    assert (copy.name, copy.picture, copy.position) == ("Katja, copy", None, 1)
    assert list(copy.channels.all()) == [channel]


# the one nobody wants


def test_a_negative_persona_is_shown_apart_with_its_rule(page: Client, business: Business) -> None:
    business.personas.create(name="Katja")
    bob = business.personas.create(
        name="Bargain Bob", negative=True, exclusion_rule="No interest in coupons"
    )
    answer = page.get(url(business, "personas"))
    assert [card[0].name for card in answer.context["customers"]] == ["Katja"]
    assert [card[0].name for card in answer.context["others"]] == ["Bargain Bob"]
    card = text_of(page.get(url(business, "persona", bob.pk)))
    assert "Advertisements leave this person out" in card
    assert "No interest in coupons" in card


def test_of_a_negative_persona_less_is_asked() -> None:
    bob = Persona(name="Bob", negative=True, tagline="Hunts coupons")
    assert bob.pk is None
    assert fields_answered(bob) == (2, 5)
    bob.communication, bob.objections = "Coupon groups", "Price"
    bob.exclusion_rule = "–"
    assert fields_answered(bob) == (4, 5)


# together


def test_the_matrix_says_who_is_met_where(business: Business) -> None:
    blog = business.channels.create(name="Blog", network="website")
    idle = business.channels.create(name="X", network="x")
    katja = business.personas.create(name="Katja")
    marko = business.personas.create(name="Marko")
    bob = business.personas.create(name="Bob", negative=True)
    for each in (katja, bob):
        each.channels.add(blog)
    found = matrix([katja, marko, bob], [blog, idle])
    assert [(line.persona, line.on) for line in found.lines] == [
        (katja, [True, False]),
        (marko, [False, False]),
    ]
    assert (found.counts, found.idle, found.missed) == ([1, 0], [idle], [marko])


def test_the_tip_is_to_finish_one_and_then_make_another(business: Business) -> None:
    assert next_step([]) == ""
    katja = business.personas.create(name="Katja")
    assert next_step([katja]).startswith("Finish Katja first (answered: 1 of 16)")
    whole = business.personas.create(name="Ana", picture=factories.make_asset(business), **WHOLE)
    assert next_step([whole]).startswith("Now create somebody entirely different")
    assert next_step([whole, katja]).startswith("Finish Katja first")
    assert next_step([business.personas.create(name="Bob", negative=True)]) == ""


def test_personas_that_resemble_each_other_are_pointed_out() -> None:
    same = {"gender": "female", "location": "Maribor", "income": "high"}
    pair = [Persona(age_from=30, **same), Persona(age_from=35, age_to=38, **same)]
    assert alike(pair) == (
        "All your personas share: gender, income, place, age. Let the next one differ in that."
    )
    pair[1].gender, pair[1].location, pair[1].age_to, pair[1].income = "male", "Graz", 60, ""
    assert alike(pair) == ""


def test_a_card_that_a_viewer_reads_offers_no_change(
    business: Business, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    row = business.personas.create(name="Katja", **WHOLE)
    text = text_of(sign_in(viewer).get(url(business, "persona", row.pk)))
    assert "Two children" in text
    assert "Print card" in text
    assert "Edit persona" not in text


@pytest.mark.parametrize(("name", "queries"), [("personas", 10), ("overview", 10)])
def test_thirty_personas_cost_no_more_queries_than_one(
    page: Client,
    business: Business,
    name: str,
    queries: int,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    channels = [business.channels.create(name=f"C{n}", network="website") for n in range(6)]
    for number in range(30):
        picture = factories.make_asset(business)
        row = business.personas.create(name=f"Persona {number}", picture=picture, **WHOLE)
        row.channels.set(channels[: number % 6])
    page.get(url(business, name))
    with django_assert_max_num_queries(queries):
        answer = page.get(url(business, name))
    assert "Persona 3" in text_of(answer)

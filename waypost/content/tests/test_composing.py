"""The composer and the small forms around it, as a browser sends them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item, Status
from waypost.content.tests.composer_page import opened
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"content:{name}", args=[business.slug, *args])


def typed(**fields: Any) -> dict[str, Any]:
    return {"title": "Autumn", "kind": "post", "text": "Leaves", "language": "sl", **fields}


def edited(browser: Client, business: Business, item: Item, **fields: Any) -> dict[str, Any]:
    """The open page of ``item`` with ``fields`` changed."""
    return {**opened(browser, business, item), "text": "Leaves", **fields}


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def test_a_new_item_is_saved_and_shown(
    page: Client, business: Business, owner: User, channel: Connection
) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal)
    response = page.post(
        url("new", business),
        typed(
            link="svit.example/jesen",
            due_date="2026-10-05",
            due_time="18:30",
            initiative=initiative.pk,
            owner=owner.pk,
            channels=[channel.pk],
            **{f"text_{channel.pk}": "Leaves on X"},
        ),
    )
    item = business.items.get()
    page_of_item = reverse("publishing:item", args=[business.slug, item.pk])
    assert response.headers["Location"] == page_of_item
    assert (item.title, item.text, item.language) == ("Autumn", "Leaves", "sl")
    assert (item.link, item.status) == ("https://svit.example/jesen", Status.DRAFT)
    assert (item.due_at, item.time_zone) == (
        datetime(2026, 10, 5, 16, 30, tzinfo=UTC),
        "Europe/Ljubljana",
    )
    assert (item.goal, item.initiative, item.owner, item.author) == (goal, initiative, owner, owner)
    variant = item.variants.get()
    assert (variant.connection, variant.text, variant.options) == (channel, "Leaves on X", {})


def test_an_idea_needs_one_line(page: Client, business: Business) -> None:
    page.post(url("new", business), {"kind": "post", "text": "\nShow how\nwe pour", "as": "idea"})
    item = business.items.get()
    assert (item.title, item.status) == ("Show how", Status.IDEA)


def test_nothing_at_all_is_refused(page: Client, business: Business) -> None:
    response = page.post(url("new", business), {"kind": "post", "text": " \n"})
    assert errors(response) == {"title": ["Give the item a title, or write its text."]}


def test_a_day_of_the_calendar_is_filled_in(page: Client, business: Business) -> None:
    form = page.get(url("new", business), {"day": "2026-10-05"}).context["form"]
    assert (form["due_date"].value().isoformat(), f"{form['due_time'].value():%H:%M}") == (
        "2026-10-05",
        "10:00",
    )
    for nonsense in ("x", "2026-99-99", ""):
        form = page.get(url("new", business), {"day": nonsense}).context["form"]
        assert form["due_date"].value() is None


def test_the_options_of_a_network_are_asked_and_stored(page: Client, business: Business) -> None:
    masto = factories.make_connection(business, provider_id="mastodon", settings={})
    names = {option.name: f"option_{masto.pk}_{option.name}" for option in masto.composer.options}
    fields = {names["visibility"]: "unlisted", names["sensitive"]: "on"}
    page.post(url("new", business), typed(channels=[masto.pk], **fields))
    options = business.items.get().variants.get().options
    assert options == {"visibility": "unlisted", "sensitive": True, "spoiler_text": ""}
    item = business.items.get()
    form = page.get(url("edit", business, item.pk)).context["form"]
    assert form[names["visibility"]].value() == "unlisted"
    wrong = page.post(
        url("edit", business, item.pk),
        edited(page, business, item, **{names["visibility"]: "nobody"}),
    )
    assert list(errors(wrong)) == [names["visibility"]]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"link": "not a link"}, "link"),
        ({"due_date": "2026-10-05"}, "due_time"),
        ({"due_time": "10:00"}, "due_date"),
        ({"due_date": "yesterday", "due_time": "10:00"}, "due_date"),
        ({"kind": "sculpture"}, "kind"),
        ({"language": "xx"}, "language"),
        ({"title": "a" * 201}, "title"),
        ({"channels": ["99999"]}, "channels"),
        ({"channels": ["9" * 40]}, "channels"),
        ({"goal": "99999"}, "goal"),
        ({"owner": "99999"}, "owner"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_all_is_kept(
    page: Client, business: Business, channel: Connection, fields: dict[str, Any], wrong: str
) -> None:
    asset = factories.make_asset(business)
    values = typed(
        text="Words worth keeping",
        pictures=[asset.pk],
        **{
            f"alt_{asset.pk}": "A described candle",
            f"text_{channel.pk}": "Words for X",
        },
    )
    response = page.post(url("new", business), {**values, **fields})
    assert list(errors(response)) == [wrong]
    kept = response.content.decode()
    wanted = ["Words worth keeping", "A described candle", "Words for X", "aria-invalid"]
    assert [w for w in wanted if w not in kept] == ([] if wrong != "channels" else ["aria-invalid"])
    assert business.items.count() == 0


@pytest.mark.parametrize("field", ["goal", "initiative", "owner", "channels", "pictures"])
def test_nothing_of_another_business_can_be_chosen(
    page: Client, business: Business, field: str
) -> None:
    other = factories.make_business()
    goal = factories.make_goal(other)
    theirs = {
        "goal": goal.pk,
        "initiative": factories.make_initiative(goal).pk,
        "owner": other.members.get().user_id,
        "channels": factories.make_connection(other).pk,
        "pictures": factories.make_asset(other).pk,
    }
    page.post(url("new", business), typed(**{field: theirs[field]}))
    items = business.items.all()
    assert [item.pictures.count() + item.variants.count() for item in items] == (
        [0] if field == "pictures" else []
    )


def test_an_initiative_of_another_goal_is_said(page: Client, business: Business) -> None:
    initiative = factories.make_initiative(factories.make_goal(business, title="Visits"))
    other = factories.make_goal(business)
    response = page.post(url("new", business), typed(goal=other.pk, initiative=initiative.pk))
    assert errors(response) == {
        "initiative": ["This initiative belongs to the goal “Visits”. Choose that goal."]
    }


def test_a_time_that_the_clock_jumps_over_is_explained(page: Client, business: Business) -> None:
    response = page.post(url("new", business), typed(due_date="2027-03-28", due_time="02:30"))
    [message] = errors(response)["due_time"]
    assert "02:30 does not exist. Choose 03:30 instead." in message


def test_a_time_that_comes_twice_is_explained_and_the_first_taken(
    page: Client, business: Business
) -> None:
    fields = typed(due_date="2026-10-25", due_time="02:30")
    response = page.post(url("new", business), fields, follow=True)
    assert ["comes twice" in message for message in messages(response)] == [True, False]
    item = business.items.get()
    assert item.due_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    shown = page.get(url("edit", business, item.pk)).context["form"]
    assert "Waypost takes the first" in shown["due_time"].help_text


def test_saving_again_keeps_the_later_of_two_times(page: Client, business: Business) -> None:
    later = datetime(2026, 10, 25, 1, 30, 20, tzinfo=UTC)
    item = factories.make_item(business, due_at=later)
    fields = edited(page, business, item, due_date="2026-10-25", due_time="02:30")
    page.post(url("edit", business, item.pk), fields)
    item.refresh_from_db()
    assert (item.due_at, item.text) == (later, "Leaves")


def test_the_form_shows_the_item_as_it_is(page: Client, business: Business) -> None:
    channel = factories.make_connection(business)
    item = factories.make_item(
        business, channels=[channel], title="Autumn", due_at=datetime(2026, 1, 5, 9, tzinfo=UTC)
    )
    item.variants.update(text="Own words")
    asset = factories.make_asset(business, alt="A candle")
    factories.add_picture(item, asset)
    context = page.get(url("edit", business, item.pk)).context
    form = context["form"]
    shown = (form["title"].value(), f"{form['due_time'].value():%H:%M}")
    assert shown == ("Autumn", "10:00")
    [row] = context["channels"]
    assert (row.chosen, row.text.value(), row.connection) == (True, "Own words", channel)
    assert [(c.asset, c.alt) for c in context["chosen"]] == [(asset, "A candle")]


def test_problems_stand_beside_their_channel_and_do_not_stop_a_draft(
    page: Client, business: Business, channel: Connection
) -> None:
    response = page.post(
        url("new", business), typed(text="a" * 300, channels=[channel.pk]), follow=True
    )
    assert messages(response) == ["“Autumn” is saved."]
    item = business.items.get()
    context = page.get(url("edit", business, item.pk)).context
    [row] = context["channels"]
    assert [(p.field, "20 characters too long" in p.message) for p in row.problems] == [
        ("text", True)
    ]
    assert row.counting["limit"] == 280


def test_a_removed_account_is_not_offered_and_a_broken_one_is_marked(
    page: Client, business: Business
) -> None:
    factories.make_connection(business, handle="gone", health=Health.REMOVED)
    factories.make_connection(business, handle="ill", health=Health.BROKEN)
    response = page.get(url("new", business))
    assert [row.connection.handle for row in response.context["channels"]] == ["ill"]
    assert b"Connect again" in response.content


def test_numbers_that_are_none_are_taken_as_none(page: Client, business: Business) -> None:
    asset = factories.make_asset(business)
    fields = {"pictures": [asset.pk, "x", "9" * 5000], f"position_{asset.pk}": "٣x"}
    page.post(url("new", business), typed(**fields, library_shown="x"))
    assert [use.asset for use in business.items.get().pictures.all()] == [asset]


def test_two_people_who_save_see_both_texts_and_choose(
    page: Client, business: Business, editor: User, sign_in: SignIn
) -> None:
    item = factories.make_item(business, text="At first")
    address, other = url("edit", business, item.pk), sign_in(editor)
    mine, theirs = opened(page, business, item), opened(other, business, item)
    other.post(address, {**theirs, "text": "What Ed wrote", "link": "https://ed.example"})
    clash = page.post(address, {**mine, "text": "What Olga wrote", "tags": "wax"})
    assert (clash.status_code, list(clash.context["form"].clashes)) == (422, ["text"])
    shown = clash.content.decode()
    assert ("What Ed wrote" in shown, "What Olga wrote" in shown) == (True, True)
    item.refresh_from_db()
    assert (item.text, item.link, item.tags) == ("What Ed wrote", "https://ed.example", "wax")
    chosen = {"choose-text": "mine", "theirs-text": clash.context["form"].clashes["text"].seen}
    page.post(address, {**mine, "text": "What Olga wrote", **chosen})
    item.refresh_from_db()
    assert (item.text, item.link) == ("What Olga wrote", "https://ed.example")


def test_a_form_without_its_fingerprints_writes_over_nothing(
    page: Client, business: Business
) -> None:
    item = factories.make_item(business, text="At first")
    response = page.post(url("edit", business, item.pk), typed())
    assert response.status_code == 422
    assert Item.objects.get().text == "At first"


def test_what_went_out_is_not_edited(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.PUBLISHED, text="At first")
    response = page.post(url("edit", business, item.pk), typed(version=1))
    assert response.headers["Location"] == reverse("publishing:item", args=[business.slug, item.pk])
    assert Item.objects.get().text == "At first"


def test_a_contributor_is_told_that_the_approval_is_gone(
    contributor: User, sign_in: SignIn, business: Business, channel: Connection
) -> None:
    item = factories.make_item(business, status=Status.APPROVED, channels=[channel])
    response = sign_in(contributor).post(
        url("edit", business, item.pk),
        edited(sign_in(contributor), business, item, title="Autumn", text="Leaves"),
        follow=True,
    )
    assert messages(response) == [
        "It was approved before your change, so it is a draft again. Submit it anew.",
        "“Autumn” is saved.",
    ]


def test_an_item_knows_for_whom_of_what_and_who_reviews_it(
    page: Client, business: Business, owner: User
) -> None:
    persona = business.personas.create(name="Katja Novak")
    product = business.products.create(name="Pine candle")
    page.post(
        url("new", business),
        typed(persona=persona.pk, product=product.pk, reviewer=owner.pk, tags="wax,  Wax, gift"),
    )
    item = business.items.get()
    assert (item.persona, item.product, item.reviewer, item.tags) == (
        persona,
        product,
        owner,
        "wax, gift",
    )
    assert list(business.items.matching(q="gift")) == [item]
    assert list(business.items.matching(q="gone")) == []


def test_only_who_may_approve_is_a_reviewer_and_nothing_of_others_is_taken(
    page: Client, business: Business, contributor: User, stranger: User
) -> None:
    theirs = stranger.memberships.get().business
    sent = typed(
        reviewer=contributor.pk,
        persona=theirs.personas.create(name="Not ours").pk,
        product=theirs.products.create(name="Not ours").pk,
    )
    assert set(errors(page.post(url("new", business), sent))) == {"reviewer", "persona", "product"}


def test_an_archived_product_stays_with_its_item(page: Client, business: Business) -> None:
    product = business.products.create(name="Old candle", archived_at=timezone.now())
    item = factories.make_item(business, product=product)
    page.post(
        url("edit", business, item.pk), edited(page, business, item, product=product.pk, text="New")
    )
    item.refresh_from_db()
    assert (item.product, item.text) == (product, "New")

"""Links that tell clicks apart, and short ones that lead nowhere else."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.actions.shortening import count, shorten
from waypost.content.links import is_tagged, tagged, word
from waypost.content.models import Item, LinkDay, LinkRule, ShortLink
from waypost.content.posts import post_for
from waypost.tests import factories

TAGS = {"utm_source": "Instagram", "utm_medium": "paid_social", "utm_campaign": "Autumn  Sale"}
PERSON = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


@pytest.fixture
def x(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://a.si", "https://a.si?"),
        ("https://a.si/b?c=1&d=%20e#f", "https://a.si/b?c=1&d=%20e&#f"),
        ("https://a.si/?utm_source=old&UTM_Medium=x&q=ž", "https://a.si/?q=ž&"),
    ],
)
def test_tags_stand_last_in_the_query_and_before_the_fragment(url: str, wanted: str) -> None:
    tags = "utm_source=instagram&utm_medium=paid_social&utm_campaign=autumn_sale"
    before, hash_, fragment = wanted.partition("#")
    assert tagged(url, TAGS) == f"{before}{tags}{hash_}{fragment}"


@pytest.mark.parametrize("url", ["mailto:a@b.si", "javascript:alert(1)", "/cart", "", "https://"])
def test_only_addresses_of_the_web_are_tagged(url: str) -> None:
    assert tagged(url, TAGS) == url


@given(st.text(max_size=20), st.text(max_size=200))
def test_tagging_twice_is_tagging_once_and_every_word_arrives(query: str, said: str) -> None:
    url = "https://a.si/b?" + query.replace("#", "")
    once = tagged(url, {"utm_source": "x", "utm_content": said})
    assert tagged(once, {"utm_source": "x", "utm_content": said}) == once
    found = dict(parse_qsl(urlsplit(once).query, errors="strict"))
    assert (found["utm_source"], found.get("utm_content", "")) == ("x", word(said))
    assert is_tagged(once)


def test_each_channel_gets_its_own_tags_when_the_post_goes_out(
    business: Business, x: Connection
) -> None:
    initiative = factories.make_initiative(factories.make_goal(business), title="Autumn sale")
    item = factories.make_item(
        business, channels=[x], title="New Candles", link="https://svit.si/a", initiative=initiative
    )
    assert post_for(item.variants.get()).link == "https://svit.si/a"
    LinkRule.objects.create(business=business)
    item = Item.objects.get()
    assert post_for(item.variants.get()).link == (
        "https://svit.si/a?utm_source=x&utm_medium=social&utm_campaign=autumn_sale"
        f"&utm_content={item.pk}_new_candles"
    )


def test_only_links_to_your_own_sites_are_tagged(business: Business, x: Connection) -> None:
    LinkRule.objects.create(business=business, sites="svit.si")
    links = ["https://www.svit.si/", "https://shop.svit.si/", "https://notsvit.si/", "https://si/"]
    items = [factories.make_item(business, channels=[x], link=link) for link in links]
    out = [post_for(item.variants.get()).link for item in items]
    assert [is_tagged(link) for link in out] == [True, True, False, False]


def test_a_rule_is_written_once_and_tidied(page: Client, business: Business) -> None:
    address = reverse("content:link_rule", args=[business.slug])
    sent = {
        "active": "on",
        "source": "{network}",
        "medium": "social",
        "sites": "https://Svit.si/a, ",
    }
    page.post(address, sent)
    page.post(address, {**sent, "medium": "paid_social"})
    rule = LinkRule.objects.get()
    assert (rule.medium, rule.sites, rule.active) == ("paid_social", "svit.si", True)
    assert page.post(address, {**sent, "source": " "}).status_code == 422


def shortened(business: Business, x: Connection, owner: User) -> tuple[Item, ShortLink]:
    LinkRule.objects.create(business=business, shortens=True)
    draft = actions.Draft(title="A", link="https://svit.si/a", channels=[actions.ChannelDraft(x)])
    item = actions.write(business, draft=draft, by=owner)
    return item, item.short_links.get()


def test_a_short_link_goes_out_and_leads_to_the_tagged_one(
    business: Business, x: Connection, owner: User
) -> None:
    item, link = shortened(business, x, owner)
    assert post_for(item.variants.get()).link == link.address
    answer = Client().get(f"/l/{link.code}", headers={"User-Agent": PERSON})
    assert (answer.status_code, answer.headers["Location"]) == (302, link.target)
    assert link.target.startswith("https://svit.si/a?utm_source=x&")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert [day.clicks for day in LinkDay.objects.all()] == [1]


def test_another_link_keeps_its_short_address(
    business: Business, x: Connection, owner: User
) -> None:
    item, link = shortened(business, x, owner)
    item.link = "https://svit.si/b"
    shorten(item)
    now = item.short_links.get()
    assert (now.code, "svit.si/b" in now.target) == (link.code, True)


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "curl/8.0", "facebookexternalhit/1.1"])
def test_machines_are_led_there_and_not_counted(
    business: Business, x: Connection, owner: User, agent: str
) -> None:
    _item, link = shortened(business, x, owner)
    assert Client().get(f"/l/{link.code}", headers={"User-Agent": agent}).status_code == 302
    assert Client().head(f"/l/{link.code}", headers={"User-Agent": PERSON}).status_code == 302
    assert LinkDay.objects.count() == 0


def test_clicks_of_a_day_are_one_number(business: Business, x: Connection, owner: User) -> None:
    _item, link = shortened(business, x, owner)
    for _n in range(3):
        count(link, agent=PERSON)
    assert [(day.clicks) for day in link.days.all()] == [3]
    assert {field.name for field in LinkDay._meta.get_fields()} == {"id", "link", "date", "clicks"}


@pytest.mark.parametrize("target", ["javascript:alert(1)", "//evil.example", "data:text/html,x"])
def test_a_code_leads_nowhere_but_to_a_stored_address_of_the_web(
    business: Business, x: Connection, owner: User, target: str
) -> None:
    _item, link = shortened(business, x, owner)
    assert Client().get("/l/nothing", {"to": "https://evil.example"}).status_code == 404
    ShortLink.objects.update(target=target)
    assert Client().get(f"/l/{link.code}").status_code == 404


def test_the_page_says_what_becomes_of_links(page: Client, business: Business) -> None:
    address = reverse("content:new", args=[business.slug])
    before: Any = page.get(address)
    LinkRule.objects.create(business=business)
    after: Any = page.get(address)
    assert (before.context["script"]["tags_links"], after.context["script"]["tags_links"]) == (
        False,
        True,
    )


def test_the_page_of_a_post_shows_the_clicks_of_its_short_links(
    page: Client, business: Business, x: Connection, owner: User
) -> None:
    item, link = shortened(business, x, owner)
    address = reverse("publishing:item", args=[business.slug, item.pk])
    for agent in ("Firefox", "Firefox", "Googlebot"):
        count(link, agent=agent)
    [shown] = page.get(address).context["short_links"]
    assert (shown.pk, shown.clicks) == (link.pk, 2)
    other = factories.make_item(business)
    address = reverse("publishing:item", args=[business.slug, other.pk])
    assert "Clicks on its link" not in page.get(address).content.decode()


def test_the_script_of_the_composer_knows_what_a_rule_adds(
    page: Client, business: Business, x: Connection
) -> None:
    address = reverse("content:new", args=[business.slug])
    [bare] = page.get(address).context["script"]["channels"]
    assert (bare["tags"], bare["sites"]) == ([], [])
    LinkRule.objects.create(business=business, sites="www.shop.example, ")
    [told] = page.get(address).context["script"]["channels"]
    assert told["tags"][1:] == [["utm_medium", "social"], ["utm_content", "post_post"]]
    assert told["sites"] == ["shop.example"]

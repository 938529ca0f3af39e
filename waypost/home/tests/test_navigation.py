"""The frame around every page: where one can go, and where one is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.tests.factories import make_business, make_member

SignIn = Callable[[User], Client]


def frame(browser: Client, business: Business, name: str = "home:today") -> Any:
    return browser.get(reverse(name, args=[business.slug])).context


def labels(context: Any) -> dict[str, list[str]]:
    return {
        str(group["label"]): [str(item["label"]) for item in group["items"]]
        for group in context["navigation"]()
    }


def test_the_owner_sees_every_place(page: Client, business: Business) -> None:
    assert labels(frame(page, business)) == {
        "Today": ["Today", "My day"],
        "Plan": ["Strategy", "Market", "Products", "Channels", "Goals", "Roadmap", "Budget"],
        "Create": ["Calendar", "Posts", "Ideas", "Library"],
        "Measure": ["Numbers", "Numbers of a month", "Reports"],
        "Team": ["Board", "People", "Roles", "Away", "Workload", "Changes"],
        "Settings": ["Accounts at networks", "Links of posts", "Tools", "Business"],
    }


def test_a_viewer_sees_no_settings_and_nothing_to_make(
    business: Business, viewer: User, sign_in: SignIn
) -> None:
    context = frame(sign_in(viewer), business)
    assert labels(context)["Settings"] == ["Accounts at networks", "Tools"]
    assert context["new_menu"]() == []
    assert [str(item["label"]) for item in context["phone_navigation"]()] == [
        "Today",
        "Calendar",
        "Board",
        "Numbers",
    ]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("home:today", "Today"),
        ("connections:list", "Accounts at networks"),
        ("connections:choose", "Accounts at networks"),
        ("accounts:people", "People"),
        ("accounts:add", "People"),
        ("accounts:hats_edit", "Roles"),
        ("market:product_new", "Products"),
        ("market:setup", "Channels"),
        ("market:tool_new", "Tools"),
        ("accounts:business", "Business"),
        ("content:exchange", "Calendar"),
        ("content:queue", "Calendar"),
        ("content:slots", "Calendar"),
        ("content:texts", "Ideas"),
        ("content:link_rule", "Links of posts"),
    ],
)
def test_one_place_is_marked_as_the_present_one(
    page: Client, business: Business, name: str, place: str
) -> None:
    groups = frame(page, business, name)["navigation"]()
    here = [str(item["label"]) for group in groups for item in group["items"] if item["current"]]
    assert here == [place]


def test_own_businesses_can_be_switched(
    page: Client, business: Business, owner: User, stranger: User
) -> None:
    second = make_business(owner=owner, name="Bakery")
    assert frame(page, business)["businesses"]() == [
        {"label": "Bakery", "url": f"/b/{second.slug}/", "current": False},
        {"label": "Candle shop", "url": f"/b/{business.slug}/", "current": True},
    ]


def test_outside_of_a_business_there_is_no_frame(page: Client, business: Business) -> None:
    context = page.get(reverse("home:create_business")).context
    assert "navigation" not in context


def test_a_refused_colleague_keeps_the_way_back(business: Business, sign_in: SignIn) -> None:
    colleague = make_member(business, "editor").user
    answer = sign_in(colleague).get(reverse("accounts:business", args=[business.slug]))
    assert answer.status_code == 403

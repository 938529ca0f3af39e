"""Links that show the roadmap to somebody without an account."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.goals.actions import sharing
from waypost.goals.models import Goal, RoadmapLink
from waypost.kit.tokens import fingerprint
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def goal(business: Business) -> Goal:
    goal = factories.make_goal(business, title="More readers", why="A secret reason")
    factories.make_initiative(goal, title="Write texts", resources="A secret budget")
    return goal


@pytest.fixture
def token(business: Business, owner: User, goal: Goal) -> str:
    return sharing.create_link(business, days=7, by=owner)[1]


def opened(token: str) -> str:
    return reverse("shared_roadmap", args=[token])


def links_url(business: Business) -> str:
    return reverse("goals:roadmap_links", args=[business.slug])


def test_only_the_hash_of_a_token_is_kept(business: Business, token: str) -> None:
    link = RoadmapLink.objects.get()
    assert link.token_hash == fingerprint(token)
    assert token not in str(RoadmapLink.objects.values_list())


def test_a_link_lasts_a_week_a_month_or_a_quarter(business: Business, owner: User) -> None:
    link, _token = sharing.create_link(business, days=90, by=owner)
    assert round((link.expires_at - timezone.now()) / dt.timedelta(days=1)) == 90
    with pytest.raises(ValueError, match="365"):
        sharing.create_link(business, days=365, by=owner)


def test_whoever_holds_the_link_sees_the_roadmap_and_nothing_else(
    business: Business, token: str
) -> None:
    answer = Client().get(opened(token))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Write texts" in text
    assert "Roadmap of Candle shop" in text
    for hidden in ("secret", f"/b/{business.slug}", "sidebar", "csrfmiddlewaretoken", "@example"):
        assert hidden not in text


def test_the_page_is_kept_out_of_search_engines_and_caches(token: str) -> None:
    answer = Client().get(opened(token))
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()


def test_the_page_speaks_the_language_of_the_business(business: Business, token: str) -> None:
    business.language = "sl"
    business.save()
    assert '<html lang="sl">' in Client().get(opened(token)).content.decode()


def test_the_page_of_a_member_who_follows_the_link_is_the_same(
    token: str, owner: User, sign_in: SignIn
) -> None:
    text = sign_in(owner).get(opened(token)).content.decode()
    assert "/move/" not in text
    assert "sidebar" not in text


def test_the_scale_can_be_chosen(token: str) -> None:
    answer = Client().get(opened(token) + "?scale=quarters")
    assert answer.context["scale"] == "quarters"
    assert answer.context["drawing"]["editable"] is False


def test_a_post_through_the_link_is_refused(token: str) -> None:
    assert Client().post(opened(token)).status_code == 405


@pytest.mark.parametrize("why", ["expired", "revoked", "unknown"])
def test_a_link_that_is_over_says_so(token: str, why: str) -> None:
    if why == "expired":
        RoadmapLink.objects.update(expires_at=timezone.now())
    if why == "revoked":
        sharing.revoke(RoadmapLink.objects.get())
    answer = Client().get(opened(f"{token}x" if why == "unknown" else token))
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "It has expired, was withdrawn, or was not copied whole." in text
    assert "Candle shop" not in text


def test_a_new_link_is_shown_once_and_works(page: Client, business: Business, goal: Goal) -> None:
    answer = page.post(links_url(business), {"days": "30"})
    address = answer.context["address"]
    assert Client().get(address).status_code == 200
    assert address not in page.get(links_url(business)).content.decode()
    assert [str(link.created_by) for link in sharing.active_links(business)] == ["Olga Owner"]


def test_a_wrong_length_is_refused_beside_the_field(page: Client, business: Business) -> None:
    answer = page.post(links_url(business), {"days": "365"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["days"]
    assert not RoadmapLink.objects.exists()


def test_only_links_that_work_are_listed(page: Client, business: Business, owner: User) -> None:
    kept, _token = sharing.create_link(business, days=7, by=owner)
    old, _token = sharing.create_link(business, days=7, by=owner)
    RoadmapLink.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    sharing.revoke(sharing.create_link(business, days=7, by=owner)[0])
    assert list(page.get(links_url(business)).context["links"]) == [kept]


def test_a_withdrawn_link_opens_nothing(page: Client, business: Business, token: str) -> None:
    link = RoadmapLink.objects.get()
    page.post(reverse("goals:roadmap_link_revoke", args=[business.slug, link.pk]))
    assert Client().get(opened(token)).status_code == 404


def test_an_editor_may_share_but_a_contributor_may_not(
    business: Business, editor: User, contributor: User, sign_in: SignIn
) -> None:
    assert sign_in(editor).post(links_url(business), {"days": "7"}).status_code == 200
    assert sign_in(contributor).post(links_url(business), {"days": "7"}).status_code == 403
    assert RoadmapLink.objects.count() == 1


def test_a_link_of_another_business_cannot_be_withdrawn(
    business: Business, token: str, stranger: User, sign_in: SignIn
) -> None:
    theirs = stranger.memberships.get().business
    link = RoadmapLink.objects.get()
    address = reverse("goals:roadmap_link_revoke", args=[theirs.slug, link.pk])
    assert sign_in(stranger).post(address).status_code == 404
    assert Client().get(opened(token)).status_code == 200

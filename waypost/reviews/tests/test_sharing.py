"""Links that show one report to somebody without an account."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.tokens import fingerprint
from waypost.reviews import actions
from waypost.reviews.models import Report, ReportLink
from waypost.reviews.tests.world import rich
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def nobody_has_guessed_yet() -> None:
    cache.clear()


@pytest.fixture
def token(report: Report, owner: User) -> str:
    return actions.create_link(rich(report), days=7, by=owner)[1]


def opened(token: str) -> str:
    return reverse("shared_report", args=[token])


def links_url(report: Report) -> str:
    return reverse("reviews:links", args=[report.business.slug, report.pk])


def test_only_the_hash_of_a_token_is_kept(token: str) -> None:
    link = ReportLink.objects.get()
    assert link.token_hash == fingerprint(token)
    assert token not in str(ReportLink.objects.values_list())


def test_a_link_lasts_a_week_a_month_or_a_quarter(report: Report, owner: User) -> None:
    link, _token = actions.create_link(report, days=90, by=owner)
    assert link.expires_at - timezone.now() == dt.timedelta(days=90)
    with pytest.raises(ValueError, match="365"):
        actions.create_link(report, days=365, by=owner)


def test_whoever_holds_the_link_reads_the_report_and_nothing_else(
    business: Business, token: str
) -> None:
    answer = Client().get(opened(token))
    assert answer.status_code == 200
    text = answer.content.decode()
    for shown in ("The German account grew.", "15,340", "861.50", "Draft"):
        assert shown in text
    for hidden in (f"/b/{business.slug}", "sidebar", "csrfmiddlewaretoken", "@example"):
        assert hidden not in text


def test_readers_see_what_was_signed_and_not_what_is_being_written(
    report: Report, owner: User, token: str
) -> None:
    actions.sign(report, by=owner)
    actions.answer(report, {"result": "A secret of next month"}, by=owner)
    text = Client().get(opened(token)).content.decode()
    assert "Version 1, signed by Olga Owner" in text
    assert "A secret of next month" not in text


def test_the_page_is_kept_out_of_search_engines_and_caches(token: str) -> None:
    for address in (opened(token), reverse("shared_report_file", args=[token])):
        answer = Client().get(address)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    page = Client().get(opened(token)).content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in page


def test_the_pdf_comes_through_the_same_link(token: str) -> None:
    answer = Client().get(reverse("shared_report_file", args=[token]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="report-2026-09.pdf"'


def test_the_page_speaks_the_language_of_the_business(business: Business, token: str) -> None:
    business.language = "sl"
    business.save()
    assert '<html lang="sl"' in Client().get(opened(token)).content.decode()


@pytest.mark.parametrize("why", ["expired", "revoked", "unknown"])
def test_a_link_that_is_over_says_so(token: str, why: str) -> None:
    if why == "expired":
        ReportLink.objects.update(expires_at=timezone.now())
    if why == "revoked":
        actions.revoke_link(ReportLink.objects.get())
    asked = f"{token}x" if why == "unknown" else token
    answer = Client().get(opened(asked))
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "It has expired, was withdrawn, or was not copied whole." in text
    assert "Candle shop" not in text
    assert Client().get(reverse("shared_report_file", args=[asked])).status_code == 404


def test_nobody_guesses_on_and_on(token: str) -> None:
    visitor = Client()
    for number in range(30):
        visitor.get(opened(f"wrong{number}"))
    assert visitor.get(opened(token)).status_code == 404


def test_a_post_through_the_link_is_refused(token: str) -> None:
    assert Client().post(opened(token)).status_code == 405


def test_a_new_link_is_shown_once_and_works(page: Client, report: Report) -> None:
    answer: Any = page.post(links_url(report), {"days": "30"})
    address = answer.context["address"]
    assert Client().get(address).status_code == 200
    later: Any = page.get(links_url(report))
    assert address not in later.content.decode()
    assert [str(link.created_by) for link in later.context["links"]] == ["Olga Owner"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_wrong_length_is_refused_beside_the_field(page: Client, report: Report) -> None:
    answer: Any = page.post(links_url(report), {"days": "365"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["days"])
    assert not ReportLink.objects.exists()


def test_a_withdrawn_link_opens_nothing_and_is_not_listed(
    page: Client, report: Report, token: str
) -> None:
    link = ReportLink.objects.get()
    page.post(reverse("reviews:link_revoke", args=[report.business.slug, link.pk]))
    assert Client().get(opened(token)).status_code == 404
    listed: Any = page.get(links_url(report))
    assert list(listed.context["links"]) == []


def test_an_editor_may_share_but_a_contributor_may_not(
    report: Report, editor: User, contributor: User, sign_in: SignIn
) -> None:
    assert sign_in(editor).get(links_url(report)).status_code == 200
    assert sign_in(contributor).get(links_url(report)).status_code == 403


def test_a_stranger_takes_no_link_back_and_makes_none(
    report: Report, token: str, sign_in: SignIn
) -> None:
    stranger = factories.make_user()
    other = factories.make_business(owner=stranger)
    browser, link = sign_in(stranger), ReportLink.objects.get()
    for slug in (report.business.slug, other.slug):
        revoke = reverse("reviews:link_revoke", args=[slug, link.pk])
        make = reverse("reviews:links", args=[slug, report.pk])
        assert browser.post(revoke).status_code == 404
        assert browser.post(make, {"days": "7"}).status_code == 404
    assert Client().get(opened(token)).status_code == 200
    assert ReportLink.objects.count() == 1

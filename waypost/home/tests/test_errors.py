"""What a person sees when something breaks, and what the operator reads."""

import errno
import logging

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.home import errors
from waypost.tests import factories


def answer_to(fault: BaseException) -> HttpResponse:
    """The page of a request that ended in ``fault``."""
    try:
        raise fault
    except type(fault):
        return errors.broken(RequestFactory().post("/b/shop/content/new/"))


def database_fault(words: str) -> OperationalError:
    return OperationalError(words)


@pytest.mark.parametrize(
    "fault",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        database_fault("database or disk is full"),
        database_fault('could not extend file "base/1/2": No space left on device'),
    ],
)
def test_a_full_disk_has_a_sentence_and_a_line_for_the_operator(
    fault: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        answer = answer_to(fault)
    assert answer.status_code == 507
    assert "disk is full" in answer.content.decode()
    assert "POST /b/shop/content/new/ was not saved" in caplog.text


def test_a_full_disk_is_seen_through_what_it_caused() -> None:
    wrapped = RuntimeError("saving failed")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert answer_to(wrapped).status_code == 507


@pytest.mark.parametrize(
    "fault", [ValueError("a bug"), database_fault("database is locked"), OSError(errno.EIO, "x")]
)
def test_any_other_fault_is_the_servers_own(fault: BaseException) -> None:
    answer = answer_to(fault)
    assert answer.status_code == 500
    assert "server's log" in answer.content.decode().replace("&#x27;", "'")


@pytest.mark.django_db
def test_a_page_that_breaks_answers_with_the_page_for_it(
    page: Client, business: Business, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the browser through every middleware, as a person meets it."""

    def full(*_: object, **__: object) -> None:
        raise database_fault("database or disk is full")

    goal = factories.make_goal(business)
    monkeypatch.setattr(type(goal), "standing", full)
    page.raise_request_exception = False
    answer = page.get(reverse("goals:goal", args=[business.slug, goal.pk]))
    assert answer.status_code == 507


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_says_so(page: Client) -> None:
    answer = page.get("/nowhere/")
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()

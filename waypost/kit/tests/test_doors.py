"""Pages for somebody who has a secret address and no account."""

import pytest
from django.http import HttpResponse
from django.utils import translation

from waypost.kit.doors import LASTS, PRIVATE, LinkForm, check_days, private


def test_a_private_answer_is_neither_kept_nor_found_nor_told_on() -> None:
    assert {name: private(HttpResponse()).headers[name] for name in PRIVATE} == {
        "X-Robots-Tag": "noindex, nofollow",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }


def test_one_header_may_differ() -> None:
    answer = private(HttpResponse(), Cache_Control="private, no-cache")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert private(HttpResponse()).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("days", LASTS)
def test_what_the_form_offers_is_allowed(days: int) -> None:
    form = LinkForm({"days": str(days)})
    assert form.is_valid()
    assert form.cleaned_data["days"] == days
    check_days(days)


@pytest.mark.parametrize("days", [0, -7, 8, 365])
def test_anything_else_is_not(days: int) -> None:
    assert not LinkForm({"days": str(days)}).is_valid()
    with pytest.raises(ValueError, match=str(days)):
        check_days(days)


def test_days_are_counted_in_the_language_of_the_page() -> None:
    with translation.override("sl"):
        assert "7 dni" in str(LinkForm()["days"])

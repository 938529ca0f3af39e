"""The pages on which a file of numbers is brought in, and the command that does the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.documents.kinds import BadFile, ImportResult
from waypost.insights.import_command import NUMBERS
from waypost.insights.models import NumbersMemory, Reading
from waypost.tests import factories

SignIn = Callable[[User], Client]
TIKTOK = "Date,Video Views,Profile Views,Likes,Comments,Shares\n2026-09-01,800,12,40,2,1\n"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(business: Business) -> Connection:
    return factories.make_connection(business, handle="our.page")


def test_the_command_takes_what_can_be_known_for_sure(
    business: Business, page: Connection, tmp_path: Path
) -> None:
    path = tmp_path / "tiktok.csv"
    path.write_text(TIKTOK)
    assert NUMBERS.read(business, path, True) == ImportResult(added=4)
    assert not Reading.objects.exists()
    assert NUMBERS.read(business, path, False) == ImportResult(added=4)
    assert NUMBERS.read(business, path, False) == ImportResult(unchanged=4)
    factories.make_connection(business)
    NumbersMemory.objects.all().delete()
    with pytest.raises(BadFile, match="Say of which channel the numbers are"):
        NUMBERS.read(business, path, False)


def url(business: Business, name: str = "import") -> str:
    return reverse(f"insights:{name}", args=[business.slug])


def upload(text: str, name: str = "numbers.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def sent(answer: Any, **changes: Any) -> dict[str, Any]:
    """What the browser sends from the page that shows the columns."""
    form = answer.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, "held": answer.context["held"], **changes}


def test_a_file_is_shown_then_brought_in(
    sign_in: SignIn, owner: User, business: Business, page: Connection
) -> None:
    browser = sign_in(owner)
    looked = browser.post(url(business), upload(TIKTOK))
    assert looked.context["plan"].recorded.added == 4
    assert not Reading.objects.exists()
    text = looked.content.decode()
    assert "4 numbers: 4 new, 0 replaced, 0 as before." in text
    done = browser.post(url(business, "import_bring"), sent(looked, accept="1"), follow=True)
    assert done.redirect_chain[0][0] == f"{url(business, 'numbers')}?month=2026-09"
    assert Reading.objects.get(metric="views").by == owner
    assert "4 numbers are in: 4 new, 0 replaced, 0 as before." in done.content.decode()


def test_what_is_not_known_is_asked_beside_its_field(
    sign_in: SignIn, owner: User, business: Business, page: Connection
) -> None:
    factories.make_connection(business)
    browser = sign_in(owner)
    looked = browser.post(url(business), upload(TIKTOK))
    assert looked.context["plan"] is None
    assert "Say of which channel the numbers are." in looked.content.decode()
    answer = browser.post(url(business, "import_bring"), sent(looked))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"channel": ["Say of which channel the numbers are."]}
    both = browser.post(url(business, "import_bring"), sent(looked, column_1="likes"))
    assert both.context["form"].errors == {
        "column_1": ["Two columns cannot mean the same."],
        "column_3": ["Two columns cannot mean the same."],
    }


def test_a_file_that_cannot_be_read_is_told_beside_it(
    sign_in: SignIn, owner: User, business: Business
) -> None:
    answer = sign_in(owner).post(url(business), upload("just words\n"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"][0].startswith("No table was found")


def test_a_file_of_another_business_is_not_taken(
    sign_in: SignIn, owner: User, business: Business, page: Connection
) -> None:
    browser = sign_in(owner)
    looked = browser.post(url(business), upload(TIKTOK))
    theirs = factories.make_business(owner=owner)
    factories.make_connection(theirs)
    browser.post(url(theirs, "import_bring"), sent(looked, accept="1"))
    assert not Reading.objects.exists()


def test_a_viewer_cannot_import_and_a_stranger_finds_nothing(
    sign_in: SignIn, viewer: User, stranger: User, business: Business
) -> None:
    assert sign_in(viewer).post(url(business), upload(TIKTOK)).status_code == 403
    assert sign_in(stranger).post(url(business), upload(TIKTOK)).status_code == 404

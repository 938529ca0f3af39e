"""Totals of posts out of files: each row finds its post, and nothing is doubled or guessed."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Status as ItemStatus
from waypost.documents.kinds import BadFile, ImportResult
from waypost.insights.import_command import NUMBERS
from waypost.insights.models import PostSnapshot, Source
from waypost.insights.post_files import read_posts
from waypost.insights.post_imports import (
    PostPlan,
    bring_posts,
    first_choices,
    usual_day,
    what_lacks,
)
from waypost.insights.tests.post_exports import FILES, META, PINTEREST, TIKTOK, YOUTUBE
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

SignIn = Callable[[User], Client]
REEL = "Kako nastane sveča – 30 sekund iz dimnice. Brez parafina, brez dišavnih olj."
SIGNS = "Pet znakov, da je vosek pristen"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2026-10-12T10:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def page(business: Business) -> Connection:
    return factories.make_connection(business, handle="svit")


def publish(page: Connection, day: int, text: str, **fields: Any) -> Delivery:
    at = datetime(2026, 9, day, 16, 30, tzinfo=UTC)
    item = factories.make_item(
        page.business,
        title=f"Post {day}",
        text=text,
        status=ItemStatus.PUBLISHED,
        due_at=at,
        channels=[page],
    )
    return factories.make_delivery(item, page, status=Status.PUBLISHED, published_at=at, **fields)


@pytest.fixture
def reel(page: Connection) -> Delivery:
    return publish(page, 3, REEL)


@pytest.fixture
def signs(page: Connection) -> Delivery:
    return publish(page, 15, SIGNS)


def take(business: Business, text: str, *, dry_run: bool = False, **said: Any) -> PostPlan:
    posts = read_posts(text.encode(), "posts.csv")
    assert posts is not None
    first = first_choices(business, posts, "posts.csv")
    choices = type(first)(**{**vars(first), **said})
    assert what_lacks(choices) == ""
    return bring_posts(business, posts, choices, dry_run=dry_run)


def kept(delivery: Delivery) -> dict[str, int]:
    snapshot = delivery.snapshots.latest("taken_at")
    told = {key: getattr(snapshot, key) for key in ("likes", "comments", "views", "saves")}
    return {key: value for key, value in told.items() if value is not None}


def found(plan: PostPlan) -> list[tuple[int, str, str]]:
    return [(each.row, each.delivery.item.title, each.how) for each in plan.found]


@pytest.mark.parametrize("tool", FILES)
def test_each_networks_export_finds_its_posts_by_what_they_say(
    tool: str, business: Business, reel: Delivery, signs: Delivery
) -> None:
    plan = take(business, FILES[tool])
    assert [each[1:] for each in found(plan)] == [("Post 3", "text"), ("Post 15", "text")]
    assert (plan.unmatched, plan.errors, plan.recorded.added) == ([], [], 2)
    likes = {"Pinterest": None}.get(tool, 301)
    assert kept(reel).get("likes") == likes


def test_an_address_goes_before_the_text(business: Business, page: Connection) -> None:
    url = "http://instagram.com/p/DAbc123xyz?igsh=abc"
    other = publish(page, 20, "Nothing alike", remote_url=url)
    assert found(take(business, META))[:1] == [(2, "Post 20", "address")]
    assert kept(other) == {"likes": 301, "comments": 26, "views": 4100, "saves": 44}


@pytest.mark.parametrize(
    ("text", "remote_id"),
    [
        (META, "17990001112223334"),
        (META, "178414_17990001112223334"),
        (TIKTOK, "7400000000000000001"),
        (YOUTUBE, "dQabc123xyz"),
        (PINTEREST, "9123456789012345"),
    ],
)
def test_the_networks_id_finds_the_post_alone_or_in_the_address(
    text: str, remote_id: str, business: Business, page: Connection
) -> None:
    publish(page, 20, "Nothing alike", remote_id=remote_id)
    assert [each[1:] for each in found(take(business, text))] == [("Post 20", "id")]


def test_a_row_without_words_is_found_by_its_minute(business: Business, reel: Delivery) -> None:
    text = (
        "Post ID,Publish time,Likes\nunknown-1,2026-09-03 18:31,12\nunknown-2,2026-09-03 18:40,9\n"
    )
    plan = take(business, text)
    assert found(plan) == [(2, "Post 3", "time")]  # 16:30 in UTC is 18:30 in Ljubljana
    assert [(each.row, each.message) for each in plan.unmatched] == [
        (3, "unknown-2: No post of yours fits.")
    ]


def test_the_same_words_on_another_day_are_another_post(
    business: Business, page: Connection, reel: Delivery
) -> None:
    again = publish(page, 24, REEL)
    take(business, TIKTOK)
    assert kept(reel)["likes"] == 301
    assert not again.snapshots.exists()


def test_a_clock_of_another_continent_moves_a_post_by_a_day_and_no_more(
    business: Business, page: Connection
) -> None:
    publish(page, 4, REEL)
    late = publish(page, 17, SIGNS)
    plan = take(business, TIKTOK)
    assert found(plan) == [(2, "Post 4", "text")]
    assert [each.message for each in plan.unmatched] == [f"{SIGNS}: No post of yours fits."]
    assert not late.snapshots.exists()


def test_what_fits_two_channels_is_asked_and_not_guessed(
    business: Business, page: Connection, reel: Delivery
) -> None:
    other = factories.make_connection(business, handle="svit.de")
    theirs = publish(other, 3, REEL)
    plan = take(business, TIKTOK, channel="")
    assert plan.unmatched[0].message == (
        "Kako nastane sveča – 30 sekund iz dimnice: It fits several posts. "
        "Say of which channel the file is."
    )
    take(business, TIKTOK, channel=f"a{other.pk}")
    assert (kept(theirs)["likes"], reel.snapshots.exists()) == (301, False)


def test_a_column_may_say_the_channel(business: Business, page: Connection, reel: Delivery) -> None:
    publish(factories.make_connection(business, handle="svit.de"), 3, REEL)
    assert found(take(business, META, channel=""))[:1] == [(2, "Post 3", "text")]


def test_a_file_brought_in_twice_doubles_nothing(
    business: Business, reel: Delivery, signs: Delivery
) -> None:
    take(business, META)
    again = take(business, META)
    assert (again.recorded.added, again.recorded.unchanged) == (0, 2)
    changed = take(business, META.replace(",301,", ",305,"))
    assert (changed.recorded.changed, changed.recorded.unchanged) == (1, 1)
    assert PostSnapshot.objects.count() == 2
    assert kept(reel)["likes"] == 305


def test_two_rows_about_one_post_are_told_and_the_last_counts(
    business: Business, reel: Delivery
) -> None:
    row = META.splitlines()[1]
    text = f"{META.splitlines()[0]}\n{row}\n{row.replace(',301,', ',9,')}\n"
    plan = take(business, text, order="mdy")
    assert [(each.row, each.message) for each in plan.notes] == [
        (3, "“Post 3” stands in the file twice; the last one counts.")
    ]
    assert (plan.recorded.added, kept(reel)["likes"]) == (1, 9)


def test_a_dry_run_counts_and_leaves_all_as_it_was(business: Business, reel: Delivery) -> None:
    plan = take(business, META, dry_run=True)
    assert plan.recorded.added == 1
    assert (PostSnapshot.objects.count(), business.numbers_memories.count()) == (0, 0)


def test_bad_rows_are_told_by_their_number_and_the_others_come_in(
    business: Business, reel: Delivery
) -> None:
    text = META.replace(",188,", ",-4,").replace("09/15/2026 10:00", "09/15/2026 10:00")
    plan = take(business, text)
    assert [(each.row, each.message) for each in plan.errors] == [
        (3, "Likes cannot be below 0, and here stands -4.")
    ]
    assert kept(reel)["likes"] == 301


def test_an_empty_cell_takes_nothing_away(business: Business, reel: Delivery) -> None:
    take(business, META)
    take(business, META.replace(",301,", ",,"))
    assert kept(reel)["likes"] == 301


def test_the_totals_of_a_month_that_is_over_count_for_it(
    business: Business, reel: Delivery
) -> None:
    assert take(business, META).day == date(2026, 9, 30)
    assert reel.snapshots.get().taken_at < datetime(2026, 10, 1, tzinfo=UTC)
    assert usual_day([date(2026, 10, 3)]) == usual_day([]) == date(2026, 10, 12)


def test_a_post_of_another_business_is_never_found(business: Business, page: Connection) -> None:
    theirs = publish(factories.make_connection(factories.make_business()), 3, REEL)
    assert found(take(business, META)) == []
    assert not theirs.snapshots.exists()


def test_what_was_said_is_remembered_for_the_next_file_of_its_kind(
    business: Business, reel: Delivery
) -> None:
    posts = read_posts(META.encode(), "posts.csv")
    assert posts is not None
    meanings = tuple("" if each == "likes" else each for each in posts.guessed)
    take(business, META, meanings=meanings)
    assert first_choices(business, posts, "posts.csv").meanings == meanings


def test_the_command_takes_files_of_posts_too(
    business: Business, reel: Delivery, tmp_path: Path
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(META)
    done = NUMBERS.read(business, path, False)
    assert (done.added, done.errors, [each.row for each in done.left_out]) == (1, [], [3])
    assert NUMBERS.read(business, path, True) == ImportResult(unchanged=1, left_out=done.left_out)
    path.write_text("Post ID,Post time,Likes\n123456789,04/05/2026,7\n")
    with pytest.raises(BadFile, match="can be read in two ways"):
        NUMBERS.read(business, path, False)


def test_a_post_that_waypost_did_not_send_stops_no_command(
    business: Business, reel: Delivery, tmp_path: Path
) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(META)
    said, told = io.StringIO(), io.StringIO()
    words = ("import_file", "metrics", "--business", business.slug, str(path))
    call_command(*words, stdout=said, stderr=told)
    assert said.getvalue() == "Brought 1 new, 0 changed, 0 as before.\n"
    assert told.getvalue() == f"row 3 is left out: {SIGNS}: No post of yours fits.\n"
    assert kept(reel)["likes"] == 301


# --- on the page ---


def url(business: Business, name: str = "import") -> str:
    return reverse(f"insights:{name}", args=[business.slug])


def upload(text: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("posts.csv", text.encode())}


def sent(answer: Any, **changes: Any) -> dict[str, Any]:
    """What the browser sends from the page that shows the columns."""
    form = answer.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, "held": answer.context["held"], **changes}


def test_a_file_is_shown_then_brought_in(
    sign_in: SignIn, owner: User, business: Business, reel: Delivery
) -> None:
    browser = sign_in(owner)
    looked = browser.post(url(business), upload(META))
    text = looked.content.decode()
    assert "1 post: 1 new, 0 replaced, 0 as before." in text
    assert "No post was found for these rows" in text
    assert not PostSnapshot.objects.exists()
    done = browser.post(url(business, "import_posts"), sent(looked, accept="1"), follow=True)
    assert done.redirect_chain[0][0] == f"{url(business, 'posts')}?from=2026-09-01&to=2026-09-30"
    assert "The totals of 1 post are in: 1 new, 0 replaced, 0 as before." in done.content.decode()
    assert reel.snapshots.get().source == Source.IMPORTED


def test_what_is_wrong_is_told_beside_its_field(
    sign_in: SignIn, owner: User, business: Business, reel: Delivery
) -> None:
    browser = sign_in(owner)
    looked = browser.post(url(business), upload("Post ID,Post time,Likes\n1234567,04/05/2026,7\n"))
    assert looked.context["plan"] is None
    asked = browser.post(url(business, "import_posts"), sent(looked, day="2026-10-13"))
    assert asked.status_code == 422
    assert asked.context["form"].errors == {
        "day": ["This day is still to come."],
        "order": ["Days like 04/05/2026 can be read in two ways. Say which comes first."],
    }
    twice = browser.post(url(business, "import_posts"), sent(looked, order="dmy", column_0="likes"))
    assert twice.context["form"].errors["column_2"] == ["Two columns cannot mean the same."]


def test_a_file_of_another_business_is_not_taken(
    sign_in: SignIn, owner: User, business: Business, reel: Delivery
) -> None:
    browser = sign_in(owner)
    looked = browser.post(url(business), upload(META))
    theirs = factories.make_business(owner=owner)
    answer = browser.post(url(theirs, "import_posts"), sent(looked, accept="1"))
    assert answer.headers["Location"] == url(theirs)
    assert not PostSnapshot.objects.exists()

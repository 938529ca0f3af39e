"""Many rows at once: what is the same for all of them is asked once, and progress is told."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, HatHolder, User
from waypost.content.exchange import jobs
from waypost.content.exchange.bringing import bring
from waypost.content.models import CalendarImport, ImportState, LinkRule, Status
from waypost.content.tests.exchange_world import NOON, Shop
from waypost.flow import progress

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


def rows(count: int, link: str = "", price: str = "") -> str:
    lines = [
        f"2036-10-0{n % 9 + 1};{n % 24:02}:15;Facebook candles;Text {n}{price};{link};Scheduled"
        for n in range(count)
    ]
    return "\n".join(["Date;Time;Channel;Text;Link;Status", *lines])


def test_many_scheduled_rows_ask_once_who_may_decide(
    shop: Shop, django_assert_max_num_queries: Any
) -> None:
    with time_machine.travel(NOON, tick=False):
        plan = shop.plan(rows(30, link="https://shop.example/"))
        with django_assert_max_num_queries(30 * 2 + 25):  # the move and the log, for each
            assert bring(shop.business, plan, by=shop.owner) == []
    found = list(shop.business.items.values_list("status", flat=True))
    assert found == [Status.SCHEDULED] * 30


def test_asked_once_the_rules_hold_for_each_row(shop: Shop, editor: User) -> None:
    """The lead approves prices; the owner, who is not the lead here, brings the file."""
    lead = shop.business.members.get(user=editor)
    HatHolder.objects.create(business=shop.business, hat="lead", holder=lead)
    with time_machine.travel(NOON, tick=False):
        plan = shop.plan(rows(1) + "\n" + rows(1, price=" for 9.90 €").split("\n")[1])
        notes = bring(shop.business, plan, by=shop.owner)
    states = dict(shop.business.items.values_list("text", "status"))
    assert states == {"Text 0": Status.SCHEDULED, "Text 0 for 9.90 €": Status.DRAFT}
    assert ["the lead approves it" in note.message for note in notes] == [True]


def test_what_a_file_brings_gets_its_short_links(shop: Shop) -> None:
    LinkRule.objects.create(business=shop.business, shortens=True)
    with time_machine.travel(NOON, tick=False):
        shop.bring(rows(2, link="https://shop.example/a"))
    targets = shop.business.short_links.values_list("target", flat=True)
    assert [each.startswith("https://shop.example/a?utm_source=") for each in targets] == [
        True,
        True,
    ]


def test_a_worker_says_how_many_rows_it_has_checked(shop: Shop) -> None:
    job = jobs.keep(shop.business, name="plan.csv", content=rows(250).encode(), by=shop.owner)
    seen: list[tuple[Any, int, int]] = []
    jobs.start(job)
    with time_machine.travel(NOON, tick=False):
        plan = jobs._read(job, jobs.file_of(job), jobs.choices_of(job))
        job.refresh_from_db()
        seen.append((job.result["doing"], job.done, job.steps))
    assert (len(plan.posts), seen) == (250, [("rows", 200, 250)])


def test_the_page_says_how_many_rows_are_checked(shop: Shop, page: Client) -> None:
    job = jobs.keep(shop.business, name="plan.csv", content=b"Text\nOne\n", by=shop.owner)
    rows = CalendarImport.objects.filter(pk=job.pk)
    rows.update(status=ImportState.RUNNING, done=100, steps=1000, result={"doing": "rows"})
    address = reverse("content:import", args=[shop.business.slug, job.pk])
    assert "Row 100 of 1,000 is checked" in page.get(address).content.decode()


def test_while_posts_are_written_others_hear_how_many(
    shop: Shop, page: Client, monkeypatch: Any
) -> None:
    """The worker's transaction is not over yet, so the row alone could not tell."""
    job = jobs.keep(shop.business, name="plan.csv", content=rows(45).encode(), by=shop.owner)
    address = reverse("content:import", args=[shop.business.slug, job.pk])
    heard: list[tuple[int, int] | None] = []
    say = progress.say

    def said(name: str, done: int, steps: int) -> None:
        say(name, done, steps)
        heard.append(progress.heard(name))
        others = CalendarImport(status=ImportState.RUNNING, pk=job.pk, claim=name.split(":")[2])
        assert jobs.written(others) == (done, steps)

    monkeypatch.setattr(progress, "say", said)
    jobs.start(job)
    with time_machine.travel(NOON, tick=False):
        jobs.run(job.pk)
    assert heard == [(20, 45), (40, 45)]
    job.refresh_from_db()
    assert jobs.written(job) is None  # nothing is left of it
    assert "45 new" in page.get(address).content.decode()


def test_the_page_says_how_many_posts_are_written(shop: Shop, page: Client) -> None:
    job = jobs.keep(shop.business, name="plan.csv", content=b"Text\nOne\n", by=shop.owner)
    CalendarImport.objects.filter(pk=job.pk).update(
        status=ImportState.RUNNING, claim="abc", result={"doing": "posts"}
    )
    address = reverse("content:import", args=[shop.business.slug, job.pk])
    assert "The posts are being written." in page.get(address).content.decode()
    progress.say(f"import:{job.pk}:abc", 340, 1000)
    html = page.get(address).content.decode()
    progress.forget(f"import:{job.pk}:abc")
    assert "Post 340 of 1,000 is written" in html
    assert "Look again" in html  # a link, where there is no script

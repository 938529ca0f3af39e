"""From choosing a file to the posts in the calendar, as a person sees it."""

import io
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.content import work
from waypost.content.exchange import jobs
from waypost.content.exchange.bringing import Stumbled
from waypost.content.exchange.import_forms import FileForm
from waypost.content.exchange.rows import number_of
from waypost.content.models import CalendarImport, ImportState
from waypost.content.models.exchange import KEPT, LEASE
from waypost.content.tests.exchange_world import Shop
from waypost.documents.kinds import BadFile
from waypost.flow.engine import huey
from waypost.library.models import Asset
from waypost.providers.tests.fake_server import Answer, FakeServer, Request
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


@pytest.fixture
def browser(shop: Shop, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(shop.owner)


def send(browser: Client, shop: Shop, text: str | bytes, name: str = "plan.csv") -> Any:
    content = text.encode() if isinstance(text, str) else text
    upload = SimpleUploadedFile(name, content)
    return browser.post(reverse("content:send_file", args=[shop.business.slug]), {"file": upload})


def page_of(job: CalendarImport) -> str:
    return reverse("content:import", args=[job.business.slug, job.pk])


def shown(browser: Client, job: CalendarImport) -> str:
    return str(browser.get(page_of(job)).content.decode())


def start(browser: Client, job: CalendarImport, **data: str) -> None:
    browser.post(reverse("content:import_start", args=[job.business.slug, job.pk]), data)
    job.refresh_from_db()


def test_a_known_file_is_checked_at_once_and_imported_by_a_worker(
    browser: Client, shop: Shop
) -> None:
    answer = send(browser, shop, "Date,Title,Channel\n2026-10-12,One,Facebook\n")
    job = CalendarImport.objects.get()
    assert answer["Location"] == page_of(job)
    page = shown(browser, job)
    assert "1 new, 0 changed, 0 as before." in page
    assert not shop.business.items.exists()
    start(browser, job)
    assert job.status == ImportState.WAITING
    assert "Look again" in shown(browser, job)  # a link, where there is no script
    jobs.run(job.pk)
    assert [item.title for item in shop.business.items.all()] == ["One"]
    assert "The file is imported" in shown(browser, job)
    start(browser, job)  # pressed twice
    jobs.run(job.pk)
    assert shop.business.items.count() == 1


def test_unknown_headings_are_asked_about_and_remembered(browser: Client, shop: Shop) -> None:
    text = "Foo,Bar\n2026-10-12,One\n"
    send(browser, shop, text)
    job = CalendarImport.objects.get()
    page = shown(browser, job)
    assert "A few questions first" in page
    wrong = browser.post(page_of(job), {"column_0": "date", "column_1": ""})
    assert wrong.status_code == 422
    assert "Say which columns these are: Title or Text." in wrong.content.decode()
    twice = browser.post(page_of(job), {"column_0": "title", "column_1": "title"})
    assert "Two columns cannot both be this" in twice.content.decode()
    good = browser.post(page_of(job), {"column_0": "date", "column_1": "title"})
    assert "1 new" in good.content.decode()
    start(browser, job)
    jobs.run(job.pk)
    send(browser, shop, "Foo,Bar\n2026-10-13,Two\n")
    assert "1 new" in shown(browser, CalendarImport.objects.first())  # type: ignore[arg-type]


def test_an_unknown_channel_and_the_order_of_days_are_asked_about(
    browser: Client, shop: Shop
) -> None:
    send(browser, shop, "Date,Title,Channel\n1/2/2027,One,IG DE\n")
    job = CalendarImport.objects.get()
    page = shown(browser, job)
    assert "How is 1/2/2027 meant?" in page
    assert "IG DE" in page
    columns = {"column_0": "date", "column_1": "title", "column_2": "channel"}
    lacking = browser.post(page_of(job), columns)
    assert lacking.status_code == 422
    browser.post(page_of(job), {**columns, "order": "mdy", "channel_0": str(shop.pins.pk)})
    start(browser, job)
    jobs.run(job.pk)
    item = shop.business.items.get()
    assert f"{item.local_due:%Y-%m-%d}" == "2027-01-02"
    assert item.variants.get().connection == shop.pins


def test_faults_are_shown_by_row_and_offer_no_import(browser: Client, shop: Shop) -> None:
    send(browser, shop, "Date,Title\n2026-99-99,One\n")
    job = CalendarImport.objects.get()
    page = shown(browser, job)
    assert "1 row has a fault." in page
    assert reverse("content:import_start", args=[shop.business.slug, job.pk]) not in page
    start(browser, job)  # all the same
    jobs.run(job.pk)
    page = shown(browser, job)
    assert "Nothing was imported" in page
    assert "2026-99-99" in page
    assert not shop.business.items.exists()


def test_changes_are_shown_with_old_and_new(browser: Client, shop: Shop) -> None:
    item = shop.item(title="Old <b>title</b>")
    send(browser, shop, f"Number,Title\n{number_of(item)},New\n")
    page = shown(browser, CalendarImport.objects.get())
    assert "<del>Old &lt;b&gt;title&lt;/b&gt;</del> → New" in page


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        (b"", "plan.csv", "The submitted file is empty."),
        (b"\x00\x01\x02\x03", "plan.csv", "This is no XLSX file"),
        (b"x" * (5 * 1024 * 1024 + 1), "plan.csv", "The file is too large"),
        (b"Title,Text\n", "plan.csv", "no row below the headings"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    browser: Client, shop: Shop, content: bytes, name: str, complaint: str
) -> None:
    answer = send(browser, shop, content, name)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert not CalendarImport.objects.exists()


def test_only_a_bounded_part_of_a_huge_file_is_read(browser: Client, shop: Shop) -> None:
    class Endless(io.RawIOBase):
        read_in_all = 0

        def read(self, size: int = -1) -> bytes:
            assert size >= 0, "the whole file was asked for"
            self.read_in_all += size
            return b"a,b\n" * (size // 4 + 1)

    form_file: Any = SimpleUploadedFile("huge.csv", b"x")
    form_file.file = Endless()
    form_file.size = 100 * 1024 * 1024
    form = FileForm({}, cast(Any, {"file": form_file}))
    assert form.is_valid()
    with pytest.raises(BadFile, match="too large"):
        jobs.keep(shop.business, name="huge.csv", content=form.content(), by=shop.owner)


def test_a_viewer_takes_files_out_and_brings_none_in(
    shop: Shop, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(viewer).get(reverse("content:exchange", args=[shop.business.slug]))
    assert "Excel workbook" in page.content.decode()
    assert 'type="file"' not in page.content.decode()


# --- pictures ---


class Gallery(FakeServer):
    """One picture, and nothing else."""

    def answer(self, request: Request) -> Answer:
        if request.path == "/one.png":
            return Answer(body=factories.picture_bytes())
        return Answer(404)


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with Gallery() as server:
        yield server


def test_pictures_are_fetched_into_the_library(
    browser: Client, shop: Shop, gallery: Gallery
) -> None:
    address = f"{gallery.url}/one.png"
    send(browser, shop, f"Title,Image URL\nOne,{address}\nTwo,{address}\n")
    job = CalendarImport.objects.get()
    assert "1 picture will be fetched" in shown(browser, job)
    start(browser, job)
    jobs.run(job.pk)
    asset = Asset.objects.get()
    assert [item.pictures.get().asset for item in shop.business.items.all()] == [asset, asset]
    job.refresh_from_db()
    assert (job.done, job.steps) == (1, 1)


def test_a_picture_that_does_not_come_stops_everything_and_can_be_left_out(
    browser: Client, shop: Shop, gallery: Gallery
) -> None:
    text = f"Title,Picture\nOne,{gallery.url}/one.png\nTwo,{gallery.url}/gone.png\n"
    send(browser, shop, text)
    job = CalendarImport.objects.get()
    start(browser, job)
    jobs.run(job.pk)
    page = shown(browser, job)
    assert "gone.png cannot be fetched: the server answers 404" in page
    assert "Import without these pictures" in page
    assert (shop.business.items.count(), Asset.objects.count()) == (0, 0)
    job.refresh_from_db()
    start(browser, job, skip_pictures="yes")
    jobs.run(job.pk)
    assert (shop.business.items.count(), Asset.objects.count()) == (2, 0)


def test_a_private_address_is_refused(browser: Client, shop: Shop, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    send(browser, shop, "Title,Picture\nOne,https://127.0.0.1/secret.png\n")
    job = CalendarImport.objects.get()
    start(browser, job)
    jobs.run(job.pk)
    assert "is inside a private network" in shown(browser, job)
    assert not shop.business.items.exists()


# --- workers that die ---


def test_a_worker_that_died_is_followed_by_another(shop: Shop) -> None:
    job = jobs.keep(shop.business, name="a.csv", content=b"Title\nOne\n", by=shop.owner)
    jobs.start(job)
    long_ago = timezone.now() - 2 * LEASE
    CalendarImport.objects.filter(pk=job.pk).update(
        status=ImportState.RUNNING, claim="dead", beat_at=long_ago
    )
    assert jobs.pick_up_left_behind() == [job.pk]
    work.import_calendar.call_local(job.pk)
    job.refresh_from_db()
    assert (job.status, shop.business.items.count()) == (ImportState.DONE, 1)


def test_the_worker_that_lost_its_claim_writes_nothing(shop: Shop) -> None:
    job = jobs.keep(shop.business, name="a.csv", content=b"Title\nOne\n", by=shop.owner)
    jobs.start(job)
    CalendarImport.objects.filter(pk=job.pk).update(status=ImportState.RUNNING, claim="other")
    job.claim = "mine"
    job.status = ImportState.RUNNING
    with pytest.raises(Stumbled):
        jobs._work(job)
    assert not shop.business.items.exists()


def test_an_import_that_kills_workers_is_given_up(shop: Shop) -> None:
    job = jobs.keep(shop.business, name="a.csv", content=b"Title\nOne\n", by=shop.owner)
    long_ago = timezone.now() - 2 * LEASE
    for _each in range(jobs.MOST_TRIES):
        CalendarImport.objects.filter(pk=job.pk).update(
            status=ImportState.RUNNING, claim="dead", beat_at=long_ago
        )
        assert jobs.pick_up_left_behind() == [job.pk]
    CalendarImport.objects.filter(pk=job.pk).update(
        status=ImportState.RUNNING, claim="dead", beat_at=long_ago
    )
    assert jobs.pick_up_left_behind() == []
    job.refresh_from_db()
    assert job.status == ImportState.STOPPED


def test_files_are_forgotten_after_two_weeks(shop: Shop) -> None:
    jobs.keep(shop.business, name="a.csv", content=b"Title\nOne\n", by=shop.owner)
    old = timezone.now() - 2 * KEPT
    CalendarImport.objects.update(made_at=old)
    work.sweep_imports.call_local()
    assert not CalendarImport.objects.exists()


def test_pressing_import_wakes_a_worker(
    browser: Client, shop: Shop, django_capture_on_commit_callbacks: Any
) -> None:
    send(browser, shop, "Title\nOne\n")
    job = CalendarImport.objects.get()
    huey.flush()
    with django_capture_on_commit_callbacks(execute=True):
        start(browser, job)
    assert [task.args for task in huey.pending()] == [(job.pk,)]
    huey.flush()

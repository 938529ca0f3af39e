"""Adding any kind of file, and how it comes back out."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.library.actions import add_file, make_folder, prepare, remove
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent, zipped
from waypost.tests import factories

JSON: Any = {"HTTP_ACCEPT": "application/json"}

HTMX = {"HX-Request": "true"}


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"library:{name}", args=[business.slug, *args])


def whole(response: Any) -> bytes:
    content = b"".join(response.streaming_content)
    for close in response._resource_closers:
        close()
    return content


def added(business: Business, name: str, content: bytes) -> Asset:
    return add_file(business, upload=sent(name, content), by=None).asset


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("page.html", b"<script>alert(1)</script>"),
        ("feed.xml", b"<?xml version='1.0'?><x/>"),
        ("list.pdf", b"%PDF-1.7 <script>alert(1)</script>"),
        ("letter.docx", zipped("[Content_Types].xml", "word/document.xml")),
        ("thing.bin", b"\x00\x01\x02<html>"),
    ],
)
def test_what_could_be_a_page_is_only_ever_saved(
    page: Client, business: Business, name: str, content: bytes
) -> None:
    asset = added(business, name, content)
    response = page.get(url("file", business, asset.pk))
    wanted = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {header: response.headers[header] for header in wanted} == wanted
    assert whole(response) == content
    assert "<img" not in page.get(url("card", business, asset.pk), headers=HTMX).content.decode()


def test_a_page_behind_a_picture_is_gone_with_the_rest(business: Business, page: Client) -> None:
    picture = factories.picture_bytes(fmt="GIF")
    asset = added(business, "both.gif", picture + b"<script>alert(1)</script>")
    assert b"script" not in whole(page.get(url("file", business, asset.pk)))


def test_a_picture_is_shown_and_saved_when_asked_to(page: Client, business: Business) -> None:
    asset = added(business, "svečka.png", factories.picture_bytes())
    shown = page.get(url("file", business, asset.pk))
    whole(shown)
    assert shown.headers["Content-Disposition"].startswith("inline; filename*=utf-8''sve")
    saved = page.get(url("file", business, asset.pk), {"save": "yes"})
    whole(saved)
    assert saved.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "span", "content"),
    [
        ("bytes=0-3", "bytes 0-3/{size}", slice(0, 4)),
        ("bytes=10-", "bytes 10-{last}/{size}", slice(10, None)),
        ("bytes=-5", "bytes {five}-{last}/{size}", slice(-5, None)),
        ("bytes=5-99999999999", "bytes 5-{last}/{size}", slice(5, None)),
    ],
)
def test_a_player_may_ask_for_a_part(
    page: Client, business: Business, asked: str, span: str, content: slice
) -> None:
    film = mp4()
    asset = added(business, "film.mp4", film)
    part = page.get(url("file", business, asset.pk), HTTP_RANGE=asked)
    size = len(film)
    wanted = span.format(size=size, last=size - 1, five=size - 5)
    assert (part.status_code, part.headers["Content-Range"]) == (206, wanted)
    assert whole(part) == film[content]


def test_a_part_that_is_not_there_is_refused(page: Client, business: Business) -> None:
    asset = added(business, "film.mp4", mp4())
    for asked in ("bytes=999999-", "bytes=9-3"):
        answer = page.get(url("file", business, asset.pk), HTTP_RANGE=asked)
        assert answer.status_code == 416
    plain = page.get(url("file", business, asset.pk), HTTP_RANGE="bytes=a-b")
    assert (plain.status_code, whole(plain)) == (200, mp4())


def test_a_deleted_file_is_not_found(page: Client, business: Business) -> None:
    asset = factories.make_asset(business)
    remove(business, [asset])
    for name in ("file", "thumbnail", "one", "card"):
        assert page.get(url(name, business, asset.pk)).status_code == 404


def test_one_file_sent_by_the_island_is_answered_with_its_entry(
    page: Client, business: Business
) -> None:
    told = page.post(url("upload", business), {"files": sent("a.png")}, **JSON).json()
    asset = business.assets.get()
    assert (told["how"], told["words"], told["url"]) == (
        "new", "“a.png” is added.", url("one", business, asset.pk),
    )  # fmt: skip
    assert f'hx-get="{url("card", business, asset.pk)}?again=0"' in told["html"]
    again = page.post(url("upload", business), {"files": sent("b.png")}, **JSON).json()
    assert (again["how"], again["words"]) == (
        "known", "The library has this file already, as “a.png”.",
    )  # fmt: skip


def test_a_file_that_is_refused_says_why_to_the_island(page: Client, business: Business) -> None:
    answer = page.post(url("upload", business), {"files": sent("a.exe", b"MZ")}, **JSON)
    assert (answer.status_code, answer.json()) == (
        422,
        {"error": "a.exe: Programs and scripts are not kept in the library: they could do harm."},
    )


def test_files_go_into_the_folder_that_is_open(page: Client, business: Business) -> None:
    folder = make_folder(business, name="2026")
    answer = page.post(url("upload", business), {"files": sent("a.png"), "folder": folder.pk})
    assert answer.headers["Location"] == f"{url('list', business)}?folder={folder.pk}"
    assert business.assets.get().folder == folder


def test_files_go_into_the_folder_of_the_month_when_asked_to(
    page: Client, business: Business
) -> None:
    page.post(url("upload", business), {"files": sent("a.png"), "by_month": "on"})
    folder = business.assets.get().folder
    assert folder is not None
    today = timezone.localdate()
    assert (folder.name, folder.parent.name if folder.parent else "") == (
        f"{today:%m}", f"{today:%Y}",
    )  # fmt: skip


def test_a_photo_of_the_camera_is_added_like_any_other(page: Client, business: Business) -> None:
    page.post(url("upload", business), {"camera": sent("image.jpg", factories.picture_bytes())})
    assert [asset.name for asset in business.assets.all()] == ["image.jpg"]


def test_a_link_gets_a_place_and_is_there_once(page: Client, business: Business) -> None:
    typed = {"link": "https://drive.google.com/file/d/1/view", "name": "Raw footage", "folder": ""}
    page.post(url("link", business), typed)
    asset = business.assets.get()
    assert (asset.kind, asset.name, asset.link) == ("link", "Raw footage", typed["link"])
    again = page.post(url("link", business), {**typed, "name": "Again"}, follow=True)
    assert "The library has this file already, as “Raw footage”." in again.content.decode()
    shown = again.content.decode()
    assert 'rel="noopener noreferrer"' in shown
    assert page.get(url("file", business, asset.pk)).status_code == 404
    assert b"drive.google.com" in page.get(url("list", business)).content


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "ftp://a.si/b", "x y"])
def test_a_link_leads_to_a_web_address_only(page: Client, business: Business, link: str) -> None:
    wrong = page.post(url("link", business), {"link": link, "name": "x", "folder": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["link"])


def test_the_entry_asks_again_until_the_small_picture_is_there(
    page: Client, business: Business
) -> None:
    asset = added(business, "a.png", factories.picture_bytes())
    first = page.get(url("card", business, asset.pk), {"again": "1"}, headers=HTMX).content.decode()
    assert ("again=2" in first, "delay:2s" in first) == (True, True)
    late = page.get(url("card", business, asset.pk), {"again": "99"}, headers=HTMX).content.decode()
    assert "delay:64s" in late
    prepare(asset.pk)
    done = page.get(url("card", business, asset.pk), headers=HTMX).content.decode()
    assert ("<img" in done, "hx-get" in done) == (True, False)


def test_a_large_picture_is_grey_until_it_is_small(page: Client, business: Business) -> None:
    asset = added(business, "a.png", factories.picture_bytes())
    Asset.objects.update(size=5_000_000)
    grey = page.get(url("thumbnail", business, asset.pk))
    assert (grey.headers["Content-Type"], grey.headers["Cache-Control"]) == (
        "image/gif", "no-store",
    )  # fmt: skip


def test_a_video_has_a_player_on_its_page(page: Client, business: Business, owner: User) -> None:
    asset = added(business, "film.mp4", mp4(seconds=75))
    prepare(asset.pk)
    shown = page.get(url("one", business, asset.pk))
    assert b"<video" in shown.content
    assert b"1:15" in shown.content
    assert "media-src 'self'" in shown.headers["Content-Security-Policy"]


def test_a_viewer_sees_a_file_and_changes_nothing(
    viewer: User, sign_in: Any, business: Business
) -> None:
    asset = factories.make_asset(business, alt="A candle", licence="own")
    browser = sign_in(viewer)
    shown = browser.get(url("one", business, asset.pk)).content.decode()
    assert ("A candle" in shown, "Made by us" in shown, "Save changes" in shown) == (
        True, True, False,
    )  # fmt: skip
    posts = ("edit", "rename", "remove", "version")
    refused = [browser.post(url(name, business, asset.pk)).status_code for name in posts]
    refused += [browser.post(url(name, business)).status_code for name in ("bulk", "link")]
    assert refused == [403] * 6


def test_who_opens_the_address_of_an_entry_gets_the_page_of_the_file(
    page: Client, business: Business
) -> None:
    asset = factories.make_asset(business)
    answer = page.get(url("card", business, asset.pk))
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        url("one", business, asset.pk),
    )

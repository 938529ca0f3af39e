"""The pages of the library and the guarded files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.library.actions import add_picture, prepare
from waypost.library.models import Asset
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def asset(business: Business, owner: User) -> Asset:
    upload = SimpleUploadedFile("candle.png", factories.picture_bytes(90, 30))
    made = add_picture(business, upload=upload, by=owner)
    prepare(made.pk)
    made.refresh_from_db()
    return made


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"library:{name}", args=[business.slug, *args])


def body(response: Any) -> bytes:
    content = b"".join(response.streaming_content)
    # close() would also say that the request is over, and end the test's transaction.
    for close in response._resource_closers:
        close()
    return content


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_files_are_uploaded_together(page: Client, business: Business) -> None:
    files = [
        SimpleUploadedFile("one.png", factories.picture_bytes(20, 20)),
        SimpleUploadedFile("two.gif", factories.picture_bytes(30, 30, "GIF")),
    ]
    response = page.post(url("upload", business), {"files": files}, follow=True)
    assert messages(response) == ["2 files were added."]
    assert {a.name for a in response.context["page"]} == {"one.png", "two.gif"}


def test_a_bad_file_among_good_ones_is_named_and_the_good_ones_stay(
    page: Client, business: Business
) -> None:
    files = [
        SimpleUploadedFile("good.png", factories.picture_bytes()),
        SimpleUploadedFile("evil.png", b"<svg/>", content_type="image/png"),
    ]
    response = page.post(url("upload", business), {"files": files})
    assert response.status_code == 422
    [error] = response.context["form"].errors["files"]
    assert error.startswith("evil.png: The name ends in .png, but the content is of another kind")
    assert [a.name for a in business.assets.all()] == ["good.png"]
    assert messages(response) == ["1 file was added."]


def test_uploading_nothing_says_so_beside_the_field(page: Client, business: Business) -> None:
    response = page.post(url("upload", business), {})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["files"]


def test_a_picture_that_is_there_already_is_said(
    page: Client, business: Business, asset: Asset
) -> None:
    again = SimpleUploadedFile("again.png", factories.picture_bytes(90, 30))
    response = page.post(url("upload", business), {"files": [again]}, follow=True)
    assert messages(response) == ["The library has this file already, as “candle.png”."]


def test_the_empty_library_shows_how_to_begin(page: Client, business: Business) -> None:
    assert b"No files yet" in page.get(url("list", business)).content


def test_the_list_says_what_lacks_a_description_and_what_is_not_used(
    page: Client, business: Business, asset: Asset
) -> None:
    factories.add_picture(factories.make_item(business, title="Autumn candles"), asset)
    described = factories.make_asset(business, alt="A shop window")
    everything = page.get(url("list", business))
    assert everything.content.count(b"No description") == 1
    missing = page.get(url("list", business), {"missing": "alt"})
    assert list(missing.context["page"]) == [asset]
    unused = page.get(url("list", business), {"missing": "use"})
    assert list(unused.context["page"]) == [described]
    assert b"Autumn candles" in page.get(url("one", business, asset.pk)).content
    assert set(everything.context["page"]) == {asset, described}


def test_the_list_asks_few_questions(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _ in range(20):
        factories.add_picture(factories.make_item(business), factories.make_asset(business))
    with django_assert_max_num_queries(10):
        page.get(url("list", business))


def test_a_description_is_saved(page: Client, business: Business, asset: Asset) -> None:
    response = page.post(url("edit", business, asset.pk), {"name": "Candle", "alt": "A lit candle"})
    assert response.headers["Location"] == url("list", business)
    asset.refresh_from_db()
    assert (asset.name, asset.alt) == ("Candle", "A lit candle")


def test_an_invalid_description_keeps_what_was_typed(
    page: Client, business: Business, asset: Asset
) -> None:
    response = page.post(url("edit", business, asset.pk), {"name": "", "alt": "A lit candle"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert b"A lit candle" in response.content


def test_a_file_is_deleted_only_when_no_post_shows_it(
    page: Client, business: Business, asset: Asset
) -> None:
    use = factories.add_picture(factories.make_item(business), asset)
    refused = page.post(url("remove", business, asset.pk), follow=True)
    assert messages(refused) == [
        f"“candle.png” is used in “{use.item.title}”, so it stays. Take it out there first."
    ]
    use.delete()
    page.post(url("remove", business, asset.pk))
    assert business.assets.count() == 0


@pytest.mark.parametrize(("name", "mime"), [("file", "image/png"), ("thumbnail", "image/webp")])
def test_files_are_served_so_that_they_can_do_no_harm(
    page: Client, business: Business, asset: Asset, name: str, mime: str
) -> None:
    response = page.get(url(name, business, asset.pk))
    wanted = {
        "Content-Type": mime,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, max-age=3600",
    }
    assert {header: response.headers[header] for header in wanted} == wanted
    stored = asset.file if name == "file" else asset.thumbnail
    with stored.open("rb") as stream:
        assert body(response) == stream.read()


def test_a_file_is_not_sent_again_while_it_is_the_same(
    page: Client, business: Business, asset: Asset
) -> None:
    first = page.get(url("file", business, asset.pk), HTTP_ACCEPT_ENCODING="gzip")
    body(first)
    assert first.headers["ETag"] == f'"{asset.sha256}"'
    again = page.get(url("file", business, asset.pk), HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_an_asset_without_thumbnail_shows_its_file(page: Client, business: Business) -> None:
    asset = factories.make_asset(business)
    response = page.get(url("thumbnail", business, asset.pk))
    with asset.file.open("rb") as stream:
        assert body(response) == stream.read()


def test_a_lost_file_is_not_found_and_logged(
    page: Client, business: Business, asset: Asset, caplog: Any
) -> None:
    asset.file.storage.delete(str(asset.file.name))
    assert page.get(url("file", business, asset.pk)).status_code == 404
    assert any("cannot be read" in line for line in caplog.messages)


@pytest.mark.parametrize("name", ["list", "file", "thumbnail", "one", "card"])
def test_a_stranger_finds_nothing(
    stranger: User, sign_in: SignIn, business: Business, asset: Asset, name: str
) -> None:
    args = [] if name == "list" else [asset.pk]
    assert sign_in(stranger).get(url(name, business, *args)).status_code == 404


@pytest.mark.parametrize("name", ["upload", "remove", "edit"])
def test_a_stranger_changes_nothing(
    stranger: User, sign_in: SignIn, business: Business, asset: Asset, name: str
) -> None:
    args = [] if name == "upload" else [asset.pk]
    assert sign_in(stranger).post(url(name, business, *args)).status_code == 404
    assert business.assets.get() == asset


@pytest.mark.parametrize("name", ["file", "thumbnail", "edit", "remove"])
def test_a_stranger_cannot_reach_our_picture_through_their_own_business(
    stranger: User, sign_in: SignIn, asset: Asset, name: str
) -> None:
    theirs = stranger.memberships.get().business
    assert sign_in(stranger).post(url(name, theirs, asset.pk)).status_code in (404, 405)
    assert sign_in(stranger).get(url(name, theirs, asset.pk)).status_code in (404, 405)
    assert Asset.objects.get() == asset


def test_a_viewer_looks_and_adds_nothing(
    viewer: User, sign_in: SignIn, business: Business, asset: Asset
) -> None:
    browser = sign_in(viewer)
    shown = browser.get(url("list", business))
    assert list(shown.context["page"]) == [asset]
    assert b"Upload files" not in shown.content
    body(browser.get(url("file", business, asset.pk)))
    refused = [
        browser.post(url("upload", business)).status_code,
        browser.post(url("edit", business, asset.pk)).status_code,
        browser.post(url("remove", business, asset.pk)).status_code,
    ]
    assert refused == [403, 403, 403]


def test_a_contributor_adds_and_describes(
    contributor: User, sign_in: SignIn, business: Business, asset: Asset
) -> None:
    browser = sign_in(contributor)
    upload = SimpleUploadedFile("mine.png", factories.picture_bytes(33, 33))
    browser.post(url("upload", business), {"files": [upload]})
    browser.post(url("edit", business, asset.pk), {"name": "x", "alt": "y"})
    assert {(a.name, a.alt) for a in business.assets.all()} == {("mine.png", ""), ("x", "y")}


def test_who_is_not_signed_in_is_asked_to(business: Business, asset: Asset) -> None:
    response = Client().get(url("file", business, asset.pk))
    assert response.headers["Location"].startswith(reverse("account_login"))

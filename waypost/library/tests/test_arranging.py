"""Folders, tags, search and names."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.kit.errors import Refusal
from waypost.library import actions
from waypost.library.models import DEEPEST, Folder
from waypost.library.trees import FolderTree
from waypost.library.uses import Naming
from waypost.tests import factories


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"library:{name}", args=[business.slug, *args])


def folder(business: Business, name: str, parent: Folder | None = None) -> Folder:
    return actions.make_folder(business, name=name, parent=parent)


def names(response: Any) -> list[str]:
    return [asset.name for asset in response.context["page"]]


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def undo(response: Any) -> str:
    [url] = [
        m.extra_tags.removeprefix("undo:") for m in response.context["messages"] if m.extra_tags
    ]
    return str(url)


def test_a_name_is_there_once_in_a_folder(business: Business) -> None:
    top = folder(business, "2026")
    folder(business, "Photos", top)
    folder(business, "photos")
    for parent in (top, None):
        with pytest.raises(Refusal, match="of this name") as refused:
            folder(business, "PHOTOS", parent)
        assert refused.value.field == "name"
    folder(factories.make_business(), "Photos")


def test_folders_have_an_end(business: Business) -> None:
    deepest = None
    for number in range(DEEPEST):
        deepest = folder(business, f"{number}", deepest)
    with pytest.raises(Refusal, match="at most 8 deep"):
        folder(business, "one more", deepest)


def test_a_folder_does_not_lie_within_itself(business: Business) -> None:
    top = folder(business, "top")
    inside = folder(business, "inside", top)
    with pytest.raises(Refusal, match="within itself") as refused:
        actions.change_folder(top, name="top", parent=inside)
    assert refused.value.field == "parent"
    with pytest.raises(Refusal, match="within itself"):
        actions.change_folder(top, name="top", parent=top)


def test_a_folder_with_many_in_it_is_not_moved_too_deep(business: Business) -> None:
    deep = None
    for number in range(DEEPEST - 1):
        deep = folder(business, f"{number}", deep)
    top = folder(business, "two")
    folder(business, "levels", top)
    with pytest.raises(Refusal, match="at most 8 deep"):
        actions.change_folder(top, name="two", parent=deep)


def test_deleting_a_folder_loses_nothing_and_can_be_undone(
    page: Client, business: Business
) -> None:
    top = folder(business, "2026")
    month = folder(business, "11", top)
    inner = folder(business, "fair", month)
    asset = factories.make_asset(business, folder=month)
    gone = page.post(url("folder_remove", business, month.pk), follow=True)
    assert said(gone) == ["The folder “11” is deleted; what was in it lies one level higher."]
    asset.refresh_from_db()
    inner.refresh_from_db()
    assert (asset.folder, inner.parent) == (top, top)
    back = page.post(undo(gone), follow=True)
    assert said(back) == ["The folder “11” is back."]
    made = business.folders.get(name="11")
    asset.refresh_from_db()
    inner.refresh_from_db()
    assert (made.parent, asset.folder, inner.parent) == (top, made, made)


def test_a_folder_that_would_hide_another_is_not_deleted(page: Client, business: Business) -> None:
    top = folder(business, "Photos")
    folder(business, "Photos", top)
    refused = page.post(url("folder_remove", business, top.pk), follow=True)
    assert said(refused)[0].startswith("A folder in it has the name of a folder above.")
    assert business.folders.count() == 2


def test_folders_are_made_renamed_and_moved_on_pages(page: Client, business: Business) -> None:
    page.post(url("folder_new", business), {"name": "  Autumn   fair ", "parent": ""})
    made = business.folders.get()
    assert made.name == "Autumn fair"
    top = folder(business, "2026")
    page.post(url("folder_edit", business, made.pk), {"name": "Fair", "parent": top.pk})
    made.refresh_from_db()
    assert (made.name, made.parent) == ("Fair", top)
    wrong = page.post(url("folder_edit", business, top.pk), {"name": "2026", "parent": made.pk})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["parent"])
    twice = page.post(url("folder_new", business), {"name": "2026", "parent": ""})
    assert (twice.status_code, list(twice.context["form"].errors)) == (422, ["name"])


def test_a_folder_of_another_business_is_no_choice(page: Client, business: Business) -> None:
    theirs = folder(factories.make_business(), "Theirs")
    wrong = page.post(url("folder_new", business), {"name": "Mine", "parent": theirs.pk})
    assert list(wrong.context["form"].errors) == ["parent"]
    asset = factories.make_asset(business)
    page.post(url("bulk", business), {"do": "move", "files": [asset.pk], "folder": theirs.pk})
    asset.refresh_from_db()
    assert asset.folder is None


def test_a_tree_counts_what_is_there(business: Business) -> None:
    top = folder(business, "a")
    inner = folder(business, "b", top)
    factories.make_asset(business, folder=inner)
    actions.remove(business, [factories.make_asset(business, folder=inner)])
    branches = list(FolderTree.of(business).branches())
    assert [(b.folder, b.depth, b.files, b.indented) for b in branches] == [
        (top, 0, 0, "a"),
        (inner, 1, 1, "– b"),
    ]


def test_the_list_shows_a_folder_and_a_search_looks_below_it(
    page: Client, business: Business
) -> None:
    top = folder(business, "2026")
    inner = folder(business, "11", top)
    factories.make_asset(business, name="deep.png", folder=inner)
    factories.make_asset(business, name="here.png", folder=top)
    factories.make_asset(business, name="deep elsewhere.png")
    address = url("list", business)
    assert len(names(page.get(address))) == 3
    here = page.get(address, {"folder": f"{top.pk}"})
    assert (names(here), here.context["shelf"].folders) == (["here.png"], [inner])
    assert names(page.get(address, {"folder": "top"})) == ["deep elsewhere.png"]
    assert names(page.get(address, {"folder": f"{top.pk}", "q": "deep"})) == ["deep.png"]
    assert len(names(page.get(address, {"folder": "99999"}))) == 3


def test_every_word_of_a_search_must_occur_somewhere(page: Client, business: Business) -> None:
    asset = factories.make_asset(business, name="IMG_1.jpg", alt="A candle", author="Ana Kos")
    actions.set_tags(asset, ["Autumn"])
    factories.make_asset(business, name="candle.jpg")
    address = url("list", business)
    assert names(page.get(address, {"q": "candle autumn kos"})) == ["IMG_1.jpg"]
    assert len(names(page.get(address, {"q": "CANDLE"}))) == 2
    nothing = page.get(address, {"q": "candle \0 wreath"})
    assert (names(nothing), b"Nothing fits" in nothing.content) == ([], True)


def test_filters_of_the_address_narrow_the_list(page: Client, business: Business) -> None:
    film = factories.make_asset(business, name="film.mp4", kind="video", mime="video/mp4")
    factories.make_asset(business, name="b.png", alt="B", licence="own", size=5)
    actions.set_tags(film, ["Hands"])
    address = url("list", business)
    assert names(page.get(address, {"kind": "video"})) == ["film.mp4"]
    assert names(page.get(address, {"tag": "hands"})) == ["film.mp4"]
    assert names(page.get(address, {"missing": "licence"})) == ["film.mp4"]
    assert names(page.get(address, {"missing": "alt"})) == []
    assert names(page.get(address, {"sort": "name"})) == ["b.png", "film.mp4"]
    assert names(page.get(address, {"sort": "size"})) == ["film.mp4", "b.png"]
    assert len(names(page.get(address, {"kind": "x", "sort": "y", "page": "z", "tag": "t"}))) == 2
    assert b"<table" in page.get(address, {"view": "list"}).content


def test_tags_are_written_with_commas_and_kept_once(business: Business) -> None:
    assert actions.split_tags(" Autumn, #candles ;autumn\n, ") == ["autumn", "candles"]
    asset = factories.make_asset(business)
    actions.set_tags(asset, ["Autumn", "Candles"])
    actions.set_tags(asset, ["autumn"])
    assert [tag.name for tag in business.file_tags.all()] == ["Autumn"]
    for wrong in (["x" * 41], [str(n) for n in range(21)]):
        with pytest.raises(Refusal) as refused:
            actions.set_tags(asset, wrong)
        assert refused.value.field == "tags"


def test_ticked_files_are_moved_tagged_and_deleted(page: Client, business: Business) -> None:
    top = folder(business, "2026")
    one, two = factories.make_asset(business), factories.make_asset(business)
    files = [one.pk, two.pk]
    do = url("bulk", business)
    query = "kind=picture&view=list"
    moved = page.post(do, {"do": "move", "files": files, "folder": top.pk, "query": query})
    assert moved.headers["Location"] == f"{url('list', business)}?{query}"
    assert set(top.assets.all()) == {one, two}
    page.post(do, {"do": "tag", "files": files, "tags": "autumn, fair"})
    page.post(do, {"do": "tag", "files": files, "tags": "Fair"})
    assert {tag.name: tag.assets.count() for tag in business.file_tags.all()} == {
        "autumn": 2,
        "fair": 2,
    }
    gone = page.post(do, {"do": "delete", "files": files}, follow=True)
    assert (said(gone)[-1], business.assets.count()) == ("2 files are deleted.", 0)
    back = page.post(undo(gone), follow=True)
    assert (said(back), business.assets.count()) == (["2 files are back."], 2)


def test_ticking_nothing_or_nonsense_is_said(page: Client, business: Business) -> None:
    do = url("bulk", business)
    nothing = page.post(do, {"do": "delete"}, follow=True)
    assert said(nothing) == ["Tick at least one file first."]
    asset = factories.make_asset(business)
    empty = page.post(do, {"do": "tag", "files": [asset.pk], "tags": " , "}, follow=True)
    assert said(empty) == ["Write the tag that the files shall have."]
    page.post(do, {"do": "explode", "files": ["x", "9" * 40]}, follow=True)
    assert business.assets.count() == 1


def test_an_undo_that_was_not_ours_is_not_found(page: Client, business: Business) -> None:
    for name in ("put_back", "folder_back"):
        assert page.post(url(name, business, "made-up")).status_code == 404


def test_a_file_is_described_with_tags_folder_and_licence(page: Client, business: Business) -> None:
    asset, top = factories.make_asset(business), folder(business, "2026")
    typed = {
        "name": "Candle", "alt": "A lit candle", "folder": top.pk, "tags": "Autumn, fair",
        "licence": "cc-by", "author": "", "source_url": "example.org/1", "licence_note": "2026",
    }  # fmt: skip
    page.post(url("edit", business, asset.pk), typed)
    asset.refresh_from_db()
    kept = (asset.name, asset.folder, asset.licence, asset.source_url, asset.licence_note)
    assert kept == ("Candle", top, "cc-by", "https://example.org/1", "2026")
    assert sorted(tag.name for tag in asset.tags.all()) == ["Autumn", "fair"]
    assert asset.owes_credit
    shown = page.get(url("one", business, asset.pk)).content.decode()
    assert "This licence asks that the maker is named" in shown
    wrong = page.post(url("edit", business, asset.pk), {**typed, "tags": "x" * 50, "alt": "New"})
    assert list(wrong.context["form"].errors) == ["tags"]
    assert "New" in wrong.content.decode()


def test_a_name_by_the_pattern_is_offered_from_the_first_use(
    page: Client, business: Business
) -> None:
    asset = factories.make_asset(business, name="IMG_2041.png")
    channel = factories.make_connection(business)
    item = factories.make_item(business, channels=[channel], kind="short_video")
    factories.add_picture(item, asset)
    initial = page.get(url("one", business, asset.pk)).context["naming_form"].initial
    assert (initial["channel"], initial["what"]) == (str(channel.display.name), "short-video")
    typed = {"date": "2026-11-27", "channel": "Google Business", "what": "Foto & več"}
    page.post(url("rename", business, asset.pk), typed)
    asset.refresh_from_db()
    assert asset.name == "2026-11-27_google-business_foto-več.png"
    wrong = page.post(url("rename", business, asset.pk), {"date": "soon"})
    assert (wrong.status_code, list(wrong.context["naming_form"].errors)) == (422, ["date"])


def test_a_name_leaves_out_what_is_not_said(business: Business) -> None:
    asset = factories.make_asset(business, name="x")
    assert actions.under_its_name(asset, Naming(date(2026, 1, 2), "", "")) == "2026-01-02.png"


def test_the_folder_of_a_month_is_made_once(business: Business) -> None:
    made = actions.folder_of_month(business, date(2026, 3, 9))
    assert (made.name, made.parent.name if made.parent else "") == ("03", "2026")
    assert actions.folder_of_month(business, date(2026, 3, 31)) == made

"""Files become posts: what is understood, what is asked, what is refused in words."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from waypost.accounts.models import Business
from waypost.content.exchange import imports
from waypost.content.exchange.bringing import Stumbled, bring
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.rows import number_of
from waypost.content.exchange.told import unknown_channels
from waypost.content.models import Item, Status
from waypost.content.tests.exchange_world import NOON, Shop, saved, workbook
from waypost.documents.kinds import BadFile
from waypost.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october")]


@pytest.fixture
def october() -> object:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


def test_a_row_becomes_a_post_with_everything_it_says(shop: Shop) -> None:
    shop.bring(
        "Date;Time;Channel;Type;Title;Copy;Hashtags;Link;Language;Persona;Goal;Initiative;"
        "Product;Owner;Reviewer;Status;Tags\n"
        f"12. 10. 2026;18:30;Facebook candles;Reel;Pouring;How we pour;#wax candle;shop.example/a;"
        f"Slovenian;katja;;daily posts;Candle;{shop.owner.name};{shop.owner.email};In review;"
        "autumn, wax\n"
    )
    item = shop.business.items.get()
    assert item.local_due == dt.datetime(2026, 10, 12, 18, 30, tzinfo=shop.business.zone)
    assert (item.title, item.text) == ("Pouring", "How we pour\n\n#wax #candle")
    assert (item.kind, item.link, item.language) == ("reel", "https://shop.example/a", "sl")
    assert (item.persona, item.initiative, item.goal) == (
        shop.persona,
        shop.initiative,
        shop.goal,
    )
    assert (item.product, item.owner, item.reviewer) == (shop.product, shop.owner, shop.owner)
    assert (item.status, item.tags, item.author) == (Status.IN_REVIEW, "autumn, wax", shop.owner)
    assert [variant.connection for variant in item.variants.all()] == [shop.page]


def test_slovenian_headings_and_words_are_known(shop: Shop) -> None:
    text = (
        "Datum;Ura;Kanal;Vrsta;Naslov;Besedilo;Stanje\n"
        "12. 10. 2026;18.30;Facebook candles;Fotografija;Sveča;Žužek;Osnutek\n"
    )
    shop.bring(text.encode("cp1250"))
    item = shop.business.items.get()
    assert (item.kind, item.title, item.text, item.status) == ("photo", "Sveča", "Žužek", "draft")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_any_usual_text_file_is_read(shop: Shop, encoding: str, sign: str) -> None:
    rows = [("Datum", "Besedilo"), ("2026-10-12", "Čebelji vosek, žlahten")]
    text = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    assert [p.draft.text for p in shop.plan(text.encode(encoding)).posts if p.draft] == [
        "Čebelji vosek, žlahten"
    ]


def test_a_workbook_with_real_days_and_times_is_read(shop: Shop) -> None:
    content = workbook(
        ("Day", "Time", "Text"),
        (dt.datetime(2026, 10, 12), dt.time(18, 30), "One"),
        (dt.datetime(2026, 10, 13, 9, 15), None, "Two"),
    )
    found = [post.draft for post in shop.plan(content, "plan.xlsx").posts]
    assert [draft.due_at for draft in found if draft] == [
        dt.datetime(2026, 10, 12, 16, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 13, 7, 15, tzinfo=dt.UTC),
    ]


def test_buffers_file_is_known_by_its_headings_and_asks_for_the_channel(shop: Shop) -> None:
    text = 'Text,Image URL,Tags,Posting Time\n"Hello, all",,"a, b",2026-10-12 18:30\n'
    file = CalendarFile.read(text.encode(), "b.csv")
    assert file.made_by == "Buffer"
    shop.bring(text, for_all=[shop.page.pk])
    item = shop.business.items.get()
    assert (item.text, item.title, item.tags) == ("Hello, all", "Hello, all", "a, b")
    assert item.local_due == dt.datetime(2026, 10, 12, 18, 30, tzinfo=shop.business.zone)
    assert item.variants.get().connection == shop.page


def test_buffers_columns_may_stand_in_any_order_and_tags_be_missing(shop: Shop) -> None:
    text = "Posting Time,Text,Image URL\n2026-10-12 18:30,Hello,\n"
    assert CalendarFile.read(text.encode(), "b.csv").made_by == "Buffer"
    assert [post.title for post in shop.plan(text).of("added")] == ["Hello"]


def test_hootsuites_file_is_known_by_its_shape(shop: Shop) -> None:
    text = '25/10/2026 18:30,"Look, a candle",https://shop.example/a\n26/10/2026 9:00,Two,\n'
    file = CalendarFile.read(text.encode(), "bulk.csv")
    assert file.made_by == "Hootsuite"
    posts = shop.plan(text).posts
    assert [post.draft and (post.draft.text, post.draft.link) for post in posts] == [
        ("Look, a candle", "https://shop.example/a"),
        ("Two", ""),
    ]
    assert [post.line for post in posts] == [1, 2]


def test_a_table_with_days_first_is_no_hootsuite_file(shop: Shop) -> None:
    file = CalendarFile.read(b"Date,Text\n2026-10-12,Hello\n", "plan.csv")
    assert (file.made_by, len(file.part.lines)) == ("", 1)


def test_faults_are_told_by_row_and_nothing_comes(shop: Shop) -> None:
    text = (
        "Date,Time,Channel,Type,Title,Persona,Status,Link\n"
        "2026-10-12,18:30,Facebook candles,Photo,Good,,,\n"
        "2026-13-40,18:30,,,Bad day,,,\n"
        "2026-10-12,25:00,,,Bad time,,,\n"
        "2026-10-12,18:30,,Sculpture,Bad type,,,\n"
        "2026-10-12,18:30,,,Bad persona,Nobody,,\n"
        "2026-10-12,18:30,,,Bad status,,Lost,\n"
        "2026-10-12,18:30,,,Bad link,,,not a link\n"
        ",18:30,,,No day,,,\n"
        "2026-03-29,02:30,,,Gap,,,\n"
        "2026-10-12,18:30,Facebook candles,,,,,\n"
    )
    found = shop.told(text)
    assert [row for row, _message in found] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    words = [message for _row, message in found]
    assert words[0] == "Date: “2026-13-40” is not a day. Write it like this: 2026-10-12"
    assert words[2].startswith("Type: “Sculpture” is no type of post. Write one of these: Text")
    assert words[3].startswith("Persona: There is no persona “Nobody”.")
    assert words[6] == "Date: There is a time but no day."
    assert "does not exist. Choose 03:30 instead" in words[7]
    assert words[8] == "Title: This row has neither a title nor a text."
    with pytest.raises(Stumbled):
        shop.bring(text)
    assert not shop.business.items.exists()


def test_a_time_that_comes_twice_is_noted_by_row(shop: Shop) -> None:
    post = shop.plan("Date,Time,Title\n2026-10-25,02:30,Night\n").posts[0]
    assert post.what == "added"
    assert "comes twice" in post.notes[0]


def test_a_row_without_a_time_gets_ten_o_clock_and_says_so(shop: Shop) -> None:
    post = shop.plan("Date,Title\n2026-10-12,Morning\n").posts[0]
    assert post.draft
    assert post.draft.due_at == dt.datetime(2026, 10, 12, 8, tzinfo=dt.UTC)
    assert post.notes == ("It has no time, so it gets 10:00.",)


def test_an_ambiguous_day_is_asked_about(shop: Shop) -> None:
    text = "Date,Title\n12/10/2026,Which month\n"
    assert shop.told(text)[0][1].startswith("Date: “12/10/2026” can be read as")
    post = shop.plan(text, order="mdy").posts[0]
    assert post.draft
    assert post.draft.due_at == dt.datetime(2026, 12, 10, 9, tzinfo=dt.UTC)


def test_a_channel_is_known_by_several_names_and_an_unknown_one_is_asked_about(
    shop: Shop,
) -> None:
    names = ["Facebook candles", "facebook", "candles", "@candles", "Facebook @candles"]
    for name in names:
        post = shop.plan(f"Title,Channel\nHello,{name}\n").posts[0]
        assert post.draft, name
        assert [each.connection for each in post.draft.channels] == [shop.page], name
    assert unknown_channels(shop.business, ["IG DE", "Facebook", "ig de", None]) == ["IG DE"]
    text = "Title,Channel\nHello,IG DE\n"
    assert shop.told(text) == [
        (2, "Channel: There is no channel “IG DE”. Say above which one it is.")
    ]
    chosen = shop.plan(text, channels={"ig de": shop.pins.pk}).posts[0]
    assert chosen.draft
    assert [each.connection for each in chosen.draft.channels] == [shop.pins]
    nowhere = shop.plan(text, channels={"ig de": 0}).posts[0]
    assert nowhere.draft
    assert nowhere.draft.channels == []


def test_one_cell_may_name_several_channels(shop: Shop) -> None:
    post = shop.plan('Title,Channel\nHello,"Facebook candles, Pinterest pins"\n').posts[0]
    assert post.draft
    assert [each.connection for each in post.draft.channels] == [shop.page, shop.pins]


def test_rows_with_one_number_are_one_post(shop: Shop) -> None:
    shop.bring(
        "Number,Channel,Title,Text\n"
        "a,Facebook candles,Two places,For the page\n"
        "a,Pinterest pins,Two places,For the pins\n"
    )
    item = shop.business.items.get()
    texts = {v.connection: v.shown_text for v in item.variants.all()}
    assert texts == {shop.page: "For the page", shop.pins: "For the pins"}


def test_rows_of_one_post_that_contradict_each_other_are_refused(shop: Shop) -> None:
    found = shop.told("Number,Date,Title\na,2026-10-12,Same\na,2026-10-13,Same\n")
    message = (
        "Rows 2 and 3 have one number, so they are one post, but “Date” differs."
        " Write the same in both."
    )
    assert found == [(2, message)]


# --- what is here already ---


def test_a_row_with_our_number_changes_the_post_and_shows_what(shop: Shop) -> None:
    item = shop.item(shop.page, title="Old", due_at=NOON, tags="a")
    text = f"Number,Title,Date,Time\n{number_of(item)},New,2026-10-12,14:00\n"
    post = shop.plan(text).posts[0]
    assert post.what == "changed"
    assert [(c.what, c.old, c.new) for c in post.changes] == [
        ("Title", "Old", "New"),
        ("Date", "2026-10-01 14:00", "2026-10-12 14:00"),
    ]
    shop.bring(text)
    item.refresh_from_db()
    assert (item.title, item.text, item.tags, item.version) == (
        "New",
        "Hello from the shop",
        "a",
        2,
    )
    assert item.variants.get().connection == shop.page


def test_a_number_of_another_business_makes_a_new_post(shop: Shop) -> None:
    other = factories.make_item(factories.make_business(), title="Theirs")
    shop.bring(f"Number,Title\n{number_of(other)},Mine\n")
    other.refresh_from_db()
    assert (other.title, shop.business.items.get().title) == ("Theirs", "Mine")


def test_a_new_row_of_an_existing_post_adds_a_channel_and_takes_none_away(shop: Shop) -> None:
    item = shop.item(shop.page)
    shop.bring(f"Number,Channel\n{number_of(item)},Pinterest pins\n")
    assert {v.connection for v in item.variants.all()} == {shop.page, shop.pins}


def test_the_common_text_is_changed_where_all_channels_change(shop: Shop) -> None:
    item = shop.item(shop.page, shop.pins, text="Old")
    number = number_of(item)
    shop.bring(f"Number,Channel,Text\n{number},Facebook candles,New\n{number},Pinterest pins,New\n")
    item.refresh_from_db()
    assert item.text == "New"
    assert [v.text for v in item.variants.all()] == ["", ""]
    shop.bring(
        f"Number,Channel,Text\n{number},Facebook candles,Other\n{number},Pinterest pins,New\n"
    )
    item.refresh_from_db()
    assert item.text == "New"
    assert {v.connection: v.text for v in item.variants.all()} == {
        shop.page: "Other",
        shop.pins: "",
    }


def test_a_post_that_is_out_is_not_changed_by_a_file(shop: Shop) -> None:
    item = shop.item(shop.page, status=Status.PUBLISHED, due_at=NOON)
    number = number_of(item)
    assert shop.told(f"Number,Title\n{number},Other\n") == [
        (2, "This post is out, on its way or cancelled, so it cannot be changed.")
    ]
    assert shop.plan(f"Number,Title\n{number},{item.title}\n").posts[0].what == "unchanged"


def test_the_same_channel_time_and_text_is_told_and_left_out(shop: Shop) -> None:
    shop.item(shop.page, text="Hello", due_at=dt.datetime(2026, 10, 12, 16, 30, tzinfo=dt.UTC))
    text = (
        "Date,Time,Channel,Text\n"
        "2026-10-12,18:30,Facebook candles,Hello\n"
        "2026-10-12,18:30,Pinterest pins,Hello\n"
        "2026-10-12,18:30,Pinterest pins,Hello\n"
    )
    assert [post.what for post in shop.plan(text).posts] == ["known", "added", "known"]
    shop.bring(text)
    assert Item.objects.count() == 2


def test_somebody_who_changed_the_post_meanwhile_is_not_overwritten(shop: Shop) -> None:
    item = shop.item(shop.page, title="Old")
    new = shop.plan(f"Number,Title\n{number_of(item)},New\n")
    added = shop.plan("Title\nAnother\n")
    Item.objects.filter(pk=item.pk).update(version=7, title="Theirs")
    new.posts.extend(added.posts)
    with pytest.raises(Stumbled) as stumbled:
        bring(shop.business, new, by=shop.owner)
    assert [error.row for error in stumbled.value.errors] == [2]
    assert list(shop.business.items.values_list("title", flat=True)) == ["Theirs"]


# --- pictures ---


def test_pictures_of_the_library_are_found_by_name_and_by_address(shop: Shop) -> None:
    asset = factories.make_asset(shop.business, name="Winter candle.png")
    other = factories.make_asset(shop.business)
    address = f"https://elsewhere.example/b/{shop.business.slug}/library/{other.pk}/file"
    post = shop.plan(f'Title,Picture\nHello,"winter candle.png\n{address}"\n').posts[0]
    assert post.draft
    assert [use.asset for use in post.draft.pictures] == [asset, other]
    assert post.addresses == ()


def test_what_is_no_address_of_a_picture_is_left_out_and_said(shop: Shop) -> None:
    post = shop.plan("Title,Asset\nHello,Drive/2026/10/reel\n").posts[0]
    assert post.notes == ("“Drive/2026/10/reel” is no address of a picture, so it is left out.",)


def test_addresses_are_to_be_fetched_each_once(shop: Shop) -> None:
    text = (
        'Title,Image URL\nOne,"https://a.example/1.png, https://a.example/2.png"\n'
        "Two,https://a.example/1.png\n"
    )
    plan = shop.plan(text)
    assert plan.addresses == ["https://a.example/1.png", "https://a.example/2.png"]
    assert shop.plan(text, skip_pictures=True).addresses == []


# --- limits, and the command ---


def test_a_huge_file_is_refused_without_reading_it_all(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(b"Title,Text\n")
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(BadFile, match="too large"):
        imports.read_file(shop.business, path, True)


def test_too_many_rows_and_none_at_all_are_refused(shop: Shop) -> None:
    with pytest.raises(BadFile, match="more than 2000 rows"):
        shop.plan("Title\n" + "A row\n" * 2001)
    with pytest.raises(BadFile, match="no row below the headings"):
        shop.plan("Title,Text\n")


def test_the_command_reads_asks_nothing_and_brings_all_or_nothing(
    shop: Shop, tmp_path: Path
) -> None:
    path = saved(tmp_path, b"Date,Title,Channel\n2026-10-12,One,Facebook\n")
    assert imports.read_file(shop.business, path, True).added == 1
    assert not shop.business.items.exists()
    assert imports.read_file(shop.business, path, False).added == 1
    assert shop.business.items.get().author == shop.owner
    for text, complaint in [
        (b"Date,Title,Channel\n2026-10-12,Two,Orkut\n", "no channel called: Orkut"),
        (b"Date,Title\n1/2/2026,Two\n", "read in two ways"),
        (b"Date,Something\n2026-10-12,Two\n", "no column with this heading: Title or Text"),
    ]:
        with pytest.raises(BadFile, match=complaint):
            imports.read_file(shop.business, saved(tmp_path, text), False)
    wrong = saved(tmp_path, b"Date,Title\n2026-10-13,Good\n2026-99-99,Bad\n")
    assert [error.row for error in imports.read_file(shop.business, wrong, False).errors] == [3]
    assert shop.business.items.count() == 1

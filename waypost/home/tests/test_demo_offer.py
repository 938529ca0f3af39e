"""The demo's hats, products, channels, set-up and tools, against figures computed by hand."""

from datetime import date
from decimal import Decimal

from waypost.accounts import staffing
from waypost.accounts.models import Business
from waypost.home import demo
from waypost.market import setup
from waypost.market.completeness import fields_answered
from waypost.market.pricing import Pricing, ceiling
from waypost.market.tools import in_use, monthly_cost
from waypost.market.workload import ad_shares, minutes_of, workload

ANCHOR = date(2026, 10, 12)
D = Decimal


def test_four_people_wear_seven_hats_in_34_hours(svit: Business) -> None:
    staff = staffing.read(svit)
    assert (staff.uncovered, staff.crowded, staff.solo) == ([], [], None)
    assert staff.hours == D(34)
    assert svit.hat_holders.names() == {
        "lead": "Neža Lipar",
        "copy": "Maja Kovač",
        "creative": "Tilen Lipar",
        "ads": "Jure Oblak",
        "distribution": "Maja Kovač",
        "influencers": "Neža Lipar",
        "community": "Maja Kovač",
    }
    assert all(worn.row.backed_up_by and worn.row.note for worn in staff.hats)


def test_products_leave_what_the_story_says(svit: Business) -> None:
    found = [
        (
            row.name,
            *(
                round(figure.value or D(0), 2)
                for figure in (Pricing.of(row).net, Pricing.of(row).profit)
            ),
            round((Pricing.of(row).margin.value or D(0)) * 100, 1),
            round((Pricing.of(row).markup.value or D(0)) * 100, 1),
        )
        for row in svit.products.all()
    ]
    assert found == [
        ("Pillar candles, set of 3", D("28.61"), D("17.41"), D("60.8"), D("155.4")),
        ("Advent set (4 + wreath)", D("40.90"), D("22.30"), D("54.5"), D("119.9")),
        ("Beeswax wraps, 3 sizes", D("17.95"), D("11.05"), D("61.6"), D("160.2")),
        ('Gift box "Evening"', D("48.36"), D("23.56"), D("48.7"), D("95.0")),
    ]
    assert {fields_answered(row) for row in svit.products.all()} == {(13, 13)}


def test_a_quarter_of_the_profit_pays_for_the_plan_of_the_year(svit: Business) -> None:
    found = ceiling(svit.products.all())
    assert (found.counted, found.of) == (4, 4)
    assert round(found.amount.value or D(0)) == 11122
    assert D(10582) < (found.amount.value or D(0))


def test_six_channels_share_the_ad_budget_and_the_hours(svit: Business) -> None:
    rows = list(svit.channels.all())
    assert [row.name for row in rows] == [
        "Online shop",
        "Instagram",
        "Instagram in German",
        "Facebook",
        "Pinterest",
        "TikTok",
    ]
    shares = ad_shares(rows)
    assert (shares.total, shares.top) == (D(1), rows[2])
    load = workload(rows, minutes_of(svit), staffing.read(svit).hours)
    assert (load.posts, load.needed, load.too_much) == (D(14), D(14), D(0))
    assert [row.connection is not None for row in rows] == [False, True, True, True, True, True]
    assert [row.name for row in rows if row.does_support] == ["Instagram", "Facebook"]
    assert {fields_answered(row) for row in rows[1:]} == {(8, 8)}


def test_only_one_channel_lacks_its_second_factor(svit: Business) -> None:
    ticks = setup.ticks_of(svit)
    ready = {row.name: setup.progress(setup.of_channel(row, ticks)) for row in svit.channels.all()}
    assert ready == {
        "Online shop": (4, 4),
        "Instagram": (7, 7),
        "Instagram in German": (7, 7),
        "Facebook": (7, 7),
        "Pinterest": (7, 7),
        "TikTok": (5, 7),
    }
    assert setup.progress(setup.of_channel(None, ticks)) == (2, 4)


def test_six_tools_cost_fifty_a_month_and_one_was_not_tested(svit: Business) -> None:
    rows = in_use(svit.tools.all(), ANCHOR)
    assert monthly_cost(rows) == D(50)
    assert [row.tool.name for row in rows if row.untested] == ["CapCut"]
    assert [(row.tool.name, row.reminders) for row in rows if row.reminders] == [
        ("Later", ["The trial ends in 4 days."])
    ]


def test_the_story_is_told_in_slovenian_too(db: None) -> None:
    demo.load(today=ANCHOR, language="sl")
    svit = Business.objects.get(is_demo=True)
    assert svit.channels.get(position=2).name == "Instagram v nemščini"
    assert svit.products.get(position=1).name == "Adventni komplet (4 + venček)"
    assert svit.tools.get(name="Buffer").used_for == "Načrtuje objave za pet kanalov"

"""The demo business: complete, moved to the present, replaceable and removable."""

import io
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth import authenticate
from PIL import Image

from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.content.models import Item, Status, Variant
from waypost.goals.formulas import Status as Judgement
from waypost.goals.smart import next_due, smart
from waypost.home import demo
from waypost.home.demo.pictures import SHAPES, drawn
from waypost.home.demo.story import Story
from waypost.insights.models import PostSnapshot, Reading
from waypost.library.models import Asset
from waypost.publishing import arming, publisher
from waypost.publishing.models import Delivery
from waypost.publishing.models import Status as DeliveryStatus
from waypost.tests.factories import make_business, make_member
from waypost.tests.standing import Standing

ANCHOR = date(2026, 10, 12)
HERE = ZoneInfo("Europe/Ljubljana")


@pytest.fixture
def login(standing_demo: Standing) -> demo.DemoLogin:
    return standing_demo.login


@pytest.fixture
def fresh(db: None) -> Business:
    """One that may be taken away with its files."""
    demo.load(today=ANCHOR, language="en")
    return Business.objects.get(is_demo=True)


def test_the_owner_can_sign_in_with_what_is_told(login: demo.DemoLogin, svit: Business) -> None:
    owner = authenticate(None, email=login.email, password=login.password)
    assert owner == svit.members.get(role=Role.OWNER).user
    assert login.url_path == f"/b/{svit.slug}/"
    assert (svit.name, svit.time_zone, svit.currency) == ("Svit in sat", "Europe/Ljubljana", "EUR")


def test_four_people_with_four_roles(svit: Business) -> None:
    members = svit.members.order_by("user__name").values_list("user__name", "role")
    assert list(members) == [
        ("Jure Oblak", Role.VIEWER),
        ("Maja Kovač", Role.EDITOR),
        ("Neža Lipar", Role.OWNER),
        ("Tilen Lipar", Role.CONTRIBUTOR),
    ]
    others = User.objects.exclude(memberships__role=Role.OWNER)
    assert [user.has_usable_password() for user in others] == [False, False, False]


def test_the_whole_story_is_there(svit: Business) -> None:
    assert svit.goals.count() == 3
    assert svit.initiatives.count() == 10
    assert svit.items.filter(due_at__date__lt=date(2026, 10, 5)).count() == 56 + 59 + 62
    planned = svit.items.filter(due_at__date__gte=date(2026, 10, 5))
    assert Counter(planned.values_list("status", flat=True)) == dict.fromkeys(
        (
            Status.PUBLISHED,
            Status.SCHEDULED,
            Status.APPROVED,
            Status.IN_REVIEW,
            Status.DRAFT,
            Status.IDEA,
        ),
        14,
    )
    assert planned.count() == 84
    assert Variant.objects.count() == svit.items.count()
    assert svit.items.filter(text="").count() == 0
    assert [goal.values.count() for goal in svit.goals.order_by("pk")] == [5, 9, 5]


def test_channels_are_posted_to_by_hand(svit: Business) -> None:
    assert sorted((c.settings["network"], c.handle) for c in svit.connections.all()) == [
        ("facebook", "svitinsat"),
        ("instagram", "svitinsat"),
        ("instagram", "svitinsat.de"),
        ("pinterest", "svitinsat"),
        ("tiktok", "svitinsat"),
    ]


def test_the_goals_stand_as_computed_by_hand(svit: Business) -> None:
    first, second, third = [goal.standing(ANCHOR) for goal in svit.goals.order_by("pk")]
    assert [s.status for s in (first, second, third)] == [
        Judgement.SLIGHTLY_BEHIND,
        Judgement.SLIGHTLY_BEHIND,
        Judgement.ON_TRACK,
    ]
    assert [round(float(s.progress or 0) * 100, 1) for s in (first, second, third)] == [
        50.2,
        69.4,
        90.0,
    ]
    assert [round(float(s.expected or 0) * 100, 1) for s in (first, second, third)] == [
        55.7,
        74.7,
        84.6,
    ]


def test_contributions_of_the_first_goal_close_its_gap(svit: Business) -> None:
    goal = svit.goals.order_by("pk")[0]
    adds = goal.initiatives.exclude(expected_contribution=None)
    total = sum(one.expected_contribution or 0 for one in adds)
    assert total == goal.target - goal.baseline == 6000


def test_the_forecasts_are_those_computed_by_hand(svit: Business) -> None:
    states = [goal.standing(ANCHOR) for goal in svit.goals.order_by("pk")]
    assert [round(float(s.pace or 0), 2) for s in states] == [0.90, 0.93, 1.06]
    first, second, third = [s.forecast or Decimal(0) for s in states]
    assert (round(first), round(second), round(third, 1)) == (11400, 4385, Decimal("2.6"))
    assert [s.trend for s in states] == [None, None, None]


def test_every_goal_is_told_completely_and_no_value_is_missing(svit: Business) -> None:
    for goal in svit.goals.all():
        assert smart(goal).lacks == []
        due = next_due(goal, [value.date for value in goal.values.all()], ANCHOR)
        assert due is not None
        assert not due.overdue


def test_initiatives_know_what_they_wait_for_and_what_became_of_them(svit: Business) -> None:
    told = Story.read(today=ANCHOR, language="en")["initiatives"]
    rows = dict(zip([one["id"] for one in told], svit.initiatives.order_by("pk"), strict=True))
    waits = {key: {o.pk for o in row.depends_on.all()} for key, row in rows.items()}
    assert {key: found for key, found in waits.items() if found} == {
        "i3": {rows["i1"].pk, rows["i2"].pk},
        "i4": {rows["i1"].pk, rows["i2"].pk},
        "i5": {rows["i1"].pk},
    }
    assert [row.slip for row in rows.values()] == [0, 3, 0, None, None, None, 0, 0, None, None]
    assert (rows["i3"].actual_contribution, rows["i5"].actual_contribution) == (870, 1770)
    assert [row.budget for row in rows.values()] == [0, 240, 300, 0, 1400, 450, 0, 0, 0, 120]
    assert (rows["i5"].risk, rows["i5"].risk_note[:11]) == ("high", "Influencers")
    daily = rows["i4"]
    assert (daily.until_goal, daily.repetitions) == (True, 170)
    assert not any(row.is_late(ANCHOR) for row in rows.values())


def test_followers_and_results_give_the_report_something_to_show(svit: Business) -> None:
    german = Reading.objects.filter(connection__handle="svitinsat.de", metric="followers")
    assert list(german.values_list("value", flat=True)) == [0, 610, 1330, 2490]
    out = Delivery.objects.published()
    assert [d.published_at for d in out] == [d.item.due_at for d in out]
    assert PostSnapshot.objects.count() == out.count() == 14 + 56 + 59 + 62
    pins = PostSnapshot.objects.filter(delivery__connection__settings__network="pinterest")
    pin = pins.latest("delivery__published_at")
    assert (pin.likes, pin.saves) == (None, 162)


def test_posts_for_the_eye_carry_described_pictures(svit: Business) -> None:
    assert svit.assets.count() == 6  # three of candles, three of personas
    assert all(len(asset.alt) > 20 for asset in svit.assets.all())
    seen = svit.items.filter(kind="photo")
    assert {item.pictures.count() for item in seen} == {1}
    assert svit.items.filter(kind="post", pictures__isnull=False).count() == 0


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_drawn_picture_is_a_square(shape: str) -> None:
    image = Image.open(io.BytesIO(drawn(shape)))
    assert (image.format, image.size) == ("PNG", (800, 800))
    assert drawn(shape) == drawn(shape)


@pytest.mark.parametrize("today", [ANCHOR, ANCHOR + timedelta(days=6)])
def test_in_its_own_week_nothing_moves(db: None, today: date) -> None:
    demo.load(today=today, language="en")
    first = Business.objects.get().items.earliest("pk")
    assert first.due_at == datetime(2026, 10, 5, 18, 30, tzinfo=HERE)


@pytest.mark.parametrize(
    ("today", "first_post"),
    [
        (date(2026, 11, 25), datetime(2026, 11, 16, 18, 30, tzinfo=HERE)),
        (date(2027, 7, 4), datetime(2027, 6, 21, 18, 30, tzinfo=HERE)),
        (date(2026, 1, 1), datetime(2025, 12, 22, 18, 30, tzinfo=HERE)),
    ],
)
def test_days_move_by_weeks_and_hours_stay_on_the_clock(
    db: None, today: date, first_post: datetime
) -> None:
    demo.load(today=today, language="en")
    business = Business.objects.get()
    assert business.items.earliest("pk").due_at == first_post
    monday = today - timedelta(days=today.weekday())
    value = business.goals.order_by("pk")[0].values.last()
    assert value is not None
    assert value.date == monday - timedelta(days=1)


def test_what_was_published_lies_before_this_week(db: None) -> None:
    demo.load(today=date(2027, 3, 31), language="en")
    monday = datetime(2027, 3, 29, tzinfo=HERE)
    items = Business.objects.get().items
    assert {item.status for item in items.filter(due_at__lt=monday)} == {Status.PUBLISHED}
    assert items.filter(due_at__gte=monday, status=Status.PUBLISHED).count() == 0


def test_what_fell_due_this_week_waits_for_a_hand_and_is_not_stuck(db: None) -> None:
    thursday = datetime(2026, 10, 15, 12, 0, tzinfo=HERE)
    with time_machine.travel(thursday, tick=False):
        demo.load(today=thursday.date(), language="en")
        for item in Item.objects.to_publish(thursday):
            for delivery in arming.arm(item):
                publisher.deliver(delivery.pk)
    waiting = Delivery.objects.attention()
    assert [delivery.status for delivery in waiting] == [DeliveryStatus.YOUR_TURN] * 7
    assert all(thursday - timedelta(days=4) < d.item.due_at < thursday for d in waiting)  # type: ignore[operator]
    assert Item.objects.filter(status=Status.SCHEDULED, due_at__lt=thursday).count() == 0


def test_it_is_told_in_slovenian_too(db: None) -> None:
    demo.load(today=ANCHOR, language="sl")
    business = Business.objects.get()
    assert business.language == "sl"
    assert business.goals.order_by("pk")[2].title == (
        "Na neposredna sporočila odgovoriti v 3 delovnih urah"
    )


def test_loading_again_replaces_it_and_touches_nothing_else(fresh: Business) -> None:
    mine = make_business(name="Mine")
    second = demo.load(today=ANCHOR + timedelta(days=7), language="en")
    assert [b.name for b in Business.objects.all()] == ["Mine", "Svit in sat"]
    again = Business.objects.get(is_demo=True)
    assert (again.items.count(), again.members.count()) == (84 + 56 + 59 + 62, 4)
    assert second.url_path == f"/b/{again.slug}/" == f"/b/{fresh.slug}/"
    assert authenticate(None, email=second.email, password=second.password) is not None
    assert User.objects.count() == 5
    assert mine.members.count() == 1


def test_removing_takes_its_people_away_unless_they_live_elsewhere(fresh: Business) -> None:
    mine = make_business(name="Mine")
    tilen = fresh.members.get(role=Role.CONTRIBUTOR).user
    Member.objects.create(business=mine, user=tilen, role=Role.VIEWER)
    guest = make_member(fresh, Role.VIEWER, name="A guest").user
    demo.remove(fresh)
    assert [b.name for b in Business.objects.all()] == ["Mine"]
    left = set(User.objects.values_list("email", flat=True))
    assert left == {mine.members.earliest("pk").user.email, tilen.email, guest.email}
    assert (Delivery.objects.count(), Asset.objects.count()) == (0, 0)


def test_a_real_business_is_never_removed_as_a_demo(db: None) -> None:
    with pytest.raises(AssertionError):
        demo.remove(make_business())


def test_the_story_keeps_what_later_pages_will_show() -> None:
    story = Story.read(today=ANCHOR, language="sl")
    assert story.shift == timedelta(0)
    assert {part: len(story[part]) for part in ("duties", "posts", "months", "key_days")} == {
        "duties": 7,
        "posts": 84,
        "months": 15,
        "key_days": 5,
    }
    assert len(story["tasks"]["tasks"]) == 18
    assert len(story["budget"]["lines"]) == 13
    assert [p["id"] for p in story["market"]["personas"]] == ["p1", "p2", "p3", "n1"]
    assert story.told({"en": "House"}) == "House"
    assert story.told(None) == ""

"""A shop's plan for the tests of files: the demo's first goals on the day it is told for."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from waypost.accounts.models import Business
from waypost.goals.formulas import Kind
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.tests import factories

TODAY = dt.date(2026, 10, 12)
NOON = dt.datetime(2026, 10, 12, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def make_goal(business: Business, *values: tuple[dt.date, str], **fields: Any) -> Goal:
    goal = factories.make_goal(business, **fields)
    GoalValue.objects.bulk_create(
        GoalValue(goal=goal, date=day, value=Decimal(value)) for day, value in values
    )
    return goal


@dataclass
class Shop:
    audience: Goal
    replies: Goal
    stock: Goal
    account: Initiative
    posts: Initiative
    launch: Initiative
    habits: Initiative

    @classmethod
    def open(cls, business: Business) -> "Shop":
        audience = make_goal(
            business,
            (dt.date(2026, 9, 30), "8640"),
            (dt.date(2026, 10, 11), "9010"),
            title="Podvojiti občinstvo",
            baseline=Decimal(6000),
            target=Decimal(12000),
            start_date=dt.date(2026, 7, 1),
            deadline_date=dt.date(2026, 12, 31),
        )
        replies = make_goal(
            business,
            (dt.date(2026, 10, 11), "3.6"),
            title="Answer within 3 hours",
            metric="Median",
            unit="hours",
            baseline=Decimal(9),
            target=Decimal(3),
            start_date=dt.date(2026, 4, 1),
            deadline_date=dt.date(2026, 11, 15),
        )
        stock = make_goal(
            business,
            (dt.date(2026, 10, 1), "25"),
            title="Keep 20 boxes ready",
            kind=Kind.KEEP_ABOVE,
            baseline=Decimal(20),
            target=Decimal(20),
            start_date=dt.date(2026, 9, 1),
            deadline_date=dt.date(2027, 1, 31),
        )
        account = factories.make_initiative(
            audience,
            title="Set up the account",
            start_date=dt.date(2026, 7, 1),
            end_date=dt.date(2026, 7, 7),
            status="done",
            progress=100,
            budget=Decimal("0.50"),
        )
        posts = factories.make_initiative(
            audience,
            title="Post every day, in German",
            start_date=dt.date(2026, 7, 8),
            end_date=dt.date(2026, 10, 4),
            status="in_progress",
            progress=52,
            risk="high",
            resources="=SUM(A1)\r\nMaja",
            budget=Decimal(240),
            baseline_start_date=dt.date(2026, 7, 1),
            baseline_end_date=dt.date(2026, 9, 30),
        )
        launch = factories.make_initiative(
            audience,
            title="Launch",
            start_date=dt.date(2026, 11, 2),
            end_date=dt.date(2026, 11, 2),
            owner_role="ads",
        )
        habits = factories.make_initiative(
            replies,
            title="Two slots a day",
            start_date=dt.date(2026, 9, 1),
            end_date=dt.date(2026, 11, 15),
            status="in_progress",
            progress=60,
            owner=business.members.get(role="owner").user,
        )
        posts.depends_on.set([account])
        launch.depends_on.set([account, posts])
        return cls(audience, replies, stock, account, posts, launch, habits)

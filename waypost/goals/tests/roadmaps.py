"""Initiatives on a roadmap, told by days from today, and moving them as the page does."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.goals.models import Goal, Initiative
from waypost.tests import factories

TODAY = timezone.localdate()


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"goals:{name}", args=[business.slug, *args])


def make(goal: Goal, title: str, start: int, end: int, **fields: Any) -> Initiative:
    return factories.make_initiative(
        goal, title=title, start_date=day(start), end_date=day(end), **fields
    )


def make_chain(goal: Goal) -> list[Initiative]:
    """Three that wait for each other: texts, then pictures, then a launch of one day."""
    chain = [
        make(goal, "Write texts", 1, 5),
        make(goal, "Take pictures", 6, 10),
        make(goal, "Launch", 11, 11),
    ]
    chain[1].depends_on.add(chain[0])
    chain[2].depends_on.add(chain[1])
    return chain


def dates(initiative: Initiative) -> tuple[dt.date, dt.date]:
    initiative.refresh_from_db()
    return initiative.start_date, initiative.end_date


def post(client: Client, initiative: Initiative, start: object, end: object, **more: Any) -> Any:
    data = {"start": str(start), "end": str(end), **more.pop("data", {})}
    address = url(initiative.business, "roadmap_move", initiative.pk)
    return client.post(address, data, **more)

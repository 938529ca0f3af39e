"""Makers of rows for tests, with sensible values for whatever the test does not say."""

import io
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, Member, User
from waypost.board.models import Task
from waypost.budget.actions import add_line, start_budget
from waypost.budget.models import ADVERTISING, Budget, Line, PlannedAmount
from waypost.connections.models import Connection
from waypost.content.models import Item, ItemPicture, Status, Variant
from waypost.goals.models import Goal, Initiative
from waypost.insights import last_totals
from waypost.insights.models import PostSnapshot
from waypost.kit.secrets import seal
from waypost.library.models import Asset
from waypost.providers.assisted import Assisted
from waypost.publishing.models import Delivery
from waypost.talk.models import Comment

PASSWORD = "correct horse battery"
_number = count(1)


def make_user(**fields: Any) -> User:
    number = next(_number)
    values = {"email": f"person{number}@example.com", "name": f"Person {number}", **fields}
    return User.objects.create_user(password=PASSWORD, **values)


def make_business(*, owner: User | None = None, **fields: Any) -> Business:
    values = {
        "name": f"Shop {next(_number)}",
        "time_zone": "Europe/Ljubljana",
        "language": "en",
        **fields,
    }
    return found_business(owner=owner or make_user(), **values)


def make_member(business: Business, role: str, **fields: Any) -> Member:
    return Member.objects.create(business=business, user=make_user(**fields), role=role)


def make_connection(business: Business, **fields: Any) -> Connection:
    """A Facebook page that is posted to by hand, unless told otherwise."""
    number = next(_number)
    values: dict[str, Any] = {
        "provider_id": Assisted.id,
        "remote_id": f"facebook:shop{number}",
        "handle": f"shop{number}",
        "name": f"Shop {number}",
        "url": f"https://facebook.com/shop{number}",
        "settings": {"network": "facebook"},
        **fields,
    }
    secrets = values.pop("secrets", {})
    return Connection.objects.create(business=business, sealed_secrets=seal(secrets), **values)


def make_goal(business: Business, **fields: Any) -> Goal:
    today = date.today()
    values: dict[str, Any] = {
        "title": f"Goal {next(_number)}",
        "metric": "Followers",
        "unit": "followers",
        "baseline": Decimal(100),
        "target": Decimal(200),
        "start_date": today - timedelta(days=50),
        "deadline_date": today + timedelta(days=50),
        **fields,
    }
    return Goal.objects.create(business=business, **values)


def make_initiative(goal: Goal, **fields: Any) -> Initiative:
    values: dict[str, Any] = {
        "title": f"Initiative {next(_number)}",
        "start_date": goal.start_date,
        "end_date": goal.deadline_date,
        **fields,
    }
    return Initiative.objects.create(business=goal.business, goal=goal, **values)


def make_task(initiative: Initiative, **fields: Any) -> Task:
    values: dict[str, Any] = {"title": f"Task {next(_number)}", **fields}
    return Task.objects.create(business=initiative.business, initiative=initiative, **values)


def make_comment(business: Business, **fields: Any) -> Comment:
    """A comment on the first page of the business, by its owner."""
    values: dict[str, Any] = {
        "thread": "strategy/company.story",
        "title": "Your story",
        "path": f"/b/{business.slug}/",
        "author": business.members.order_by("pk")[0].user,
        "text": f"Comment {next(_number)}",
        **fields,
    }
    return Comment.objects.create(business=business, **values)


def make_budget(business: Business, **fields: Any) -> Budget:
    """A budget of 2026 in euros with the four usual categories."""
    return start_budget(business, by=None, **{"year": 2026, "currency": "EUR", **fields})


def make_budget_line(
    business: Business,
    *,
    budget: Budget | None = None,
    key: str = ADVERTISING,
    plan: list[str | None] | None = None,
    **fields: Any,
) -> Line:
    """A line of adverts unless ``key`` names another category; ``plan`` begins with January."""
    budget = budget or business.budgets.first() or make_budget(business)
    values: dict[str, Any] = {"name": f"Line {next(_number)}", **fields}
    line = add_line(budget, by=None, category=budget.categories.get(key=key), **values)
    PlannedAmount.objects.bulk_create(
        PlannedAmount(line=line, month=month, amount=Decimal(amount))
        for month, amount in enumerate(plan or [], start=1)
        if amount is not None
    )
    return line


def make_item(
    business: Business, *, channels: list[Connection] | None = None, **fields: Any
) -> Item:
    """A draft; give ``channels`` to make variants."""
    values: dict[str, Any] = {
        "title": f"Item {next(_number)}",
        "text": "Hello from the shop",
        "time_zone": business.time_zone,
        **fields,
    }
    item = Item.objects.create(business=business, **values)
    for connection in channels or []:
        Variant.objects.create(item=item, connection=connection)
    return item


def make_delivery(item: Item, connection: Connection, **fields: Any) -> Delivery:
    values: dict[str, Any] = {"due_at": item.due_at or timezone.now(), **fields}
    return Delivery.objects.create(item=item, connection=connection, **values)


def make_snapshot(delivery: Delivery, **totals: Any) -> PostSnapshot:
    """``taken_at`` and the numbers of then."""
    snapshot = PostSnapshot(delivery=delivery, **totals)
    last_totals.add([snapshot])
    return snapshot


def scheduled_item(business: Business, *channels: Connection, **fields: Any) -> Item:
    """An item that is due now."""
    values = {"status": Status.SCHEDULED, "due_at": timezone.now(), **fields}
    return make_item(business, channels=list(channels), **values)


def picture_bytes(
    width: int = 64, height: int = 48, fmt: str = "PNG", colour: str = "teal"
) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, fmt)
    return stream.getvalue()


def make_asset(business: Business, *, content: bytes | None = None, **fields: Any) -> Asset:
    number = next(_number)
    data = content or picture_bytes(60 + number % 40, 48)
    values: dict[str, Any] = {
        "name": f"picture{number}.png",
        "mime": "image/png",
        "size": len(data),
        "width": 64,
        "height": 48,
        "sha256": f"{number:064x}",
        "prepared_at": timezone.now(),
        **fields,
    }
    asset = Asset(business=business, **values)
    asset.file.save(asset.name, ContentFile(data), save=False)
    asset.save()
    return asset


def make_film(business: Business, content: bytes, **fields: Any) -> Asset:
    """``content`` as a film that was looked into already."""
    facts: dict[str, Any] = {
        "name": f"film{next(_number)}.mp4",
        "kind": "video",
        "mime": "video/mp4",
        "size": len(content),
        "seconds": 5.0,
        "frame_rate": 25.0,
        "video_codec": "AVC",
        **fields,
    }
    return make_asset(business, content=content, **facts)


def add_picture(item: Item, asset: Asset, **fields: Any) -> ItemPicture:
    return ItemPicture.objects.create(item=item, asset=asset, **fields)

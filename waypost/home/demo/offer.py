"""The demo's hats, hours, products, channels, set-up and tools."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse

from waypost.accounts.models import Business, HatHolder, Member, User
from waypost.connections.models import Connection
from waypost.home.demo.story import Story
from waypost.market.channel_words import usual_metrics
from waypost.market.models import Channel, Product, SetupTick, Tool
from waypost.market.setup import checks_for
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind as NoticeKind

STANDING = {
    "conversion": Channel.Standing.SECONDARY,
    "primary_sales": Channel.Standing.PRIMARY,
    "growth": Channel.Standing.SECONDARY,
    "community": Channel.Standing.SUPPORT,
    "traffic": Channel.Standing.SECONDARY,
    "experiment": Channel.Standing.TEST,
}


def load_absence(business: Business, people: Mapping[str, User], *, today: date) -> None:
    """Next week one person is away for some days, and another stands in."""
    members = {member.user_id: member for member in business.members.all()}
    away, stand_in = (members[people[key].pk] for key in ("maja", "tilen"))
    monday = today + timedelta(days=7 - today.weekday())
    away.absences.create(from_date=monday, until_date=monday + timedelta(days=2), stand_in=stand_in)


def load_notices(business: Business, owner: User, by: User) -> None:
    """What the bell shows: a mention, and a request to review."""
    item = business.items.exclude(due_at=None).order_by("due_at").last()
    page = reverse("content:calendar", args=[business.slug])
    told: dict[str, Any] = {"business": business, "key": "demo", "url": page, "by": by}
    tell([owner], NoticeKind.MENTIONED, thing=item.title if item else business.name, **told)
    if item is not None:
        told["url"] = reverse("publishing:item", args=[business.slug, item.pk])
        tell([owner], NoticeKind.REVIEW, thing=item.title, **told)


def load_hats(story: Story, business: Business, people: Mapping[str, User], *, by: User) -> None:
    """Hours of the members, and who wears and backs up each hat."""
    members = {member.user_id: member for member in business.members.all()}
    own = {key: members[user.pk] for key, user in people.items()}
    for one in story["people"]:
        own[one["id"]].hours_a_week = Decimal(one["hours_per_week"])
    Member.objects.bulk_update(own.values(), ["hours_a_week"])
    HatHolder.objects.bulk_create(
        HatHolder(
            business=business,
            hat=told["key"],
            holder=own[told["member"]],
            backup=own[told["backup"]],
            note=story.told(told["duties"]),
            updated_by=by,
        )
        for told in story["duties"]
    )


def load_products(story: Story, business: Business, *, by: User) -> None:
    """The four products; what is true of all of them is told of each."""
    positioning = story["strategy"]["positioning"]
    common, price = positioning["product"], positioning["price"]
    Product.objects.bulk_create(
        Product(
            business=business,
            name=story.told(told["name"]),
            description=story.told(told.get("description") or common["description"]),
            feeling=story.told(common["feeling"]),
            materials=story.told(told.get("materials") or common["materials"]),
            quality=story.told(common["quality_proof"]),
            unique=common["unique"],
            unique_note=story.told(common["unique_note"]),
            handmade=common["handmade"],
            made_in=story.told(common["made_in"]),
            price_gross=_exact(told["price_gross"]),
            vat_rate=_exact(told["vat_rate"]),
            unit_cost=_exact(told["unit_cost"]),
            target_margin=_exact(told["target_margin"]),
            price_reason=story.told(price["why"]),
            affordable=price["affordable_as"],
            affordable_note=story.told(price["affordable"]),
            orders_per_year=_exact(price["purchases_per_year"]),
            sold_per_year=_exact(told["sold_per_year"]),
            reinvest_share=_exact(price["reinvest_share_of_margin"]),
            position=position,
            updated_by=by,
        )
        for position, told in enumerate(positioning["products"])
    )


def _exact(number: float) -> Decimal:
    """As it is written in the file."""
    return Decimal(str(number))


def load_channels(
    story: Story, business: Business, accounts: Mapping[str, Connection], *, by: User
) -> dict[str, Channel]:
    """The six channels, by their ids in the story."""
    rows = {
        told["id"]: _channel(story, business, accounts, position, told, by=by)
        for position, told in enumerate(story["channels"])
    }
    _tick(story, business, list(rows.values()), story["channels"], by=by)
    return rows


def _channel(
    story: Story,
    business: Business,
    accounts: Mapping[str, Connection],
    position: int,
    told: dict[str, Any],
    *,
    by: User,
) -> Channel:
    account = accounts.get(told["id"])
    site = f"https://{told['handle']}/" if account is None else account.url
    choices = story["channel_choices"]
    return Channel.objects.create(
        business=business,
        name=story.told(told["name"]),
        network=told["network"],
        connection=account,
        handle=told["handle"],
        url=site,
        purpose=story.told(told["purpose"]),
        standing=STANDING[told["role"]],
        does_support=told["id"] in choices["support_channels"],
        languages=told["languages"],
        posts_per_week=Decimal(told["posts_per_week"]),
        content_mix=told.get("mix", {}),
        metrics=told.get("metrics") or usual_metrics(told["network"], ""),
        ad_share=_exact(told["ad_share"]),
        voice=story.told(choices["voice"]),
        pillars=story.told(choices["pillars"]),
        position=position,
        updated_by=by,
    )


def _tick(
    story: Story,
    business: Business,
    channels: list[Channel],
    told: list[dict[str, Any]],
    *,
    by: User,
) -> None:
    """What is set up: everything but the second factor where the story says that it lacks."""
    done_at = story.moment(story["about"]["anchor"] - timedelta(days=10), "10:00")
    rows = [
        SetupTick(business=business, key=one["key"], done_at=done_at, done_by=by)
        for one in story["account_checklist"]
        if one["done"] and not one.get("of_channels")
    ]
    keys = [one["key"] for one in story["account_checklist"] if one.get("of_channels")]
    for channel, one in zip(channels, told, strict=True):
        asked = {check.key for check in checks_for(channel)}
        lacks = {"two_factor", "recovery"} if one.get("two_factor") is False else set()
        rows += [
            SetupTick(business=business, channel=channel, key=key, done_at=done_at, done_by=by)
            for key in [*keys, *story["account_checklist_more"]]
            if key in asked - lacks
        ]
    SetupTick.objects.bulk_create(rows)


def load_tools(story: Story, business: Business, *, by: User) -> None:
    Tool.objects.bulk_create(
        Tool(
            business=business,
            name=told["name"],
            used_for=story.told(told["used_for"]),
            period=told["period"],
            price=None if told.get("price") is None else _exact(told["price"]),
            trial_ends_on=story.day(told["trial_ends"]) if told.get("trial_ends") else None,
            tested_on=story.day(told["tested"]) if told.get("tested") else None,
            renews_on=story.day(told["renews"]) if told.get("renews") else None,
            position=position,
            updated_by=by,
        )
        for position, told in enumerate(story["tools"])
    )

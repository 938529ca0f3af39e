"""What the demo shop keeps for making posts: link rule, feed, saved texts, a tidy library."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.content.models import Feed, FeedEntry, Item, LinkRule, SavedText
from waypost.home.demo.story import Story
from waypost.library.actions import describe
from waypost.library.models import Folder, Licence
from waypost.publishing.models import Delivery


def load_making(story: Story, business: Business, posts: Mapping[str, Item]) -> None:
    """``posts`` are the items by their ids in the story; the personas are there already."""
    told = story["making"]
    LinkRule.objects.create(business=business, sites=told["site"])
    SavedText.objects.bulk_create(
        SavedText(
            business=business,
            kind=each["kind"],
            name=story.told(each["name"]),
            body=story.told(each["body"]),
        )
        for each in told["texts"]
    )
    _feed(story, business, told["feed"])
    _shelves(story, business, told["folders"])
    _finish(story, business, posts)


def _feed(story: Story, business: Business, told: Mapping[str, Any]) -> None:
    """It stands at an address that nobody has; the feeds of a demo are never fetched."""
    feed = Feed.objects.create(
        business=business,
        url=told["url"],
        title=story.told(told["title"]),
        read_at=timezone.now(),
    )
    FeedEntry.objects.bulk_create(
        FeedEntry(
            feed=feed,
            key=hashlib.sha256(str(number).encode()).hexdigest(),
            title=story.told(each["title"]),
            summary=story.told(each["summary"]),
            url=f"{told['url']}/{number}",
            published_at=datetime.combine(story.day(each["day"]), time(8), story.zone),
        )
        for number, each in enumerate(told["entries"], start=1)
    )


def _shelves(story: Story, business: Business, told: list[dict[str, Any]]) -> None:
    """Every picture into the folder that is told for its shape, with tags, maker and licence."""
    for each in told:
        folder = Folder.objects.create(business=business, name=story.told(each["name"]))
        names = [f"{story.told(name)}.png" for name in each["pictures"]]
        rows = business.assets.all()
        for asset in rows.filter(name__in=names) if names else rows.filter(folder=None):
            describe(
                asset,
                tags=story.told(each["tags"]).split(", "),
                folder=folder,
                author=each["maker"],
                licence=Licence.OWN,
            )


def _finish(story: Story, business: Business, posts: Mapping[str, Item]) -> None:
    """Who each post is for, what is paid for it, and where it stands on the network."""
    personas = {persona.name: persona for persona in business.personas.all()}
    names = {each["id"]: each["name"] for each in story["market"]["personas"]}
    channels = {each["id"]: each for each in story["channels"]}
    site = story["making"]["site"]
    for told in story["posts"]:
        item = posts[told["id"]]
        item.persona = personas.get(names.get(told.get("persona", ""), ""))
        item.boost = Decimal(told["boost"]) if told.get("boost") else None
        item.cta = story.told(story["making"]["calls"].get(told["kind"])) if item.link else ""
        place = channels[told["channel"]]["network"]
        url = f"https://{site}/out/{place}/{told['id']}"
        Delivery.objects.published().filter(item=item).update(remote_url=url)
    Item.objects.bulk_update(posts.values(), ["persona", "boost", "cta"], batch_size=100)

"""Puts the demo business into the database, and takes it away again."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import cycle
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.connections.actions import keep
from waypost.connections.models import Connection
from waypost.content.models import Item, ItemPicture, Status, Variant
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.home.demo.board import load_board
from waypost.home.demo.earlier import Aims, load_earlier
from waypost.home.demo.making import load_making
from waypost.home.demo.market import load_market
from waypost.home.demo.money import Links, load_budget
from waypost.home.demo.months import load_months
from waypost.home.demo.offer import (
    load_absence,
    load_channels,
    load_hats,
    load_notices,
    load_products,
    load_tools,
)
from waypost.home.demo.pictures import drawn
from waypost.home.demo.reporting import load_report
from waypost.home.demo.rhythm import load_rhythm
from waypost.home.demo.story import Story
from waypost.home.demo.strategy import People, load_strategy
from waypost.insights import last_totals
from waypost.insights.models import PostSnapshot, Source
from waypost.library.actions import add_picture, erase
from waypost.library.models import Asset
from waypost.providers import registry
from waypost.providers.base import ConnectsByForm, HandsOver, Provider
from waypost.publishing.models import Delivery
from waypost.publishing.models import Status as DeliveryStatus

OWN_SITE = "website"  # a channel of the story where nothing is posted


@dataclass(frozen=True)
class DemoLogin:
    url_path: str  # /b/<slug>/
    email: str
    password: str


@transaction.atomic
def load(*, today: date, language: str | None = None) -> DemoLogin:
    """Make the demo business anew; one that is here already is replaced.

    ``today`` decides where its days are moved to, ``language`` (en or sl, else that of
    the moment) in which language goals and initiatives are told.
    """
    story = Story.read(today=today, language=(language or get_language() or "en")[:2])
    for old in Business.objects.filter(is_demo=True):
        remove(old)
    password = secrets.token_urlsafe(9)
    people = _people(story, password)
    owner = people[_owner(story)]
    business = found_business(
        name=story["business"]["name"],
        owner=owner,
        time_zone=story["about"]["time_zone"],
        language=story.language,
        is_demo=True,
    )
    _Loader(story, business, people).load()
    return DemoLogin(reverse("home:today", args=[business.slug]), owner.email, password)


@transaction.atomic
def remove(business: Business) -> None:
    """Delete a demo business, and its invented people unless they joined another one."""
    assert business.is_demo
    story = Story.read(today=timezone.localdate(), language="en")
    business.items.all().delete()
    for asset in business.assets(manager="everything").all():
        erase(asset)
    business.delete()
    invented = [person["email"] for person in story["people"]]
    User.objects.filter(email__in=invented, memberships=None).delete()


def _owner(story: Story) -> str:
    return next(str(one["id"]) for one in story["people"] if one["role"] == Role.OWNER)


def _people(story: Story, password: str) -> dict[str, User]:
    """By their id in the story. Only the owner can sign in."""
    people = {}
    for one in story["people"]:
        user, _new = User.objects.get_or_create(
            email=one["email"], defaults={"name": one["name"], "language": story.language}
        )
        if one["role"] == Role.OWNER:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(update_fields=["password"])
        people[one["id"]] = user
    return people


def _by_hand() -> Provider:
    """The provider through which a person posts anywhere: the demo has no real accounts."""
    return next(
        provider
        for provider in registry.ALL.values()
        if isinstance(provider, HandsOver) and isinstance(provider, ConnectsByForm)
    )


def _within(goal: Goal, day: date) -> date:
    """``day``, which was moved by weeks, within the time of a goal that was moved by months."""
    return min(max(day, goal.start_date), goal.deadline_date)


class _Loader:
    """One loading; its maps go from ids of the story to rows."""

    def __init__(self, story: Story, business: Business, people: dict[str, User]) -> None:
        self.story = story
        self.business = business
        self.people = people
        self.owner = people[_owner(story)]

    def load(self) -> None:
        self._members()
        self.goals = {goal["id"]: self._goal(goal) for goal in self.story["goals"]}
        self.initiatives = {one["id"]: self._initiative(one) for one in self.story["initiatives"]}
        for told in self.story["initiatives"]:
            self._order(told)
        load_board(self.story, self.business, self.people, self.initiatives)
        self.channels = dict(self._channels(self.story["channels"]))
        load_months(self.story, self.channels)
        self.pictures = cycle([self._picture(told) for told in self.story["pictures"]])
        self.posts = {told["id"]: self._post(told) for told in self.story["posts"]}
        links = Links(self.channels, self.initiatives)
        load_budget(self.story, self.business, links, by=self.owner)
        load_rhythm(self.business, by=self.owner)
        self._offer()

    def _offer(self) -> None:
        load_hats(self.story, self.business, self.people, by=self.owner)
        load_absence(self.business, self.people, today=timezone.localdate())
        load_notices(self.business, self.owner, by=self.people["maja"])
        load_products(self.story, self.business, by=self.owner)
        channels = load_channels(self.story, self.business, self.channels, by=self.owner)
        load_tools(self.story, self.business, by=self.owner)
        load_market(self.story, self.business, channels, by=self.owner)
        load_making(self.story, self.business, self.posts)
        self._earlier()
        # Last, because its approved version reads everything above.
        told_by = People(self.people, self.owner)
        load_strategy(self.story, self.business, self.initiatives, told_by)
        load_report(self.story, self.business, self.people, by=self.owner)

    def _earlier(self) -> None:
        names = {each["id"]: each["name"] for each in self.story["market"]["personas"]}
        rows = {persona.name: persona for persona in self.business.personas.all()}
        personas = {key: rows[name] for key, name in names.items() if name in rows}
        aims = Aims(self.goals, self.initiatives, personas)
        load_earlier(self.story, self.business, self.channels, aims)

    def _members(self) -> None:
        for one in self.story["people"]:
            Member.objects.get_or_create(
                business=self.business,
                user=self.people[one["id"]],
                defaults={"role": one["role"]},
            )

    def _goal(self, told: dict[str, Any]) -> Goal:
        goal = Goal.objects.create(
            business=self.business,
            title=self.story.told(told["title"]),
            specific=self.story.told(told["smart"]["specific"]),
            achievable=self.story.told(told["smart"]["achievable"]),
            resources=self.story.told(told["resources"]),
            why=self.story.told(told["why"]),
            checkpoints=told["checkpoints"],
            metric=self.story.told(told["metric"]),
            unit=self.story.told(told["unit"]),
            baseline=told["baseline"],
            target=told["target"],
            start_date=self.story.edge(told["starts"]),
            deadline_date=self.story.edge(told["ends"]),
            owner=self.people[told["owner"]],
        )
        values: dict[date, Any] = {}
        for day, value in told["values"].items():
            # Where a week begins with a month, the end of the month before is told twice.
            values.setdefault(self.story.edge(day), value)
        GoalValue.objects.bulk_create(
            GoalValue(
                goal=goal,
                date=day,
                value=value,
                recorded_by=self.people[told["owner"]],
            )
            for day, value in values.items()
        )
        return goal

    def _initiative(self, told: dict[str, Any]) -> Initiative:
        done = told["status"] == Initiative.Status.DONE
        goal = self.goals[told["goal"]]
        return Initiative.objects.create(
            business=self.business,
            goal=goal,
            title=self.story.told(told["title"]),
            measure=self.story.told(told["measure"]),
            resources=self.story.told(told["resources"]),
            start_date=_within(goal, self.story.day(told["starts"])),
            end_date=_within(goal, self.story.day(told["ends"])),
            status=told["status"],
            risk=told["risk"],
            progress=told["progress"],
            expected_contribution=told.get("adds"),
            owner=self.people[told["owner"]],
            owner_role=told["hat"],
            position=told["number"],
            until_goal=told.get("until_goal", False),
            repeats=told.get("repeats", ""),
            repeats_what=self.story.told(told.get("repeats_what")),
            risk_note=self.story.told(told.get("risk_note")),
            budget=told["budget"],
            actual_end_date=self.story.day(told.get("ended", told["ends"])) if done else None,
            actual_contribution=told.get("added"),
        )

    def _order(self, told: dict[str, Any]) -> None:
        """What an initiative waits for; only once all of them are there."""
        waits_for = [self.initiatives[one] for one in told.get("after", ())]
        self.initiatives[told["id"]].depends_on.set(waits_for)

    def _channels(self, told: list[dict[str, Any]]) -> Iterable[tuple[str, Connection]]:
        provider = _by_hand()
        assert isinstance(provider, ConnectsByForm)
        for channel in told:
            if channel["network"] != OWN_SITE:
                connected = provider.connect(
                    {"network": channel["network"], "handle": channel["handle"]}
                )
                yield channel["id"], keep(self.business, provider, connected, by=self.owner)

    def _picture(self, told: dict[str, Any]) -> Asset:
        name = self.story.told(told["name"])
        upload = SimpleUploadedFile(f"{name}.png", drawn(told["shape"]), "image/png")
        return add_picture(
            self.business, upload=upload, by=self.owner, alt=self.story.told(told["alt"])
        )

    def _post(self, told: dict[str, Any]) -> Item:
        due_at = self.story.moment(told["day"], told["hour"])
        out = told["status"] == Status.PUBLISHED
        item = Item.objects.create(
            business=self.business,
            title=told["title"],
            kind=told["kind"],
            text=told.get("text") or told["title"],
            link=told.get("link", ""),
            language=told["language"],
            status=told["status"],
            due_at=due_at,
            time_zone=self.business.time_zone,
            goal=self.goals.get(told.get("goal", "")),
            initiative=self.initiatives.get(told.get("initiative", "")),
            owner=self.people.get(told.get("owner", "")),
            published_at=due_at if out else None,
        )
        channel = self.channels[told["channel"]]
        Variant.objects.create(item=item, connection=channel)
        if told["kind"] in self.story["pictured_kinds"]:
            ItemPicture.objects.create(item=item, asset=next(self.pictures))
        if out:
            self._published(item, channel, due_at, told["result"])
        return item

    def _published(
        self, item: Item, channel: Connection, at: datetime, result: dict[str, int | None]
    ) -> None:
        delivery = Delivery.objects.create(
            item=item,
            connection=channel,
            status=DeliveryStatus.PUBLISHED,
            due_at=at,
            published_at=at,
        )
        snapshot = PostSnapshot(
            delivery=delivery,
            taken_at=self.story.moment(self.story["about"]["anchor"], "06:00"),
            source=Source.IMPORTED,
            **result,
        )
        last_totals.add([snapshot])

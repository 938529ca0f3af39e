"""The demo's target market: places, segments, personas, competitors and their numbers."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from waypost.accounts.models import Business, User
from waypost.home.demo.pictures import drawn
from waypost.home.demo.story import Story
from waypost.library.actions import add_picture
from waypost.library.models import Asset
from waypost.market.models import (
    Channel,
    ChannelReading,
    Competitor,
    KeyDay,
    Persona,
    Place,
    Segment,
    SwotPoint,
)

GENDERS = {"f": Persona.Gender.FEMALE, "m": Persona.Gender.MALE}
TEXTS = ("location", "milestones", "distribution", "communication", "mission", "goals")
AVERAGES = ("avg_likes", "avg_shares", "avg_comments", "posts_per_week")


def load_market(
    story: Story, business: Business, channels: Mapping[str, Channel], *, by: User
) -> None:
    """``channels`` are those of the plan, by their ids in the story."""
    _Loader(story, business, channels, by).load()


class _Loader:
    def __init__(
        self, story: Story, business: Business, channels: Mapping[str, Channel], by: User
    ) -> None:
        self.story, self.business, self.channels, self.by = story, business, channels, by
        self.told = story["market"]

    def load(self) -> None:
        for position, told in enumerate(self.told["geography"]):
            self._place(position, told)
        KeyDay.objects.bulk_create(self._own_days())
        for position, told in enumerate(self.told["segments"]):
            self._segment(position, told)
        for position, told in enumerate(self.told["personas"]):
            self._persona(position, told)
        self._swot(None, self.story["strategy"]["swot"])
        for position, told in enumerate(self.told["competitors"]):
            self._competitor(position, told)
        ChannelReading.objects.bulk_create(self._own_readings())

    def say(self, told: Mapping[str, Any], name: str) -> str:
        """A text of the story; a dash there means that there is nothing to say."""
        text = self.story.told(told.get(name))
        return "" if text == "–" else text

    def _place(self, position: int, told: dict[str, Any]) -> None:
        Place.objects.create(
            business=self.business,
            name=self.say(told, "place"),
            country=told["country"],
            subdivision=told["subdivision"],
            language=told["language"],
            share_of_orders=Decimal(str(told["share_of_orders"])),
            standing=told["priority"],
            shopping=self.say(told, "shopping"),
            position=position,
            updated_by=self.by,
        )

    def _own_days(self) -> Iterator[KeyDay]:
        """They come every year, so they are not moved with the story. Holidays and shopping
        days of the story are left out: Waypost knows them for every year.
        """
        founded = self.story["business"]["founded"]
        birthday = {"en": "Birthday of the workshop", "sl": "Rojstni dan delavnice"}
        for told in (*self.story["own_days"], {"date": founded, "name": birthday}):
            yield KeyDay(
                business=self.business,
                date=told["date"],
                name=self.story.told(told["name"]),
                yearly=True,
                updated_by=self.by,
            )

    def _segment(self, position: int, told: dict[str, Any]) -> None:
        Segment.objects.create(
            business=self.business,
            kind=told["kind"].lower(),
            industry=self.say(told, "industry"),
            occupation=self.say(told, "occupation"),
            location=self.say(told, "location"),
            business_goals=self.say(told, "business_goal"),
            position=position,
            updated_by=self.by,
        )

    def _persona(self, position: int, told: dict[str, Any]) -> None:
        person = told["demographics"]
        persona = Persona.objects.create(
            business=self.business,
            name=told["name"],
            tagline=self.say(told, "tagline"),
            picture=self._portrait(told),
            professional=self.say(told, "professional"),
            income=told["income"],
            personal=self.say(told, "personal"),
            age_from=person["age"],
            age_to=person["age"],
            gender=GENDERS[person["gender"]],
            location=person["location"],
            communication=self.say(told, "communication"),
            formats=told["formats"],
            business_goals=self.say(told, "business_goals"),
            personal_goals=self.say(told, "personal_goals"),
            challenges=self.say(told, "challenges"),
            impact=self.say(told, "our_impact"),
            objections=self.say(told, "objections"),
            usp=self.say(told, "usp"),
            negative=told["negative"],
            exclusion_rule=self.say(told, "exclude_rule"),
            position=position,
            updated_by=self.by,
        )
        persona.channels.set([self.channels[one] for one in told["channels"]])

    def _portrait(self, told: dict[str, Any]) -> Asset | None:
        if "portrait" not in told:
            return None
        name = told["name"]
        upload = SimpleUploadedFile(f"{name}.png", drawn(told["portrait"]), "image/png")
        alt = {
            "en": f"Drawing of {name}, who is invented.",
            "sl": f"Risba izmišljene osebe {name}.",
        }
        return add_picture(self.business, upload=upload, by=self.by, alt=self.story.told(alt))

    def _swot(self, competitor: Competitor | None, told: Mapping[str, Any]) -> None:
        SwotPoint.objects.bulk_create(
            SwotPoint(
                business=self.business,
                competitor=competitor,
                quadrant=quadrant,
                text=self.story.told(text),
                position=position,
                updated_by=self.by,
            )
            for quadrant in SwotPoint.Quadrant.values
            for position, text in enumerate(told[quadrant])
        )

    def _competitor(self, position: int, told: dict[str, Any]) -> None:
        competitor = Competitor.objects.create(
            business=self.business,
            name=told["name"],
            url=told["url"],
            kind=told["kind"],
            summary=self.say(told, "summary"),
            position=position,
            updated_by=self.by,
            **{name: self.say(told, name) for name in TEXTS},
        )
        self._swot(competitor, told["swot"])
        ChannelReading.objects.bulk_create(self._readings(competitor, told))

    def _readings(self, competitor: Competitor, told: dict[str, Any]) -> Iterator[ChannelReading]:
        before = self.story.day(self.told["counted_before"])
        for one in told["channels"]:
            network, day = one["channel"], self.story.day(one["as_of"])
            yield self._reading(competitor, network, before, followers=one["followers_before"])
            numbers = {name: _exact(one[name]) for name in AVERAGES}
            yield self._reading(competitor, network, day, followers=one["followers"], **numbers)
        mentions = told["mentions_last_month"]
        yield self._reading(competitor, "", day, mentions=mentions)

    def _own_readings(self) -> Iterator[ChannelReading]:
        """Of the main profile on each network, as others would count it."""
        days = [self.told["counted_before"], max(self.story["followers"]["ig_main"])]
        for channel, numbers in self.told["own_averages"].items():
            network = self.channels[channel].network
            counts = self.story["followers"][channel]
            first, last = (self.story.day(day) for day in days)
            yield self._reading(None, network, first, followers=counts[days[0]])
            averages = {name: _exact(numbers[name]) for name in AVERAGES}
            yield self._reading(None, network, last, followers=counts[days[1]], **averages)
        yield self._reading(None, "", last, mentions=self.told["own_mentions_last_month"])

    def _reading(
        self, competitor: Competitor | None, network: str, day: date, **numbers: Any
    ) -> ChannelReading:
        return ChannelReading(
            business=self.business,
            competitor=competitor,
            network=network,
            date=day,
            updated_by=self.by,
            **numbers,
        )


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))

"""The demo's strategy: answers, what follows from them, one approved version, two changes."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from waypost.accounts.models import Business, User
from waypost.budget.models import Line
from waypost.content.models import Kind as Format
from waypost.goals.models import Initiative
from waypost.home.demo.story import Story
from waypost.strategy import actions
from waypost.strategy.actions import conclusions, versions
from waypost.strategy.actions.journey import check_step
from waypost.strategy.models import State
from waypost.strategy.progress import THREADS
from waypost.strategy.sections import BY_KEY
from waypost.talk.actions import write
from waypost.talk.models import Mention
from waypost.talk.places import Place

PAYMENTS = ("card", "paypal", "on_delivery", "invoice")
SENT_AFTER = {"number": "1", "unit": "days"}
ITEMS_TOUCHED = 3  # posts after it that a change names


@dataclass(frozen=True)
class People:
    """Who the story is about, by their id in it, and who answers."""

    by_id: dict[str, User]
    owner: User


def load_strategy(
    story: Story, business: Business, initiatives: dict[str, Initiative], people: People
) -> None:
    """Fill in everything that the market and the plan do not hold. They must be there."""
    with translation.override(story.language):
        _Loader(story, business, initiatives, people).load()


class _Loader:
    def __init__(
        self, story: Story, business: Business, initiatives: dict[str, Initiative], people: People
    ) -> None:
        self.story, self.business, self.people = story, business, people
        self.initiatives = initiatives
        self.told = story["strategy"]

    def load(self) -> None:
        for section in (self._company, self._mission, self._goals, self._distribution):
            section()
        self._journey()
        self._channels()
        self._own_question()
        self._conclusions()
        self._approve()
        self._walk()
        self._talk()
        self._changes()

    def say(self, key: str, **value: Any) -> None:
        """One answer; texts of the story are told in its language."""
        told = {
            name: self.story.told(part) if isinstance(part, dict) else part
            for name, part in value.items()
        }
        actions.save_answer(
            self.business,
            key,
            value={name: part for name, part in told.items() if part not in ("", None, [])},
            state=State.ANSWERED,
            by=self.people.owner,
        )

    def _company(self) -> None:
        told = self.story["business"]
        production = told["production"]
        self.say("company.name", text=told["name"])
        self.say("company.headquarters", text=told["headquarters"])
        self.say("company.founded", date=told["founded"].isoformat())
        self.say("company.founder", text=told["founder"])
        self.say("company.story", text=told["story"])
        self.say(
            "company.milestones",
            list=[
                [one["date"].isoformat(), self.story.told(one["text"])]
                for one in told["milestones"]
            ],
        )
        self.say(
            "company.production",
            text=production["resources"],
            number=str(production["capacity_per_week"]),
            unit=production["capacity_unit"],
        )

    def _mission(self) -> None:
        told = self.story["business"]["mission"]
        for question in BY_KEY["mission"].questions:
            self.say(f"mission.{question.key}", text=told[question.key])

    def _goals(self) -> None:
        told = self.story["about"]["period"]
        year = self.story.day(self.story["about"]["anchor"]).year
        self.say(
            "goals.period",
            start=f"{year}-01-01",
            end=f"{year}-12-31",
            checkpoints=told["checkpoints"],
        )

    def _distribution(self) -> None:
        told = self.told["positioning"]["distribution"]
        site = self.story["business"]["website"]
        self.say("distribution.own_site", yes=told["own_website"], url=site)
        self.say("distribution.mode", mode=told["mode"])
        self.say("distribution.blog", yes=told["blog"], url=f"{site}/blog")
        self.say("distribution.affiliate", programme="referral", text=told["affiliate_or_referral"])
        self.say("distribution.influencers", yes=told["influencers"])
        self.say("distribution.paid", yes=told["paid_campaigns"])
        known = [kind for kind in told["formats"] if kind in Format.values]
        self.say("distribution.formats", formats=known)

    def _journey(self) -> None:
        for step in self.told["positioning"]["journey"]:
            key, text = step["q"], step["a"]
            if key == "pay":
                self.say("journey.pay", ways=list(PAYMENTS), text=text)
            elif key == "landing":
                self.say("journey.landing", text=text, url=self.story["business"]["website"])
            elif key == "fulfil_speed":
                # Before the version was approved nobody had thought of December.
                now = self.story.told(text)
                self.say("journey.fulfil_speed", **SENT_AFTER, text=now.partition(";")[0])
            else:
                self.say(f"journey.{key}", text=text)

    def _channels(self) -> None:
        website = next(one for one in self.story["channels"] if one["network"] == "website")
        self.say("channels.site_purpose", text=website["purpose"])

    def _own_question(self) -> None:
        told = self.story["business"]["mission"]["values_question"]
        question = actions.add_question(self.business, BY_KEY["mission"], ask=self.story.told(told))
        values = self.story["business"]["mission"]["values"]
        text = "\n".join(self.story.told(value) for value in values)
        self.say(f"mission.{question.key}", text=text)

    def _conclusions(self) -> None:
        for told in self.told["swot"]["actions"]:
            conclusion = conclusions.conclude(
                self.business,
                "swot",
                text=self.story.told(told["text"]),
                pairing=told["kind"],
                by=self.people.owner,
            )
            conclusions.link_initiative(conclusion, self.initiatives[told["initiative"]])

    def _approve(self) -> None:
        version = versions.approve(self.business, by=self.people.owner)
        version.approved_at = self.story.moment(self.told["approved"])
        version.save(update_fields=["approved_at"])
        steps = self.told["positioning"]["journey"]
        now = next(step["a"] for step in steps if step["q"] == "fulfil_speed")
        self.say("journey.fulfil_speed", **SENT_AFTER, text=now)

    def _walk(self) -> None:
        """Somebody walked the customer journey; one step was broken, two nobody tried."""
        told = self.told["positioning"]["walk"]
        by = self.people.by_id[told["by"]]
        for question in BY_KEY["journey"].questions:
            if question.key not in told["unwalked"]:
                works = question.key not in told["broken"]
                check_step(self.business, question, works=works, by=by)
        self.business.step_checks.update(checked_at=self.story.moment(told["date"]))

    def _talk(self) -> None:
        told = self.told["talk"]
        section, _dot, key = told["question"].partition(".")
        question = BY_KEY[section].question(key)
        assert question is not None
        path = reverse("strategy:section", args=[self.business.slug, section])
        place = Place(self.business, f"{THREADS}{told['question']}", str(question.ask), path)
        root = None
        for line in told["lines"]:
            text = self.story.told(line["text"]).format(owner=f"@{self.people.owner}")
            root = write(place, text=text, by=self.people.by_id[line["by"]], reply_to=root)
        # The story's owner has answered; what is new for them stands in the bell.
        Mention.objects.unseen_by(self.people.owner, self.business).update(seen_at=timezone.now())

    def _changes(self) -> None:
        for told in self.told["changes"]:
            touched = [self.initiatives[one] for one in told["affected"]]
            since = self.story.moment(told["date"])
            after = self.business.items.filter(initiative__in=touched, due_at__gte=since)
            versions.record_change(
                self.business,
                by=self.people.owner,
                date=self.story.day(told["date"]),
                trigger=self.story.told(told["trigger"]),
                change=self.story.told(told["change"]),
                decided_by=self.people.owner,
                goals=list({one.goal_id: one.goal for one in touched}.values()),
                initiatives=touched,
                lines=list(Line.objects.kept().filter(initiative__in=touched)),
                items=list(after.order_by("due_at")[:ITEMS_TOUCHED]),
            )

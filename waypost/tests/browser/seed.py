"""Fills a running Waypost for the browser tests and prints, as JSON, what can be visited.

Run as a process of its own (``python -m waypost.tests.browser.seed``): the thread of a
browser test runs an event loop, in which Django's database layer refuses to work.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.http import FileResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from waypost.accounts.models import Business, Member, User  # noqa: E402
from waypost.accounts.permissions import Role  # noqa: E402
from waypost.board.incoming import InCard, Incoming  # noqa: E402
from waypost.board.models import Attachment, Step, Task, TaskLink  # noqa: E402
from waypost.connections.models import Connection, Health  # noqa: E402
from waypost.content.actions.review_links import create_review_link  # noqa: E402
from waypost.content.exchange.jobs import keep  # noqa: E402
from waypost.content.models import Evergreen  # noqa: E402
from waypost.content.models import Status as ItemStatus  # noqa: E402
from waypost.goals.actions.sharing import create_link  # noqa: E402
from waypost.home import demo  # noqa: E402
from waypost.publishing.models import Attempt, Delivery, Status  # noqa: E402
from waypost.strategy.models import AnswerText  # noqa: E402
from waypost.talk.actions import write  # noqa: E402
from waypost.tests import factories  # noqa: E402
from waypost.tests.browser.markup import Markup  # noqa: E402
from waypost.tests.test_doors import (  # noqa: E402
    BUDGET_EXPENSE_PAGES,
    BUDGET_LINE_PAGES,
    OTHER_WORDS,
    PAGES,
    idea_rows,
    library_rows,
    notice_rows,
    people_rows,
)

OUTSIDE = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_change_password",
    "account_logout",
    "account_inactive",
    "account_signup",
    "home:create_business",
)
MORE = ("/b/nowhere/", "/no-such-page/")
DOORS = ("/account/login/", "/account/password/reset/", "/account/signup/", "/nowhere/")
"""What somebody sees who is not signed in."""
ITEM_OF = {
    Status.PUBLISHED: ItemStatus.PUBLISHED,
    Status.FAILED: ItemStatus.FAILED,
    Status.WITHDRAWN: ItemStatus.CANCELLED,
}


class Rows:
    """Rows of the demo business and the ones it lacks, as lists by what they are."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.asset = factories.make_asset(
            business,
            content=factories.picture_bytes(1200, 900, "JPEG", "peru"),
            name="candles.jpg",
            mime="image/jpeg",
            width=1200,
            height=900,
            alt="Three candles on a wooden table",
        )
        self._talk()
        wax = Task.objects.create(business=business, title="Order the wax")
        business.board_imports.create(
            name="board.json",
            content=Incoming(
                "Workshop", [InCard("Melt the wax", "Doing", people=["Maja"])]
            ).packed(),
        )
        business.board_periods.create(
            start_date=date(2026, 5, 1), end_date=date(2026, 5, 31), closed_at=timezone.now()
        )
        wax.steps.create(text="Ask for a price")
        wax.attachments.create(url="https://example.com/wax", name="The catalogue")
        wax.links.create(key="content/item/0", title="The wax post", path=f"/b/{business.slug}/")
        wax.labels.add(business.labels.create(name="Shop", colour="teal"))
        create_link(business, days=7, by=business.members.all()[0].user)
        channel = business.connections.first()
        assert channel is not None
        budget = business.budgets.get()
        line = budget.lines.get(position=2)
        self.expense = line.expenses.create(date=date(budget.year, 10, 1), amount=12)
        self.deliveries = [self._delivery(channel, status) for status in Status]
        network = factories.make_connection(
            business,
            provider_id="mastodon",
            handle="sveca@toot.si",
            host="https://toot.invalid",  # the worker asks for its numbers and finds nobody
            secrets={"access_token": "t"},
        )
        self.out = self._delivery(network, Status.PUBLISHED)
        Delivery.objects.filter(pk=self.out.pk).update(remote_id="109")
        self.single = self._single()

    def _single(self) -> dict[str, dict[str, Any]]:
        """By space, one row for each first word of the pages' names."""
        business = self.business
        member = business.members.exclude(role=Role.OWNER)[0]
        by = business.members.get(role=Role.OWNER).user
        by.notices.all().delete()
        file = keep(business, name="plan.csv", content=b"Title\nHello", by=by)
        library = library_rows(business)
        item = business.items.filter(status=ItemStatus.SCHEDULED)[0]
        client, _token = create_review_link(item, client="Mrs Novak", days=7, by=by)
        return {
            "notices": {**notice_rows(business)},
            "accounts": people_rows(member),
            "library": {name: library[name] for name in ("folder", "version", "rendition")},
            "content": {
                **idea_rows(business),
                "import": file,
                "import_start": file,
                "client_link_revoke": client,
                "slot_remove": business.slots.all()[0],
                "repeat_end": business.repeats.all()[0],
                "evergreen_remove": Evergreen.objects.filter(item__business=business)[0],
            },
        }

    def _talk(self) -> None:
        """An open talk with an answer that calls somebody, and a settled one."""
        people = [member.user for member in self.business.members.all()]
        root = factories.make_comment(self.business, text="Is this still true? https://example.com")
        text = f"@{people[0]} Yes, since spring."
        write(root.place, text=text, by=people[-1], reply_to=root)
        factories.make_comment(self.business, resolved_at=timezone.now(), resolved_by=people[0])

    def _delivery(self, channel: Connection, status: Status) -> Delivery:
        """One delivery in that state, on an item with a picture and a link."""
        if status == Status.BLOCKED:
            channel = factories.make_connection(
                self.business, health=Health.BROKEN, broken_reason="The password was changed."
            )
        later = timezone.now() + timedelta(days=1)
        item = factories.make_item(
            self.business,
            channels=[channel],
            title=f"Delivery: {status.label}",
            text="Three new scents for the winter 🕯️\n\nWhich one do you like best?",
            link="https://example.com/winter",
            status=ITEM_OF.get(status, ItemStatus.PUBLISHING),
            due_at=timezone.now(),
        )
        factories.add_picture(item, self.asset)
        delivery = factories.make_delivery(
            item, channel, status=status, due_at=later, reason=REASONS.get(status, "")
        )
        if status == Status.PUBLISHED:
            delivery.published_at, delivery.remote_url = timezone.now(), "https://example.com/1"
            delivery.save()
        Attempt.objects.create(
            delivery=delivery,
            step="send",
            started_at=timezone.now(),
            ended_at=timezone.now(),
            outcome=Attempt.Outcome.UNKNOWN,
            detail="ReadTimeout",
        )
        return delivery

    def of(self, name: str) -> list[int]:
        """Keys of the rows to show the page ``name`` with."""
        space, page = name.split(":")
        business = self.business
        rows: dict[str, Any] = {
            "goals": business.initiatives
            if "initiative_" in page or page == "roadmap_move"
            else business.goals,
            "board": self._board(page),
            "connections": business.connections,
            "insights": business.initiatives,
            "reviews": business.goals
            if page == "trace_goal"
            else (business.items if page == "trace_post" else business.reports),
            "accounts": business.members,
            "home": business.members,
            "library": business.assets,
            "talk": business.comments,
        }
        if row := self._row_of(space, page):
            return [row.pk]
        offered = self._market()
        if space == "market" and (kind := page.partition("_")[0]) in offered:
            return [first(offered[kind])]
        if space == "strategy":
            return [first(self._strategy(page.partition("_")[0]))]
        if name == "goals:roadmap_link_revoke":
            return [first(business.roadmap_links)]
        if space == "budget":
            budget = business.budgets.get()
            ads = budget.lines.filter(category__key="advertising")
            if page in BUDGET_EXPENSE_PAGES:
                return [self.expense.pk]
            return [first(ads) if page in BUDGET_LINE_PAGES else budget.pk]
        if name == "goals:initiative_new":
            return [first(business.goals)]
        if name in (own := self._of_publishing()):
            return own[name]
        if space in {"content", "publishing"}:
            return [first(business.items.filter(status=ItemStatus.SCHEDULED))]
        return [first(rows[space])]

    def _row_of(self, space: str, page: str) -> Any:
        rows = self.single.get(space, {})
        return rows.get(page) or rows.get(page.partition("_")[0]) or rows.get("visit")

    def _of_publishing(self) -> dict[str, list[int]]:
        """Pages that are shown more than once, or need a delivery in one state."""
        waiting = [each.pk for each in self.deliveries if each.status == Status.YOUR_TURN]
        items = [*self._item_per_state(), *(each.item_id for each in self.deliveries)]
        return {
            "publishing:hand_over": waiting,
            "publishing:edit": [self.out.pk],
            "publishing:delete": [self.out.pk],
            "publishing:item": list(dict.fromkeys(items)),
        }

    def _board(self, page: str) -> Any:
        task = Task.objects.filter(business=self.business)
        more: dict[str, Any] = {
            "step": Step.objects.filter(task__in=task),
            "attachment": Attachment.objects.filter(task__in=task),
            "link": TaskLink.objects.filter(task__in=task),
            "label": self.business.labels,
            "import": self.business.board_imports,
            "period": self.business.board_periods,
        }
        return (
            self.business.initiatives
            if page.startswith("task_")
            else more.get(page.partition("_")[0], task)
        )

    def _market(self) -> dict[str, Any]:
        """Rows by the first word of the pages that name them."""
        business = self.business
        return {
            "product": business.products,
            "channel": business.channels,
            "tool": business.tools,
            "place": business.places,
            "day": business.key_days,
            "segment": business.segments,
            "persona": business.personas,
            "competitor": business.competitors,
            "readings": business.competitors,
            "reading": business.channel_readings,
        }

    def _strategy(self, kind: str) -> Any:
        return {
            "swot": self.business.swot_points.filter(competitor=None),
            "change": self.business.strategy_changes,
            "conclusion": self.business.conclusions,
            "question": self.business.own_questions,
            "restore": AnswerText.objects.filter(answer__business=self.business),
        }[kind]

    def _item_per_state(self) -> Iterator[int]:
        for state in ItemStatus:
            yield from self.business.items.filter(status=state).values_list("pk", flat=True)[:1]


REASONS = {
    Status.FAILED: "The network did not take the picture: it is larger than 1 MB.",
    Status.BLOCKED: "The account must be connected again.",
    Status.UNCONFIRMED: "The network did not answer in time.",
}


def first(rows: Any) -> int:
    return int(rows.order_by("pk").values_list("pk", flat=True)[0])


def addresses(business: Business, rows: Rows) -> Iterator[tuple[str, str]]:
    """(name, path) of everything that may be a page."""
    for name in OUTSIDE:
        yield name, reverse(name)
    for path in MORE:
        yield "missing", path
    for name, pattern in PAGES:
        words = set(pattern.pattern.converters) - {"slug"}
        given = {word: OTHER_WORDS[word] for word in words & set(OTHER_WORDS)}
        if "goal" in words:
            given["goal"] = first(business.goals)
        for pk in rows.of(name) if "pk" in words else [None]:
            yield name, _path(name, {"slug": business.slug, **given, **({"pk": pk} if pk else {})})
    talk = business.comments.all()[0].place
    yield "talk:thread", reverse("talk:thread", args=[business.slug, talk.token])
    for provider_id in ("bluesky", "mastodon"):
        yield (
            "connections:connect",
            reverse("connections:connect", args=[business.slug, provider_id]),
        )


def _path(name: str, words: dict[str, Any]) -> str:
    try:
        return reverse(name, kwargs=words)
    except NoReverseMatch as gap:
        raise SystemExit(f"the walk cannot name {name}: {gap}") from gap


class Looking:
    """Opens pages as one person after another, and keeps what each showed for the first time.

    One view shows many rows alike, and people with fewer rights see the owner's pages with
    parts left out. A browser looks only where an element is of a kind that nobody saw before on
    that page; all pages that say no are one page.
    """

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = {}
        self.faults: list[str] = []

    def pages(
        self, client: Client, known: list[tuple[str, str]], who: str
    ) -> list[tuple[str, str]]:
        """(name, path) of those that show this person something new."""
        return [(name, path) for name, path in known if self._is_new(client, name, path, who)]

    def _is_new(self, client: Client, name: str, path: str, who: str) -> bool:
        answer = client.get(path)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        shown = answer.status_code in {200, 403, 404, 500}
        if not shown or not is_page or isinstance(answer, FileResponse):
            answer.close()
            return False
        markup = Markup(answer.content.decode())
        self.faults += [f"{who} {name} {path}: {fault}" for fault in markup.faults()]
        page = name if answer.status_code == HTTPStatus.OK else str(answer.status_code)
        seen = self.seen.setdefault(page, set())
        is_new = not markup.kinds <= seen
        seen |= markup.kinds
        return is_new


def browser_of(user: User | None) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    if user:
        client.force_login(user)
    return client


def main() -> None:
    login = demo.load(today=timezone.localdate(), language="en")
    business = User.objects.get(email=login.email).memberships.get().business
    rows = Rows(business)
    people: dict[str, Member] = {
        role: factories.make_member(business, role, name=f"Ana {role}") for role in Role
    }
    people["keyholder"] = factories.make_member(business, Role.EDITOR, name="Ana Key")
    clients = {str(role): browser_of(member.user) for role, member in people.items()}
    known = list(addresses(business, rows))
    looking = Looking()
    told = {
        "slug": business.slug,
        "password": factories.PASSWORD,
        "people": {str(role): member.user.email for role, member in people.items()},
        "sessions": {
            role: client.cookies[settings.SESSION_COOKIE_NAME].value
            for role, client in clients.items()
        },
        "pages": {
            "nobody": looking.pages(browser_of(None), [(path, path) for path in DOORS], "nobody"),
            **{str(role): looking.pages(clients[role], known, role) for role in Role},
        },
        "faults": looking.faults,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()

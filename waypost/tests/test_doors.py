"""Every page of a business is asked for by each role, by a stranger and by nobody."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from waypost.accounts.actions.inviting import invite
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role, allows
from waypost.content.actions.review_links import create_review_link
from waypost.content.exchange.jobs import keep
from waypost.content.models import Evergreen
from waypost.goals.actions.sharing import create_link
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind as NoticeKind
from waypost.providers.visit_sources import SOURCES
from waypost.publishing.models import Delivery, Status
from waypost.reviews.figures import Figures, packed
from waypost.strategy.actions import save_answer
from waypost.strategy.actions.versions import approve
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def business_pages(
    resolver: URLResolver | None = None, name: str = "", address: str = ""
) -> list[tuple[str, URLPattern]]:
    """(name with namespace, pattern) of every address under /b/<slug>/."""
    found: list[tuple[str, URLPattern]] = []
    for each in (resolver or get_resolver()).url_patterns:
        whole = address + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{name}{each.namespace}:" if each.namespace else name
            found += business_pages(each, inner, whole)
        elif whole.startswith("b/<slug:slug>/"):
            found.append((name + str(each.name), each))
    return found


PAGES = business_pages()
NAMES = [name for name, _ in PAGES]
WITH_ROW = [name for name, page in PAGES if "pk" in page.pattern.converters]


BUDGET_LINE_PAGES = {
    "cell",
    "line_edit",
    "line_move",
    "line_hide",
    "line_remove",
    "line_restore",
    "expenses",
    "expense_new",
    "expense_restore",
}
"""Pages of the budget whose address names a line; the others name the budget."""
BUDGET_EXPENSE_PAGES = {"expense_edit", "expense_remove"}


def strategy_rows(business: Business) -> dict[str, Any]:
    """By the first word of the pages that name them; there is one version, too."""
    by = business.members.get(role=Role.OWNER).user
    value = {"text": "Long ago"}
    answer = save_answer(business, "company.story", value=value, state="answered", by=by)
    approve(business, by=by)
    return {
        "swot": business.swot_points.create(quadrant="threats", text="Rain"),
        "change": business.strategy_changes.create(date=date(2026, 5, 4), trigger="Rain"),
        "conclusion": business.conclusions.create(section="swot", text="Buy an umbrella"),
        "question": business.own_questions.create(section="company", ask="And the cat?"),
        "restore": answer.texts.get(),
    }


def target_rows(business: Business) -> dict[str, Any]:
    """Rows of the target market, by the first word of their pages' names."""
    competitor = business.competitors.create(name="Drava Pottery")
    reading = business.channel_readings.create(competitor=competitor, date=date(2026, 5, 4))
    return {
        "place": business.places.create(name="Maribor", country="SI"),
        "day": business.key_days.create(name="Fair", date=date(2026, 5, 4)),
        "segment": business.segments.create(occupation="Nurses"),
        "persona": business.personas.create(name="Katja Novak"),
        "competitor": competitor,
        "readings": competitor,
        "reading": reading,
    }


def library_rows(business: Business) -> dict[str, Any]:
    """A file and what belongs to it, by the first word of their pages' names."""
    asset = factories.make_asset(business)
    content = {"file": asset.file.name, "mime": asset.mime, "sha256": f"{1:064x}"}
    return {
        "one": asset,
        "folder": business.folders.create(name="2026"),
        # Both the page that adds one and the pages of an older one begin with this word.
        "version": asset.versions.create(pk=asset.pk, number=7, added_at=timezone.now(), **content),
        "rendition": asset.renditions.create(recipe="small", size=9, width=9, height=9, **content),
    }


def idea_rows(business: Business) -> dict[str, Any]:
    """Rows of what helps to write, by the names of their pages."""
    text = business.saved_texts.create(kind="hashtags", name="Wax", body="#wax")
    feed = business.feeds.create(url="https://wax.example/feed")
    return {
        "text_edit": text,
        "text_remove": text,
        "feed_remove": feed,
        "entry_draft": feed.entries.create(key="1", title="Bees sleep"),
        "product_draft": business.products.create(name="Pine candle"),
    }


def people_rows(member: Member) -> dict[str, Any]:
    """Rows around people, by the first word of the pages' names."""
    day = date(2026, 5, 4)
    owner = member.business.members.get(role=Role.OWNER).user
    invitation, _token = invite(member.business, email="", role=Role.VIEWER, days=7, by=owner)
    return {
        "absence": member.absences.create(from_date=day, until_date=day),
        "invitation": invitation,
    }


def review_rows(business: Business) -> dict[str, Any]:
    """A report with a signed version, by the first word of the pages that name it."""
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    figures = packed(Figures(first, last, date(2026, 3, 1), date(2026, 3, 31), "EUR"))
    report = business.reports.create(
        first_date=first, last_date=last, figures=figures, figures_at=timezone.now()
    )
    content = {"answers": report.answers, "figures": figures}
    report.versions.create(number=1, content=content, signed_at=timezone.now())
    return {
        "report": report,
        "link": report.links.create(token_hash=f"report-{report.pk}", expires_at=timezone.now()),
        "decision": business.proposal_decisions.create(key="pace/1/2026-04"),
    }


def notice_rows(business: Business) -> dict[str, Any]:
    """Rows of the owner: nobody else opens them."""
    owner = business.members.get(role=Role.OWNER).user
    tell([owner], NoticeKind.LATE, business=business, key="1", url="/", thing="Wax")
    return {
        "visit": owner.notices.get(),
        "device": owner.devices.create(endpoint="https://push.example/1", sealed_keys=""),
        "address": owner.chat_addresses.create(service="Chat", sealed_url=""),
    }


class Rows:
    """One row of each kind in a business, for the addresses that name a row."""

    def __init__(self, business: Business) -> None:
        self.goal = factories.make_goal(business)
        self.initiative = factories.make_initiative(self.goal)
        self.link, _token = create_link(business, days=7, by=business.members.get().user)
        self.task = factories.make_task(self.initiative)
        self.library = library_rows(business)
        self.board = {
            "step": self.task.steps.create(text="Cut"),
            "attachment": self.task.attachments.create(url="https://example.com"),
            "link": self.task.links.create(key="x/1", title="Post", path="/"),
            "label": business.labels.create(name="Urgent"),
            "import": business.board_imports.create(
                name="board.json",
                content={"name": "B", "cards": [], "labels": {}, "notes": []},
            ),
            "period": business.board_periods.create(
                start_date=date(2026, 5, 1), end_date=date(2026, 5, 31), closed_at=timezone.now()
            ),
        }
        self.connection = factories.make_connection(business)
        self.item = factories.make_item(business, channels=[self.connection])
        self.client_link, _token = create_review_link(
            self.item, client="Mrs Novak", days=7, by=business.members.get().user
        )
        self.repeat = business.repeats.create(
            source=self.item,
            rule="FREQ=DAILY",
            first_date=date(2026, 5, 4),
            clock=time(9),
            time_zone=business.time_zone,
        )
        self.evergreen = Evergreen.objects.create(item=self.item)
        self.slot = business.slots.create(connection=self.connection, weekday=0, clock=time(9))
        self.member = factories.make_member(business, Role.EDITOR)
        self.file = keep(business, name="plan.csv", content=b"Title\nHello", by=self.member.user)
        self.delivery = self._delivery(business)
        self.out = factories.make_delivery(
            factories.make_item(business),
            self.connection,
            status=Status.PUBLISHED,
            published_at=timezone.now(),
        )
        self.people = people_rows(self.member)
        self.notices = notice_rows(business)
        self.market = {
            "product": business.products.create(name="Candles"),
            "channel": business.channels.create(name="Blog", network="website"),
            "tool": business.tools.create(name="Scissors"),
            **target_rows(business),
        }
        self.strategy = strategy_rows(business)
        self.reviews = review_rows(business)
        self.visits = business.visit_sources.create(kind=next(iter(SOURCES)), name="Shop")
        self.line = factories.make_budget_line(business)
        self.comment = factories.make_comment(business)
        self.ideas = idea_rows(business)
        self.line.expenses.create(date=date(2026, 5, 4), amount=12)

    def _delivery(self, business: Business) -> Delivery:
        sent = factories.scheduled_item(business, self.connection)
        return factories.make_delivery(
            sent, self.connection, status=Status.YOUR_TURN, due_at=timezone.now()
        )

    def _board_row(self, page: str) -> Any:
        if page.startswith("task_"):
            return self.initiative
        if page.endswith("_add"):
            return self.task
        return self.board.get(page.partition("_")[0], self.task)

    def _budget_row(self, page: str) -> Any:
        if page in BUDGET_EXPENSE_PAGES:
            return self.line.expenses.first()
        return self.line if page in BUDGET_LINE_PAGES else self.line.budget

    def _content_row(self, page: str) -> Any:
        others = {
            "slot_remove": self.slot,
            "client_link_revoke": self.client_link,
            "repeat_end": self.repeat,
            "evergreen_remove": self.evergreen,
            "import": self.file,
            "import_start": self.file,
            **self.ideas,
        }
        return others.get(page, self.item)

    def word_for(self, name: str, word: str) -> Any:
        """What stands in the address for one of its converters."""
        if word == "pk":
            return self.pk_for(name)
        return self.goal.pk if word == "goal" else OTHER_WORDS[word]

    def pk_for(self, name: str) -> int:
        space, page = name.split(":")
        if name == "goals:roadmap_link_revoke":
            return self.link.pk
        row: Any = {
            "goals": self.initiative
            if page == "roadmap_move"
            or (page.startswith("initiative") and page != "initiative_new")
            else self.goal,
            "board": self._board_row(page),
            "content": self._content_row(page),
            "library": self.library.get(page.partition("_")[0], self.library["one"]),
            "connections": self.connection,
            "publishing": self.item
            if page in {"item", "schedule", "unschedule", "publish_now", "send_anyway"}
            or page.startswith("task_")
            else self.delivery,
            "insights": {"source": self.visits, "post": self.out}.get(
                page.partition("_")[0], self.initiative
            ),
            "reviews": {"trace_goal": self.goal, "trace_post": self.item}.get(
                page, self.reviews.get(page.partition("_")[0], self.reviews["report"])
            ),
            "talk": self.comment,
            "notices": self.notices.get(page.partition("_")[0], self.notices["visit"]),
            "accounts": self.people.get(page.partition("_")[0], self.member),
            "market": self.market.get(page.partition("_")[0]),
            "home": self.member,
            "strategy": self.strategy.get(page.partition("_")[0]),
            "budget": self._budget_row(page),
        }[space]
        return int(row.pk)


OTHER_WORDS = {
    "service": next(iter(SOURCES)),
    "provider_id": "assisted",
    "token": "no-such-token",
    "kind": "actual",
    "tool": "margin",
    "month": 1,
    "column": "backlog",
    "recipe": "launch",
    "format_name": "csv",
    "file_format": "md",
    "way": "up",
    "verb": "move",
    "key": "company",
    "number": 1,
    "question": "story",
}


def address(name: str, business: Business, rows: Rows) -> str:
    page = dict(PAGES)[name]
    words: dict[str, Any] = {"slug": business.slug}
    for word in set(page.pattern.converters) - set(words):
        words[word] = rows.word_for(name, word)
    return reverse(name, kwargs=words)


def ask(client: Client, url: str) -> Any:
    """GET, or POST where the page only takes that."""
    answer: Any = client.get(url)
    # close() would also say that the request is over, and end the test's transaction.
    for close in answer._resource_closers:
        close()
    return client.post(url) if answer.status_code == 405 else answer


@pytest.fixture
def rows(business: Business) -> Rows:
    return Rows(business)


def answers(
    names: Iterable[str], business: Business, rows: Rows, browser: Callable[[], Client]
) -> Iterator[tuple[str, Any]]:
    """(name, answer) of each page, asked by a browser of its own; nothing of it stays.

    The rows are made once for all pages, since they take ten times as long as an answer.
    So is the session: a browser begins with the cookies of one that signed in.
    """
    cookies = browser().cookies
    for name in names:
        fresh = Client()
        fresh.cookies = deepcopy(cookies)
        with transaction.atomic():
            try:
                answer = ask(fresh, address(name, business, rows))
            except Exception as error:
                error.add_note(f"asked was {name}")
                raise
            transaction.set_rollback(True)
        yield name, answer


def test_a_stranger_cannot_tell_that_any_page_exists(
    business: Business, rows: Rows, stranger: User, sign_in: Callable[[User], Client]
) -> None:
    found = answers(NAMES, business, rows, lambda: sign_in(stranger))
    assert {name: each.status_code for name, each in found} == dict.fromkeys(NAMES, 404)


def test_nobody_is_sent_to_sign_in_on_any_page(business: Business, rows: Rows) -> None:
    door = reverse("account_login")
    found = answers(NAMES, business, rows, Client)
    told = {
        name: (each.status_code, each.headers.get("Location", "").partition("?")[0])
        for name, each in found
    }
    assert told == dict.fromkeys(NAMES, (302, door))


@pytest.mark.parametrize("role", Role.values)
def test_a_role_opens_just_the_pages_it_may(
    role: str, business: Business, rows: Rows, sign_in: Callable[[User], Client]
) -> None:
    person = factories.make_member(business, role).user
    found = answers(NAMES, business, rows, lambda: sign_in(person))
    wrong = {
        name: each.status_code for name, each in found if not _fits(role, name, each.status_code)
    }
    assert wrong == {}


def _fits(role: str, name: str, status: int) -> bool:
    permission = getattr(dict(PAGES)[name].callback, "permission")  # noqa: B009 - marked views
    if not allows(role, permission):
        return status == 403
    return status in {200, 204, 302, 422} or (status == 404 and name in NEEDS_MORE)


NEEDS_MORE = {
    "publishing:hand_over_file",
    "publishing:task_remove",
    "board:label_new",
    "accounts:absence",
    "accounts:absence_remove",
    "board:put_back",
    "board:undo",
    "budget:expense_restore",
    "connections:continue_",
    "notices:address_remove",
    "notices:address_try",
    "notices:device_remove",
    "notices:toggle",
    "notices:visit",
    "content:queue_order",
    "content:queue_shuffle",
    "content:queue_step",
    "content:set_status",
    "goals:roadmap_undo",
    "goals:undo_record",
    "home:remove_demo",
    "library:folder_back",
    "library:put_back",
    "strategy:step_check",
    "strategy:swot_add",
    "talk:answer",
    "talk:edit",
    "talk:put_back",
    "talk:remove",
    "talk:thread",
    "talk:write",
}
"""These answer 404 without a token, a picture, a demo, a journey under way or a state to set."""


def test_no_row_can_be_reached_through_another_business(
    business: Business, rows: Rows, stranger: User, sign_in: Callable[[User], Client]
) -> None:
    their_own = stranger.memberships.get().business
    found = answers(WITH_ROW, their_own, rows, lambda: sign_in(stranger))
    assert {name: each.status_code for name, each in found} == dict.fromkeys(WITH_ROW, 404)

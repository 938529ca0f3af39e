"""What stands in the sidebar, the top bar and the bottom bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from waypost.accounts import second_step
from waypost.accounts.models import Business, Member
from waypost.notices.models import Notice
from waypost.publishing.beating import SILENT_FOR
from waypost.publishing.models import Heartbeat
from waypost.talk.models import Mention


@dataclass(frozen=True)
class Place:
    """A page in the navigation."""

    label: str | Promise
    view: str  # URL name
    also: tuple[str, ...] = ()  # other views, or whole apps ("goals:"), that belong to it
    icon: str = ""
    permission: str = ""

    def holds(self, view: str) -> bool:
        return view == self.view or any(
            view.startswith(part) if part.endswith(":") else view == part for part in self.also
        )


CALENDAR = Place(
    _("Calendar"),
    "content:calendar",
    (
        "content:exchange",
        "content:send_file",
        "content:import",
        "content:import_start",
        "content:feed_renew",
        "content:queue",
        "content:slots",
        "content:repeats",
        "content:bulk",
    ),
    icon="calendar",
)
POSTS = Place(_("Posts"), "content:items", ("content:", "publishing:"))
REPORT = Place(_("Numbers"), "insights:report", ("insights:",), icon="chart-line")
REVIEWS = Place(_("Reports"), "reviews:list", ("reviews:",))
TODAY = Place(_("Today"), "home:today", icon="house")
MY_DAY = Place(_("My day"), "home:my_day")
IDEAS = Place(
    _("Ideas"),
    "content:ideas",
    ("content:idea_new", "content:feed_new", "content:texts", "content:text_edit"),
)
BOARD = Place(_("Board"), "board:board", ("board:",), icon="list-checks")
NEW_TASK = Place(_("New task"), "board:card_new", icon="list-checks", permission="board.write")
NEW_POST = Place(_("New post"), "content:new", icon="square-pen", permission="content.write")

GROUPS: tuple[tuple[str | Promise, str, tuple[Place, ...]], ...] = (
    (_("Today"), "house", (TODAY, MY_DAY)),
    (
        _("Plan"),
        "target",
        (
            Place(_("Strategy"), "strategy:overview", ("strategy:",)),
            Place(_("Market"), "market:overview", ("market:",)),
            Place(
                _("Products"),
                "market:products",
                ("market:product", "market:product_new"),
            ),
            Place(
                _("Channels"),
                "market:channels",
                (
                    "market:channel",
                    "market:channel_new",
                    "market:channel_remove",
                    "market:minutes",
                    "market:setup",
                ),
            ),
            Place(_("Goals"), "goals:list", ("goals:",)),
            Place(
                _("Roadmap"),
                "goals:roadmap",
                (
                    "goals:roadmap_links",
                    "goals:roadmap_move",
                    "goals:roadmap_import",
                    "goals:roadmap_bring",
                ),
            ),
            Place(_("Budget"), "budget:sheet", ("budget:",)),
        ),
    ),
    (
        _("Create"),
        "square-pen",
        (CALENDAR, POSTS, IDEAS, Place(_("Library"), "library:list", ("library:",))),
    ),
    (
        _("Measure"),
        "chart-line",
        (
            REPORT,
            Place(
                _("Numbers of a month"),
                "insights:numbers",
                ("insights:import", "insights:import_bring"),
                permission="insights.record",
            ),
            REVIEWS,
        ),
    ),
    (
        _("Team"),
        "users",
        (
            BOARD,
            Place(
                _("People"),
                "accounts:people",
                ("accounts:add", "accounts:role", "home:leaving", "home:narrow"),
            ),
            Place(_("Roles"), "accounts:hats", ("accounts:hats_edit", "accounts:hats_all_mine")),
            Place(
                _("Away"),
                "accounts:absences",
                ("accounts:absence", "accounts:absence_new"),
            ),
            Place(_("Workload"), "home:workload"),
            Place(_("Changes"), "accounts:log", permission="accounts.manage"),
        ),
    ),
    (
        _("Settings"),
        "settings",
        (
            Place(_("Accounts at networks"), "connections:list", ("connections:",)),
            Place(_("Links of posts"), "content:link_rule", permission="content.write"),
            Place(
                _("Tools"),
                "market:tools",
                ("market:tool", "market:tool_new", "market:tool_remove"),
            ),
            Place(
                _("Business"),
                "accounts:business",
                ("home:create_business", "home:remove_demo"),
                permission="accounts.manage",
            ),
        ),
    ),
)
ON_THE_PHONE = (TODAY, CALENDAR, NEW_POST, BOARD, REPORT)
NEW = (
    NEW_POST,
    NEW_TASK,
    Place(_("New goal"), "goals:new", icon="target", permission="goals.edit"),
    Place(_("New picture"), "library:upload", icon="image", permission="library.add"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Everything is asked for lazily: a fragment without a frame costs nothing."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    match = request.resolver_match
    view = match.view_name if match else ""
    frame = Frame(member)
    places = [place for _label, _icon, places in GROUPS for place in places]
    here = next((p for p in places if view in {p.view, *p.also}), None) or next(
        (p for p in places if p.holds(view)), None
    )
    return {
        "business": member.business,
        "navigation": cache(lambda: _groups(member, here)),
        "phone_navigation": cache(lambda: _links(ON_THE_PHONE, member, here)),
        "new_menu": cache(lambda: _links(NEW, member, None)),
        "businesses": frame.businesses,
        "worker_alive": frame.worker_alive,
        "worker_heard_at": frame.worker_heard_at,
        "is_called": frame.is_called,
        "unread_notices": frame.unread_notices,
        "two_steps_from": second_step.needed_from(member),
    }


def _groups(member: Member, here: Place | None) -> list[dict[str, Any]]:
    groups = (
        {"label": label, "icon": icon, "items": _links(places, member, here)}
        for label, icon, places in GROUPS
    )
    return [group for group in groups if group["items"]]


def _links(places: Iterable[Place], member: Member, here: Place | None) -> list[dict[str, Any]]:
    return [
        {
            "label": place.label,
            "icon": place.icon,
            "url": reverse(place.view, args=[member.business.slug]),
            "current": place is here,
        }
        for place in places
        if not place.permission or member.may(place.permission)
    ]


class Frame:
    """What the frame shows beyond the page itself, in one query, and only when asked for."""

    def __init__(self, member: Member) -> None:
        self.member = member

    @cached_property
    def _rows(self) -> list[Business]:
        beats = Heartbeat.objects.order_by("-beat_at")
        alive = beats.filter(beat_at__gte=timezone.now() - SILENT_FOR, stopped_at=None)
        heard = Subquery(beats.values("beat_at")[:1])
        own = Business.objects.filter(members__user=self.member.user_id)
        called = Mention.objects.unseen_by(self.member.user, OuterRef("pk"))
        mine = Notice.objects.shown().unread().filter(user=self.member.user_id)
        new = mine.filter(business=OuterRef("pk")).order_by().values("business")
        return list(
            own.annotate(
                worker_alive=Exists(alive),
                heard_at=heard,
                is_called=Exists(called),
                new=Subquery(new.annotate(n=Count("pk")).values("n")),
            )
        )

    def businesses(self) -> list[dict[str, Any]]:
        return [
            {
                "label": business.name,
                "url": reverse("home:today", args=[business.slug]),
                "current": business.pk == self.member.business_id,
            }
            for business in self._rows
        ]

    def is_called(self) -> bool:
        """Whether somebody mentioned this person here, and they have not seen it."""
        return any(
            row.pk == self.member.business_id and getattr(row, "is_called", False)
            for row in self._rows
        )

    def unread_notices(self) -> int:
        """How many notices of this business the person has not read."""
        here = (row for row in self._rows if row.pk == self.member.business_id)
        return next((getattr(row, "new", None) or 0 for row in here), 0)

    def worker_alive(self) -> bool:
        """Whether a worker process spoke within the last two minutes."""
        return any(getattr(business, "worker_alive", False) for business in self._rows)

    def worker_heard_at(self) -> datetime | None:
        """When any worker spoke last; forgotten after a day."""
        return next((getattr(business, "heard_at", None) for business in self._rows), None)

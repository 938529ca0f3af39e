"""What Waypost proposes to change, each with its reason.

A proposal is a fact about one thing, kept as numbers so that it reads in either language. Its
key names the month: what was put aside comes back when it is still so a month later.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.models import Business
from waypost.budget.export import budget_of
from waypost.budget.outlook import alarm
from waypost.budget.reading import Book, read
from waypost.budget.templatetags.money import money
from waypost.documents.kinds import BadFile
from waypost.goals.formulas import SLIGHTLY_BEHIND
from waypost.goals.templatetags.numbers import NO_BREAK, percent
from waypost.goals.templatetags.numbers import pace as pace_said
from waypost.kit.figures import Number
from waypost.reviews.figures import Figures, Proposed

SILENT = dt.timedelta(days=14)
STALE = dt.timedelta(days=62)  # numbers of a report that ended before say nothing of today


def propose(business: Business, figures: Figures | None, today: dt.date) -> list[Proposed]:
    """Everything to propose on ``today``; ``figures`` are those of the newest report."""
    return [
        *_slow_goals(business, today),
        *_late(business, today),
        *_lines(business, today),
        *_silent(business, today),
        *(_dear(business, figures) if figures and today - figures.last <= STALE else ()),
    ]


def key_of(each: Proposed, today: dt.date) -> str:
    return f"{each.kind}/{each.pk or each.title}/{today:%Y-%m}"[:120]


def _slow_goals(business: Business, today: dt.date) -> Iterator[Proposed]:
    goals = business.goals.open().with_values()
    for goal in goals.filter(start_date__lte=today, deadline_date__gte=today):
        pace = goal.standing(today).pace
        if pace is not None and pace < SLIGHTLY_BEHIND:
            yield Proposed("pace", goal.pk, goal.title, pace)


def _late(business: Business, today: dt.date) -> Iterator[Proposed]:
    for each in business.initiatives.live().filter(end_date__lt=today):
        if each.is_late(today):
            yield Proposed("late", each.pk, each.title, Decimal(each.days_late(today)))


def _lines(business: Business, today: dt.date) -> Iterator[Proposed]:
    """Ad lines that used less than half or more than 110 % of their plan to date."""
    book = _book(business, today)
    if book is None:
        return
    ads = {line.pk for line in book.lines if line.is_ads}
    for row in (row for group in book.sheet.groups for row in group.lines if row.pk in ads):
        found = alarm(row)
        if found and found.used is not None:
            told = (row.pk, row.name, found.used, found.plan, book.budget.currency)
            yield Proposed(f"line_{found.kind}", *told)


def _book(business: Business, today: dt.date) -> Book | None:
    try:
        budget = budget_of(business, today=today)
    except BadFile:
        return None
    return read(budget)


def _silent(business: Business, today: dt.date) -> Iterator[Proposed]:
    """Channels where nothing went out for two weeks; new ones are given that time.

    Where the plan says that nothing is posted, as on a channel for questions, silence is right.
    """
    since = timezone.now() - SILENT
    out = Q(deliveries__published_at__isnull=False)
    rows = business.connections.usable().filter(connected_at__lte=since)
    rows = rows.exclude(pk__in=business.channels.filter(posts_per_week=0).values("connection"))
    for each in rows.annotate(last=Max("deliveries__published_at", filter=out)):
        last = vars(each)["last"]
        if last is None or last <= since:
            days = Decimal((timezone.now() - last).days) if last else None
            name = f"{each.display.name} {each.handle}".strip()
            yield Proposed("silent", each.pk, name, days)


def _dear(business: Business, figures: Figures) -> Iterator[Proposed]:
    """Channels where an order costs more than it leaves."""
    limit, currency = break_even(business, figures), figures.currency
    for each in figures.channels if limit else ():
        spent, orders = each.measure("spent").now, each.measure("orders").now
        if not spent or orders is None or limit is None:
            continue
        if orders == 0 and spent > limit:
            yield Proposed("no_order", 0, each.name, spent, limit, currency)
        elif orders > 0 and spent / orders > limit:
            yield Proposed("dear", 0, each.name, spent / orders, limit, currency)


def break_even(business: Business, figures: Figures) -> Number:
    """What an order leaves: its mean value, times what the products leave of their price.

    None without orders, revenue, or a product with price and cost.
    """
    revenue, orders = figures.total("revenue").now, figures.total("orders").now
    products = business.products.filter(
        archived_at=None, price_gross__gt=0, unit_cost__isnull=False
    )
    left = [
        (each.price_gross / (1 + each.vat_rate) - each.unit_cost) / each.price_gross
        for each in products
        if each.price_gross is not None and each.unit_cost is not None
    ]
    if not revenue or not orders or not left:
        return None
    share = sum(left, Decimal(0)) / len(left)
    return (revenue / orders * share).quantize(Decimal("0.01")) if share > 0 else None


@dataclass(frozen=True)
class Words:
    """``reason`` says what is so and since when it counts; ``task`` is a start for a title."""

    reason: str
    task: str


@dataclass(frozen=True)
class Shown:
    """A proposal on a page."""

    key: str
    words: Words


def words(each: Proposed) -> Words:
    told = {"title": each.title}
    match each.kind:
        case "pace":
            told |= {"pace": pace_said(each.number)}
            return Words(
                _("“%(title)s” goes at a pace of %(pace)s. Below 0.8 it is missed.") % told,
                _("Speed up or change the goal: %(title)s") % told,
            )
        case "late":
            days = int(each.number or 0)
            reason = ngettext(
                "“%(title)s” should have ended %(n)s day ago.",
                "“%(title)s” should have ended %(n)s days ago.",
                days,
            )
            return Words(reason % {**told, "n": days}, _("Finish or move: %(title)s") % told)
        case "line_little" | "line_much":
            told |= {"used": percent(each.number), "plan": _amount(each, each.limit)}
            if each.kind == "line_little":
                reason = _("“%(title)s” has used %(used)s of the %(plan)s planned to date.") % told
            else:
                reason = _("“%(title)s” has used %(used)s of its plan to date (%(plan)s).") % told
            return Words(reason, _("Put the budget line right: %(title)s") % told)
        case "silent":
            return Words(_silent_words(each), _("Plan posts for %(title)s") % told)
        case _:
            return _dear_words(each)


def _silent_words(each: Proposed) -> str:
    if each.number is None:
        return _("Nothing has gone out on %(title)s yet.") % {"title": each.title}
    days = int(each.number)
    reason = ngettext(
        "As far as Waypost knows, nothing has gone out on %(title)s for %(n)s day.",
        "As far as Waypost knows, nothing has gone out on %(title)s for %(n)s days.",
        days,
    )
    return reason % {"title": each.title, "n": days}


def _amount(each: Proposed, value: Number) -> str:
    return f"{money(value)}{NO_BREAK}{each.currency}" if each.currency else money(value)


def _dear_words(each: Proposed) -> Words:
    told = {
        "title": each.title,
        "cost": _amount(each, each.number),
        "limit": _amount(each, each.limit),
    }
    if each.kind == "no_order":
        reason = _("%(cost)s was spent on %(title)s without an order; one leaves about %(limit)s.")
    else:
        reason = _("An order from %(title)s costs %(cost)s and leaves about %(limit)s.")
    return Words(reason % told, _("Spend less or sell better: %(title)s") % told)

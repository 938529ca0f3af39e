"""A report in its five chapters, from which the page and every file are made.

1 what we set out to do, 2 what happened, channel by channel, 3 why, 4 what it earned, 5 what
is next. The numbers stand here once, as texts; nothing below formats them anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from waypost.documents.slides import Bars
from waypost.documents.values import (
    Callout,
    Card,
    Cards,
    Fact,
    Facts,
    Heading,
    Paragraph,
    Part,
    Table,
)
from waypost.kit.screen import status_word
from waypost.reviews.content import Content, things_to_do
from waypost.reviews.figures import ChannelFigures, Figures, GoalFigures, Measure
from waypost.reviews.metrics import EARNED, METRICS, Shape
from waypost.reviews.proposing import words
from waypost.reviews.words import (
    DASH,
    change_said,
    day,
    each_said,
    growth_said,
    money,
    number,
    said,
    share,
    unknown_said,
    with_unit,
)

BLANK_ROWS = 4
EMPTY = "\u00a0\n\u00a0"  # keeps a line as high as a written one
Told = Part | Bars
DRAWN = ("likes", "comments", "shares", "saves", "link_clicks", "own_clicks")


@dataclass(frozen=True)
class Chapter:
    """``asks`` are the questions whose answers belong here."""

    key: str
    title: str
    parts: tuple[Told, ...]
    asks: tuple[str, ...] = ()


def chapters(content: Content) -> list[Chapter]:
    made = [
        Chapter(
            key,
            str(TITLES[key]),
            tuple(make(content, content.figures) if content.figures else BLANK[key]()),
            tuple(ask for ask in ASKED[key] if ask in content.asked),
        )
        for key, make in MAKERS.items()
    ]
    return [each for each in made if each.parts or each.asks]


TITLES: Mapping[str, Promise] = MappingProxyType(
    {
        "aims": gettext_lazy("What we set out to do"),
        "channels": gettext_lazy("What happened, channel by channel"),
        "why": gettext_lazy("Why"),
        "earned": gettext_lazy("What it earned"),
        "next": gettext_lazy("What is next"),
    }
)
ASKED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "aims": (),
        "channels": ("result",),
        "why": ("effective",),
        "earned": (),
        "next": ("next", "improve"),
    }
)


def summary(figures: Figures) -> Cards:
    """The four numbers to read first."""
    good = sum(goal.status in ("on_track", "done") for goal in figures.goals)
    goals = _("%(n)s of %(all)s") % {"n": good, "all": len(figures.goals)}
    # What the channels cost is not all that was planned, so the two are not compared.
    is_known = figures.planned and figures.spent is not None
    plan = _("of %(plan)s planned") % {"plan": money(figures.planned)} if is_known else ""
    return Cards(
        (
            Card(_("Goals on track or done"), goals),
            _card(figures, "engagement"),
            _card(figures, _earning(figures)),
            Card(_("Spent"), _spent(figures), plan),
        )
    )


def _spent(figures: Figures) -> str:
    """What the budget knows, else what the channels cost."""
    known = figures.total("spent").now if figures.spent is None else figures.spent
    return DASH if known is None else f"{money(known)} {figures.currency}"


def _earning(figures: Figures) -> str:
    """The best known of what was earned, else how much was published."""
    known = (key for key in ("revenue", "orders") if figures.total(key).now is not None)
    return next(known, "posts")


def _card(figures: Figures, key: str) -> Card:
    measure = figures.total(key)
    value = said(key, measure.now)
    if METRICS[key].shape is Shape.MONEY and measure.now is not None:
        value += f" {figures.currency}"
    if measure.change is None:
        return Card(str(METRICS[key].word), value)
    growth = growth_said(measure)
    told = said(key, measure.before) + (f" ({growth})" if growth != DASH else "")
    return Card(str(METRICS[key].word), value, _("before: %(number)s") % {"number": told})


def aims(content: Content, figures: Figures) -> list[Told]:
    parts: list[Told] = []
    if figures.goals:
        parts.append(goal_table(figures))
    else:
        parts.append(Paragraph(_("No goal was under way."), quiet=True))
    if figures.initiatives:
        parts += [Heading(_("Initiatives"), 2), initiative_table(figures)]
    return parts


def goal_table(figures: Figures) -> Table:
    return Table(
        goal_headings(),
        tuple(_goal(goal) for goal in figures.goals),
        (4.2, 1.7, 1.9, 1.2, 1.2, 1.7),
        numbers=frozenset({1, 2, 3, 4}),
    )


def goal_headings() -> tuple[str, ...]:
    return (_("Goal"), _("Value"), _("Target"), _("Progress"), _("Plan"), _("Status"))


def _goal(goal: GoalFigures) -> tuple[str, ...]:
    return (
        goal.title,
        number(goal.value),
        with_unit(goal.target, goal.unit),
        share(goal.progress, 1),
        share(goal.expected, 1),
        status_word(goal.status),
    )


def initiative_headings() -> tuple[str, ...]:
    return (_("Initiative"), _("Status"), _("Posts"), _("Interactions"), _("Spent"))


def initiative_table(figures: Figures) -> Table:
    rows = tuple(
        (
            each.title,
            " · ".join(filter(None, [status_word(each.status), late_words(each.days_late)])),
            str(each.posts),
            number(each.interactions),
            money(each.spent),
        )
        for each in figures.initiatives
    )
    widths = (4.2, 2.4, 0.9, 1.4, 1.3)
    return Table(initiative_headings(), rows, widths, numbers=frozenset({2, 3, 4}))


def late_words(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days else ""


def happened(content: Content, figures: Figures) -> list[Told]:
    parts: list[Told] = [Paragraph(compared(figures), quiet=True)]
    for channel in figures.channels:
        parts += [Heading(channel.name, 2), Paragraph(sentence(channel)), channel_table(channel)]
        parts += [Paragraph(empty, quiet=True)] if (empty := unknown_said(channel)) else []
        parts += [bars] if (bars := channel_bars(channel)) else []
    if not figures.channels:
        parts = [Paragraph(_("No channel has numbers of this time yet."), quiet=True)]
    return parts


def compared(figures: Figures) -> str:
    words = _(
        "Compared with %(first)s – %(last)s. Followers and reach of channels are not added up, "
        "because one person may follow several."
    )
    return words % {"first": day(figures.before_first), "last": day(figures.before_last)}


def sentence(channel: ChannelFigures) -> str:
    """What is to be seen at a channel, in one line."""
    told = []
    for key in ("followers", "reach", "engagement", "posts"):
        measure = channel.measure(key)
        if measure.change and key != "posts":
            growth = growth_said(measure)
            word = str(METRICS[key].word).lower()
            told.append(f"{word} {growth if growth != DASH else change_said(measure)}")
        elif key == "posts" and measure.now is not None:
            n = int(measure.now)
            told.append(ngettext("%(n)s post", "%(n)s posts", n) % {"n": n})
    if not told:
        return _("Nothing changed here, as far as it is known.")
    return f"{told[0][0].upper()}{told[0][1:]}{''.join(f', {each}' for each in told[1:])}."


def channel_headings() -> tuple[str, ...]:
    return (_("Number"), _("Before"), _("Now"), _("Change"), _("Change in %"))


def channel_table(channel: ChannelFigures) -> Table:
    """What the network never tells has no row here; the line below the table names it."""
    never = {unknown.key for unknown in channel.unknown if unknown.why == "never"}
    shown = [each for each in in_order(channel) if each.key not in never or each.before]
    rows = tuple(measure_row(each) for each in shown)
    widths = (2.6, 1.5, 1.5, 1.5, 1.4)
    return Table(channel_headings(), rows, widths, numbers=frozenset({1, 2, 3, 4}))


def in_order(channel: ChannelFigures) -> list[Measure]:
    """What is known, and what was asked for and is not."""
    known = {each.key for each in channel.measures}
    shown = known | {each.key for each in channel.unknown}
    return [channel.measure(key) for key in METRICS if key in shown]


def measure_row(each: Measure) -> tuple[str, ...]:
    return (
        str(METRICS[each.key].word),
        said(each.key, each.before),
        said(each.key, each.now),
        change_said(each),
        growth_said(each),
    )


def channel_bars(channel: ChannelFigures) -> Bars | None:
    """Before and now side by side; None where fewer than two numbers are known."""
    known = [channel.measure(key) for key in DRAWN]
    known = [each for each in known if each.now is not None]
    if len(known) < 2:
        return None
    return Bars(
        _("What people did at %(channel)s") % {"channel": channel.name},
        tuple(str(METRICS[each.key].word) for each in known),
        (
            (_("Before"), tuple(each.before for each in known)),
            (_("Now"), tuple(each.now for each in known)),
        ),
    )


BEST_WIDTHS = (4, 2.4, 1.3, 1.3)


def best_headings() -> tuple[str, ...]:
    return (_("Best posts"), _("Channel"), _("Day"), _("Interactions"))


def why(content: Content, figures: Figures) -> list[Told]:
    parts: list[Told] = []
    if figures.best:
        rows = tuple(
            (each.title, each.channel, day(each.day), number(each.interactions))
            for each in figures.best
        )
        parts.append(Table(best_headings(), rows, BEST_WIDTHS, numbers=frozenset({2, 3})))
    behind = [
        f"{goal.title}: {status_word(goal.status)}"
        for goal in figures.goals
        if goal.status in ("behind", "slightly_behind", "missed")
    ]
    late = [
        f"{each.title}: {late_words(each.days_late)}"
        for each in figures.initiatives
        if each.days_late
    ]
    if behind or late:
        parts.append(Callout(_("What did not go as planned"), (*behind, *late)))
    return parts


def earned(content: Content, figures: Figures) -> list[Told]:
    rows = [row for each in figures.channels if (row := _earned_row(each))]
    parts: list[Told] = []
    if rows:
        totals = [figures.total(key).now for key in EARNED]
        rows.append(_earned_cells(_("Together"), dict(zip(EARNED, totals, strict=True))))
        parts.append(Table(earned_headings(), tuple(rows), EARNED_WIDTHS, numbers=EARNED_NUMBERS))
    else:
        words = _("Neither clicks nor orders nor spending are known for a channel in this time.")
        parts.append(Paragraph(words, quiet=True))
    facts = [
        Fact(_("Spent in these months"), f"{money(figures.spent)} {figures.currency}"),
        Fact(_("Planned in these months"), f"{money(figures.planned)} {figures.currency}"),
    ]
    known = (figures.spent, figures.planned)
    shown = tuple(fact for fact, value in zip(facts, known, strict=True) if value is not None)
    return [*parts, Facts(shown)] if shown else parts


EARNED_WIDTHS = (2.4, 1, 1, 1, 1, 1.3, 1.2, 1.2)
EARNED_NUMBERS = frozenset(range(1, len(EARNED_WIDTHS)))


def earned_headings() -> tuple[str, ...]:
    words = (str(METRICS[key].word) for key in EARNED)
    return (_("Channel"), *words, _("For one order"))


def _earned_row(channel: ChannelFigures) -> tuple[str, ...] | None:
    numbers = {key: channel.measure(key).now for key in EARNED}
    if all(value is None for value in numbers.values()):
        return None
    return _earned_cells(channel.name, numbers)


def _earned_cells(name: str, numbers: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    cells = (said(key, numbers[key]) for key in EARNED)
    return (name, *cells, each_said(numbers["spent"], numbers["orders"]))


def coming(content: Content, figures: Figures) -> list[Told]:
    todo = things_to_do(content)
    parts: list[Told] = []
    made = [(line, task) for _question, line, task in todo if task is not None]
    if made:
        headings = (_("On the board"), _("Who"), _("Due"), _("Status"))
        rows = tuple(
            (
                line,
                str(task.assignee or DASH),
                day(task.due_date) if task.due_date else DASH,
                status_word(task.status),
            )
            for line, task in made
        )
        parts.append(Table(headings, rows, (4.4, 1.8, 1.3, 1.4)))
    if figures.proposed:
        reasons = tuple(words(each).reason for each in figures.proposed)
        parts.append(Callout(_("What Waypost proposes"), reasons))
    return parts


MAKERS: Mapping[str, Callable[[Content, Figures], list[Told]]] = MappingProxyType(
    {"aims": aims, "channels": happened, "why": why, "earned": earned, "next": coming}
)


def _empty(headings: tuple[str, ...], widths: tuple[float, ...]) -> list[Told]:
    rows = ((EMPTY, *[""] * (len(headings) - 1)),) * BLANK_ROWS
    return [Table(headings, rows, widths)]


def _blank_channels() -> list[Told]:
    words = [str(METRICS[key].word) for key in ("followers", "reach", "engagement", "link_clicks")]
    rows = tuple((f"{word}\n\u00a0", "", "", "", "") for word in words)
    table = Table(channel_headings(), rows, (2.6, 1.5, 1.5, 1.5, 1.4))
    label = _("Channel %(number)s")
    found: list[Told] = []
    for place in (1, 2, 3):
        found += [Heading(label % {"number": place}, 2), table]
    return found


BLANK: Mapping[str, Callable[[], list[Told]]] = MappingProxyType(
    {
        "aims": lambda: _empty(goal_headings(), (4.2, 1.7, 1.9, 1.2, 1.2, 1.7)),
        "channels": _blank_channels,
        "why": lambda: _empty(best_headings(), BEST_WIDTHS),
        "earned": lambda: _empty(earned_headings(), EARNED_WIDTHS),
        "next": lambda: _empty(
            (_("What we will do"), _("Who"), _("Due"), _("Done")), (4.4, 1.8, 1.3, 1.4)
        ),
    }
)

"""What the business wants and does: goals, initiatives, budget, changes."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.budget.sheet import Row
from waypost.budget.templatetags.money import money as amount
from waypost.documents.rendering import render
from waypost.documents.values import (
    Card,
    Cards,
    Facts,
    Heading,
    Image,
    Items,
    Paragraph,
    Part,
    Question,
    Table,
)
from waypost.goals.models import Checkpoint, Goal, Initiative
from waypost.goals.picture import pages, picture
from waypost.goals.planned import GOAL_HEADINGS, HEADINGS, Group, owner_words
from waypost.kit.numbers import shown
from waypost.kit.screen import status_word
from waypost.strategy.export.material import Material
from waypost.strategy.export.wording import (
    DASH,
    asked,
    chapter,
    day,
    facts,
    money,
    own_questions,
    share,
    to_do,
)
from waypost.strategy.models import Change, Version
from waypost.strategy.questions import Section
from waypost.strategy.sections import review

LINES_PER_PICTURE = 30
COLUMNS = ("no", "title", "owner", "start_date", "end_date", "status", "risk", "budget")
WIDTHS = (0.8, 4.6, 1.9, 1.6, 1.6, 1.7, 1.3, 1.6)


def goals(material: Material, section: Section) -> list[Part]:
    parts = list(asked(material, section))
    for group in material.plan.groups:
        parts += [Heading(f"{group.number}. {group.goal.title}", 2), *_goal(material, group)]
    if not material.plan.groups and material.draft:
        parts.append(Paragraph(to_do()))
    return chapter(material, section, parts)


def _goal(material: Material, group: Group) -> list[Part]:
    goal, state = group.goal, group.state
    told = [
        (_("Specific"), goal.specific),
        (_("Measurable"), _measured(goal)),
        (_("Achievable"), goal.achievable),
        (_("Relevant"), "\n\n".join(filter(None, [goal.why, goal.resources]))),
        (_("Time-bound"), f"{day(goal.start_date)} – {day(goal.deadline_date)}"),
        (_("Measured"), ", ".join(_checkpoint(each) for each in goal.checkpoints)),
        (_("Owner"), material.name_of(goal.owner_id)),
    ]
    stands = [status_word(state.status)]
    if state.progress is not None:
        done = _("progress: %(share)s")
        stands.append(done % {"share": share(state.progress)})
    told.append((str(GOAL_HEADINGS["status"]), ", ".join(stands)))
    return [Facts(facts(material, told))]


def _measured(goal: Goal) -> str:
    if not goal.metric:
        return ""
    return f"{goal.metric}: {shown(goal.baseline)} → {shown(goal.target)} {goal.unit}".strip()


def _checkpoint(value: str) -> str:
    return str(Checkpoint(value).label) if value in Checkpoint.values else value


def initiatives(material: Material, section: Section) -> list[Part]:
    return chapter(material, section, _initiatives(material, section))


def _initiatives(material: Material, section: Section) -> Iterator[Part]:
    plan = material.plan
    if plan.initiatives:
        for lines in pages(plan, LINES_PER_PICTURE):
            drawn = render(picture(plan, lines), "svg")
            yield Image(drawn, "svg", _("Picture of the roadmap"))
        yield _table(material)
        details = [part for each in plan.initiatives for part in _details(material, each)]
        if details:
            yield Heading(_("In detail"), 2)
            yield from details
    elif material.draft:
        yield Paragraph(to_do())
    yield from own_questions(material, section)


def _details(material: Material, each: Initiative) -> list[Part]:
    told = facts(material, _initiative(material, each))
    return (
        [Heading(f"{material.plan.numbers[each.pk]} {each.title}", 3), Facts(told)] if told else []
    )


def _table(material: Material) -> Table:
    plan = material.plan
    rows: list[tuple[str, ...]] = []
    groups: set[int] = set()
    for group in plan.groups:
        if group.initiatives:
            groups.add(len(rows))
            rows.append((str(group.number), group.goal.title, *[""] * (len(COLUMNS) - 2)))
            rows += [_row(material, each) for each in group.initiatives]
    headings = tuple(str(HEADINGS[name]) for name in COLUMNS)
    numbers = frozenset({COLUMNS.index("budget")})
    return Table(headings, tuple(rows), WIDTHS, numbers=numbers, groups=frozenset(groups))


def _row(material: Material, each: Initiative) -> tuple[str, ...]:
    return (
        material.plan.numbers[each.pk],
        each.title,
        owner_words(each) or DASH,
        day(each.start_date),
        _("until the goal is reached") if each.until_goal else day(each.end_date),
        status_word(each.status),
        str(each.get_risk_display()),
        _amount(each.budget),
    )


def _initiative(material: Material, each: Initiative) -> list[tuple[str, str]]:
    adds = each.expected_contribution
    expected = f"{shown(adds)} {each.goal.unit}".strip() if adds is not None else ""
    tasks = [task.title for task in material.tasks_of.get(each.pk, [])]
    return [
        (_("What"), each.description),
        (_("How we will know"), each.measure),
        (_("Should add"), expected),
        (_("What it needs"), each.resources),
        (_("Tasks"), "\n".join(f"• {title}" for title in tasks)),
    ]


def budget(material: Material) -> list[Part]:
    """The sums of the year's budget; nothing without one."""
    book = material.book
    if book is None:
        return []
    total, currency = book.sheet.total, book.budget.currency
    to_date = _("to date, plan: %(amount)s") % {"amount": _amount(total.plan_to_date)}
    cards = (
        Card(
            _("Plan for the year"), money(total.year_plan, currency) or DASH, str(book.budget.year)
        ),
        Card(_("Spent"), money(total.actual_to_date, currency) or DASH, to_date),
        Card(_("Left of the plan to date"), money(total.difference_to_date, currency) or DASH),
    )
    headings = (_("Category"), _("Plan for the year"), _("Plan to date"), _("Spent"), _("Used"))
    rows = tuple(_category(row) for row in (*book.sheet.groups, total))
    last = frozenset({len(rows) - 1})
    table = Table(
        headings, rows, (3, 1.5, 1.5, 1.5, 1), numbers=frozenset({1, 2, 3, 4}), groups=last
    )
    return [Heading(_("Budget")), Cards(cards), table]


def _category(row: Row) -> tuple[str, ...]:
    amounts = (row.year_plan, row.plan_to_date, row.actual_to_date)
    return (row.name or _("Total"), *map(_amount, amounts), share(row.used) or DASH)


def _amount(value: Decimal | None) -> str:
    return DASH if value is None else amount(value)


def changes(material: Material) -> list[Part]:
    """What was changed on the way, and which versions were approved."""
    parts: list[Part] = []
    if material.changes:
        headings = (_("Day"), _("What happened"), _("What changes"), _("Touches"), _("Decided by"))
        rows = tuple(_change(each) for each in material.changes)
        parts.append(Table(headings, rows, (1.2, 2.4, 3, 2.2, 1.3)))
    if material.versions:
        parts.append(Heading(_("Approved versions"), 2))
        parts.append(_versions(material.versions))
    return [Heading(_("Changes")), *parts] if parts else []


def _change(each: Change) -> tuple[str, ...]:
    touched = (*each.goals.all(), *each.initiatives.all(), *each.lines.all(), *each.items.all())
    return (
        day(each.date),
        each.trigger,
        each.change,
        "\n".join(f"• {row}" for row in touched) or DASH,
        str(each.decided_by or DASH),
    )


def _versions(versions: list[Version]) -> Table:
    headings = (_("Version"), _("Approved on"), _("By"), _("Note"))
    return Table(headings, tuple(_version(each) for each in versions), (0.8, 1.4, 2, 4))


def _version(each: Version) -> tuple[str, ...]:
    approved = day(timezone.localdate(each.approved_at))
    return str(each.number), approved, str(each.approved_by or DASH), each.note or DASH


def review_questions(room: int = 0) -> list[Part]:
    """What is asked again and again while the strategy is carried out.

    ``room`` is how many lines there are to write an answer on; without any they are a list.
    """
    asks = tuple(str(question.ask) for screen in review.SCREENS for question in screen)
    lead = _("They are asked again and again while the strategy is carried out.")
    written: list[Part] = [Question(ask, "", room=room) for ask in asks]
    told = written if room else [Items(asks, numbered=True)]
    return [Heading(_("Four questions for every month")), Paragraph(lead), *told]


def review_answers(material: Material) -> list[Part]:
    """What the newest signed report answers; the questions alone where there is none."""
    signed = material.review
    if signed is None:
        return review_questions()
    words = _("As answered in the report on %(period)s, signed by %(name)s on %(day)s.")
    lead = words % {
        "period": signed.period,
        "name": signed.signed_name,
        "day": day(signed.signed_date),
    }
    told = [Question(ask, answer) for ask, answer in signed.answers]
    return [Heading(_("Four questions for every month")), Paragraph(lead, quiet=True), *told]

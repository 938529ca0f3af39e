"""The ten core questions as they read on the one page: in one's own words, or filled in.

What is filled in comes from the detailed sections, so a page exists before anybody has
written it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.budget.models import PlannedAmount
from waypost.budget.templatetags.money import money
from waypost.goals.models import Goal, Initiative
from waypost.kit.numbers import shown
from waypost.market.models import Competitor, SwotPoint
from waypost.strategy.models import Answer, State
from waypost.strategy.questions import Question, path
from waypost.strategy.sections import BY_KEY
from waypost.strategy.values import words

MANY = 8  # lines of one filled answer; the section has the rest


@dataclass(frozen=True)
class Told:
    """One of the ten. ``filled`` is what the sections behind it say."""

    question: Question
    own: str
    filled: str
    not_relevant: bool = False

    @property
    def text(self) -> str:
        return self.own or self.filled

    @property
    def is_filled(self) -> bool:
        return bool(self.filled and not self.own)


@dataclass(frozen=True)
class OnePage:
    told: tuple[Told, ...]

    @property
    def asked(self) -> int:
        return sum(not one.not_relevant for one in self.told)

    @property
    def answered(self) -> int:
        return sum(bool(one.text) and not one.not_relevant for one in self.told)


def one_page(business: Business) -> OnePage:
    """The ten answers of ``business``, in the language of the moment."""
    behind = _Behind(business)
    core = BY_KEY["core"]
    told = []
    for question in core.questions:
        answer = behind.answers.get(path(core, question))
        own = words(question, answer.value) if answer else ""
        aside = bool(answer and answer.state == State.NOT_RELEVANT)
        told.append(Told(question, own, FILLED[question.key](behind), aside))
    return OnePage(tuple(told))


class _Behind:
    """What the sections behind the ten questions say; each is read when it is asked for."""

    def __init__(self, business: Business) -> None:
        self.business = business

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return self.business.answers.by_key()

    def said(self, key: str) -> str:
        """The text of one answer; empty without one."""
        section, question = key.split(".", 1)
        answer, asked = self.answers.get(key), BY_KEY[section].question(question)
        return words(asked, answer.value) if answer and asked else ""


def _lines(texts: Iterable[str]) -> str:
    found = [text for text in texts if text]
    rest = len(found) - MANY
    more = [_("and {number} more").format(number=rest)] if rest > 0 else []
    return "\n".join([*found[:MANY], *more])


def _first_sentence(text: str) -> str:
    head, stop, _rest = text.replace("\n", " ").partition(". ")
    return head + stop.strip()


def _who(behind: _Behind) -> str:
    name, seat = behind.said("company.name"), behind.said("company.headquarters")
    holders = behind.business.hat_holders.with_people()
    team = list(dict.fromkeys(one.worn_by for one in holders if one.worn_by))
    return _lines(
        (
            ", ".join(text for text in (name, seat) if text),
            behind.said("mission.statement"),
            _("Team: {names}").format(names=", ".join(team)) if team else "",
        )
    )


def _audience(behind: _Behind) -> str:
    personas = behind.business.personas.filter(negative=False)
    return _lines(
        ": ".join(text for text in (one.name, one.tagline or _first_sentence(one.personal)) if text)
        + (f" – {_first_sentence(one.personal_goals)}" if one.personal_goals else "")
        for one in personas
    )


def _offer(behind: _Behind) -> str:
    products = behind.business.products.filter(archived_at=None)
    return _lines(
        f"{one.name}: {_first_sentence(one.description)}" if one.description else one.name
        for one in products
    )


def _why(behind: _Behind) -> str:
    return behind.said("mission.effect_on_customers")


def _where(behind: _Behind) -> str:
    places = behind.business.places.all()
    segments = behind.business.segments.all()
    return _lines((*(str(one) for one in places), *(str(one) for one in segments)))


def _competitors(behind: _Behind) -> str:
    points: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for one in behind.business.swot_points.exclude(competitor=None):
        points[one.competitor_id, one.quadrant].append(one.text)
    return _lines(
        _rival(one, points[one.pk, "strengths"], points[one.pk, "weaknesses"])
        for one in behind.business.competitors.all()
    )


def _rival(one: Competitor, strengths: list[str], weaknesses: list[str]) -> str:
    standing = f" ({one.get_kind_display()})" if one.kind else ""
    good = [f"+ {text}" for text in strengths[:1]]
    bad = [f"− {text}" for text in weaknesses[:1]]
    told = "; ".join(good + bad)
    return f"{one.name}{standing}: {told}" if told else f"{one.name}{standing}"


def _advantage(behind: _Behind) -> str:
    ours = behind.business.products.filter(archived_at=None).exclude(unique_note="")
    strengths = behind.business.swot_points.ours().filter(quadrant=SwotPoint.Quadrant.STRENGTHS)
    usp = behind.business.personas.filter(negative=False).exclude(usp="")
    found = (
        *(one.unique_note for one in ours[:1]),
        *(one.usp for one in usp[:1]),
        *(one.text for one in strengths[:1]),
    )
    return next(iter(found), "")


def _limits(behind: _Behind) -> str:
    year = timezone.localdate().year
    planned = PlannedAmount.objects.filter(
        line__budget__business=behind.business,
        line__budget__year=year,
        line__budget__currency=behind.business.currency,
        line__removed_at=None,
    ).aggregate(sum=Sum("amount"))["sum"]
    hours = behind.business.members.aggregate(sum=Sum("hours_a_week"))["sum"]
    return _lines((_money_words(behind.business, year, planned), _hours_words(hours)))


def _money_words(business: Business, year: int, planned: Decimal | None) -> str:
    if not planned:
        return ""
    return _("{money} for social media in {year}").format(
        money=f"{money(planned)} {business.currency}", year=year
    )


def _hours_words(hours: Decimal | None) -> str:
    return _("{hours} hours a week").format(hours=shown(hours, places=1)) if hours else ""


def _goals(behind: _Behind) -> str:
    return _lines(goal_words(goal) for goal in behind.business.goals.open())


def goal_words(goal: Goal) -> str:
    """ "Title: from 6,000 to 12,000 followers by 31 December 2026"."""
    values = _("{title}: from {baseline} to {target} {unit} by {day}")
    return values.format(
        title=goal.title,
        baseline=shown(goal.baseline),
        target=shown(goal.target),
        unit=goal.unit,
        day=date_format(goal.deadline_date, "DATE_FORMAT"),
    )


def _how(behind: _Behind) -> str:
    running = behind.business.initiatives.exclude(status__in=Initiative.OVER)
    return _lines(one.title for one in running)


FILLED: dict[str, Callable[[_Behind], str]] = {
    "who": _who,
    "audience": _audience,
    "offer": _offer,
    "why_exist": _why,
    "where": _where,
    "competitors": _competitors,
    "advantage": _advantage,
    "limits": _limits,
    "goals": _goals,
    "how": _how,
}
BEHIND = {
    "who": ("company", "mission", "roles"),
    "audience": ("persona",),
    "offer": ("product",),
    "why_exist": ("mission",),
    "where": ("geo", "occupation"),
    "competitors": ("competitors",),
    "advantage": ("product", "swot"),
    "limits": ("roles",),
    "goals": ("goals",),
    "how": ("initiatives",),
}
"""Sections that fill each answer, to lead to them."""


def mission_draft(behind: dict[str, Answer]) -> str:
    """A first wording of the mission from the four answers before it; empty without them."""
    mission = BY_KEY["mission"]
    told = []
    for key in ("business_now", "effect_on_customers", "destination"):
        question, answer = mission.question(key), behind.get(f"mission.{key}")
        if question and answer:
            told.append(_first_sentence(words(question, answer.value)))
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in told if text)

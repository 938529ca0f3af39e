"""How fast a long strategy is: 300 answers, 30 personas and 30 competitors."""

import datetime as dt
import itertools
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.documents.kinds import ExportKind
from waypost.market.models import ChannelReading, Competitor, Persona, SwotPoint
from waypost.strategy.export import ONE_PAGE, STRATEGY
from waypost.strategy.models import Answer, OwnQuestion, State
from waypost.strategy.questions import Kind, all_questions, path
from waypost.strategy.sections import BY_KEY, SECTIONS

RUNS = 21
ANSWERS, LETTERS = 300, 2_000
PERSONAS = COMPETITORS = 30
READINGS = 12  # of each competitor
MOST_QUERIES, LONGEST_PAGE_MS = 12, 150
LONGEST_DOCX, LONGEST_PDF = 2.0, 3.0  # seconds
WORDS = ["Čebele", "žgejo", "luč", "in", "delavnica", "pripoveduje", "o", "vosku,", "ki", "diši."]
TEXTS = (
    "professional",
    "personal",
    "communication",
    "business_goals",
    "personal_goals",
    "challenges",
    "impact",
    "objections",
    "usp",
)
ABOUT = ("summary", "location", "milestones", "distribution", "communication", "mission", "goals")


def strategy_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _long_strategy()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    address = reverse("strategy:overview", args=[business.slug])
    paper = reverse("strategy:print", args=[business.slug])
    _check(browser, address)  # what is made once: templates, catalogues
    with CaptureQueriesContext(connection) as queries:
        _check(browser, address)
        asked = len(queries)
    return [
        _row("strategy_queries", asked, "queries", MOST_QUERIES),
        _row("strategy_median", _median(lambda: _check(browser, address)), "ms", LONGEST_PAGE_MS),
        _row("strategy_print", round(_once(lambda: _check(browser, paper)), 2), "s", LONGEST_DOCX),
        _row("strategy_docx", _file(STRATEGY, "docx", business), "s", LONGEST_DOCX),
        _row("strategy_pdf", _file(STRATEGY, "pdf", business), "s", LONGEST_PDF),
        _row("one_page_pdf", _file(ONE_PAGE, "pdf", business), "s", LONGEST_PDF),
    ]


def _row(name: str, value: float, unit: str, limit: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _check(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _file(kind: ExportKind, name: str, business: Business) -> float:
    """Seconds for the first file: later ones profit from what the typesetter remembers."""
    return round(_once(lambda: kind.formats[name](business)), 2)


def _median(ask: Callable[[], object]) -> float:
    return round(statistics.median(_once(ask) for _ in range(RUNS)) * 1000, 1)


def _once(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def _text(letters: int, seed: int) -> str:
    """Words that differ from text to text, so that nothing is set once and used again."""
    turned = itertools.cycle([*WORDS[seed % len(WORDS) :], str(seed), *WORDS])
    return " ".join(itertools.islice(turned, letters // 3))[:letters]


def _long_strategy() -> tuple[Business, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"bench-{stamp}@example.com", None, name="Bench")
    business = found_business(
        name=f"Bench {stamp}", owner=owner, time_zone="Europe/Ljubljana", language="sl"
    )
    _answer(business)
    _personas(business)
    _competitors(business)
    return business, owner


def _answer(business: Business) -> None:
    """Every question that takes a text, and own ones until there are enough."""
    keys = {
        path(section, question): question.parts[0].name
        for section, question in all_questions(SECTIONS)
        if question.parts and question.parts[0].kind == Kind.TEXT
    }
    own = OwnQuestion.objects.bulk_create(
        OwnQuestion(business=business, section=key, ask=f"{key} {number}?", position=number)
        for number, key in zip(range(ANSWERS - len(keys)), itertools.cycle(BY_KEY), strict=False)
    )
    keys |= {f"{each.section}.{each.key}": "text" for each in own}
    Answer.objects.bulk_create(
        Answer(
            business=business,
            key=key,
            value={name: _text(LETTERS, number)},
            state=State.ANSWERED,
            updated_at=timezone.now(),
        )
        for number, (key, name) in enumerate(keys.items())
    )


def _personas(business: Business) -> None:
    Persona.objects.bulk_create(
        Persona(
            business=business,
            name=f"Persona {number}",
            tagline="Nekdo, ki kupuje",
            **{name: _text(150, number + place) for place, name in enumerate(TEXTS)},
        )
        for number in range(PERSONAS)
    )


def _competitors(business: Business) -> None:
    rivals = Competitor.objects.bulk_create(
        Competitor(
            business=business,
            name=f"Tekmec {number}",
            **{name: _text(150, number + place) for place, name in enumerate(ABOUT)},
        )
        for number in range(COMPETITORS)
    )
    ChannelReading.objects.bulk_create(
        ChannelReading(
            business=business,
            competitor=rival,
            network="website",
            date=dt.date(2026, month, 1),
            followers=1_000 * month,
            avg_likes=Decimal(month),
        )
        for rival in rivals
        for month in range(1, READINGS + 1)
    )
    SwotPoint.objects.bulk_create(
        SwotPoint(business=business, competitor=rival, quadrant=quadrant, text=_text(80, number))
        for rival in [None, *rivals]
        for quadrant in SwotPoint.Quadrant.values
        for number in range(3)
    )

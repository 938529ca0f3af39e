"""Tables of numbers as the networks' own tools export them: headings, days, and what is meant.

Touches no database. Networks put sentences above the headings, a total below the days, and call
one number by many names; what is guessed here is shown to the person, who may say otherwise.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from babel import Locale
from django.utils.translation import gettext as _

from waypost.documents.kinds import BadFile
from waypost.documents.reading import Cell, Line, read_sheets
from waypost.insights.store import Span
from waypost.kit.days import DAY_FIRST, MONTH_FIRST, NotADay, is_ambiguous, order_of, parse_day

DATE, CHANNEL, IGNORE = "date", "channel", ""
HEADINGS: Mapping[str, str] = {
    word: key
    for key, words in {
        DATE: "date day datum dan month mesec monat tag",
        CHANNEL: "channel kanal account profile page_name account_username",
        "followers": "followers sledilci total_followers lifetime_total_followers page_followers"
        " new_total_followers",
        "reach": "reach doseg unique_viewers unique_impressions unique_impressions_(organic)"
        " accounts_reached instagram_reach facebook_reach viewers",
        "impressions": "impressions prikazi impressions_(total) total_impressions",
        "views": "views ogledi video_views media_views post_views content_views",
        "likes": "likes všečki reactions reactions_(total) reactions_(organic)",
        "comments": "comments komentarji replies comments_(total)",
        "shares": "shares delitve reposts reposts_(total) retweets",
        "saves": "saves shranjene_objave bookmarks saved",
        "engagement": "engagements engagement interactions interakcije content_interactions"
        " total_engagements",
        "link_clicks": "link_clicks clicks kliki_na_povezave outbound_clicks clicks_(total)"
        " url_clicks url_link_clicks",
        "posts": "posts objave create_post published_posts",
        "ad_spend": "amount_spent_(eur) amount_spent amount_spent_(usd) cost spend ad_spend"
        " poraba_za_oglase spent_on_ads",
        "sessions": "sessions visits obiski seje",
        "key_events": "key_events conversions ključni_dogodki",
        "orders": "orders transactions ecommerce_purchases purchases naročila",
        "revenue": "revenue total_revenue purchase_revenue prihodki",
    }.items()
    for word in words.split()
}
"""What a heading means, by its words in lower case joined with ``_``."""
TOTALS = frozenset({"total", "grand total", "totals", "sum", "skupaj", "vsota", "gesamt"})
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:.*")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[/.]\s*(\d{4})")
_WORDS = re.compile(
    r"(?:[^\W\d_]+\.?,\s+)?"  # Mon,
    r"(?:(?P<word>[^\W\d_]+)\.?\s+(?P<day>\d{1,2}),?|(?P<day2>\d{1,2})\.?\s+(?P<word2>[^\W\d_]+)\.?,?)"
    r"\s+(?P<year>\d{4})"
)
_NAMED_MONTH = re.compile(r"(?P<word>[^\W\d_]+)\.?\s+(?P<year>\d{4})")
LANGUAGES = ("en", "sl", "de", "hr", "it")


@dataclass(frozen=True)
class When:
    """A day, or the first day of a whole month."""

    date: dt.date
    span: Span = Span.DAY


@dataclass(frozen=True)
class Table:
    """Headings and the rows below them; ``title`` is what stood above."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    title: str = ""

    @property
    def fingerprint(self) -> str:
        """Equal for files of the same tool; the order of columns does not matter."""
        words = sorted(plain(heading) for heading in self.headings)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]

    @cached_property
    def example(self) -> Line:
        """The row with the most in it, to see what each column holds."""
        return max(self.lines[:50], key=lambda line: sum(cell is not None for cell in line.cells))

    def column(self, place: int) -> list[Cell]:
        return [at(line, place) for line in self.lines]

    @cached_property
    def guessed(self) -> tuple[str, ...]:
        """What each column seems to mean; a metric is guessed for one column only."""
        found: list[str] = []
        for place, heading in enumerate(self.headings):
            meaning = self._meaning(place, heading)
            found.append(IGNORE if meaning in found else meaning)
        return tuple(found)

    def _meaning(self, place: int, heading: str) -> str:
        meaning = HEADINGS.get(plain(heading), IGNORE)
        if meaning == DATE or (meaning == IGNORE and _is_mostly_days(self.column(place))):
            return DATE
        if meaning == IGNORE and plain(heading) in {"primary", "value"}:
            return _by_title(self.title)
        return meaning

    def order(self, place: int) -> str:
        """How days with slashes in the column are written; empty: nobody can tell."""
        texts = [cell for cell in self.column(place) if isinstance(cell, str)]
        known = order_of(texts)
        if known or not any(is_ambiguous(text) for text in texts):
            return known or DAY_FIRST
        spans = {order: _spread(texts, order) for order in (DAY_FIRST, MONTH_FIRST)}
        # A list of neighbouring days read the wrong way is scattered over a year.
        best, worst = sorted(spans, key=lambda order: spans[order])
        return best if spans[best] < spans[worst] else ""


def plain(heading: str) -> str:
    return "_".join(heading.strip().lower().split())


def _by_title(title: str) -> str:
    words = plain(title).split("_")
    return next((HEADINGS[word] for word in reversed(words) if word in HEADINGS), IGNORE)


def _spread(texts: Iterable[str], order: str) -> int:
    """Days between the first and the last of them; huge when one is none."""
    try:
        days = [parse_day(text, order=order) for text in texts if is_ambiguous(text)]
    except NotADay:
        return 10**6
    return (max(days) - min(days)).days


def at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None


def read_table(content: bytes, name: str) -> Table:
    """The first table with days in the file called ``name``; raises ``BadFile``."""
    headed = False
    for sheet in read_sheets(content, name):
        for number, line in enumerate(sheet.lines):
            if not _is_heading(line):
                continue
            headed = True
            below = sheet.lines[number + 1 :]
            table = Table(names_of(line), below, title_above(sheet.lines[:number]))
            if below and DATE in table.guessed:
                return table
    if headed:
        raise BadFile(_("The file has headings but no day with numbers below them."))
    raise BadFile(
        _("No table was found. One line must name the columns, one column must hold the days.")
    )


def _is_heading(line: Line) -> bool:
    """Two words or more, and nothing that is a number or a day."""
    cells = [cell for cell in line.cells if cell is not None]
    texts = [cell for cell in cells if isinstance(cell, str)]
    return (
        len(cells) >= 2
        and len(texts) == len(cells)
        and not any(re.search(r"\d{2,}", text) for text in texts)
        and any(plain(text) in HEADINGS for text in texts)
    )


def names_of(line: Line) -> tuple[str, ...]:
    return tuple(
        str(cell) if cell is not None else _("Column %(n)s") % {"n": number}
        for number, cell in enumerate(line.cells, 1)
    )


def title_above(lines: Sequence[Line]) -> str:
    return str(lines[-1].cells[0] or "") if lines else ""


def _is_mostly_days(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells[:40] if cell is not None]
    days = sum(_is_when(cell) for cell in known)
    return bool(known) and days * 2 > len(known)


def _is_when(cell: Cell) -> bool:
    try:
        return read_when(cell, DAY_FIRST) is not None
    except NotADay:
        return False


def read_when(cell: Cell, order: str) -> When | None:
    """The day or month that ``cell`` names; None for the line of a total.

    Raises ``NotADay`` with a sentence.
    """
    if isinstance(cell, dt.date):
        return When(cell if type(cell) is dt.date else dt.date(cell.year, cell.month, cell.day))
    text = _text(cell)
    if text.lower().strip(":") in TOTALS or not text:
        return None
    if stamp := _STAMP.fullmatch(text):
        text = stamp[1]
    if compact := _COMPACT.fullmatch(text):
        text = "-".join(compact.groups())
    return _month(text) or _in_words(text) or When(parse_day(text, order=order))


def _text(cell: Cell) -> str:
    return "" if cell is None else f"{cell}".strip()


def _month(text: str) -> When | None:
    if found := _MONTH.fullmatch(text):
        year, month = (found[1], found[2]) if found[1] else (found[4], found[3])
        if 1 <= int(month) <= 12:
            return When(dt.date(int(year), int(month), 1), Span.MONTH)
    named = _NAMED_MONTH.fullmatch(text)
    number = month_named(named["word"]) if named else None
    return When(dt.date(int(named["year"]), number, 1), Span.MONTH) if named and number else None


def _in_words(text: str) -> When | None:
    """``Sep 1, 2026``, ``Tue, Sep 1, 2026`` or ``1. september 2026``."""
    found = _WORDS.fullmatch(text)
    number = month_named(found["word"] or found["word2"]) if found else None
    if not found or not number:
        return None
    try:
        return When(dt.date(int(found["year"]), number, int(found["day"] or found["day2"])))
    except ValueError as error:
        raise NotADay(_("“%(text)s” is not a day.") % {"text": text[:40]}) from error


@cache
def month_named(word: str) -> int | None:
    """1 to 12 for a month's name or its short form in the languages around here."""
    wanted = word.lower().strip(".")
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[form][width].items():
                    if name.lower().strip(".") == wanted:
                        return int(number)
    return None

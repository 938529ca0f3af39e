"""The calendar as a workbook: one line for each post and channel, and lists to choose from."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.exchange.columns import HEADINGS
from waypost.content.exchange.rows import Row, number_of
from waypost.content.models import Item, Kind, Status
from waypost.documents.values import (
    Column,
    Letterhead,
    Look,
    Rule,
    Sheet,
    Value,
    Workbook,
)
from waypost.documents.values import Kind as Shape
from waypost.documents.values import Row as Line
from waypost.kit.screen import status_word

BLANK_LINES = 200
FROZEN = 5  # columns: up to the title
WIDTHS: Mapping[str, float] = {
    "date": 12, "time": 8, "channel": 22, "kind": 15, "title": 32, "text": 60, "hashtags": 22,
    "pictures": 30, "link": 34, "language": 10, "persona": 20, "goal": 28, "initiative": 28,
    "product": 20, "utm": 40, "cta": 22, "boost": 10, "reach": 10, "owner": 18, "reviewer": 18,
    "status": 13, "tags": 18, "url": 30, "interactions": 12, "number": 17,
}  # fmt: skip
SHAPES: Mapping[str, Shape] = {
    "date": Shape.DATE, "boost": Shape.MONEY, "reach": Shape.NUMBER, "interactions": Shape.NUMBER,
}  # fmt: skip
LISTED = (
    "channel", "kind", "language", "persona", "goal", "initiative", "product", "owner",
    "reviewer", "status",
)  # fmt: skip
"""Columns with a list to choose from, in the order of the second sheet."""
WRITABLE = (Status.IDEA, Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED)

CELLS: Mapping[str, Callable[[Row], Value]] = {
    "date": lambda row: row.wall.date() if row.wall else None,
    "time": lambda row: row.clock,
    "channel": lambda row: row.channel,
    "kind": lambda row: str(Kind(row.item.kind).label),
    "title": lambda row: row.item.title,
    "text": lambda row: row.text,
    "hashtags": lambda row: " ".join(row.hashtags),
    "pictures": lambda row: "\n".join(_pictures(row.item)),
    "link": lambda row: row.item.link,
    "utm": lambda row: row.tagged_link,
    "cta": lambda row: row.item.cta,
    "language": lambda row: row.item.language,
    "persona": lambda row: _name(row.item.persona),
    "goal": lambda row: _name(row.item.goal),
    "initiative": lambda row: _name(row.item.initiative),
    "product": lambda row: _name(row.item.product),
    "owner": lambda row: _name(row.item.owner),
    "reviewer": lambda row: _name(row.item.reviewer),
    "status": lambda row: status_word(row.item.status),
    "boost": lambda row: row.item.boost,
    "tags": lambda row: row.item.tags,
    "url": lambda row: row.outcome.url,
    "reach": lambda row: row.outcome.reach,
    "interactions": lambda row: row.outcome.interactions,
    "number": lambda row: number_of(row.item),
}


def workbook(business: Business | None, rows: Sequence[Row], *, period: str = "") -> Workbook:
    """``rows`` as a table, and the words that each column knows beside it."""
    today = timezone.localdate(timezone=business.zone) if business else timezone.localdate()
    head = Letterhead(_("Calendar"), business.name if business else "", today, period)
    lines = tuple(Line(tuple(cell(row) for cell in CELLS.values())) for row in rows)
    lists = _lists(business)
    title = _("Content calendar")
    sheet = Sheet(
        name=_("Calendar"),
        columns=tuple(_column(name, lists) for name in HEADINGS),
        rows=lines or tuple(Line(()) for _each in range(BLANK_LINES)),
        above=((f"{title} – {business.name}" if business else title,),),
        frozen_columns=FROZEN,
        rules=_rules(),
        landscape=True,
        pages_wide=3,
        filtered=True,
    )
    return Workbook(head, (sheet, _words(lists)))


def _column(name: str, lists: Mapping[str, Sequence[str]]) -> Column:
    words = lists.get(name, ())
    place = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[LISTED.index(name)] if words else ""
    return Column(
        str(HEADINGS[name]),
        SHAPES.get(name, Shape.TEXT),
        WIDTHS[name],
        choices_from=f"='{_('Words')}'!${place}$2:${place}${len(words) + 1}" if words else "",
        note=_notes().get(name, ""),
        loose=True,
    )


def _notes() -> dict[str, str]:
    """What a heading of the file needs to have said about it."""
    return {
        "time": _("On the clock of the business, from 00:00 to 23:59."),
        "channel": _("One in each line. A post for two channels has two lines with one number."),
        "pictures": _("The address of a picture (https://…), several below each other."),
        "utm": _("Made by your rule for links; it is not read back."),
        "boost": _("What you want to pay for more reach, in the currency of the business."),
        "tags": _("Several with commas between them."),
        "hashtags": _("What is missing in the text is added at its end."),
        "number": _("Waypost knows a post by it. Leave it empty for a new one."),
    }


def _rules() -> tuple[Rule, ...]:
    """What is over is grey."""
    place = list(HEADINGS).index("status")
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
    over = status_word(Status.CANCELLED)
    return (Rule(place, place, f'=${letter}3="{over}"', Look.QUIET),)


def _lists(business: Business | None) -> dict[str, list[str]]:
    """Column → words; what a business has itself only where there is one."""
    lists = {
        "kind": [str(kind.label) for kind in Kind],
        "language": [code for code, _name in settings.LANGUAGES] + ["de", "it", "hr"],
        "status": [status_word(each) for each in WRITABLE],
    }
    if business:
        members = [str(member.user) for member in business.members.select_related("user")]
        lists |= {
            "channel": [str(each) for each in business.connections.usable()],
            "persona": [str(each) for each in business.personas.all()],
            "goal": [str(each) for each in business.goals.open()],
            "initiative": [str(each) for each in business.initiatives.all()],
            "product": [str(each) for each in business.products.all()],
            "owner": members,
            "reviewer": members,
        }
    return {name: words for name, words in lists.items() if words}


def _words(lists: Mapping[str, Sequence[str]]) -> Sheet:
    longest = max(map(len, lists.values()))
    columns = [lists.get(name, ()) for name in LISTED]
    rows = [
        Line(tuple(words[line] if line < len(words) else None for words in columns))
        for line in range(longest)
    ]
    heads = tuple(Column(str(HEADINGS[name]), width=26) for name in LISTED)
    return Sheet(_("Words"), heads, tuple(rows))


def _name(row: object) -> str:
    return str(row) if row else ""


def _pictures(item: Item) -> list[str]:
    """Addresses of the item's pictures in the library, in order."""
    return [picture_address(item.business.slug, use.asset_id) for use in item.pictures.all()]


def picture_address(slug: str, pk: int) -> str:
    return settings.PUBLIC_URL + reverse("library:file", args=[slug, pk])

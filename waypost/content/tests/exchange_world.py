"""A business with a few accounts and rows to name, and files to bring in."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.exchange.bringing import bring
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.choices import Choices, first_choices
from waypost.content.exchange.export import CalendarFile as Export
from waypost.content.exchange.planning import Plan, plan
from waypost.tests import factories

NOON = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)


class Shop:
    """``owner`` alone; a page, a second page, and one row of each kind a file may name."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self.owner: User = business.members.get().user
        self.page = factories.make_connection(business, handle="candles")
        self.pins = factories.make_connection(
            business, handle="pins", remote_id="pinterest:pins", settings={"network": "pinterest"}
        )
        self.goal = factories.make_goal(business, title="More followers")
        self.initiative = factories.make_initiative(self.goal, title="Daily posts")
        self.persona = business.personas.create(name="Katja")
        self.product = business.products.create(name="Candle")

    def item(self, *channels: Connection, **fields: Any) -> Any:
        return factories.make_item(self.business, channels=list(channels), **fields)

    def plan(
        self, text: str | bytes, name: str = "plan.csv", by: User | None = None, **choices: Any
    ) -> Plan:
        content = text.encode() if isinstance(text, str) else text
        file = CalendarFile.read(content, name)
        known = first_choices(self.business, file).packed() | choices
        return plan(self.business, file, Choices.unpacked(known), by=by or self.owner)

    def told(self, text: str, **choices: Any) -> list[tuple[int, str]]:
        """What is wrong with a file: (row, sentence)."""
        return [(error.row, error.message) for error in self.plan(text, **choices).errors]

    def bring(self, text: str | bytes, name: str = "plan.csv", **choices: Any) -> None:
        bring(self.business, self.plan(text, name, **choices), by=self.owner)

    def written(self, format_name: str = "csv") -> bytes:
        return Export(self.business).write(format_name)


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def saved(folder: Path, content: bytes, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path

"""The calendar in every format; ``outcomes`` are told by whoever knows what became of posts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.content.calendar import Month
from waypost.content.exchange.agenda import agenda
from waypost.content.exchange.buffer import buffer_csv
from waypost.content.exchange.rows import (
    Outcomes,
    Row,
    Wanted,
    appointments_of,
    nothing_known,
    rows_of,
)
from waypost.content.exchange.sheet import workbook
from waypost.content.exchange.wall import wall_month
from waypost.documents import csv_file
from waypost.documents.rendering import render


@dataclass(frozen=True)
class CalendarFile:
    """What a file is made of; ``business`` may be ``None`` for a blank template."""

    business: Business | None
    wanted: Wanted = field(default_factory=Wanted)
    blank: bool = False
    period: str = ""
    separator: str = ""  # between the cells of a CSV; empty: as the language has it
    outcomes: Outcomes = nothing_known

    def write(self, format_name: str) -> bytes:
        """Raises ``LookupError`` for a format that there is not."""
        return FORMATS[format_name](self)

    def rows(self, wanted: Wanted | None = None) -> list[Row]:
        if self.blank or self.business is None:
            return []
        return rows_of(self.business, wanted or self.wanted, outcomes=self.outcomes)


def _xlsx(file: CalendarFile) -> bytes:
    return render(workbook(file.business, file.rows(), period=file.period), "xlsx")


def _csv(file: CalendarFile) -> bytes:
    return csv_file.render(workbook(file.business, file.rows()), file.separator)


def _pdf(file: CalendarFile) -> bytes:
    """The month that is shown, with the days around it that its grid has."""
    today = timezone.localdate(timezone=file.business.zone if file.business else None)
    month = file.wanted.month or Month.of(today)
    days = month.days()
    rows = file.rows(replace(file.wanted, first=days[0], last=days[-1]))
    return render(wall_month(file.business, month, rows), "pdf")


def _ics(file: CalendarFile) -> bytes:
    if file.blank or file.business is None:
        return render(agenda(None, ()), "ics")
    return render(agenda(file.business, appointments_of(file.business, file.wanted)), "ics")


def _buffer(file: CalendarFile) -> bytes:
    return buffer_csv(file.rows())


FORMATS: dict[str, Callable[[CalendarFile], bytes]] = {
    "xlsx": _xlsx,
    "csv": _csv,
    "pdf": _pdf,
    "ics": _ics,
    "buffer": _buffer,
}

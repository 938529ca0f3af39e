"""The demo's own file, told in one language and moved to the present."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

FILE = Path(__file__).with_name("svit-in-sat.yaml")
# The C reader is ten times as fast, but not every build of PyYAML has it.
_Reader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Story:
    """The file's content with the two things that depend on who reads it, and when."""

    data: dict[str, Any]
    language: str
    shift: timedelta  # whole weeks

    @classmethod
    def read(cls, *, today: date, language: str) -> "Story":
        """``language`` is en or sl; the file's anchor becomes the Monday of today's week."""
        with FILE.open(encoding="utf-8") as stream:
            data = yaml.load(stream, Loader=_Reader)  # noqa: S506 - a safe reader
        monday = today - timedelta(days=today.weekday())
        return cls(data, language, monday - data["about"]["anchor"])

    def __getitem__(self, part: str) -> Any:
        return self.data[part]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.data["about"]["time_zone"])

    def told(self, text: dict[str, str] | str | None) -> str:
        """A text in the reader's language; English when it was not translated."""
        if isinstance(text, dict):
            return text.get(self.language) or text["en"]
        return text or ""

    def day(self, day: date) -> date:
        return day + self.shift

    def month(self, day: date) -> date:
        """The first day of ``day``'s month, moved so that the anchor's month is the present one.

        Weeks do not fit into months, so what counts in months is moved by months.
        """
        anchor = self.data["about"]["anchor"]
        now = self.day(anchor)
        behind = (anchor.year - day.year) * 12 + anchor.month - day.month
        number = now.year * 12 + now.month - 1 - behind
        return date(number // 12, number % 12 + 1, 1)

    def edge(self, day: date) -> date:
        """The first or last day of a month stays one; any other is moved by weeks.

        What is measured month by month belongs to a month's end wherever the story is moved to.
        """
        if day.day == 1:
            return self.month(day)
        month_is_over = (day + timedelta(days=1)).day == 1
        if not month_is_over:
            return self.day(day)
        return self.month(day + timedelta(days=1)) - timedelta(days=1)

    def moment(self, day: date, hour: str = "12:00") -> datetime:
        """The same hour on the workshop's clock, summer or winter."""
        return datetime.combine(self.day(day), time.fromisoformat(hour), self.zone)

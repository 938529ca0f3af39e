"""Stretches of the calendar that one page shows: a month, a week, a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy

DAYS_OF_A_WEEK = 7
_DAY = timedelta(days=1)


class View(TextChoices):
    MONTH = "month", pgettext_lazy("view", "Month")
    WEEK = "week", pgettext_lazy("view", "Week")
    DAY = "day", pgettext_lazy("view", "Day")
    LIST = "list", pgettext_lazy("view", "List")
    CHANNELS = "channels", pgettext_lazy("view", "By channel")
    INITIATIVES = "initiatives", pgettext_lazy("view", "By initiative")


class Span(Protocol):
    """What a page shows, and how one comes to the span before and after it."""

    @property
    def first(self) -> date:
        """The first day that is really meant."""
        ...

    @property
    def title(self) -> str:
        """``October 2026`` in the person's language."""
        ...

    @property
    def query(self) -> dict[str, str]:
        """How the address names it."""
        ...

    def plus(self, steps: int) -> Self: ...

    def days(self) -> list[date]:
        """Every day that is drawn, in order."""
        ...

    def holds(self, day: date) -> bool:
        """Whether ``day`` is really meant and does not only fill up a week."""
        ...


@dataclass(frozen=True)
class Month:
    """A month of the Gregorian calendar, drawn as whole weeks."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, typed: str, otherwise: "Month") -> "Month":
        """``"2026-10"``; anything else is ``otherwise``."""
        try:
            return cls.of(datetime.strptime(typed, "%Y-%m").replace(tzinfo=UTC).date())
        except ValueError:
            return otherwise

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def title(self) -> str:
        return date_format(self.first, "F Y")

    @property
    def query(self) -> dict[str, str]:
        return {"month": str(self)}

    def plus(self, steps: int) -> "Month":
        """The month so many months later; it stays within the years 1 to 9999."""
        count = self.year * 12 + self.number - 1 + steps
        count = max(12, min(count, 9999 * 12 + 11))
        return Month(count // 12, count % 12 + 1)

    def days(self) -> list[date]:
        """Whole weeks from Monday on that hold the month."""
        start = self.first.toordinal() - self.first.weekday()
        end = self.plus(1).first.toordinal()
        weeks = -(-(end - start) // DAYS_OF_A_WEEK)
        return _counted(start, start + weeks * DAYS_OF_A_WEEK)

    def holds(self, day: date) -> bool:
        return Month.of(day) == self

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        return bounds(self, zone)


@dataclass(frozen=True)
class Week:
    """Monday to Sunday."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(date.fromordinal(max(1, day.toordinal() - day.weekday())))

    @property
    def title(self) -> str:
        """``12–18 October 2026``, with both months where there are two."""
        last = self.days()[-1]
        same = self.first.month == last.month
        head = pgettext("date", "j") if same else pgettext("date", "j F")
        whole = pgettext("date", "j F Y")
        return f"{date_format(self.first, head)} – {date_format(last, whole)}"

    @property
    def query(self) -> dict[str, str]:
        return {"day": self.first.isoformat()}

    def plus(self, steps: int) -> "Week":
        return Week.of(_later(self.first, steps * DAYS_OF_A_WEEK))

    def days(self) -> list[date]:
        start = self.first.toordinal()
        return _counted(start, start + DAYS_OF_A_WEEK)

    def holds(self, day: date) -> bool:
        return day in self.days()


@dataclass(frozen=True)
class OneDay:
    first: date

    @property
    def title(self) -> str:
        return date_format(self.first, pgettext("date", "l, j F Y"))

    @property
    def query(self) -> dict[str, str]:
        return {"day": self.first.isoformat()}

    def plus(self, steps: int) -> "OneDay":
        return OneDay(_later(self.first, steps))

    def days(self) -> list[date]:
        return [self.first]

    def holds(self, day: date) -> bool:
        return day == self.first


_BY_WEEK = (View.WEEK, View.CHANNELS, View.INITIATIVES)


def view_of(typed: str) -> View:
    """The view that an address names; the month for anything else."""
    return View(typed) if typed in View.values else View.MONTH


def span_of(view: View, query: Mapping[str, str], today: date) -> Span:
    """What the address asks for: ``day`` (ISO) or ``month`` (``2026-10``), else today's."""
    day = _day(query.get("day", ""))
    if day is None:
        month = Month.read(query.get("month", ""), Month.of(today))
        day = today if month.holds(today) else month.first
    return around(view, day)


def around(view: View, day: date) -> Span:
    if view in _BY_WEEK:
        return Week.of(day)
    return OneDay(day) if view == View.DAY else Month.of(day)


STEPS: Mapping[str, tuple[object, object]] = MappingProxyType(
    {
        "month": (pgettext_lazy("step", "Month before"), pgettext_lazy("step", "Month after")),
        "week": (pgettext_lazy("step", "Week before"), pgettext_lazy("step", "Week after")),
        "day": (pgettext_lazy("step", "Day before"), pgettext_lazy("step", "Day after")),
    }
)


def steps_of(view: View) -> tuple[object, object]:
    """What the two arrows beside the title are called."""
    if view in _BY_WEEK:
        return STEPS["week"]
    return STEPS["day" if view == View.DAY else "month"]


def bounds(span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of its drawn days and the first one after them (UTC)."""
    days = span.days()
    return _midnight(days[0], zone), _midnight(_later(days[-1], 1), zone)


def _counted(start: int, end: int) -> list[date]:
    return [date.fromordinal(n) for n in range(max(start, 1), min(end, date.max.toordinal()))]


def _later(day: date, days: int) -> date:
    """Stays within the days there are."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal() - 1)))


def _day(typed: str) -> date | None:
    try:
        return min(date.fromisoformat(typed), date.max - _DAY)
    except ValueError:
        return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    except OverflowError:  # the first and last day there are
        return datetime.combine(day, time.min, UTC)

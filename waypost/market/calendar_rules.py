"""Days that move from year to year, as rules: each answers the day in a year."""

import datetime as dt
from collections.abc import Callable

Rule = Callable[[int], dt.date]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def easter_sunday(year: int) -> dt.date:
    """Easter of the western churches, by the anonymous Gregorian computus (Meeus, 1991)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    moon = (19 * golden + century - century // 4 - _lunar_correction(century) + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _lunar_correction(century: int) -> int:
    return (century - (century + 8) // 25 + 1) // 3


def orthodox_easter_sunday(year: int) -> dt.date:
    """Easter of the eastern churches as a Gregorian day; holds from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=13)


def fixed(month: int, day: int) -> Rule:
    return lambda year: dt.date(year, month, day)


def easter(days: int = 0) -> Rule:
    """So many days after Easter Sunday."""
    return lambda year: easter_sunday(year) + dt.timedelta(days=days)


def orthodox_easter(days: int = 0) -> Rule:
    return lambda year: orthodox_easter_sunday(year) + dt.timedelta(days=days)


def nth(number: int, weekday: int, month: int) -> Rule:
    """The first, second … ``weekday`` of a month; −1 is the last one."""
    return lambda year: _nth(year, number, weekday, month)


def _nth(year: int, number: int, weekday: int, month: int) -> dt.date:
    if number < 0:
        end = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        return end - dt.timedelta(days=(end.weekday() - weekday) % 7)
    start = dt.date(year, month, 1)
    return start + dt.timedelta(days=(weekday - start.weekday()) % 7 + 7 * (number - 1))


def after(rule: Rule, days: int) -> Rule:
    """So many days after another day."""
    return lambda year: rule(year) + dt.timedelta(days=days)


def not_on_sunday(rule: Rule) -> Rule:
    """The Saturday before where the day would be a Sunday."""
    return lambda year: rule(year) - dt.timedelta(days=rule(year).weekday() == SUNDAY)


def advent(number: int) -> Rule:
    """The first to fourth Sunday of Advent: the fourth is the last Sunday before Christmas."""
    return lambda year: _before_christmas(year, SUNDAY) - dt.timedelta(weeks=4 - number)


def before_christmas(weekday: int) -> Rule:
    """The last ``weekday`` before 25 December."""
    return lambda year: _before_christmas(year, weekday)


def _before_christmas(year: int, weekday: int) -> dt.date:
    eve = dt.date(year, 12, 24)
    return eve - dt.timedelta(days=(eve.weekday() - weekday) % 7)


def french_mothers_day(year: int) -> dt.date:
    """The last Sunday of May, a week later where that is Whit Sunday."""
    day = _nth(year, -1, SUNDAY, 5)
    whit = easter_sunday(year) + dt.timedelta(days=49)
    return day + dt.timedelta(weeks=day == whit)


def french_winter_sales(year: int) -> dt.date:
    """The second Wednesday of January, the first where that is after the 12th."""
    day = _nth(year, 2, WEDNESDAY, 1)
    return day - dt.timedelta(weeks=day.day > 12)


def french_summer_sales(year: int) -> dt.date:
    """The last Wednesday of June, a week earlier where that is after the 28th."""
    day = _nth(year, -1, WEDNESDAY, 6)
    return day - dt.timedelta(weeks=day.day > 28)

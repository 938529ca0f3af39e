"""The clock of a business as the database tells it: the same as Python's, in every zone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from waypost.insights.clock import hour, shifts, weekday
from waypost.insights.periods import Period
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Ljubljana",
        "America/New_York",
        "Asia/Kolkata",  # half an hour
        "Asia/Kathmandu",  # three quarters
        "Australia/Lord_Howe",  # half an hour of summer
        "Pacific/Apia",
        "America/St_Johns",
    )
]
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
moments = st.datetimes(datetime(2025, 12, 31), datetime(2027, 1, 1), timezones=st.just(UTC))


def within(moment: datetime, zone: ZoneInfo) -> bool:
    return moment.astimezone(zone).year == 2026


def test_the_clock_of_ljubljana_changes_twice_a_year() -> None:
    zone = ZoneInfo("Europe/Ljubljana")
    start, end = YEAR.moments(zone)
    assert shifts(zone, start, end) == [
        (3600, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (7200, datetime(2026, 10, 25, 1, tzinfo=UTC)),
        (3600, end),
    ]


def test_a_zone_without_summer_never_changes() -> None:
    zone = ZoneInfo("Asia/Kolkata")
    start, end = YEAR.moments(zone)
    assert shifts(zone, start, end) == [(19800, end)]


@given(st.sampled_from(ZONES), moments, st.integers(0, 800))
def test_every_moment_is_as_far_from_utc_as_its_zone_says(
    zone: ZoneInfo, moment: datetime, days: int
) -> None:
    start, end = moment - timedelta(days=days), moment + timedelta(days=400)
    found = shifts(zone, start, end)
    ahead = next(seconds for seconds, until in found if moment < until)
    assert timedelta(seconds=ahead) == moment.astimezone(zone).utcoffset()
    assert [until for _ahead, until in found] == sorted(until for _ahead, until in found)


class Databases(TestCase):
    """Each example in a transaction of its own."""

    @given(st.sampled_from(ZONES), st.lists(moments, min_size=1, max_size=6))
    def test_days_and_hours_are_those_of_the_zone(
        self, zone: ZoneInfo, every: Sequence[datetime]
    ) -> None:
        kept = [moment for moment in every if within(moment, zone)]
        sent = self._sent(kept)
        rows = Delivery.objects.filter(pk__in=[each.pk for each in sent]).order_by("pk")
        told = rows.annotate(
            day=weekday("published_at", zone, YEAR), hour=hour("published_at", zone, YEAR)
        ).values_list("day", "hour")
        local = [moment.astimezone(zone) for moment in kept]
        assert list(told) == [(each.isoweekday() % 7, each.hour) for each in local]

    def _sent(self, moments: Sequence[datetime]) -> list[Delivery]:
        account = factories.make_connection(factories.make_business())
        return [
            factories.make_delivery(
                factories.make_item(account.business),
                account,
                status=Status.PUBLISHED,
                published_at=moment,
            )
            for moment in moments
        ]

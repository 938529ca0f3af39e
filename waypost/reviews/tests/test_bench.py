"""The benchmark measures what it says."""

from typing import Any

from waypost.reviews import bench
from waypost.reviews.models import Report


def test_the_bench_measures_a_report_of_twenty_channels(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(bench, "RUNS", 1)
    monkeypatch.setattr(bench, "FILE_RUNS", 1)
    rows = {row["name"]: row for row in bench.reviews_bench()}
    units = {name: row["unit"] for name, row in rows.items()}
    assert set(units.values()) == {"queries", "ms"}
    assert {row["limit"] for row in rows.values()} == {15, 200, 3000}
    assert Report.objects.get().business.connections.count() == bench.CHANNELS
    assert all(row["value"] > 0 for row in rows.values())

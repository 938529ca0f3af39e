"""The benchmark measures what it says."""

from typing import Any

from waypost.strategy import bench
from waypost.strategy.models import Answer


def test_the_bench_measures_three_hundred_answers(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(bench, "RUNS", 1)
    rows = {row["name"]: row for row in bench.strategy_bench()}
    assert list(rows) == [
        "strategy_queries",
        "strategy_median",
        "strategy_print",
        "strategy_docx",
        "strategy_pdf",
        "one_page_pdf",
    ]
    queries = rows["strategy_queries"]
    assert (queries["limit"], queries["unit"], queries["ok"]) == (12, "queries", True)
    texts = [answer.value for answer in Answer.objects.all()]
    assert len(texts) == 300
    assert {len(text) for value in texts for text in value.values()} == {2_000}

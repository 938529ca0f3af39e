"""The formulas of the sheet, by example and by law."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from waypost.budget.sheet import (
    Amount,
    GroupData,
    LineData,
    Row,
    carried,
    compute,
    line_cells,
    share,
    to_date,
    total,
    variance,
)

D = Decimal
STORY = Path(__file__).parents[2] / "home" / "demo" / "svit-in-sat.yaml"
EMPTY: list[Amount] = [None] * 12

money = st.decimals(min_value=0, max_value=100_000, places=2)
full = st.lists(money, min_size=12, max_size=12)
patchy = st.lists(st.none() | money, min_size=12, max_size=12)
last_closed = st.integers(0, 12)


def line(plan: list[Amount], actual: list[Amount], *, carry: bool = True, pk: int = 1) -> LineData:
    return LineData(pk, f"line {pk}", carry, plan, actual)


def amounts(*first: str | None) -> list[Amount]:
    known: list[Amount] = [None if text is None else D(text) for text in first]
    return known + [None] * (12 - len(known))


def first(n: int) -> frozenset[int]:
    return frozenset(range(1, n + 1))


@pytest.fixture(scope="module")
def demo() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(STORY.read_text())["budget"]
    return told


def demo_groups(demo: dict[str, Any]) -> list[GroupData]:
    groups = []
    for number, category in enumerate(demo["categories"]):
        rows = [row for row in demo["lines"] if row["category"] == category["key"]]
        lines = [
            LineData(
                at,
                row["line"]["en"],
                row["carry_over"],
                [D(str(x)) for x in row["base_plan"]],
                [None if x is None else D(str(x)) for x in row["actual"]],
            )
            for at, row in enumerate(rows)
        ]
        groups.append(GroupData(number, category["key"], lines))
    return groups


def test_the_demo_adds_up_to_its_check_values(demo: dict[str, Any]) -> None:
    sheet = compute(demo_groups(demo), closed=first(9))
    assert sheet.total.year_plan == D("10582")
    assert sheet.total.plan_to_date == D("6743")
    assert sheet.total.actual_to_date == D("6679.10")
    assert sheet.total.difference_to_date == D("63.90")
    for group in sheet.groups:
        check = demo["check"]["by_category"][group.name]
        assert group.year_plan == D(str(check["year_plan"]))
        assert group.actual_to_date == D(str(check["ytd_actual"]))


def test_the_adverts_of_february_hold_the_surplus_of_january(demo: dict[str, Any]) -> None:
    ads = compute(demo_groups(demo), closed=first(9)).groups[1]
    assert (ads.cells[0].plan, ads.cells[0].actual) == (D("300"), D("262.40"))
    assert ads.cells[1].available == D("337.60")


def test_every_line_of_the_demo_has_the_expected_available_amounts(demo: dict[str, Any]) -> None:
    sheet = compute(demo_groups(demo), closed=first(9))
    found = {row.name: [c.available for c in row.cells] for g in sheet.groups for row in g.lines}
    assert found == {
        row["line"]["en"]: [D(str(x)) for x in row["expected_available"]] for row in demo["lines"]
    }


def test_an_overspent_month_takes_from_the_next_one() -> None:
    cells = line_cells(line(amounts("100", "100"), amounts("130")), first(1))
    assert [cell.available for cell in cells[:2]] == [D("100"), D("70")]


def test_with_surplus_only_an_overspent_month_takes_nothing() -> None:
    cells = line_cells(line(amounts("100", "100"), amounts("130")), first(1), surplus_only=True)
    assert cells[1].available == D("100")


def test_a_surplus_arrives_in_a_month_without_a_plan() -> None:
    cells = line_cells(line(amounts("100"), amounts("60")), first(1))
    assert (cells[1].plan, cells[1].available) == (None, D("40"))


def test_a_closed_month_with_an_empty_actual_hands_nothing_on() -> None:
    cells = line_cells(line(amounts("100", "100"), EMPTY), first(1))
    assert (cells[0].difference, cells[1].available) == (None, D("100"))


def test_a_closed_month_with_zero_spent_hands_everything_on() -> None:
    cells = line_cells(line(amounts("100", "100"), amounts("0")), first(1))
    assert (cells[0].difference, cells[1].available) == (D("100"), D("200"))


def test_a_line_that_does_not_carry_over_keeps_its_base() -> None:
    cells = line_cells(line(amounts("100", "100"), amounts("60"), carry=False), first(1))
    assert cells[1].available == D("100")


def test_nothing_is_carried_into_january() -> None:
    cells = line_cells(line([D(10)] * 12, [D(0)] * 12), first(12))
    assert (cells[0].available, cells[11].available) == (D(10), D(120))


@given(full, full, last_closed)
def test_spent_and_last_carry_are_the_base_of_the_closed_months(
    plan: list[Amount], actual: list[Amount], shut: int
) -> None:
    cells = line_cells(line(plan, actual), first(shut))
    last = carried(cells[shut - 1], surplus_only=False) if shut else D(0)
    assert sum((a or D(0) for a in actual[:shut]), D(0)) + last == sum(
        (p or D(0) for p in plan[:shut]), D(0)
    )


@given(patchy, patchy, last_closed, st.booleans(), st.booleans())
def test_the_year_plan_is_the_sum_of_the_base_whatever_carries_over(
    plan: list[Amount], actual: list[Amount], shut: int, carry: bool, only: bool
) -> None:
    group = GroupData(1, "x", [line(plan, actual, carry=carry)])
    sheet = compute([group], closed=first(shut), surplus_only=only)
    assert sheet.total.year_plan == total(plan)
    assert sheet.groups[0].lines[0].year_plan == total(plan)


@given(patchy, patchy)
def test_open_months_carry_nothing(plan: list[Amount], actual: list[Amount]) -> None:
    cells = line_cells(line(plan, actual), frozenset())
    assert [cell.available for cell in cells] == plan


@given(patchy, patchy, last_closed)
def test_surplus_only_never_makes_a_month_smaller_than_its_base(
    plan: list[Amount], actual: list[Amount], shut: int
) -> None:
    cells = line_cells(line(plan, actual), first(shut), surplus_only=True)
    assert all((cell.available or D(0)) >= (cell.plan or D(0)) for cell in cells)


@given(st.lists(st.tuples(patchy, patchy, st.booleans()), max_size=4), last_closed)
def test_the_total_is_the_sum_of_the_lines(
    rows: list[tuple[list[Amount], list[Amount], bool]], shut: int
) -> None:
    lines = [line(plan, actual, carry=carry) for plan, actual, carry in rows]
    one = compute([GroupData(1, "x", lines)], closed=first(shut))
    two = compute([GroupData(1, "x", lines[:1]), GroupData(2, "y", lines[1:])], closed=first(shut))
    assert one.total == two.total
    drawn = [row for group in two.groups for row in group.lines]
    for name in ("plan", "available", "actual", "difference"):
        for at in range(12):
            said = getattr(one.total.cells[at], name)
            assert said == total(getattr(row.cells[at], name) for row in drawn)


@given(patchy, patchy)
def test_shares_of_one_line_are_the_whole(plan: list[Amount], actual: list[Amount]) -> None:
    row = compute([GroupData(1, "x", [line(plan, actual)])], closed=()).groups[0].lines[0]
    whole = D(1) if total(plan) else None
    assert (row.of_category, row.of_total) == (whole, whole)


def test_shares_are_of_the_category_and_of_the_total() -> None:
    sheet = compute(
        [
            GroupData(1, "a", [line(amounts("30"), EMPTY), line(amounts("10"), EMPTY)]),
            GroupData(2, "b", [line(amounts("60"), EMPTY)]),
        ],
        closed=(),
    )
    row = sheet.groups[0].lines[0]
    assert (row.of_category, row.of_total, sheet.groups[0].of_total) == (
        D("0.75"),
        D("0.3"),
        D("0.4"),
    )


def test_to_date_ends_with_the_last_closed_month_or_else_the_last_actual() -> None:
    lines = [line(EMPTY, amounts("1", None, "3"))]
    assert to_date(lines, first(2)) == 2
    assert to_date(lines, frozenset()) == 3
    assert to_date([line(EMPTY, EMPTY)], frozenset()) == 0


def test_before_anything_was_spent_to_date_is_empty() -> None:
    row = compute([GroupData(1, "x", [line(amounts("10"), EMPTY)])], closed=()).total
    assert (row.plan_to_date, row.actual_to_date, row.difference_to_date, row.used) == (
        None,
        None,
        None,
        None,
    )


def test_money_without_a_plan_is_unplanned_and_has_no_share() -> None:
    row: Row = compute([GroupData(1, "x", [line(EMPTY, amounts("5"))])], closed=()).total
    assert (row.is_unplanned, row.used, row.difference_to_date) == (True, None, D("-5"))


def test_empty_is_not_zero() -> None:
    assert total([None, None]) is None
    assert total([None, D(0)]) == D(0)
    assert variance(D(5), None) is None
    assert variance(None, D(5)) == D(-5)
    assert share(D(5), D(0)) is None
    assert share(None, D(5)) is None
    assert share(D(1), D(8)) == D("0.125")


def test_a_sheet_without_lines_is_empty() -> None:
    sheet = compute([GroupData(1, "x", [])], closed=())
    assert (sheet.total.year_plan, sheet.groups[0].of_total, sheet.through) == (None, None, 0)

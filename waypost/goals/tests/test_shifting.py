"""What a move does to those that wait, by example and for any plan at all."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.goals.shifting import (
    Circle,
    Shift,
    Span,
    Step,
    earliest_start,
    in_order,
    shifts,
    waiting_for,
)

ZERO = date(2026, 11, 2)


def day(number: int) -> date:
    return ZERO + timedelta(days=number)


def step(pk: int, start: int, end: int, *after: int, stays: bool = False) -> Step:
    return Step(pk, Span(day(start), day(end)), frozenset(after), stays)


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Step], int, Span]:
    """A plan that keeps its own rules, and a move of one of its initiatives."""
    steps: list[Step] = []
    for pk in range(draw(st.integers(1, 12))):
        after = frozenset(draw(st.sets(st.integers(0, pk - 1), max_size=3))) if pk else frozenset()
        ends = [(steps[other].span.end - ZERO).days for other in after]
        start = max(ends, default=-1) + 1 + draw(st.integers(0, 10))
        steps.append(step(pk, start, start + draw(st.integers(0, 20)), *after))
    moved = draw(st.sampled_from(steps))
    start = draw(st.integers(-40, 80))
    return steps, moved.pk, Span(day(start), day(start + draw(st.integers(0, 40))))


def after_move(steps: list[Step], pk: int, span: Span) -> dict[int, Span]:
    return {
        **{each.pk: each.span for each in steps},
        **{shift.pk: shift.span for shift in shifts(steps, pk, span)},
        pk: span,
    }


@given(plans())
def test_nobody_begins_before_what_it_waits_for_has_ended(
    plan: tuple[list[Step], int, Span],
) -> None:
    steps, pk, span = plan
    spans = after_move(steps, pk, span)
    for each in steps:
        if each.pk != pk:  # where the person put it is judged elsewhere
            assert all(spans[other].end < spans[each.pk].start for other in each.after)


@given(plans())
def test_nothing_moves_that_need_not_nor_farther_than_it_must(
    plan: tuple[list[Step], int, Span],
) -> None:
    steps, pk, span = plan
    spans = after_move(steps, pk, span)
    known = {each.pk: each for each in steps}
    for shift in shifts(steps, pk, span):
        assert shift.pk != pk
        ends = [spans[other].end for other in known[shift.pk].after]
        assert shift.span.start == max(ends) + timedelta(days=1)
        assert shift.before == known[shift.pk].span


@given(plans())
def test_whoever_moves_moves_later_and_keeps_its_length(
    plan: tuple[list[Step], int, Span],
) -> None:
    for shift in shifts(*plan):
        assert shift.days > 0
        assert shift.span.days == shift.before.days


@given(plans())
def test_making_the_same_move_again_moves_nobody(plan: tuple[list[Step], int, Span]) -> None:
    steps, pk, span = plan
    spans = after_move(steps, pk, span)
    settled = [Step(each.pk, spans[each.pk], each.after) for each in steps]
    assert shifts(settled, pk, span) == []


@given(plans(), st.data())
def test_a_circle_behind_the_moved_one_is_refused(
    plan: tuple[list[Step], int, Span], data: st.DataObject
) -> None:
    steps, pk, span = plan
    behind = waiting_for({each.pk: each for each in steps}, pk)
    last = data.draw(st.sampled_from(sorted(behind)))
    closed = [
        Step(each.pk, each.span, each.after | {last}) if each.pk == pk else each for each in steps
    ]
    with pytest.raises(Circle) as caught:
        shifts(closed, pk, span)
    assert caught.value.keys[0] == caught.value.keys[-1]
    assert set(caught.value.keys) <= behind


def test_a_chain_gives_way_link_by_link() -> None:
    steps = [step(1, 0, 4), step(2, 5, 9, 1), step(3, 10, 12, 2)]
    assert shifts(steps, 1, Span(day(0), day(6))) == [
        Shift(2, Span(day(5), day(9)), Span(day(7), day(11))),
        Shift(3, Span(day(10), day(12)), Span(day(12), day(14))),
    ]


def test_room_between_two_is_used_up_first() -> None:
    steps = [step(1, 0, 4), step(2, 8, 9, 1)]
    assert shifts(steps, 1, Span(day(3), day(7))) == []


def test_moving_to_an_earlier_day_pulls_nobody_along() -> None:
    steps = [step(1, 10, 14), step(2, 15, 19, 1)]
    assert shifts(steps, 1, Span(day(0), day(4))) == []


def test_what_is_done_stays_and_lets_nobody_behind_it_move() -> None:
    steps = [step(1, 0, 4), step(2, 5, 9, 1, stays=True), step(3, 10, 12, 2)]
    assert shifts(steps, 1, Span(day(0), day(20))) == []


def test_an_old_fault_elsewhere_is_left_alone() -> None:
    steps = [step(1, 0, 4), step(2, 8, 9, 1, 3), step(3, 5, 30)]
    assert shifts(steps, 1, Span(day(0), day(5))) == []


def test_a_circle_elsewhere_does_not_stop_the_move() -> None:
    steps = [step(1, 0, 4), step(2, 0, 4, 3), step(3, 0, 4, 2)]
    assert shifts(steps, 1, Span(day(1), day(5))) == []


def test_who_waits_for_itself_is_a_circle() -> None:
    with pytest.raises(Circle):
        in_order({1: {1}})


def test_the_first_possible_day_is_the_one_after_the_last_end() -> None:
    steps = [step(1, 0, 4), step(2, 0, 9), step(3, 20, 21, 1, 2, 99)]
    assert earliest_start(steps, 3) == day(10)
    assert earliest_start(steps, 1) is None

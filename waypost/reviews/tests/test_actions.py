"""Starting, answering, counting anew, signing; lines that become tasks."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.connections.models import Connection
from waypost.insights.periods import Period
from waypost.kit.errors import Refusal
from waypost.reviews import actions
from waypost.reviews.figures import Measure
from waypost.reviews.models import Report, lines_of
from waypost.reviews.tests.world import ANSWERS, SEPTEMBER, publish, written
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def test_a_report_begins_with_the_numbers_of_its_period(
    business: Business, owner: User, channel: Connection
) -> None:
    publish(channel, date(2026, 8, 20), 10)
    publish(channel, date(2026, 9, 9), 30, comments=2, title="Wax")
    publish(channel, date(2026, 10, 1), 500)
    figures = actions.start(business, SEPTEMBER, by=owner).numbers
    [only] = figures.channels
    assert only.handle == "candles"
    assert only.measure("likes") == Measure("likes", Decimal(10), Decimal(30))
    assert only.measure("engagement") == Measure("engagement", Decimal(10), Decimal(32))
    assert only.measure("posts") == Measure("posts", Decimal(1), Decimal(1))
    [best] = figures.best
    assert (best.title, best.day, best.interactions) == ("Wax", date(2026, 9, 9), Decimal(32))


def test_spending_stands_beside_its_channel_and_its_plan(
    business: Business, owner: User, channel: Connection
) -> None:
    line = factories.make_budget_line(business, plan=[None] * 8 + ["100"] + [None] * 3)
    line.connection = channel
    line.save()
    line.expenses.create(date=date(2026, 9, 4), month=9, amount=Decimal("62.40"))
    figures = actions.start(business, SEPTEMBER, by=owner).numbers
    assert (figures.spent, figures.planned) == (Decimal("62.40"), Decimal(100))
    assert figures.channels[0].measure("spent").now == Decimal("62.40")


def test_of_one_period_there_is_one_report(business: Business, owner: User) -> None:
    first = written(business, owner)
    again = actions.start(business, SEPTEMBER, by=owner)
    assert (again.pk, again.result) == (first.pk, ANSWERS["result"])


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (Period(date(2026, 10, 1), date(2026, 10, 12)), "looks back"),
        (Period(date(2025, 1, 1), date(2026, 9, 30)), "a year at most"),
    ],
)
def test_a_report_looks_back_and_not_too_far(
    business: Business, owner: User, period: Period, says: str
) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        actions.start(business, period, by=owner)
    assert refused.value.field == "to"
    assert not business.reports.exists()


def test_numbers_stay_until_somebody_counts_anew(
    business: Business, owner: User, channel: Connection
) -> None:
    report = written(business, owner)
    publish(channel, date(2026, 9, 9), 30)
    report.refresh_from_db()
    assert report.numbers.total("likes").now is None
    actions.count_anew(report, by=owner)
    report.refresh_from_db()
    assert report.numbers.total("likes").now == 30


def test_what_is_signed_stays_and_a_change_makes_the_next_version(
    report: Report, owner: User, channel: Connection
) -> None:
    first = actions.sign(report, by=owner)
    assert (first.number, first.signed_name, first.answers) == (1, "Olga Owner", ANSWERS)
    assert not report.has_changes
    publish(channel, date(2026, 9, 9), 30)
    actions.count_anew(report, by=owner)
    actions.answer(report, {"result": "It grew a lot."}, by=owner)
    assert report.has_changes
    second = actions.sign(report, by=owner)
    first.refresh_from_db()
    assert first.answers["result"] == ANSWERS["result"]
    assert first.numbers.total("likes").now is None
    assert (second.number, second.answers["result"]) == (2, "It grew a lot.")
    assert second.numbers.total("likes").now == 30


def test_nothing_is_signed_twice(report: Report, owner: User) -> None:
    actions.sign(report, by=owner)
    with pytest.raises(Refusal, match="Nothing has changed"):
        actions.sign(report, by=owner)
    assert report.versions.count() == 1


def test_an_open_question_is_not_signed(report: Report, owner: User) -> None:
    actions.answer(report, {"improve": " \n"}, by=owner)
    with pytest.raises(Refusal, match="Answer every question"):
        actions.sign(report, by=owner)


def test_a_week_is_signed_with_two_answers(business: Business, owner: User) -> None:
    week = actions.start(business, Period(date(2026, 10, 5), date(2026, 10, 11)), by=owner)
    assert week.asked == ("result", "next")
    actions.answer(week, {"result": "Calm", "next": "Wax"}, by=owner)
    assert actions.sign(week, by=owner).number == 1


def test_a_draft_can_be_thrown_away_and_a_signed_report_not(
    business: Business, report: Report, owner: User
) -> None:
    actions.sign(report, by=owner)
    with pytest.raises(Refusal, match="signed report is kept"):
        actions.remove(report)
    week = actions.start(business, Period(date(2026, 10, 5), date(2026, 10, 11)), by=owner)
    actions.remove(week)
    assert list(business.reports.all()) == [report]


def make(report: Report, by: User, text: str = "Film the reels") -> Task:
    return actions.make_task(report, question="next", text=text, by=by)


def test_a_line_becomes_a_task_that_leads_back(report: Report, owner: User) -> None:
    task = actions.make_task(
        report,
        question="next",
        text="Film the reels",
        by=owner,
        assignee=owner,
        due_date=date(2026, 10, 20),
    )
    assert (task.title, task.assignee, task.due_date) == (
        "Film the reels",
        owner,
        date(2026, 10, 20),
    )
    [link] = task.links.all()
    assert link.title == "Report: September 2026"
    assert link.path == f"/b/{report.business.slug}/reviews/{report.pk}/"
    assert [(line.text, line.task) for line in report.tasks.all()] == [("Film the reels", task)]


def test_a_line_makes_one_task(report: Report, owner: User) -> None:
    make(report, owner)
    with pytest.raises(Refusal, match="on the board already"):
        make(report, owner)
    assert report.business.tasks.count() == 1


def test_a_line_that_is_gone_makes_no_task(report: Report, owner: User) -> None:
    with pytest.raises(Refusal, match="changed meanwhile"):
        make(report, owner, "Buy a boat")
    with pytest.raises(Refusal, match="changed meanwhile"):
        actions.make_task(report, question="result", text=ANSWERS["result"], by=owner)


def test_a_line_worded_anew_keeps_its_task_and_another_one_does_not(
    report: Report, owner: User
) -> None:
    task = make(report, owner)
    actions.answer(report, {"next": "Film the Advent reels\nCall the bank"}, by=owner)
    assert [(line.text, line.task) for line in report.tasks.all()] == [
        ("Film the Advent reels", task)
    ]
    actions.answer(report, {"next": "Call the bank"}, by=owner)
    assert [line.text for line in report.tasks.all()] == ["Film the Advent reels"]


def test_a_task_that_is_removed_frees_its_line(report: Report, owner: User) -> None:
    make(report, owner).delete()
    assert make(report, owner).title == "Film the reels"


@given(text=some.text(alphabet="ab -•*\n\r", max_size=60))
def test_lines_say_something_and_each_stands_once(text: str) -> None:
    lines = lines_of(text)
    assert all(line == line.strip() and line for line in lines)
    assert len(lines) == len(set(lines))
    assert lines_of("\n".join(f"- {line}" for line in lines)) == lines_of("\n".join(lines))

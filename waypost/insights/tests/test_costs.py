"""What results cost, from the budget's spending and the networks' numbers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.budget.models import ActualAmount, Budget, Category, Expense, Line
from waypost.connections.models import Connection
from waypost.content.models import Status as ItemStatus
from waypost.goals.models import Initiative
from waypost.insights.costs import CostLine, cost_of, costs_in, per, whole_months
from waypost.insights.models import Source
from waypost.insights.periods import Period
from waypost.insights.store import Entry, Holder, record
from waypost.publishing.models import Status
from waypost.tests import factories

D = Decimal
NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
OCTOBER = Period(date(2026, 10, 3), date(2026, 10, 12))


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def initiative(business: Business) -> Initiative:
    goal = factories.make_goal(business, start_date=date(2026, 9, 1))
    return factories.make_initiative(goal, title="German Reels")


@pytest.fixture
def line(business: Business, initiative: Initiative) -> Line:
    return make_line(business, initiative=initiative)


def make_line(business: Business, **fields: Any) -> Line:
    values = {"year": 2026, "currency": "EUR", "rate": D(1)}
    values |= {key: fields.pop(key) for key in list(fields) if key in values}
    budget = Budget.objects.create(business=business, **values)
    category = Category.objects.create(budget=budget, name="Ads", key="advertising")
    return Line.objects.create(budget=budget, category=category, name="Meta ads", **fields)


def spend(line: Line, amount: str, day: date = date(2026, 10, 5), **links: Any) -> Expense:
    return Expense.objects.create(line=line, date=day, amount=D(amount), **links)


def post(account: Connection, initiative: Initiative | None, likes: int) -> None:
    moment = datetime(2026, 10, 6, 12, tzinfo=UTC)
    item = factories.make_item(
        account.business, status=ItemStatus.PUBLISHED, due_at=moment, initiative=initiative
    )
    sent = factories.make_delivery(
        item, account, status=Status.PUBLISHED, published_at=moment, remote_id="1"
    )
    factories.make_snapshot(sent, taken_at=moment, likes=likes)


def test_months_are_counted_whole() -> None:
    assert whole_months(OCTOBER) == Period(date(2026, 10, 1), date(2026, 10, 31))
    winter = Period(date(2026, 12, 24), date(2027, 2, 3))
    assert whole_months(winter) == Period(date(2026, 12, 1), date(2027, 2, 28))


def test_without_spending_there_is_nothing_to_divide(business: Business) -> None:
    found = costs_in(business, OCTOBER)
    assert (found.total, found.initiatives, found.channels) == (None, [], [])


def test_an_initiative_shows_what_an_interaction_cost(
    business: Business, initiative: Initiative, line: Line, account: Connection
) -> None:
    spend(line, "30.00")
    spend(line, "10.00", date(2026, 9, 30))
    post(account, initiative, 60)
    found = costs_in(business, OCTOBER)
    assert found.total == D("30.00")
    assert found.initiatives == [CostLine(initiative, D("30.00"), 60)]
    assert found.initiatives[0].per_interaction.value == D("0.5")
    assert found.channels == [CostLine(None, D("30.00"), None)]


def test_a_channel_shows_what_a_follower_cost(
    business: Business, line: Line, account: Connection
) -> None:
    Line.objects.update(connection=account)
    spend(line, "30.00")
    counted = [
        Entry("followers", date(2026, 10, 1), D(100)),
        Entry("followers", date(2026, 10, 9), D(160)),
    ]
    record(Holder(None, account), counted, source=Source.PULLED)
    [channel] = costs_in(business, OCTOBER).channels
    assert channel == CostLine(account, D("30.00"), None, 60)
    assert channel.per_follower.value == D("0.5")
    assert channel.per_interaction.reason == "No interactions are known."


def test_an_expense_says_more_than_its_line(
    business: Business, initiative: Initiative, line: Line
) -> None:
    other = factories.make_initiative(initiative.goal, title="Gifts")
    spend(line, "30.00")
    spend(line, "12.00", initiative=other)
    found = costs_in(business, OCTOBER).initiatives
    assert [(each.row, each.spent) for each in found] == [
        (initiative, D("30.00")),
        (other, D("12.00")),
    ]
    assert cost_of(initiative, None).spent == D("30.00")
    assert cost_of(other, None).spent == D("12.00")


def test_a_typed_amount_counts_unless_the_cell_has_expenses(
    business: Business, initiative: Initiative, line: Line
) -> None:
    for month, amount in ((9, "100.00"), (10, "50.00"), (11, None)):
        ActualAmount.objects.create(line=line, month=month, amount=amount and D(amount))
    assert costs_in(business, OCTOBER).total == D("50.00")
    assert cost_of(initiative, None).spent == D("150.00")
    spend(line, "30.00")
    assert costs_in(business, OCTOBER).total == D("30.00")
    assert cost_of(initiative, None).spent == D("130.00")


def test_another_currency_is_turned_into_the_own(business: Business) -> None:
    spend(make_line(business, currency="CHF", rate=D("1.05")), "100.00")
    assert costs_in(business, OCTOBER).total == D("105.00")


def test_a_removed_line_costs_nothing(business: Business, line: Line) -> None:
    spend(line, "30.00")
    Line.objects.update(removed_at=NOW)
    assert costs_in(business, OCTOBER).total is None


def test_another_business_does_not_show(business: Business, line: Line) -> None:
    spend(line, "30.00")
    assert costs_in(factories.make_business(), OCTOBER).total is None


def test_what_is_missing_is_said() -> None:
    assert per(None, 5, "x").reason == "No spending is linked to it."
    assert per(D(5), None, "x").reason == "x"
    assert per(D(5), 0, "x").reason == "x"
    assert per(D(5), 2, "x").value == D("2.5")


def test_the_report_shows_costs_and_why_some_are_missing(
    business: Business, initiative: Initiative, line: Line, account: Connection, page: Client
) -> None:
    spend(line, "30.00")
    post(account, initiative, 60)
    url = reverse("insights:report", args=[business.slug])
    text = " ".join(page.get(url).content.decode().split())
    assert "30.00 EUR was spent from 1 September 2026 to 31 October 2026." in text
    assert '<td class="num">0.500</td>' in text
    assert "Nothing gives Waypost these numbers yet." in text


def test_the_page_of_an_initiative_shows_its_cost(
    business: Business, initiative: Initiative, line: Line, page: Client
) -> None:
    url = reverse("insights:initiative", args=[business.slug, initiative.pk])
    assert "No spending is linked to it." in page.get(url).content.decode()
    spend(line, "300.00")
    Initiative.objects.update(budget=D(400), actual_contribution=D(870))
    text = " ".join(page.get(url).content.decode().split())
    assert '300.00 EUR <span class="text-muted">of 400.00 EUR meant for it</span>' in text
    assert "<dd>0.345 EUR</dd>" in text

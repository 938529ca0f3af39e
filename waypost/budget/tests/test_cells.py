"""Writing cells: versions, refusals, blocks, undo, the log."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist

from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.budget import actions
from waypost.budget.actions import Conflict
from waypost.budget.actions.cells import KINDS, Kind
from waypost.budget.actions.pasting import cells_of
from waypost.budget.models import Change, Line
from waypost.budget.reading import read
from waypost.kit.errors import Refusal
from waypost.tests import factories

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def line(business: Business) -> Line:
    return factories.make_budget_line(business, name="Ads", plan=["300", "300"], carry_over=True)


def planned(line: Line, month: int) -> Decimal | None:
    try:
        return line.planned.get(month=month).amount
    except ObjectDoesNotExist:
        return None


def write(
    line: Line,
    by: User,
    amount: str | None,
    *,
    kind: Kind = "plan",
    month: int = 1,
    version: int = 0,
) -> str:
    wanted = None if amount is None else D(amount)
    done = actions.write_cell(line, kind=kind, month=month, amount=wanted, by=by, version=version)
    return done.batch


def member_of(business: Business, user: User) -> Member:
    return business.members.get(user=user)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,56", D("1234.56")),
        ("1,234.56", D("1234.56")),
        ("25", D("25.00")),
        (" 25,5 € ", D("25.50")),
        ("", None),
        ("   ", None),
        ("0", D("0.00")),
    ],
)
def test_amounts_are_read_as_people_write_them(typed: str, amount: Decimal | None) -> None:
    assert actions.parse_amount(typed, kind="plan") == amount


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("lots", "“lots” is not a number. Write it like this: 1234.5"),
        ("-5", "A plan cannot be below zero. Enter 0 or more."),
        ("1.005,123", "Money has two decimals. Round the amount to cents."),
        ("99999999999", "This amount is too large. Enter less than 10 billion."),
    ],
)
def test_bad_amounts_are_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        actions.parse_amount(typed, kind="plan")
    assert (caught.value.message, caught.value.field) == (words, "amount")


def test_an_actual_may_be_below_zero_for_money_that_came_back() -> None:
    assert actions.parse_amount("-5", kind="actual") == D("-5.00")


def test_a_written_cell_keeps_amount_version_and_log(line: Line, editor: User) -> None:
    write(line, editor, "250")
    cell = line.planned.get(month=1)
    change = Change.objects.filter(what="plan").get()
    assert (cell.amount, cell.version) == (D("250.00"), 1)
    assert (change.old, change.new, change.month, change.by, change.line_name) == (
        "300.00",
        "250.00",
        1,
        editor,
        "Ads",
    )


def test_writing_what_stands_there_changes_nothing(line: Line, editor: User) -> None:
    assert write(line, editor, "300") == ""
    assert Change.objects.filter(what="plan").count() == 0


def test_an_emptied_cell_is_empty_and_not_zero(line: Line, editor: User) -> None:
    write(line, editor, None)
    assert read(line.budget).sheet.total.cells[0].plan is None


def test_two_people_in_one_cell_conflict_and_the_first_stays(
    line: Line, editor: User, owner: User
) -> None:
    write(line, owner, "310")
    with pytest.raises(Conflict) as caught:
        write(line, editor, "320")
    assert (caught.value.theirs, caught.value.version, caught.value.by) == (D("310"), 1, owner)
    assert planned(line, 1) == D("310")


def test_two_people_in_two_cells_do_not_conflict(line: Line, editor: User, owner: User) -> None:
    write(line, owner, "310", month=1)
    write(line, editor, "320", month=2)
    assert (planned(line, 1), planned(line, 2)) == (D("310"), D("320"))


def test_two_people_who_typed_the_same_are_not_asked(line: Line, editor: User, owner: User) -> None:
    write(line, owner, "310")
    assert write(line, editor, "310") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_month_cannot_be_written(
    kind: Kind, line: Line, editor: User, owner: User
) -> None:
    actions.close_month(line.budget, month=1, by=owner)
    with pytest.raises(Refusal, match="January is closed"):
        write(line, editor, "1", kind=kind)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_out_of_the_year_is_refused(month: int, line: Line, editor: User) -> None:
    with pytest.raises(Refusal, match="months 1 to 12"):
        write(line, editor, "1", month=month)


def test_an_actual_made_of_expenses_cannot_be_typed_over(line: Line, editor: User) -> None:
    for day in (1, 2):
        line.expenses.create(date=date(2026, 1, day), amount=D("10.10"))
    with pytest.raises(Refusal, match="sum of 2 expenses"):
        write(line, editor, "5", kind="actual")
    assert read(line.budget).sheet.total.cells[0].actual == D("20.20")


def test_expenses_count_instead_of_what_was_typed(line: Line, editor: User) -> None:
    write(line, editor, "99", kind="actual")
    line.expenses.create(date=date(2026, 1, 5), amount=D(0))
    assert read(line.budget).sheet.total.cells[0].actual == D("0")


def test_what_january_left_is_available_in_february_once_it_is_closed(
    line: Line, editor: User, owner: User
) -> None:
    write(line, editor, "262.40", kind="actual")
    assert read(line.budget).sheet.total.cells[1].available == D("300")
    actions.close_month(line.budget, month=1, by=owner)
    assert read(line.budget).sheet.total.cells[1].available == D("337.60")
    actions.reopen_month(line.budget, month=1, by=owner)
    assert read(line.budget).sheet.total.cells[1].available == D("300")


def test_months_close_in_order_and_open_in_reverse(line: Line, owner: User) -> None:
    budget = line.budget
    with pytest.raises(Refusal, match="January is still open"):
        actions.close_month(budget, month=2, by=owner)
    actions.close_month(budget, month=1, by=owner)
    actions.close_month(budget, month=1, by=owner)
    actions.close_month(budget, month=2, by=owner)
    with pytest.raises(Refusal, match="February is closed after it"):
        actions.reopen_month(budget, month=1, by=owner)
    actions.reopen_month(budget, month=2, by=owner)
    actions.reopen_month(budget, month=2, by=owner)
    told = [(c.month, c.old, c.new) for c in budget.changes.filter(what="month").order_by("pk")]
    assert told == [(1, "open", "closed"), (2, "open", "closed"), (2, "closed", "open")]


def test_undo_writes_again_what_stood_there(line: Line, business: Business, editor: User) -> None:
    batch = write(line, editor, "250")
    back = actions.undo(line.budget, batch=batch, member=member_of(business, editor))
    assert planned(line, 1) == D("300")
    actions.undo(line.budget, batch=back, member=member_of(business, editor))
    assert planned(line, 1) == D("250")


def test_undo_leaves_what_somebody_wrote_after(
    line: Line, business: Business, editor: User, owner: User
) -> None:
    batch = write(line, editor, "250")
    write(line, owner, "260", version=1)
    with pytest.raises(Refusal, match="changed again since"):
        actions.undo(line.budget, batch=batch, member=member_of(business, editor))
    assert planned(line, 1) == D("260")


def test_nobody_undoes_the_deed_of_another(
    line: Line, business: Business, editor: User, owner: User
) -> None:
    batch = write(line, editor, "250")
    for name in (batch, "", "unknown"):
        with pytest.raises(Refusal, match="nothing to undo"):
            actions.undo(line.budget, batch=name, member=member_of(business, owner))


def test_a_block_is_cut_at_tabs_and_line_breaks() -> None:
    assert cells_of("1\t2\r\n3\t\r\n") == [["1", "2"], ["3", ""]]
    assert cells_of("7") == [["7"]]


def test_a_pasted_block_is_written_and_undone_as_one(
    line: Line, business: Business, editor: User
) -> None:
    below = factories.make_budget_line(business, name="More ads")
    batch, number = actions.paste(
        [line, below], kind="plan", month=2, text="1.234,56\t20\n\t1,000.50\n", by=editor
    )
    assert number == 3
    assert (planned(line, 2), planned(line, 3)) == (D("1234.56"), D("20"))
    assert (planned(below, 2), planned(below, 3)) == (None, D("1000.50"))
    actions.undo(line.budget, batch=batch, member=member_of(business, editor))
    assert (planned(line, 2), planned(line, 3), planned(below, 3)) == (D("300"), None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1\tfive", "Nothing was pasted. Ads, .*“five” is not a number"),
        ("1\t-2", "A plan cannot be below zero"),
        ("1\n2\n3", "3 rows, but only 1 lines"),
        ("\t" * 12, "past December"),
        ("1\t" * 5000, "too large"),
    ],
)
def test_a_block_that_does_not_fit_writes_nothing(
    text: str, words: str, line: Line, editor: User
) -> None:
    with pytest.raises(Refusal, match=words):
        actions.paste([line], kind="plan", month=1, text=text, by=editor)
    assert (planned(line, 1), line.planned.count()) == (D("300"), 2)


def test_a_block_over_a_closed_month_writes_nothing(line: Line, editor: User, owner: User) -> None:
    actions.close_month(line.budget, month=1, by=owner)
    with pytest.raises(Refusal, match="January is closed"):
        actions.paste([line], kind="plan", month=1, text="1\t2", by=editor)
    assert planned(line, 2) == D("300")


def test_a_block_over_a_cell_that_another_person_changed_is_refused(
    line: Line, editor: User, owner: User
) -> None:
    seen = Change.objects.values_list("pk", flat=True).first() or 0
    write(line, owner, "310", month=2)
    with pytest.raises(Refusal, match="Olga Owner changed Ads, feb"):
        actions.paste([line], kind="plan", month=1, text="1\t2", by=editor, seen=seen)
    actions.paste([line], kind="plan", month=3, text="1\t2", by=editor, seen=seen)
    assert (planned(line, 1), planned(line, 2), planned(line, 3)) == (D("300"), D("310"), D("1"))


@pytest.mark.parametrize(
    ("role", "key", "kind", "may"),
    [
        (Role.VIEWER, "advertising", "actual", False),
        (Role.CONTRIBUTOR, "advertising", "actual", True),
        (Role.CONTRIBUTOR, "advertising", "plan", False),
        (Role.CONTRIBUTOR, "software", "actual", False),
        (Role.EDITOR, "software", "plan", True),
        (Role.OWNER, "hired", "actual", True),
    ],
)
def test_who_may_write_what(role: str, key: str, kind: str, may: bool, business: Business) -> None:
    member = factories.make_member(business, role)
    line = factories.make_budget_line(business, key=key)
    assert actions.is_allowed(member, line, kind) is may


def test_lines_change_places_and_stay_at_the_ends(line: Line, business: Business) -> None:
    second = factories.make_budget_line(business, name="Second")
    other = factories.make_budget_line(business, name="Tool", key="software")

    def order() -> list[str]:
        return list(line.budget.lines.kept().values_list("name", flat=True))

    actions.move_line(second, way="up")
    assert order() == ["Tool", "Second", "Ads"]
    actions.move_line(second, way="up")
    actions.move_line(line, way="down")
    actions.move_line(other, way="down")
    assert order() == ["Tool", "Second", "Ads"]
    actions.move_line(second, way="down")
    assert order() == ["Tool", "Ads", "Second"]


def test_a_removed_line_counts_nowhere_and_comes_back_with_its_amounts(
    line: Line, editor: User
) -> None:
    actions.remove_line(line, by=editor)
    assert read(line.budget).sheet.total.year_plan is None
    actions.restore_line(line, by=editor)
    actions.restore_line(line, by=editor)
    assert read(line.budget).sheet.total.year_plan == D("600")


def test_a_line_with_spending_in_a_closed_month_stays(
    line: Line, editor: User, owner: User
) -> None:
    write(line, editor, "5", kind="actual")
    actions.close_month(line.budget, month=1, by=owner)
    with pytest.raises(Refusal, match="Hide it instead"):
        actions.remove_line(line, by=editor)
    actions.set_hidden(line, hidden=True, by=editor)
    assert read(line.budget).sheet.total.actual_to_date == D("5")


def test_a_new_year_takes_lines_and_plan_but_nothing_spent(
    line: Line, business: Business, editor: User
) -> None:
    write(line, editor, "5", kind="actual")
    actions.add_category(line.budget, name="Own", by=editor)
    copy = actions.start_budget(business, by=editor, copy_of=line.budget, year=2027, currency="EUR")
    total = read(copy).sheet.total
    assert (total.year_plan, total.year_actual) == (D("600"), None)
    assert [c.name for c in copy.categories.all()] == [c.name for c in line.budget.categories.all()]
    assert line.budget.lines.count() == 1
    assert copy.lines.get().carry_over is True


def test_a_year_has_one_budget_per_currency(business: Business, editor: User) -> None:
    factories.make_budget(business)
    with pytest.raises(Refusal, match="There is a budget for 2026 in EUR"):
        factories.make_budget(business)
    other = factories.make_budget(business, currency="USD", rate=D("0.92"))
    assert other.categories.count() == 4


def test_the_usual_categories_speak_the_language_of_the_business(db: None) -> None:
    budget = factories.make_budget(factories.make_business(language="en"))
    assert [c.name for c in budget.categories.all()] == [
        "Software and marketing tools",
        "Advertising",
        "Hired services",
        "Digital assets",
    ]

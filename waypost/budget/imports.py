"""Bringing a filled-in budget workbook back: what would change, then all of it or nothing."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.budget.actions.budgets import start_budget
from waypost.budget.actions.lines import MOST_LINES
from waypost.budget.actions.log import new_batch, note
from waypost.budget.actions.months import closed_words
from waypost.budget.columns import base_headings, months
from waypost.budget.filled import Filled, FilledLine, in_all_languages, read_filled
from waypost.budget.models import (
    MONTHS,
    ActualAmount,
    Budget,
    Category,
    Change,
    Line,
    PlannedAmount,
)
from waypost.budget.reading import Book, read
from waypost.budget.sheet import Amount
from waypost.budget.templatetags.money import DASH, money
from waypost.documents.kinds import BadFile, ImportKind, ImportResult, RowError

KEYS = Category.Key.choices


@dataclass(frozen=True)
class Difference:
    """One thing that the file says otherwise than the budget."""

    row: int
    line: str
    what: str  # in the person's words
    old: str
    new: str


@dataclass
class Outcome:
    """What a file does, or would do, to a budget."""

    year: int
    currency: str
    differences: list[Difference] = field(default_factory=list)
    added: int = 0  # lines
    changed: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    starts_budget: bool = False

    @property
    def stamp(self) -> str:
        """Equal for outcomes that say the same, so that what was shown is what is done."""
        told = [self.year, self.currency, self.differences]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@dataclass
class _Cell:
    """An amount to write."""

    kind: str
    line: Line
    month: int
    old: Amount
    new: Amount


@transaction.atomic
def bring_in(
    business: Business, content: bytes, name: str, *, by: User | None, dry_run: bool
) -> Outcome:
    """Write what the file called ``name`` says into the budget of its year.

    An error in any row, or ``dry_run``, leaves everything as it was; the outcome is the
    same. Raises ``BadFile`` for a file that is no budget.
    """
    filled = read_filled(content, name)
    save = transaction.savepoint()
    outcome = _Import(business, filled, by).run()
    if outcome.errors or dry_run:
        transaction.savepoint_rollback(save)
    else:
        transaction.savepoint_commit(save)
    return outcome


class _Import:
    def __init__(self, business: Business, filled: Filled, by: User | None) -> None:
        self.business, self.filled, self.by = business, filled, by
        self.outcome = Outcome(filled.year, filled.currency, errors=list(filled.errors))
        self.cells: list[_Cell] = []
        self.touched: set[int] = set()  # rows

    def run(self) -> Outcome:
        self.budget = self._budget()
        self.outcome.currency = self.budget.currency
        self.book: Book = read(self.budget)
        self.categories = {_plain(each.name): each for each in self.book.categories}
        self.usual = in_all_languages(lambda: {str(key): str(word) for key, word in KEYS})
        for filled, line in self._matched():
            written = self._edit(filled, line) if line else self._add(filled)
            if written:
                self._amounts(filled, written)
        self._count()
        self._write()
        if self.outcome.added or self.outcome.changed:
            record(self.business, Thing.BUDGET, Deed.IMPORTED, by=self.by, on=self.budget)
        return self.outcome

    def _budget(self) -> Budget:
        budgets = self.business.budgets.filter(year=self.filled.year)
        currency = self.filled.currency or self.business.currency
        # Nobody closes a month or starts a second budget while this one is written.
        found = budgets.select_for_update().filter(currency=currency).first()
        if found:
            found.business = self.business
            return found
        if len(currency) != 3 or not currency.isalpha():
            raise BadFile(
                _("“%(currency)s” is no currency. Write three letters such as EUR.")
                % {"currency": currency}
            )
        self.outcome.starts_budget = True
        year = self.filled.year
        return start_budget(self.business, by=self.by, year=year, currency=currency)

    def _matched(self) -> Iterable[tuple[FilledLine, Line | None]]:
        """Each line of the file with the one it means; None: a new one."""
        by_pk = {line.pk: line for line in self.book.lines}
        by_name: dict[tuple[int | None, str], Line] = {}
        for each in self.book.lines:
            by_name.setdefault((each.category_id, _plain(each.name)), each)
        taken: set[int] = set()
        named: set[tuple[str, str]] = set()
        for filled in self.filled.lines:
            key = (filled.category, filled.name)
            category = self._known_category(filled.category)
            if filled.number is not None:
                line = by_pk.get(filled.number)
                fault = self._wrong_number(filled, line, taken)
            else:
                line = by_name.get((category.pk if category else None, filled.name))
                fault = self._twice(key) if key in named or (line and line.pk in taken) else ""
            named.add(key)
            if fault:
                self._fault(filled.at, fault)
                continue
            if line:
                taken.add(line.pk)
            yield filled, line

    def _wrong_number(self, filled: FilledLine, line: Line | None, taken: set[int]) -> str:
        if line is None:
            text = _(
                "“%(line)s” has the number of a line that is not in the budget %(year)s."
                " It was removed, or the file is of another budget. Empty the last column to"
                " add it as a new line."
            )
            return text % {"line": filled.name, "year": self.budget.year}
        return self._twice((filled.category, filled.name)) if line.pk in taken else ""

    def _twice(self, key: tuple[str, str]) -> str:
        return _("“%(line)s” stands twice in the file. Keep one of the two.") % {"line": key[1]}

    def _fault(self, row: int, message: str) -> None:
        self.outcome.errors.append(RowError(row, message))

    def _tell(self, filled: FilledLine, what: str, old: Any, new: Any) -> None:
        self.touched.add(filled.at)
        told = Difference(filled.at, filled.name, what, _words(old), _words(new))
        self.outcome.differences.append(told)

    def _known_category(self, name: str) -> Category | None:
        """The one of this name; the four usual ones are known by their name in any language."""
        key = self.usual.get(name.casefold())
        usual = (each for each in self.book.categories if each.key and each.key == key)
        return self.categories.get(name) or next(usual, None)

    def _category(self, name: str) -> Category:
        known = self._known_category(name)
        if known is None:
            position = max((each.position for each in self.categories.values()), default=0) + 1
            known = self.categories[name] = Category.objects.create(
                budget=self.budget, name=name[:120], position=position
            )
        return known

    def _add(self, filled: FilledLine) -> Line | None:
        if len(self.book.lines) + self.outcome.added >= MOST_LINES:
            self._fault(filled.at, _("A budget holds at most %(n)s lines.") % {"n": MOST_LINES})
            return None
        self.outcome.added += 1
        # Faults were noted already; an empty word only stands for one that is not known.
        fields = {name: value for name, value in filled.fields.items() if value != ""}
        line = Line.objects.create(
            budget=self.budget,
            category=self._category(filled.category),
            name=filled.name[:160],
            position=len(self.book.lines) + self.outcome.added,
            **{name: _short(value) for name, value in fields.items()},
        )
        note(self.budget, Change.What.LINE, by=self.by, line=line, new=_("added"))
        self._tell(filled, _("new line"), None, filled.category)
        return line

    def _edit(self, filled: FilledLine, line: Line) -> Line:
        wanted = {**filled.fields, "name": filled.name}
        if filled.number is None:  # an empty cell of a template says nothing
            wanted = {name: value for name, value in wanted.items() if value not in {"", None}}
        category = self._category(filled.category)
        if category.pk != line.category_id:
            wanted["category"] = category
        words = {**base_headings(), "name": base_headings()["line"]}
        changed = [name for name, value in wanted.items() if _differs(getattr(line, name), value)]
        for name in changed:
            self._tell(filled, words[name], getattr(line, name), wanted[name])
            setattr(line, name, _short(wanted[name]))
        if changed and not self.outcome.errors:
            line.save()
            note(self.budget, Change.What.LINE, by=self.by, line=line, new=_("changed"))
        return line

    def _amounts(self, filled: FilledLine, line: Line) -> None:
        amounts = self.book.amounts
        for month, name in zip(MONTHS, months(), strict=True):
            place = (line.pk, month)
            pairs = [("plan", amounts.plan.get(place), filled.plan[month - 1])]
            if filled.actual is not None:
                pairs.append(("actual", amounts.actual(place), filled.actual[month - 1]))
            for kind, old, new in pairs:
                if old == new or (new is None and filled.number is None):
                    continue
                what = _("plan") if kind == "plan" else _("actual")
                if fault := self._kept(place, kind):
                    self._fault(filled.at, f"{filled.name}, {name}, {what}: {fault}")
                    continue
                self._tell(filled, f"{name} {what}", old, new)
                self.cells.append(_Cell(kind, line, month, old, new))

    def _kept(self, place: tuple[int, int], kind: str) -> str:
        """Why this cell stays as it is, in words."""
        if place[1] in self.book.closed:
            return closed_words(place[1])
        if kind == "actual" and place in self.book.amounts.expenses:
            return _("The amount is the sum of expenses. Change the expenses instead.")
        return ""

    def _count(self) -> None:
        rows = {line.at for line in self.filled.lines}
        self.outcome.changed = len(self.touched) - self.outcome.added
        self.outcome.unchanged = len(rows) - len(self.touched)

    def _write(self) -> None:
        """Rows and the log at once: a year of 200 lines is thousands of cells."""
        if self.outcome.errors:
            return
        for kind, model in (("plan", PlannedAmount), ("actual", ActualAmount)):
            cells = [cell for cell in self.cells if cell.kind == kind]
            known = {
                (row.line_id, row.month): row
                for row in model._default_manager.filter(line__budget=self.budget)
            }
            changed, made = [], []
            for cell in cells:
                row = known.get((cell.line.pk, cell.month))
                if row is None:
                    made.append(model(line=cell.line, month=cell.month, amount=cell.new, version=1))
                else:
                    row.amount, row.version = cell.new, row.version + 1
                    changed.append(row)
            model._default_manager.bulk_create(made, batch_size=500)  # type: ignore[arg-type]
            model._default_manager.bulk_update(
                changed,  # type: ignore[arg-type]
                ["amount", "version"],
                batch_size=200,
            )
        self._log()

    def _log(self) -> None:
        batch = new_batch()
        Change.objects.bulk_create(
            (
                Change(
                    budget=self.budget,
                    what=cell.kind,
                    line=cell.line,
                    line_name=cell.line.name,
                    month=cell.month,
                    old=_kept_words(cell.old),
                    new=_kept_words(cell.new),
                    batch=batch,
                    by=self.by,
                )
                for cell in self.cells
            ),
            batch_size=500,
        )


def _plain(text: str) -> str:
    """As it is read from a cell."""
    return " ".join(text.split())


def _differs(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return _plain(old) != _plain(new)
    return bool(old != new)


def _short(value: Any) -> Any:
    return value[:2000] if isinstance(value, str) else value


def _kept_words(amount: Amount) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _words(value: Any) -> str:
    """A value of a line as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return money(value)
    labels = {str(key): str(label) for key, label in Line.Source.choices}
    return labels.get(str(value), str(value)) if value not in {None, ""} else DASH


def read_file(business: Business, file: Path, dry_run: bool) -> ImportResult:
    outcome = bring_in(business, file.read_bytes(), file.name, by=None, dry_run=dry_run)
    return ImportResult(outcome.added, outcome.changed, outcome.unchanged, outcome.errors)


BUDGET = ImportKind("budget", read_file)

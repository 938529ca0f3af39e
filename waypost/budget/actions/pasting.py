"""Writing a block of cells that was copied in a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.budget.actions.cells import Kind, parse_amount, write_cell
from waypost.budget.actions.log import new_batch, tell_cells
from waypost.budget.models import Change, Line
from waypost.budget.sheet import Amount
from waypost.kit.errors import Refusal

MOST_CELLS = 2_400 * 2
SHOWN = 5  # faults that are told; more would only scroll


@dataclass(frozen=True)
class Pasted:
    """One cell of the block."""

    line: Line
    month: int
    text: str


def cells_of(text: str) -> list[list[str]]:
    """The block as a spreadsheet copies it: rows by line break, cells by tab."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [row.split("\t") for row in rows]


@transaction.atomic
def paste(
    lines: Sequence[Line],
    *,
    kind: Kind,
    month: int,
    text: str,
    by: User,
    seen: int | None = None,
) -> tuple[str, int]:
    """Write ``text`` into ``lines`` from ``month`` on; (batch, number of cells) that changed.

    ``seen`` is the last change the person's page knew (None: do not ask). All or nothing:
    raises ``Refusal`` for a block that does not fit, a cell that is no amount, or a cell
    that somebody else changed since.
    """
    block = _placed(lines, cells_of(text), month)
    amounts = _amounts(block, kind)
    if seen is not None:
        _refuse_changed(block, kind, by, seen)
    batch, number = new_batch(), 0
    for cell, amount in zip(block, amounts, strict=True):
        try:
            done = write_cell(
                cell.line,
                kind=kind,
                month=cell.month,
                amount=amount,
                by=by,
                version=None,
                batch=batch,
            )
        except Refusal as refusal:
            raise Refusal(_told(cell, refusal)) from refusal
        number += bool(done.batch)
    if number:
        tell_cells(lines[0].budget, kind, number, by=by)
    return batch, number


def _placed(lines: Sequence[Line], rows: list[list[str]], month: int) -> list[Pasted]:
    if month not in range(1, 13):
        raise Refusal(_("A year has the months 1 to 12. Choose one of them."))
    if sum(len(row) for row in rows) > MOST_CELLS:
        raise Refusal(_("The block is too large. Paste fewer cells at once."))
    if len(rows) > len(lines):
        words = {"rows": len(rows), "lines": len(lines)}
        raise Refusal(
            _(
                "The block has %(rows)s rows, but only %(lines)s lines are here and below. "
                "Add lines first, or paste fewer rows."
            )
            % words
        )
    if max(len(row) for row in rows) > 13 - month:
        raise Refusal(_("The block goes past December. Start in an earlier month."))
    return [
        Pasted(line, month + at, text)
        for line, row in zip(lines, rows, strict=False)
        for at, text in enumerate(row)
    ]


def _amounts(block: list[Pasted], kind: Kind) -> list[Amount]:
    amounts: list[Amount] = []
    faults: list[str] = []
    for cell in block:
        try:
            amounts.append(parse_amount(cell.text, kind=kind))
        except Refusal as refusal:
            faults.append(_told(cell, refusal))
    if faults:
        raise Refusal(_("Nothing was pasted.") + " " + " ".join(faults[:SHOWN]))
    return amounts


def _told(cell: Pasted, refusal: Refusal) -> str:
    return f"{cell.line.name}, {MONTHS_3[cell.month]}: {refusal.message}"


def _refuse_changed(block: list[Pasted], kind: Kind, by: User, seen: int) -> None:
    places = {(cell.line.pk, cell.month): cell for cell in block}
    newer = Change.objects.filter(
        budget=block[0].line.budget, what=kind, pk__gt=seen, month__isnull=False
    ).exclude(by=by)
    for change in newer.select_related("by"):
        cell = places.get((change.line_id or 0, change.month or 0))
        if cell:
            words = {"who": str(change.by or ""), "cell": f"{cell.line.name}, "}
            words["cell"] += str(MONTHS_3[cell.month])
            raise Refusal(
                _(
                    "Nothing was pasted: %(who)s changed %(cell)s after you opened the sheet. "
                    "Load the page again and compare."
                )
                % words
            )

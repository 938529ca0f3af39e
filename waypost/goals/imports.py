"""A file becomes the roadmap: all of it, or with one fault nothing.

A row is the same initiative as before when goal and title are the same; a column that the
file does not have leaves what stands there.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, User
from waypost.documents.headings import NotUnderstood, as_text, meanings, plain
from waypost.documents.kinds import BadFile, ImportKind, ImportResult, RowError
from waypost.documents.reading import Cell
from waypost.goals import actions
from waypost.goals.import_file import RoadmapFile
from waypost.goals.import_goals import Outcome, bring_goals, same, say
from waypost.goals.import_words import as_day, as_number, as_percent, as_risk, as_status
from waypost.goals.models import Goal, Initiative
from waypost.goals.planned import HEADINGS
from waypost.goals.roadmap import dependencies, initiatives_of
from waypost.goals.shifting import Circle, in_order
from waypost.kit.errors import Refusal

READERS: Mapping[str, Any] = {
    "start_date": as_day,
    "end_date": as_day,
    "status": as_status,
    "progress": as_percent,
    "risk": as_risk,
    "resources": as_text,
    "budget": lambda cell: as_number(cell, digits=10),
}
KEPT_WHEN_EMPTY = {"status", "progress", "risk"}
SAYS_NOTHING = {"no", "days"}  # columns that Waypost fills itself
NEW: Mapping[str, Any] = {
    "measure": "",
    "resources": "",
    "status": Initiative.Status.PLANNED,
    "risk": Initiative.Risk.LOW,
    "progress": 0,
    "expected_contribution": None,
    "owner": None,
}


@dataclass(frozen=True)
class Brought:
    """What the file did, row by row."""

    outcomes: list[Outcome]

    @property
    def result(self) -> ImportResult:
        errors = [RowError(each.line, each.message) for each in self.outcomes if each.is_error]
        return ImportResult(
            added=self._count("added"),
            changed=self._count("changed"),
            unchanged=self._count("unchanged"),
            errors=sorted(errors, key=lambda error: error.row),
        )

    def _count(self, what: str) -> int:
        return sum(each.what == what for each in self.outcomes)


def bring(
    business: Business, file: RoadmapFile, *, dry_run: bool, by: User | None = None
) -> Brought:
    """Write ``file`` into ``business``, unless it has a fault or this is a rehearsal."""
    with transaction.atomic():
        outcomes = bring_goals(business, file.goals, by=by)
        outcomes += _Initiatives(business, file, by).bring()
        brought = Brought(outcomes)
        transaction.set_rollback(dry_run or bool(brought.result.errors))
    return brought


def read(business: Business, path: Path, dry_run: bool) -> ImportResult:
    """``waypost import roadmap``; raises ``BadFile``."""
    file = RoadmapFile.read(path.read_bytes(), path.name)
    missing = {"title", "start_date", "end_date"} - set(file.roadmap.columns.values())
    if missing:
        words = ", ".join(str(HEADINGS[name]) for name in HEADINGS if name in missing)
        raise BadFile(_("The file has no column with this heading: %(words)s.") % {"words": words})
    return bring(business, file, dry_run=dry_run).result


ROADMAP = ImportKind("roadmap", read)


@dataclass
class _Row:
    """An initiative of the file after it was written."""

    line: int
    number: str
    initiative: Initiative
    outcome: Outcome
    after: str | None  # as written; None: the file does not say


@dataclass
class _Initiatives:
    business: Business
    file: RoadmapFile
    by: User | None
    rows: list[_Row] = field(default_factory=list)
    faults: list[Outcome] = field(default_factory=list)
    goal: Goal | None = None  # the one whose rows are being read

    def __post_init__(self) -> None:
        self.goals: dict[str, list[Goal]] = defaultdict(list)
        for goal in self.business.goals.open().order_by("deadline_date", "pk"):
            self.goals[plain(goal.title)].append(goal)
        self.headed: dict[str, int] = defaultdict(int)
        self.known: dict[tuple[int, str], list[Initiative]] = defaultdict(list)
        for each in initiatives_of(self.business):
            self.known[each.goal_id, plain(each.title)].append(each)
        self.people = _people(self.business)
        self.hats = meanings(lambda: [(hat.value, hat.label) for hat in Hat])

    def bring(self) -> list[Outcome]:
        for line in self.file.roadmap.lines:
            values = self.file.roadmap.values(line)
            if any(cell is not None for name, cell in values.items() if name not in SAYS_NOTHING):
                self._row(line.number, values)
        self._link()
        return [row.outcome for row in self.rows] + self.faults

    def _row(self, line: int, values: dict[str, Cell]) -> None:
        title = ""
        try:
            title = as_text(values.get("title"), longest=200)
            if self._is_heading(title, values):
                return
            goal = self._goal_of(title, values)
            changes = self._changes(values)
            self.rows.append(self._write(line, goal, title, changes, values))
        except NotUnderstood as error:
            self.faults.append(Outcome(line, title, "error", str(error)))
        except Refusal as refusal:
            told = say(HEADINGS, refusal.field, refusal.message)
            self.faults.append(Outcome(line, title, "error", told))

    def _is_heading(self, title: str, values: dict[str, Cell]) -> bool:
        """A line that only names a goal stands above its initiatives."""
        if values.get("goal") is not None or plain(title) not in self.goals:
            return False
        found = self.goals[plain(title)]
        self.goal = found[min(self.headed[plain(title)], len(found) - 1)]
        self.headed[plain(title)] += 1
        return True

    def _goal_of(self, title: str, values: dict[str, Cell]) -> Goal:
        name = as_text(values.get("goal"))
        if not title:
            raise NotUnderstood(_("The initiative has no title."))
        if self.goal and (not name or plain(name) == plain(self.goal.title)):
            return self.goal
        if not name:
            raise NotUnderstood(_("Say which goal this initiative is for."))
        if plain(name) not in self.goals:
            raise NotUnderstood(
                _("There is no goal “%(name)s”. Add the goal first, or write it as it is called.")
                % {"name": name[:80]}
            )
        return self.goals[plain(name)][0]

    def _changes(self, values: dict[str, Cell]) -> dict[str, Any]:
        """What the row says, by field; what it leaves as it is is not in it."""
        changes: dict[str, Any] = {}
        for name, reader in READERS.items():
            if name not in values:
                continue
            try:
                value = reader(values[name])
            except NotUnderstood as error:
                raise NotUnderstood(say(HEADINGS, name, str(error))) from error
            if name in KEPT_WHEN_EMPTY and value in {None, ""}:
                continue
            changes[name] = value
        if "owner" in values:
            changes |= self._owner(as_text(values["owner"]))
        if changes.get("status") == Initiative.Status.DONE:
            changes["progress"] = 100
        return changes

    def _owner(self, name: str) -> dict[str, Any]:
        if not name:
            return {"owner": None, "owner_role": ""}
        if plain(name) in self.people:
            return {"owner": self.people[plain(name)]}
        if plain(name) in self.hats:
            return {"owner": None, "owner_role": self.hats[plain(name)]}
        raise NotUnderstood(
            _("Nobody called “%(name)s” is in this business. Invite the person first.")
            % {"name": name[:80]}
        )

    def _write(
        self, line: int, goal: Goal, title: str, changes: dict[str, Any], values: dict[str, Cell]
    ) -> _Row:
        before = self.known[goal.pk, plain(title)]
        number, after = as_text(values.get("no")), None
        if "depends_on" in values:
            after = as_text(values["depends_on"])
        if before:
            initiative = before.pop(0)
            outcome = self._edit(line, initiative, {"title": title, **changes})
        else:
            for name in ("start_date", "end_date"):
                if changes.get(name) is None:
                    raise NotUnderstood(say(HEADINGS, name, _("The day is missing.")))
            initiative = actions.create_initiative(
                goal, by=self.by, **{**NEW, "title": title, **changes}
            )
            outcome = Outcome(line, title, "added")
        return _Row(line, number, initiative, outcome, after)

    def _edit(self, line: int, initiative: Initiative, changes: dict[str, Any]) -> Outcome:
        if initiative.counts_tasks:
            changes.pop("progress", None)  # the tasks say how far it is
        if self._is_same_owner(initiative, changes):
            changes.pop("owner")
            changes.pop("owner_role", None)
        for name in ("start_date", "end_date"):
            if name in changes and changes[name] is None:
                raise NotUnderstood(say(HEADINGS, name, _("The day is missing.")))
        new = {
            name: value
            for name, value in changes.items()
            if not same(getattr(initiative, name), value)
        }
        if not new:
            return Outcome(line, initiative.title, "unchanged")
        stays = {name: getattr(initiative, name) for name in (*NEW, "start_date", "end_date")}
        actions.edit_initiative(
            initiative,
            by=self.by,
            **{**stays, "title": initiative.title, **new},
        )
        told = ", ".join(str(HEADINGS.get(name, "")) for name in new if name in HEADINGS)
        return Outcome(line, initiative.title, "changed", told)

    def _is_same_owner(self, initiative: Initiative, changes: dict[str, Any]) -> bool:
        # Two people may be called the same; the one who has it keeps it.
        if "owner" not in changes:
            return False
        new = changes["owner"]
        named = new is not None and initiative.owner is not None
        return named and plain(str(new)) == plain(str(initiative.owner))

    def _link(self) -> None:
        """Dependencies at the end, when every row that may be named is there."""
        numbers = {row.number: row.initiative for row in self.rows if row.number}
        titles = {plain(row.initiative.title): row.initiative for row in self.rows}
        waits = {pk: set(others) for pk, others in dependencies(self.business).items()}
        wanted: dict[int, set[int]] = {}
        for row in self.rows:
            if row.after is None:
                continue
            try:
                found = {_named(part, numbers, titles).pk for part in _parts(row.after, titles)}
            except NotUnderstood as error:
                told = say(HEADINGS, "depends_on", str(error))
                row.outcome = Outcome(row.line, row.initiative.title, "error", told)
                continue
            if found != waits.get(row.initiative.pk, set()):
                wanted[row.initiative.pk] = found
        self._set_links(waits, wanted)

    def _set_links(self, waits: dict[int, set[int]], wanted: dict[int, set[int]]) -> None:
        if not wanted:
            return
        by_key = {row.initiative.pk: row for row in self.rows}
        try:
            in_order(waits | wanted)
        except Circle as circle:
            words = " → ".join(_title(self.business, key) for key in reversed(circle.keys))
            message = _("These would wait for each other: %(circle)s. Leave one of them out.")
            told = say(HEADINGS, "depends_on", message % {"circle": words})
            row = next(by_key[key] for key in circle.keys if key in by_key and key in wanted)
            row.outcome = Outcome(row.line, row.initiative.title, "error", told)
            return
        for pk, others in wanted.items():
            row = by_key[pk]
            row.initiative.depends_on.set(others)
            if row.outcome.what in {"unchanged", "changed"}:
                told = ", ".join(filter(None, [row.outcome.message, str(HEADINGS["depends_on"])]))
                row.outcome = Outcome(row.line, row.initiative.title, "changed", told)


def _people(business: Business) -> dict[str, User]:
    """By name and by e-mail address."""
    found: dict[str, User] = {}
    for member in business.members.select_related("user"):
        found.setdefault(plain(member.user.name), member.user)
        found.setdefault(plain(member.user.email), member.user)
    found.pop("", None)
    return found


def _parts(text: str, titles: Mapping[str, Initiative]) -> list[str]:
    """The numbers or titles in a cell; a title may hold a comma."""
    if not text:
        return []
    if plain(text) in titles:
        return [text]
    by_lines = [part.strip() for part in re.split(r"[;\n]", text)]
    found: list[str] = []
    for part in by_lines:
        whole = plain(part) in titles
        found += [part] if whole else [each.strip() for each in part.split(",")]
    return [part for part in found if part]


def _named(
    part: str, numbers: Mapping[str, Initiative], titles: Mapping[str, Initiative]
) -> Initiative:
    found = numbers.get(part) or titles.get(plain(part))
    if found is None:
        raise NotUnderstood(
            _("There is no initiative “%(name)s” in this file.") % {"name": part[:80]}
        )
    return found


def _title(business: Business, key: int) -> str:
    return f"“{business.initiatives.get(pk=key).title}”"

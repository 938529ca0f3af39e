"""Merging what came back with what is stored, and writing it."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.db.models import ManyToManyField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.kit.careful.form import READER
from waypost.kit.careful.merging import Choice, Clash, Trace, Verdict, joined, judge
from waypost.kit.careful.values import fingerprint, shown
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal


class Store(Protocol):
    """Where the values of a form live. All three are called within one transaction."""

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        """The stored values, read anew and locked. What may not exist yet must be guarded
        by locking a row above it, or two people could both create it.
        """

    def write(self, changes: dict[str, Any]) -> None:
        """Store cleaned values, the changed ones only; may raise ``Refusal``."""

    def trace(self, name: str) -> Trace:
        """Who changed the field last, and when; asked after ``read``."""


class Row:
    """The store of a ModelForm: the fields of one row, which exists already.

    ``write`` replaces plain saving, mostly by an action: it gets the row as it is read anew
    and the changed values. ``by`` is noted in ``updated_by`` where the model has that.
    """

    def __init__(
        self, row: Model, *, by: Any, write: Callable[[Any, dict[str, Any]], object] | None = None
    ) -> None:
        if row.pk is None:
            raise ValueError("a careful form edits a row that exists")
        self.row, self.by = row, by
        self._write = write or self._save

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        rows = type(self.row)._base_manager.select_for_update(of=("self",))
        self.row = rows.get(pk=self.row.pk)
        return {
            name: self.row._meta.get_field(name).value_from_object(self.row)  # type: ignore[union-attr]
            for name in names
        }

    def write(self, changes: dict[str, Any]) -> None:
        self._write(self.row, changes)

    def trace(self, name: str) -> Trace:
        by, at = getattr(self.row, "updated_by", None), getattr(self.row, "updated_at", None)
        return Trace(str(by or ""), at)

    def _save(self, row: Any, changes: dict[str, Any]) -> None:
        own = set(changes)
        for name, value in changes.items():
            if isinstance(row._meta.get_field(name), ManyToManyField):
                getattr(row, name).set(value)
                own.discard(name)
            else:
                setattr(row, name, value)
        known = {each.name for each in row._meta.get_fields()}
        if "updated_by" in known:
            row.updated_by = self.by
        row.save(update_fields=own | ({"updated_by", "updated_at"} & known))


@dataclass(frozen=True)
class Saved:
    """What became of a form that came back."""

    at: dt.datetime
    written: AbstractSet[str] = frozenset()
    clashes: AbstractSet[str] = frozenset()


@dataclass
class _Plan:
    changes: dict[str, Any] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    errors: dict[str, ValidationError] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)


def save(form: Any, store: Store, *, by: Any) -> Saved | None:
    """Write what can be written; None when the form was only opened.

    Valid fields are saved although others have errors. A form that is wrong as a whole, or
    comes from another person's page, saves nothing. Clashes and errors stand in the form.
    """
    form.for_person(by)
    if not form.is_bound:
        return None
    now = timezone.now()
    if form.data.get(READER, form.careful_user) != form.careful_user:
        form.add_error(None, _("This page belongs to another person who was signed in here."))
    if NON_FIELD_ERRORS in form.errors:
        return Saved(now)
    try:
        with transaction.atomic():
            plan, after = _merge(form, store)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return Saved(now)
    except ObjectDoesNotExist:
        form.add_error(None, _("This was removed meanwhile. Copy your text before you leave."))
        return Saved(now)
    _settle(form, plan, after)
    return Saved(now, frozenset(plan.changes), frozenset(plan.clashes))


def _merge(form: Any, store: Store) -> tuple[_Plan, Mapping[str, Any]]:
    names = [name for name in form.careful_names if form.came_back(name)]
    for name in names:
        if form.choice(name) is Choice.THEIRS:  # what was wrong with mine no longer matters
            form.errors.pop(name, None)
            form.cleaned_data.setdefault(name, None)
    stored = store.read(names)
    plan = _plan(form, store, {name: stored[name] for name in names if name in form.cleaned_data})
    if not plan.changes:
        return plan, stored
    store.write(plan.changes)
    # Read again: an action may store a tidier value than the one that was sent.
    return plan, store.read(names)


def _plan(form: Any, store: Store, stored: Mapping[str, Any]) -> _Plan:
    plan = _Plan()
    for name, theirs in stored.items():
        each, mine = form.fields[name], form.cleaned_data[name]
        there = fingerprint(each, theirs)
        new, was, seen = fingerprint(each, mine), form.was[name], form.seen(name)
        verdict = judge(new, was, there, form.choice(name), seen)
        if verdict is Verdict.CLASH:
            plan.clashes[name] = _clash(form, name, theirs, store.trace(name))
        elif verdict is Verdict.WRITE:
            plan.changes[name] = mine
        elif verdict is Verdict.JOIN:
            try:
                plan.changes[name] = each.clean(joined(str(theirs), str(mine)))
            except ValidationError as error:
                plan.errors[name] = error
                plan.clashes[name] = _clash(form, name, theirs, store.trace(name))
    plan.settled = [name for name in stored if name not in plan.clashes]
    return plan


def _clash(form: Any, name: str, theirs: Any, trace: Trace) -> Clash:
    each = form.fields[name]
    return Clash(
        name=form.add_prefix(name),
        theirs=shown(each, theirs),
        seen=fingerprint(each, theirs),
        trace=trace,
        joins=isinstance(each.widget, forms.Textarea) and isinstance(each, forms.CharField),
    )


def _settle(form: Any, plan: _Plan, after: Mapping[str, Any]) -> None:
    """Bring the form to what is stored now, so that the page can go on from there."""
    form.clashes = plan.clashes
    for name, clash in plan.clashes.items():
        form[name].clash = clash  # for the component, which knows the field alone
    for name, error in plan.errors.items():
        form.add_error(name, error)
    for name in plan.settled:
        now = fingerprint(form.fields[name], after[name])
        if fingerprint(form.fields[name], form.cleaned_data[name]) != now:
            form.show(name, after[name])
        form.was[name] = now

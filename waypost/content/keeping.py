"""Where the composer keeps what is written: a new item, or the rows of one that exists."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.content import actions
from waypost.content.adapting import stored as stored_of_channel
from waypost.content.clock import on_the_wall
from waypost.content.item_form import PLAIN, RELATED, ItemForm, typed_title
from waypost.content.models import Item, Status
from waypost.kit import careful
from waypost.kit.careful.values import fingerprint
from waypost.kit.errors import Refusal

BY_HAND = (Status.APPROVED, Status.SCHEDULED, Status.FAILED)
"""Half a sentence of these could go out, so they are saved only when a person says so."""


def save(form: ItemForm, *, by: User, typing: bool, status: str) -> tuple[careful.Saved, list[str]]:
    """Keep what is valid; answers what became of it, and what else had to change.

    ``typing``: the form saved itself. ``status`` is what a new item becomes: draft or idea.
    What is wrong, or clashes, stands in the form afterwards.
    """
    if form.item is None and not _exists_after_all(form):
        return _begin(form, by, typing=typing, status=status), []
    store = ItemStore(form, by=by, typing=typing, stays_idea=typing or status == Status.IDEA)
    saved = careful.save(form, store, by=by) or careful.Saved(timezone.now())
    if not typing and not form.errors and not form.clashes:
        store.settle()
    return saved, store.notes


def _exists_after_all(form: ItemForm) -> bool:
    """The same page came before, perhaps a moment ago."""
    form.item = form.business.items.filter(key=form.key).first()
    return form.item is not None


def _begin(form: ItemForm, by: User, *, typing: bool, status: str) -> careful.Saved:
    now = timezone.now()
    wrong = {"title", NON_FIELD_ERRORS} & set(form.errors) or (form.errors and not typing)
    if wrong:
        return careful.Saved(now)
    draft = form.draft(form.cleaned_data, due_at=form.due_at, keep_gaps=typing)
    form.item = actions.write(form.business, draft=draft, by=by, status=status, key=form.key)
    written = set(form.careful_names) - set(form.errors)
    for name in written:
        form.was[name] = fingerprint(form.fields[name], form.cleaned_data.get(name))
    return careful.Saved(now, frozenset(written))


class ItemStore:
    """The store of the composer's careful form (:class:`waypost.kit.careful.Store`)."""

    def __init__(self, form: ItemForm, *, by: User, typing: bool, stays_idea: bool) -> None:
        assert form.item is not None
        self.form, self.item, self.by = form, form.item, by
        self.typing, self.stays_idea = typing, stays_idea
        self.notes: list[str] = []
        self._all: dict[str, Any] = {}

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        rows = Item.objects.select_for_update(of=("self",)).select_related("business", *RELATED)
        self.item = self.form.item = rows.get(pk=self.item.pk)
        if self.typing and self.item.status in BY_HAND:
            raise Refusal(
                _("This post was approved or scheduled meanwhile. Save it by the button.")
            )
        self._all = self._read()
        return {name: self._all.get(name, self._echo(name)) for name in names}

    def _read(self) -> dict[str, Any]:
        item = self.item
        values: dict[str, Any] = {name: getattr(item, name) for name in (*PLAIN, *RELATED)}
        values |= {"title": typed_title(item), "boost": item.boost}
        wall = on_the_wall(item.due_at, self.form.zone) if item.due_at else None
        values["due_date"] = wall.date() if wall else None
        values["due_time"] = wall.time() if wall else None
        variants = {each.connection_id: each for each in item.variants.all()}
        values["channels"] = list(variants)
        for each in self.form.connections:
            if variant := variants.get(each.pk):
                values |= stored_of_channel(each, variant, self.form.fields)
        return values | self.form.picker.stored(item)

    def _echo(self, name: str) -> Any:
        """What has no row yet, such as a text for a channel that is not chosen, stays typed."""
        return self.form.cleaned_data.get(name)

    def write(self, changes: dict[str, Any]) -> None:
        values = {**self.form.cleaned_data, **self._all, **changes}
        draft = self.form.draft(values, due_at=self._due(changes), keep_gaps=self.typing)
        self.notes += actions.rewrite(
            self.item,
            draft=draft,
            version=self.item.version,
            by=self.by,
            stays_idea=self.stays_idea,
        )

    def _due(self, changes: Mapping[str, Any]) -> datetime | None:
        moved = "due_date" in changes or "due_time" in changes
        return self.form.due_at if moved else self.item.due_at

    def settle(self) -> None:
        """What a person saves by a button: an idea becomes a draft, gaps in threads close."""
        with transaction.atomic():
            self.read(())
            gaps = any("" in each.parts for each in self.item.variants.all())
            if gaps or (self.item.status == Status.IDEA and not self.stays_idea):
                self.write({})

    def trace(self, name: str) -> careful.Trace:
        return careful.Trace(str(self.item.updated_by or ""), self.item.updated_at)

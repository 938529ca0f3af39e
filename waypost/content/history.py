"""The history of an item, each entry compared word by word with the one before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.content.models import Item, Revision
from waypost.kit.differences import Run, words


@dataclass(frozen=True)
class Change:
    """One field that somebody changed."""

    name: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Entry:
    revision: Revision
    changes: list[Change]
    is_now: bool


def entries(item: Item) -> list[Entry]:
    """Newest first."""
    revisions = list(item.revisions.select_related("by"))
    names = {str(each.pk): str(each) for each in item.business.connections.all()}
    earlier: list[Revision | None] = [*revisions[1:], None][: len(revisions)]
    return [
        Entry(revision, list(_changes(before, revision, names)), is_now=n == 0)
        for n, (revision, before) in enumerate(zip(revisions, earlier, strict=True))
    ]


def _changes(before: Revision | None, after: Revision, names: dict[str, str]) -> Iterable[Change]:
    fields = {"title": _("Title"), "text": _("Text"), "link": _("Link")}
    for field, name in fields.items():
        old, new = getattr(before, field, ""), getattr(after, field)
        if old != new:
            yield Change(name, words(old, new))
    old_texts = before.channels if before else {}
    for pk in sorted({*old_texts, *after.channels}):
        old, new = old_texts.get(pk, ""), after.channels.get(pk, "")
        if old != new:
            yield Change(names.get(pk, _("A channel that is gone")), words(old, new))

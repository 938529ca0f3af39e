"""The pictures chosen in the composer: what was saved, ticked, described and ordered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waypost.accounts.models import Business
from waypost.content.actions import PictureDraft
from waypost.content.models import Item
from waypost.library.models import Asset

OFFERED = 24  # pictures of the library, more when asked for
LAST = 10_000  # position of a picture that has none


@dataclass(frozen=True)
class Chosen:
    """One picture of the item as it stands in the form."""

    asset: Asset
    alt: str
    position: int


class Picker:
    """Reads names ``pictures`` (ids), ``alt_<id>`` and ``position_<id>`` of the form's data."""

    def __init__(self, business: Business, item: Item | None, data: Any | None) -> None:
        self._business, self._item, self._data = business, item, data
        self._added: list[Asset] = []

    def add(self, asset: Asset) -> None:
        """A picture that was uploaded with this very form."""
        if asset not in self._added:
            self._added.append(asset)

    @property
    def chosen(self) -> list[Chosen]:
        """The pictures in their order, numbered from 1."""
        rows = self._saved() if self._data is None else self._typed(self._data)
        rows.sort(key=lambda each: each.position)
        known = {each.asset.pk for each in rows}
        rows += [Chosen(asset, asset.alt, LAST) for asset in self._added if asset.pk not in known]
        return [Chosen(each.asset, each.alt, n) for n, each in enumerate(rows, start=1)]

    def _saved(self) -> list[Chosen]:
        uses = self._item.pictures.select_related("asset") if self._item else []
        return [Chosen(use.asset, use.alt or use.asset.alt, use.position) for use in uses]

    def _typed(self, data: Any) -> list[Chosen]:
        ids = [number(each) for each in data.getlist("pictures")][:1000]
        return [
            Chosen(asset, _alt(data, asset), _position(data, asset))
            for asset in self._business.assets.for_posts().filter(pk__in=ids)
        ]

    def offered(self) -> list[Asset]:
        """The newest pictures of the library that are not chosen yet."""
        ids = [each.asset.pk for each in self.chosen]
        return list(self._business.assets.for_posts().exclude(pk__in=ids)[: self.shown + 1])

    @property
    def shown(self) -> int:
        """How many of ``offered`` to show; one more of them means that there are more."""
        asked = str(self._data.get("library", "")) if self._data is not None else ""
        return min(number(asked) or OFFERED, LAST)

    def drafts(self) -> list[PictureDraft]:
        """Alt text equal to the library's own is left to the library."""
        return [
            PictureDraft(each.asset, "" if each.alt == each.asset.alt else each.alt)
            for each in self.chosen
        ]


def number(typed: str) -> int:
    """A whole number that somebody may have typed; 0 for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _alt(data: Mapping[str, str], asset: Asset) -> str:
    return data.get(f"alt_{asset.pk}", asset.alt).strip()


def _position(data: Mapping[str, str], asset: Asset) -> int:
    return min(number(data.get(f"position_{asset.pk}", "")) or LAST, LAST)

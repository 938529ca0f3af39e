"""The pictures chosen in the composer: what was saved, ticked, described and ordered."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.actions import PictureDraft
from waypost.content.models import Item
from waypost.content.posts import uses_of
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

    @cached_property
    def chosen(self) -> list[Chosen]:
        """The pictures in their order, numbered from 1; read once for each form."""
        rows = self._saved if self._data is None else self._typed(self._data)
        ordered = sorted(rows, key=lambda each: each.position)
        return [Chosen(each.asset, each.alt, n) for n, each in enumerate(ordered, start=1)]

    @cached_property
    def _saved(self) -> list[Chosen]:
        uses = uses_of(self._item) if self._item else []
        return [Chosen(use.asset, use.alt or use.asset.alt, use.position) for use in uses]

    def _typed(self, data: Any) -> list[Chosen]:
        ids = [number(each) for each in data.getlist("pictures")][:1000]
        found = self._business.assets.for_posts().in_bulk(ids)
        # Those without a place yet keep the order in which they were chosen.
        assets = [found[pk] for pk in dict.fromkeys(ids) if pk in found]
        return [Chosen(each, _alt(data, each), _position(data, each)) for each in assets]

    @property
    def saved_ids(self) -> list[int]:
        """The item's pictures as they are kept."""
        return [each.asset.pk for each in self._saved]

    def fields(self) -> dict[str, forms.Field]:
        """Description and place of each chosen picture, by the name of the field."""
        found: dict[str, forms.Field] = {}
        for each in self.chosen:
            found[alt_name(each.asset)] = forms.CharField(
                label=_("Description of picture %(n)d") % {"n": each.position},
                max_length=2000,
                required=False,
                initial=each.alt,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            found[place_name(each.asset)] = PlaceField(
                label=_("Place"), required=False, initial=each.position
            )
        return found

    def drafts(self, values: Mapping[str, Any]) -> list[PictureDraft]:
        """The pictures that ``values`` (by names of fields) choose, in the order they say.

        Alt text equal to the library's own is left to the library.
        """
        wanted = set(values.get("pictures") or ())
        assets = {each.asset.pk: each.asset for each in self.chosen}
        missing = wanted - set(assets)
        assets |= {each.pk: each for each in self._business.assets.filter(pk__in=missing)}
        kept = [asset for pk, asset in assets.items() if pk in wanted]
        kept.sort(key=lambda asset: values.get(place_name(asset)) or LAST)
        return [PictureDraft(each, _own_alt(values, each)) for each in kept]

    def stored(self, item: Item) -> dict[str, Any]:
        """What is kept of the item's pictures now, by the names of the fields."""
        uses = list(item.pictures.select_related("asset"))
        values: dict[str, Any] = {"pictures": [use.asset_id for use in uses]}
        for n, use in enumerate(uses, start=1):
            values[alt_name(use.asset)] = use.alt or use.asset.alt
            values[place_name(use.asset)] = n
        return values


class PlaceField(forms.IntegerField):
    """Where a picture stands; nonsense means at the end."""

    def clean(self, value: Any) -> int | None:
        return number(str(value or "")) or None


class ChosenField(forms.TypedMultipleChoiceField):
    """Ids of pictures; those that are not here any more are left out."""

    def clean(self, value: Any) -> list[int]:
        return [number(each) for each in value or () if self.valid_value(each)]


def alt_name(asset: Asset) -> str:
    return f"alt_{asset.pk}"


def place_name(asset: Asset) -> str:
    return f"position_{asset.pk}"


def _own_alt(values: Mapping[str, Any], asset: Asset) -> str:
    alt = str(values.get(alt_name(asset), asset.alt) or "").strip()
    return "" if alt == asset.alt else alt


def number(typed: str) -> int:
    """A whole number that somebody may have typed; 0 for anything else."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _alt(data: Mapping[str, str], asset: Asset) -> str:
    return data.get(f"alt_{asset.pk}", asset.alt).strip()


def _position(data: Mapping[str, str], asset: Asset) -> int:
    return min(number(data.get(f"position_{asset.pk}", "")) or LAST, LAST)

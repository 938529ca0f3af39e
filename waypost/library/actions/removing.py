"""Deleting files in such a way that they can be put back."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.kit.errors import Refusal
from waypost.library.models import Asset
from waypost.library.uses import uses_of


def remove(business: Business, assets: Sequence[Asset]) -> list[Asset]:
    """Delete those of ``assets`` that are used nowhere, and answer them.

    Raises ``Refusal``, which names a place, when all of them are used.
    """
    used = uses_of(business, [asset.pk for asset in assets])
    free = [asset for asset in assets if asset.pk not in used]
    if assets and not free:
        use = used[assets[0].pk][0]
        words = _("“%(name)s” is used in “%(place)s”, so it stays. Take it out there first.")
        raise Refusal(words % {"name": assets[0].name, "place": use.title})
    ids = [asset.pk for asset in free]
    business.assets.filter(pk__in=ids).update(removed_at=timezone.now())
    return free


def put_back(business: Business, ids: Iterable[int]) -> int:
    """Undo :func:`remove`; the answer is how many files are back."""
    gone = Asset.everything.filter(business=business, pk__in=ids).exclude(removed_at=None)
    return gone.update(removed_at=None)

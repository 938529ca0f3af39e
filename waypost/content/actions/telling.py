"""Who is told, and what is written down, when somebody decides about an item."""

from collections.abc import Iterable

from django.urls import reverse

from waypost.accounts.log import record
from waypost.accounts.models import Deed, Thing, User
from waypost.content.models import Item
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind


def ask_for_review(item: Item, people: Iterable[User], *, by: User) -> None:
    """Each time it is sent to review anew, since it was changed in between."""
    record(item.business, Thing.POST, Deed.SUBMITTED, by=by, on=item)
    tell(
        people,
        Kind.REVIEW,
        business=item.business,
        key=f"item:{item.pk}:{item.version}",
        url=_page(item),
        by=by,
        thing=item.title,
    )


def decided(item: Item, deed: Deed, *, by: User) -> None:
    """Its author and its owner learn that it was approved or sent back."""
    record(item.business, Thing.POST, deed, by=by, on=item)
    people = [person for person in (item.author, item.owner) if person is not None]
    tell(
        people,
        Kind.DECIDED,
        business=item.business,
        key=f"item:{item.pk}:{item.version}",
        url=_page(item),
        by=by,
        thing=f"{item.title}: {item.get_status_display()}",
    )


def _page(item: Item) -> str:
    return reverse("publishing:item", args=[item.business.slug, item.pk])

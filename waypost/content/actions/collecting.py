"""Ideas, and drafts made of what lies around: an entry of a feed, a product."""

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.content.actions.writing import Draft, PictureDraft, write
from waypost.content.models import Feed, FeedEntry, Item, Kind, Status
from waypost.kit.errors import Refusal
from waypost.market.models import Product

MOST_FEEDS = 20
TEXT_OF_ENTRY = 400  # characters of its summary


def capture(business: Business, *, title: str, kind: str, tags: str, by: User) -> Item:
    """An idea in a few words."""
    draft = Draft(title=title, kind=kind, tags=tags, language=business.language, owner=by)
    return write(business, draft=draft, by=by, status=Status.IDEA)


@transaction.atomic
def draft_of_entry(entry: FeedEntry, *, by: User) -> Item:
    """A draft with the entry's title, its beginning and its link; one for each entry."""
    entry = FeedEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if entry.item:
        return entry.item
    business = entry.feed.business
    summary = Truncator(entry.summary).chars(TEXT_OF_ENTRY)
    draft = Draft(
        title=Truncator(entry.title).chars(200),
        text="\n\n".join(each for each in (entry.title, summary) if each),
        link=entry.url,
        language=business.language,
        owner=by,
    )
    entry.item = write(business, draft=draft, by=by)
    entry.save(update_fields=["item"])
    return entry.item


def draft_of_product(product: Product, *, by: User) -> Item:
    """A draft that shows the product, with its picture and what is special about it."""
    said = (product.name, product.description, product.feeling)
    draft = Draft(
        title=Truncator(product.name).chars(200),
        kind=Kind.PHOTO,
        text="\n\n".join(each.strip() for each in said if each.strip()),
        product=product,
        language=product.business.language,
        owner=by,
        pictures=[PictureDraft(product.picture)] if product.picture else [],
    )
    return write(product.business, draft=draft, by=by)


def subscribe(business: Business, *, url: str) -> Feed:
    """Read ``url`` from now on. Raises ``Refusal``."""
    if business.feeds.count() >= MOST_FEEDS:
        raise Refusal(_("You read many feeds already. Remove one first."), field="url")
    feed, _made = business.feeds.get_or_create(url=url)
    return feed

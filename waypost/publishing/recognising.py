"""A link that a person pastes: is it our post, and no other one?

Asks the network where it can tell, so call it outside of a transaction.
"""

import logging

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils.translation import gettext as _

from waypost.connections import actions as connections
from waypost.kit.errors import Refusal
from waypost.kit.secrets import UnreadableSecret
from waypost.providers.abilities import Recognises
from waypost.providers.base import Published
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.publishing.models import Delivery

log = logging.getLogger(__name__)


def recognised(delivery: Delivery, url: str) -> Published:
    """The post at ``url``, the remote id empty where an address does not tell it.

    Raises ``Refusal`` for what is no link, no post of this account, or another post.
    """
    published = _asked(delivery, _checked(url))
    _refuse_another(delivery, published)
    return published


def _asked(delivery: Delivery, url: str) -> Published:
    connection = delivery.connection
    provider = connection.provider
    remote_id = provider.remote_id_of(url, account_id=connection.remote_id)
    if not isinstance(provider, Recognises):
        return Published(remote_id, url)
    try:
        return provider.recognise(url, connections.fresh_credentials(connection))
    except Refused as answer:
        raise Refusal(answer.message, field="url") from answer
    except (Busy, Disconnected, UnreadableSecret):
        log.info("delivery %s: the network cannot be asked about a link", delivery.pk)
    if not remote_id:
        message = _("This is not the address of a post on this account. Copy the post's own.")
        raise Refusal(message, field="url")
    return Published(remote_id, url)


def _refuse_another(delivery: Delivery, published: Published) -> None:
    """One post on the network is one delivery: the last one is easily mistaken for this."""
    same = Q(remote_url=published.url)
    if published.remote_id:
        same |= Q(remote_id=published.remote_id)
    others = Delivery.objects.filter(same, connection=delivery.connection).exclude(pk=delivery.pk)
    other = others.select_related("item").first()
    if other is None:
        return
    if other.item_id == delivery.item_id:
        message = _("This is the link of another part of this post. Copy the one of this part.")
        raise Refusal(message, field="url")
    message = _("This is the link of another post, “%(title)s”. Copy the one of this post.")
    raise Refusal(message % {"title": other.item}, field="url")


def _checked(url: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise Refusal(
            _("This is not a link. Copy the address of the post, such as https://…"), field="url"
        ) from None
    return url

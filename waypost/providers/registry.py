"""All networks Waypost knows, by id."""

from waypost.providers.assisted import Assisted
from waypost.providers.base import Provider
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon

ALL: dict[str, Provider] = {p.id: p for p in (Bluesky(), Mastodon(), Assisted())}


def get(provider_id: str) -> Provider:
    """The provider with this id; raises ``LookupError`` for an unknown one."""
    try:
        return ALL[provider_id]
    except KeyError:
        raise LookupError(f"no provider {provider_id!r}") from None

"""Slack, Discord, Telegram and others, through the extra ``apprise``.

Its library is large and speaks HTTP by itself, so it is loaded when it is first needed, and
every host that a person typed is looked up and must be public before it is spoken to, and
again when it is.
"""

from importlib.util import find_spec
from typing import Any

import httpcore
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from waypost.kit.addresses import is_public
from waypost.kit.errors import Refusal
from waypost.kit.http import private_hosts_allowed, resolve
from waypost.notices.public_only import public_only

SCHEMES = frozenset(
    (
        *("slack", "discord", "tgram", "msteams", "workflows", "gchat", "wxteams", "zulip"),
        *("ntfy", "ntfys", "gotify", "gotifys", "matrix", "matrixs", "mmost", "mmosts"),
        *("rocket", "rockets", "nctalk", "nctalks", "signal", "signals", "json", "jsons"),
        *("pover", "pbul", "line", "revolt", "guilded", "whatsapp", "ifttt"),
    )
)
"""What a person may name: services that take a message over HTTP. Apprise also knows how to
start programs, write files and speak to the machine it runs on; those are no place for a
person's notices."""


def is_there() -> bool:
    """Whether the operator installed the extra."""
    return find_spec("apprise") is not None


def check(url: str) -> str:
    """The name of the service behind ``url``; raises ``Refusal`` (field ``url``) in words."""
    if not is_there():
        told = _("Chats are not switched on here. Ask whoever runs this Waypost.")
        raise Refusal(told, field="url")
    scheme = url.partition("://")[0].lower()
    if scheme not in SCHEMES:
        told = _("We do not know this kind of address. It begins like slack:// or tgram://.")
        raise Refusal(told, field="url")
    service = _open(url)
    if service is None:
        told = _("This address is not complete. Compare it with the example of the service.")
        raise Refusal(told, field="url")
    if why := _why_not(service):
        raise Refusal(why, field="url")
    return str(service.service_name)


def send(url: str, title: str, body: str) -> str:
    """Why it could not be sent, in words; empty when it was."""
    if not is_there():
        return _("Chats are not switched on here. Ask whoever runs this Waypost.")
    service = _open(url)
    if service is None:
        return _("The address is not understood any more. Add it anew.")
    if why := _why_not(service):
        return why
    with public_only():
        arrived = service.notify(body=body, title=title)
    if arrived:
        return ""
    told = _("%(service)s did not take the message. Look whether the address still holds.")
    return told % {"service": service.service_name}


def _open(url: str) -> Any:
    """The service behind an address, or None."""
    instantiate = import_string("apprise.Apprise").instantiate
    return instantiate(url, suppress_exceptions=True)


def _why_not(service: Any) -> str:
    """Why we do not speak to the host that stands in the address; empty when we do."""
    host = getattr(service, "host", None)
    if not host or private_hosts_allowed():
        return ""
    try:
        addresses = resolve(str(host), getattr(service, "port", None) or 443)
    except httpcore.ConnectError:
        # A word of a service with a server of its own: Apprise keeps tokens there as well.
        return "" if "." not in str(host) else _("The server of this address cannot be found.")
    if all(is_public(address.partition("%")[0]) for address in addresses):
        return ""
    return _("This address leads into a private network, so Waypost does not go there.")

"""Where notices of a person go besides pages and mail: devices and chats."""

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.kit.errors import Refusal
from waypost.kit.secrets import seal
from waypost.notices import chat
from waypost.notices.models import Address, Device

MOST = 20  # devices, or addresses, of one person


def add_device(user: User, *, endpoint: str, p256dh: str, auth: str, name: str) -> Device:
    """Let this browser take notices; one that is known already belongs to ``user`` from now on.

    Raises ``Refusal`` for what is no subscription.
    """
    if not endpoint.startswith("https://") or len(endpoint) > 1000 or not (p256dh and auth):
        raise Refusal(_("This browser did not say where notices go. Try again."))
    if user.devices.exclude(endpoint=endpoint).count() >= MOST:
        raise Refusal(_("You have many devices here already. Remove one first."))
    values = {
        "user": user,
        "sealed_keys": seal({"p256dh": p256dh, "auth": auth}),
        "name": name[:120] or _("A browser"),
    }
    device, _new = Device.objects.update_or_create(endpoint=endpoint, defaults=values)
    return device


def remove_device(device: Device) -> None:
    device.delete()


@transaction.atomic
def add_address(user: User, *, url: str) -> Address:
    """A chat as an address of apprise. Raises ``Refusal`` (field ``url``) in words."""
    if user.chat_addresses.count() >= MOST:
        raise Refusal(_("You have many addresses here already. Remove one first."), field="url")
    service = chat.check(url.strip())
    return Address.objects.create(user=user, service=service, sealed_url=seal({"url": url.strip()}))


def remove_address(address: Address) -> None:
    address.delete()

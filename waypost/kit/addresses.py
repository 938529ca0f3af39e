"""Which network addresses a host typed by a person may lead to."""

import ipaddress
from ipaddress import IPv4Address, IPv6Address

_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_NOT_FOR_US_V4 = (
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
)


def is_public(address: str) -> bool:
    """Whether ``address`` (an IP address as text) is on the public internet.

    Private, loopback, link-local (and so cloud metadata), multicast and reserved
    addresses are not, also when they hide inside an IPv6 address.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return _public_v4(ip) if isinstance(ip, IPv4Address) else _public_v6(ip)


def _public_v4(ip: IPv4Address) -> bool:
    if any(ip in network for network in _NOT_FOR_US_V4):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _public_v6(ip: IPv6Address) -> bool:
    hidden = _hidden_v4(ip)
    if hidden is not None:
        return _public_v4(hidden)
    return ip in _GLOBAL_V6 and ip.is_global and ip not in _TEREDO


def _hidden_v4(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a packet to ``ip`` is translated or tunnelled to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip in _SIX_TO_FOUR:
        return ip.sixtofour
    return None

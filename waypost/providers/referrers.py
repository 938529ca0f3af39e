"""Which network a visitor came from, by the address of the page before."""

from collections.abc import Mapping
from urllib.parse import urlsplit

HOSTS: Mapping[str, tuple[str, ...]] = {
    "facebook": ("facebook.com", "fb.com", "fb.me", "m.me"),
    "instagram": ("instagram.com", "ig.me"),
    "threads": ("threads.net", "threads.com"),
    "x": ("x.com", "twitter.com", "t.co"),
    "linkedin": ("linkedin.com", "lnkd.in"),
    "tiktok": ("tiktok.com",),
    "youtube": ("youtube.com", "youtu.be"),
    "pinterest": ("pinterest.com", "pinterest.de", "pinterest.at", "pinterest.it", "pin.it"),
    "bluesky": ("bsky.app",),
    "telegram": ("t.me", "telegram.org"),
    "reddit": ("reddit.com",),
    "discord": ("discord.com", "discord.gg"),
    "tumblr": ("tumblr.com",),
    "vk": ("vk.com", "vk.ru"),
    "whatsapp": ("whatsapp.com", "wa.me"),
}
"""Hosts of a network by its key; those below them count too (``l.instagram.com``)."""


def host_of(address: str) -> str:
    """``l.instagram.com`` of ``https://l.instagram.com/?u=…``; empty for what is no address."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def network_of(host: str) -> str:
    """The key of the network; empty for any other site."""
    told = host.strip().lower().rstrip(".")
    for network, hosts in HOSTS.items():
        if any(told == known or told.endswith(f".{known}") for known in hosts):
            return network
    return ""

"""How files are shown: ``{% load files %}``."""

from pathlib import PurePath
from urllib.parse import urlsplit

from django.template import Library

from waypost.library.kinds import ICONS

register = Library()


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of file."""
    return ICONS.get(kind, "file")


@register.filter
def ending(name: str) -> str:
    """``"Price list.pdf"`` → ``"PDF"``; empty where the name has none."""
    return PurePath(name).suffix.lstrip(".").upper()[:8]


@register.filter
def host(link: str) -> str:
    """``"https://drive.google.com/file/1"`` → ``"drive.google.com"``."""
    return (urlsplit(link).hostname or "").removeprefix("www.")


@register.filter
def clock(seconds: float | None) -> str:
    """``75.4`` → ``"1:15"``; empty where the length is not known."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

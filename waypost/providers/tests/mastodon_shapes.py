"""The shapes of Mastodon's answers, with values for one small server."""

import html
import re
from datetime import datetime
from typing import Any

import regex

_URL = re.compile(r"https?://\S+")
_MENTION = re.compile(r"@(\w+)@([\w.-]*\w)")

OWN: dict[str, Any] = {
    "source": {
        "note": "",
        "fields": [],
        "privacy": "public",
        "sensitive": False,
        "language": "sl",
        "follow_requests_count": 0,
        "indexable": True,
    },
    "role": {"id": "-99", "name": "", "color": "", "permissions": "0", "highlighted": False},
}
"""What only the owner of an account is told about it."""


def instance(url: str, max_characters: int) -> dict[str, Any]:
    """The description of a server, without its domain and version."""
    return {
        "title": "Fake",
        "description": "A server for tests",
        "usage": {"users": {"active_month": 1}},
        "thumbnail": {"url": f"{url}/thumbnail.png"},
        "icon": [],
        "languages": ["en"],
        "configuration": _configuration(max_characters),
        "registrations": {
            "enabled": False,
            "approval_required": False,
            "message": None,
            "url": None,
            "min_age": None,
            "reason_required": None,
        },
        "api_versions": {"mastodon": 7},
        "contact": {"email": "owner@example.org", "account": None},
        "rules": [],
    }


def _configuration(max_characters: int) -> dict[str, Any]:
    return {
        "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
        "statuses": {
            "max_characters": max_characters,
            "max_media_attachments": 4,
            "characters_reserved_per_url": 23,
        },
        "media_attachments": {
            "supported_mime_types": ["image/jpeg", "image/png", "image/webp", "video/mp4"],
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "image_matrix_limit": 33_177_600,
            "video_size_limit": 103_809_024,
            "video_frame_rate_limit": 120,
            "video_matrix_limit": 8_294_400,
        },
        "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
        "translation": {"enabled": False},
        "urls": {"streaming": "wss://127.0.0.1"},
    }


def account(url: str, account_id: str, username: str) -> dict[str, Any]:
    """An account, without the counts that change."""
    picture = f"{url}/avatar.png"
    return {
        "id": account_id,
        "username": username,
        "acct": username,
        "display_name": "Svit in sat",
        "url": f"{url}/@{username}",
        "uri": f"{url}/users/{username}",
        "note": "",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "locked": False,
        "bot": False,
        "group": False,
        "discoverable": True,
        "indexable": True,
        "created_at": "2024-01-01T00:00:00.000Z",
        "last_status_at": "2026-01-01",
        "fields": [],
        "emojis": [],
        "following_count": 5,
    }


def length(text: str) -> int:
    """Characters as Mastodon counts them."""
    shortened = _MENTION.sub(r"@\1", _URL.sub("x" * 23, text))
    return len(regex.findall(r"\X", shortened))


def iso(moment: datetime) -> str:
    """A moment as Mastodon writes it, to the millisecond."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def plain(content: str) -> str:
    """The text of a status without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", content))


def rendered(text: str) -> str:
    """The text as HTML, with addresses cut in three and mentions shortened, as Mastodon does."""

    def link(match: re.Match[str]) -> str:
        address = html.escape(html.unescape(match.group()))
        scheme, rest = address[: address.index("//") + 2], address[address.index("//") + 2 :]
        return (
            f'<a href="{address}" rel="nofollow"><span class="invisible">{scheme}</span>'
            f'<span class="ellipsis">{rest[:30]}</span>'
            f'<span class="invisible">{rest[30:]}</span></a>'
        )

    linked = _URL.sub(link, html.escape(text, quote=True))
    mentioned = _MENTION.sub(r'<a href="https://\2/@\1" class="u-url mention">@\1</a>', linked)
    paragraphs = mentioned.split("\n\n")
    return "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in paragraphs)

"""What a server of the AT Protocol gives at log-in, and why it gives nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
from django.utils.translation import gettext as _

from waypost.providers._calls import error_of, not_our_server
from waypost.providers._xrpc import ends_at
from waypost.providers.errors import Refused


def secrets_of(session: Mapping[str, Any]) -> dict[str, str]:
    """The two tokens of a session."""
    return {name: str(session[name]) for name in ("accessJwt", "refreshJwt")}


def ends_of(secrets: Mapping[str, str]) -> dict[str, datetime | None]:
    """The access token lasts for hours; without its companion there is no way to a new one."""
    return {
        "expires_at": ends_at(secrets["accessJwt"]),
        "ends_at": ends_at(secrets["refreshJwt"]),
    }


def login_refusal(response: httpx.Response, host: str) -> Refused:
    """Why ``host`` did not open a session, beside the field to mend."""
    name, message = error_of(response)
    if not name:
        return not_our_server(host)
    if name == "AuthFactorTokenRequired":
        words = _("This account asks for a code at log-in. Use an app password instead.")
        return Refused(words, field="password")
    if name == "AuthenticationRequired":
        words = _("The handle or the app password is wrong. Check both, or make a new one.")
        return Refused(words, field="password")
    words = _("The server did not accept this: %(reason)s")
    return Refused(words % {"reason": message}, field="handle")

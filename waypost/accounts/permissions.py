"""Every permission by name and the roles that carry it.

A role holds what the roles below it hold. A view names one permission
(`waypost.accounts.guard.business_view`); a name that is not here stops the import.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    OWNER = "owner", pgettext_lazy("role", "Owner")
    EDITOR = "editor", _("Editor")
    CONTRIBUTOR = "contributor", _("Contributor")
    VIEWER = "viewer", _("Viewer")


class Narrowing(TextChoices):
    """What of a role is left to somebody who works on one thing only."""

    AD_ACTUALS = "ad_actuals", _("Only what adverts really cost")
    CHANNELS = "channels", _("Only some accounts at networks")


_VIEWER = {
    "home.view",
    "board.view",
    "goals.view",
    "market.view",
    "strategy.view",
    "content.view",
    "library.view",
    "connections.view",
    "publishing.view",
    "insights.view",
    "reviews.view",
    "accounts.view",
    "budget.view",
    "talk.read",
    "talk.write",
    "notices.view",
}
_CONTRIBUTOR = _VIEWER | {
    "content.write",
    "library.add",
    "goals.record",
    "insights.record",
    "publishing.hand_over",
    "board.write",
    "budget.actuals_ads",
}
_EDITOR = _CONTRIBUTOR | {
    "goals.edit",
    "board.manage",
    "market.edit",
    "strategy.edit",
    "goals.share",
    "budget.edit",
    "content.approve",
    "publishing.schedule",
    "publishing.resolve",
    "insights.pull",
    "reviews.write",
    "reviews.share",
}
_OWNER = _EDITOR | {
    "connections.connect",
    "accounts.manage",
    "budget.close",
    "strategy.approve",
    "reviews.sign",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset(_VIEWER),
    Role.CONTRIBUTOR: frozenset(_CONTRIBUTOR),
    Role.EDITOR: frozenset(_EDITOR),
    Role.OWNER: frozenset(_OWNER),
}
WITHIN: dict[str, frozenset[str]] = {
    Narrowing.AD_ACTUALS: frozenset(_VIEWER | {"budget.actuals_ads"}),
    Narrowing.CHANNELS: frozenset(
        _VIEWER
        | {
            "content.write",
            "content.approve",
            "library.add",
            "board.write",
            "publishing.hand_over",
            "publishing.schedule",
            "publishing.resolve",
        }
    ),
}
"""By narrowing: what may be left. The role must carry it too; seeing is never narrowed."""
NAMES = PERMISSIONS[Role.OWNER]


def allows(role: str, permission: str) -> bool:
    """Whether ``role`` carries ``permission``; raises ``LookupError`` for an unknown name."""
    if permission not in NAMES:
        raise LookupError(f"no permission {permission!r}")
    return permission in PERMISSIONS[role]


def roles_with(permission: str) -> list[str]:
    """The roles that carry ``permission``."""
    return [role for role in PERMISSIONS if allows(role, permission)]

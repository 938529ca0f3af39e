"""Template tags for what looks the same everywhere: icons, network marks, states.

Icons and marks are symbols of two SVG files that the front end builds; their names stand
in ``frontend/icons.json`` (lucide) and ``frontend/marks.json`` (simple-icons). The tags
are plain functions, so that a page with a thousand posts can use them in its loop.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from django.contrib.messages.storage.base import Message
from django.template import Library
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_vite.templatetags.django_vite import vite_asset_url

register = Library()

ICONS = "frontend/icons.json"
MARKS = "frontend/marks.json"
UNDO = "undo:"


@dataclass(frozen=True)
class Look:
    """How a state is shown: never by colour alone."""

    word: Promise
    icon: str  # a name in frontend/icons.json
    tone: str  # quiet | info | action | good | warn | bad


STATES: Mapping[str, Look] = MappingProxyType(
    {
        # a post
        "idea": Look(pgettext_lazy("state", "Idea"), "lightbulb", "quiet"),
        "draft": Look(pgettext_lazy("state", "Draft"), "file-pen", "quiet"),
        "in_review": Look(pgettext_lazy("state", "In review"), "eye", "warn"),
        "approved": Look(pgettext_lazy("state", "Approved"), "check", "action"),
        "scheduled": Look(pgettext_lazy("state", "Scheduled"), "calendar-clock", "info"),
        "staging": Look(pgettext_lazy("state", "Preparing"), "loader-circle", "info"),
        "sending": Look(pgettext_lazy("state", "Sending"), "send", "info"),
        "publishing": Look(pgettext_lazy("state", "Publishing"), "send", "info"),
        "published": Look(pgettext_lazy("state", "Published"), "circle-check", "good"),
        "failed": Look(pgettext_lazy("state", "Failed"), "circle-x", "bad"),
        "blocked": Look(pgettext_lazy("state", "Blocked"), "unplug", "bad"),
        "unconfirmed": Look(pgettext_lazy("state", "Unconfirmed"), "circle-question-mark", "warn"),
        "your_turn": Look(pgettext_lazy("state", "Your turn"), "hand", "warn"),
        "withdrawn": Look(pgettext_lazy("state", "Skipped"), "circle-slash", "quiet"),
        "waiting": Look(pgettext_lazy("state", "Waits its turn"), "hourglass", "quiet"),
        "deleted": Look(pgettext_lazy("state", "Deleted"), "trash-2", "quiet"),
        "cancelled": Look(pgettext_lazy("state", "Cancelled"), "circle-slash", "quiet"),
        # an answer of the strategy
        "answered": Look(pgettext_lazy("state", "Answered"), "circle-check", "good"),
        "filled": Look(pgettext_lazy("state", "Filled in"), "circle-dot", "info"),
        "not_yet": Look(pgettext_lazy("state", "Not yet"), "circle-dashed", "quiet"),
        "not_relevant": Look(pgettext_lazy("state", "Not relevant"), "circle-slash", "quiet"),
        # a step of the customer journey
        "works": Look(pgettext_lazy("state", "Works"), "circle-check", "good"),
        "broken_step": Look(pgettext_lazy("state", "Broken"), "circle-x", "bad"),
        "unchecked": Look(pgettext_lazy("state", "Not tried yet"), "circle-dashed", "quiet"),
        "missing": Look(pgettext_lazy("state", "Not answered"), "circle-dashed", "quiet"),
        # an account at a network
        "connected": Look(pgettext_lazy("state", "Connected"), "circle-check", "good"),
        "broken": Look(pgettext_lazy("state", "Connect again"), "unplug", "bad"),
        "ending": Look(pgettext_lazy("state", "Ends soon"), "triangle-alert", "warn"),
        # a goal
        "on_track": Look(pgettext_lazy("state", "On track"), "trending-up", "good"),
        "slightly_behind": Look(pgettext_lazy("state", "Slightly behind"), "minus", "warn"),
        "behind": Look(pgettext_lazy("state", "Behind"), "trending-down", "bad"),
        "done": Look(pgettext_lazy("state", "Done"), "circle-check", "good"),
        "missed": Look(pgettext_lazy("state", "Missed"), "circle-x", "bad"),
        "no_data": Look(pgettext_lazy("state", "No data yet"), "circle-dashed", "quiet"),
        "just_started": Look(pgettext_lazy("state", "Just started"), "flag", "info"),
        # an initiative
        "planned": Look(pgettext_lazy("state", "Planned"), "circle", "quiet"),
        "in_progress": Look(pgettext_lazy("state", "In progress"), "circle-play", "info"),
        "on_hold": Look(pgettext_lazy("state", "On hold"), "circle-pause", "warn"),
        # a task, besides those that an initiative has, too
        "backlog": Look(pgettext_lazy("state", "Backlog"), "inbox", "quiet"),
        "next": Look(pgettext_lazy("state", "Next"), "circle", "info"),
        "review": Look(pgettext_lazy("state", "Review"), "eye", "warn"),
        "dropped": Look(pgettext_lazy("state", "Dropped"), "circle-slash", "quiet"),
    }
)


@cache
def asset(path: str) -> str:
    """Address of a built front-end file, named by its source path."""
    return str(vite_asset_url(path))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; without ``label`` it only decorates the word beside it."""
    if label:
        use = _use(name)
        return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, use)
    return _quiet_icon(name)


@lru_cache(maxsize=512)  # a page has hundreds of a few dozen
def _quiet_icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _use(name))


def _use(name: str) -> SafeString:
    return format_html('<use href="{}#{}"/>', asset(ICONS), name)


@register.simple_tag
def mark(name: str, slug: str = "", colour: str = "", quiet: bool = False) -> SafeString:
    """A network's mark with its name; ``quiet`` keeps the name for screen readers only.

    ``slug`` is a symbol of frontend/marks.json, without one the name's first letter
    stands in; ``colour`` is the network's own, as #rrggbb.
    """
    ink = readable_on(colour)
    return format_html(
        '<span class="mark"><svg viewBox="0 0 24 24" aria-hidden="true">'
        '<rect x="0.5" y="0.5" width="23" height="23" rx="6" fill="{}"/>{}</svg>'
        '<span class="{}">{}</span></span>',
        colour or "currentColor",
        _symbol(slug, ink) if slug else _letter(str(name), ink),
        "sr-only" if quiet else "truncate",
        name,
    )


def _symbol(slug: str, ink: str) -> SafeString:
    return format_html(
        '<use href="{}#{}" x="5" y="5" width="14" height="14" fill="{}"/>', asset(MARKS), slug, ink
    )


def _letter(name: str, ink: str) -> SafeString:
    return format_html(
        '<text x="12" y="16.5" font-size="13" font-weight="600" text-anchor="middle"'
        ' fill="{}">{}</text>',
        ink,
        name[:1].upper(),
    )


def readable_on(colour: str) -> str:
    """Black or white, whichever stands out more on ``colour`` (#rrggbb; WCAG luminance)."""
    try:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    except ValueError:
        return "#fff"
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    # White wins unless the colour is really light: brands draw their marks white.
    return "#fff" if luminance < 0.5 else "#000"


@register.simple_tag
def status(name: str, word: str = "") -> SafeString:
    """A state as word, icon and colour; ``word`` replaces the usual one."""
    look = STATES[name]
    return format_html(
        '<span class="status tone-{}">{}{}</span>', look.tone, icon(look.icon), word or look.word
    )


@register.filter
def status_word(name: str) -> str:
    """The word of a state, for lists and filters."""
    return str(STATES[name].word)


@register.filter
def undo_url(message: Message) -> str:
    """Where to post to take back what ``message`` tells; empty when it cannot be.

    An action says so with ``messages.success(request, text, extra_tags=f"undo:{url}")``.
    """
    tag = message.extra_tags or ""
    return tag.removeprefix(UNDO) if tag.startswith(UNDO) else ""


@register.filter
def percent_of(value: float, most: float) -> int:
    """``value`` as a share of ``most`` in whole percent, held between 0 and 100."""
    if not most or most < 0:
        return 0
    return round(max(0, min(1, value / most)) * 100)


_TONES = {"success": "good", "warning": "warn", "error": "bad"}
_TONE_ICONS = {"good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert"}


@register.filter
def message_tone(level: str) -> str:
    """The tone of a Django message level tag."""
    return _TONES.get(level, "info")


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone in notes and toasts."""
    return _TONE_ICONS.get(tone, "info")


@register.filter
def initials(name: object) -> str:
    """Up to two letters for a person without a picture."""
    words = str(name).replace("@", " ").replace(".", " ").split()
    return "".join(word[0].upper() for word in words[:2])


_BUTTONS = {"primary": "btn-primary", "ghost": "btn-quiet", "danger": "btn-danger"}


@register.filter
def button_class(kind: str, size: str = "") -> str:
    """The classes of a button: primary, secondary, ghost or danger; ``size`` may be small."""
    return _BUTTONS.get(kind, "btn-plain") + (" btn-sm" if size == "small" else "")


THEME_CHOICES = (
    ("system", _("System"), "monitor"),
    ("light", _("Light"), "sun"),
    ("dark", _("Dark"), "moon"),
)


@register.simple_tag
def theme_choices() -> tuple[tuple[str, Promise, str], ...]:
    """Rows of (value, word, icon) for the theme switch."""
    return THEME_CHOICES

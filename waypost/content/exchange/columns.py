"""The columns of the calendar as a table: what they are called, in files of ours and of others."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.documents.headings import meanings

HEADINGS: Mapping[str, Promise] = MappingProxyType(
    {
        "date": pgettext_lazy("column", "Date"),
        "time": pgettext_lazy("column", "Time"),
        "channel": _("Channel"),
        "kind": _("Type"),
        "title": _("Title"),
        "text": _("Text"),
        "hashtags": _("Hashtags"),
        "pictures": _("Pictures"),
        "link": _("Link"),
        "utm": _("Link with UTM tags"),
        "cta": _("Call to action"),
        "language": _("Language"),
        "persona": _("Persona"),
        "goal": _("Goal"),
        "initiative": _("Initiative"),
        "product": _("Product"),
        "owner": _("Owner"),
        "reviewer": _("Reviewer"),
        "status": _("Status"),
        "boost": _("Boost"),
        "tags": _("Tags"),
        "url": _("Published at"),
        "reach": _("Reach"),
        "interactions": _("Interactions"),
        "number": _("Number"),
    }
)
"""By the name of what they hold, in the order of the file."""

COMPUTED = frozenset({"utm", "url", "reach", "interactions"})
"""What only goes out: coming in it says nothing."""

SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "date": (
            "day", "publish date", "post date", "due date", "scheduled date", "date & time",
            "date and time", "datetime", "posting time", "scheduled time", "publish time",
            "postatspecifictime", "scheduled at", "dan", "dan objave", "datum objave",
            "datum in ura", "termin",
        ),
        "time": ("hour", "clock", "time of day", "ura", "ura objave", "čas objave"),
        "channel": (
            "network", "platform", "profile", "account", "social network", "network & account",
            "channels", "omrežje", "profil", "platforma", "račun", "kanali",
        ),
        "kind": ("format", "format/type", "post type", "content type", "oblika", "vrsta objave"),
        "title": ("idea", "title/idea", "headline", "subject", "topic", "zamisel", "tema"),
        "text": (
            "copy", "caption", "content", "message", "post", "body", "post text", "post copy",
            "description", "opis", "opis objave", "vsebina", "sporočilo", "objava",
        ),
        "hashtags": ("hashtag", "ključniki", "heštegi"),
        "pictures": (
            "picture", "image", "images", "image url", "image urls", "imageurls", "media",
            "media url", "photo", "asset", "assets", "visual", "creative", "slika", "slike",
            "naslov slike", "fotografija", "gradivo", "kreativa",
        ),
        "link": (
            "url", "links", "link url", "link/url", "utm link", "landing page", "spletni naslov",
            "povezave", "pristajalna stran",
        ),
        "cta": ("cta", "call-to-action", "button", "gumb", "kaj naj stori"),
        "boost": (
            "boost €", "boost eur", "boosting", "ad budget", "paid", "oglaševanje",
            "znesek oglaševanja",
        ),
        "language": ("lang", "locale",),
        "persona": ("audience", "target audience", "ciljna skupina"),
        "goal": ("objective",),
        "initiative": ("campaign", "kampanja", "akcija"),
        "owner": ("responsible", "assignee", "author", "odgovoren", "odgovorna", "avtor"),
        "reviewer": ("approver", "approved by", "odobri", "potrdi"),
        "status": ("state", "approval", "approval status", "stanje"),
        "tags": ("labels", "label", "categories", "category", "kategorije", "kategorija"),
        "number": ("id", "item id", "waypost id"),
    }
)  # fmt: skip
"""How other programs and people head the same; plain words, in both languages."""


def words() -> dict[str, str]:
    """Plain heading → field, in every language and as others say it."""

    def all_words() -> Iterable[tuple[str, object]]:
        yield from HEADINGS.items()
        for name, others in SYNONYMS.items():
            yield from ((name, other) for other in others)

    return meanings(all_words)

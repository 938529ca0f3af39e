"""Any network by hand: Waypost shows the finished post, a person publishes it.

Limits are those of the networks' own pages, read in November 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.providers._hand_media import ANY_PICTURE, ANY_VIDEO, PICTURES, VIDEOS
from waypost.providers._text import (
    length_problems,
    picture_problems,
    tally_problems,
    with_link,
)
from waypost.providers.abilities import Comments, Threads
from waypost.providers.base import (
    Account,
    Connected,
    ConnectField,
    ConnectsByForm,
    Count,
    HandsOver,
    Limits,
    Post,
    Problem,
    Provider,
)
from waypost.providers.counting import Counting, measure
from waypost.providers.display import Album, Display, Look, Shape, Text
from waypost.providers.errors import Refused


@dataclass(frozen=True)
class Network:
    """What a person needs to know about one network to post on it."""

    name: Text
    colour: str
    icon: str
    text: int  # in the unit of counting
    pictures: int
    open_url: str  # where posting begins; {handle} is filled in
    profile: str = ""  # address of an account; {handle} is filled in
    needs_picture: bool = False
    parts: int = 0  # that may follow the first
    comment: int = 0  # characters of the first comment; 0: not usual there
    posts_a_day: int | None = None  # of one account within 24 hours, where it is documented
    look: Look = "page"
    fold: int = 0  # characters of the text before "more"
    shape: Shape | None = None  # of a picture as it is shown there, see Display
    album: Album = "grid"
    counting: Counting = field(default_factory=lambda: Counting(kind="graphemes"))


_CHARACTERS: Counting = {"kind": "characters", "adds_link": "always"}
_BESIDE: Counting = {"kind": "characters"}  # a link stands elsewhere than in the text

NETWORKS: Mapping[str, Network] = {
    "instagram": Network(
        "Instagram", "#e4405f", "instagram", 2200, 10,
        "https://www.instagram.com/", "https://www.instagram.com/{handle}/",
        needs_picture=True, comment=2200, posts_a_day=100,
        counting={"kind": "characters", "hashtags": 5, "mentions": 20}, look="picture", fold=125,
        shape=(0.8, 1.91), album="row",
    ),
    "facebook": Network(
        "Facebook", "#0866ff", "facebook", 63206, 10,
        "https://www.facebook.com/{handle}", "https://www.facebook.com/{handle}", comment=8000,
        counting=_CHARACTERS, look="page", fold=477,
        shape=(0.8, 10.0),
    ),
    "threads": Network(
        "Threads", "#000000", "threads", 500, 20,
        "https://www.threads.net/intent/post", "https://www.threads.net/@{handle}",
        parts=24, posts_a_day=250,
        counting={"kind": "emoji_bytes", "hashtags": 1, "links": 5, "adds_link": "always"},
        look="short", shape=(0.75, 10.0), album="row",
    ),
    "x": Network(
        "X", "#000000", "x", 280, 4,
        "https://x.com/compose/post", "https://x.com/{handle}", parts=24,
        counting={"kind": "weighted", "url": 23, "bare": True, "adds_link": "always"},
        look="short", shape=(0.75, 10.0),
    ),
    "linkedin": Network(
        "LinkedIn", "#0a66c2", "", 3000, 20,
        "https://www.linkedin.com/feed/?shareActive=true", "https://www.linkedin.com/in/{handle}/",
        comment=1250, posts_a_day=150, counting=_CHARACTERS, look="page", fold=210,
        shape=(0.8, 10.0),
    ),
    "tiktok": Network(
        "TikTok", "#000000", "tiktok", 4000, 35,
        "https://www.tiktok.com/tiktokstudio/upload", "https://www.tiktok.com/@{handle}",
        needs_picture=True, comment=150, posts_a_day=15, counting={"kind": "utf16"},
        look="picture", fold=90, album="row",
    ),
    "youtube": Network(
        "YouTube", "#ff0000", "youtube", 5000, 1,
        "https://studio.youtube.com/", "https://www.youtube.com/@{handle}", comment=10_000,
        counting={"kind": "bytes", "adds_link": "always"}, look="article", fold=157,
        shape=(1.0, 1.0), album="row",
    ),
    "pinterest": Network(
        "Pinterest", "#bd081c", "pinterest", 800, 5,
        "https://www.pinterest.com/pin-creation-tool/", "https://www.pinterest.com/{handle}/",
        needs_picture=True, comment=500, counting=_BESIDE, look="picture", shape=(0.47, 10.0),
        album="row",
    ),
    "google-business": Network(
        gettext_lazy("Google Business Profile"), "#4285f4", "google", 1500, 1,
        "https://business.google.com/", counting=_BESIDE, shape=(4 / 3, 4 / 3),
    ),
    "telegram": Network(
        "Telegram", "#26a5e4", "telegram", 4096, 10,
        "https://web.telegram.org/", "https://t.me/{handle}",
        counting={"kind": "utf16", "with_pictures": 1024, "adds_link": "always"}, look="chat",
    ),
    "reddit": Network(
        "Reddit", "#ff4500", "reddit", 40000, 20,
        "https://www.reddit.com/submit", "https://www.reddit.com/user/{handle}", comment=10_000,
        counting=_CHARACTERS, look="article",
    ),
    "discord": Network(
        "Discord", "#5865f2", "discord", 2000, 10, "https://discord.com/app", counting=_CHARACTERS,
        look="chat",
    ),
    "tumblr": Network(
        "Tumblr", "#36465d", "tumblr", 4096, 30,
        "https://www.tumblr.com/new/text", "https://{handle}.tumblr.com/",
        posts_a_day=250, counting=_CHARACTERS, look="article",
    ),
    "vk": Network(
        "VK", "#0077ff", "vk", 15895, 10,
        "https://vk.com/{handle}", "https://vk.com/{handle}", posts_a_day=50, counting=_CHARACTERS,
    ),
    "whatsapp": Network(
        "WhatsApp", "#25d366", "whatsapp", 65536, 30, "https://web.whatsapp.com/",
        counting=_CHARACTERS, look="chat",
    ),
    "snapchat": Network(
        "Snapchat", "#8a8000", "snapchat", 250, 20,
        "https://profile.snapchat.com/", "https://www.snapchat.com/add/{handle}",
        needs_picture=True, look="picture", album="row",
    ),
    "other": Network(gettext_lazy("Another network"), "#64748b", "", 5000, 20, ""),
}  # fmt: skip


class Assisted(Provider, ConnectsByForm, HandsOver, Threads, Comments):
    """A connection without credentials: its settings say which network and account it is."""

    id: ClassVar[str] = "assisted"
    name: ClassVar[Text] = gettext_lazy("Post by hand")
    colour: ClassVar[str] = "#64748b"
    blurb: ClassVar[Text] = gettext_lazy(
        "Any other network: Waypost reminds you with the finished post, you publish it."
    )
    setup_help: ClassVar[Text] = gettext_lazy(
        "Choose the network and type the name of your account there. Nothing is sent to the"
        " network: at the due time you copy the text and pictures, post them, and paste the"
        " link of your post."
    )
    fields: ClassVar[tuple[ConnectField, ...]] = (
        ConnectField(
            "network",
            gettext_lazy("Network"),
            choices=tuple((key, network.name) for key, network in NETWORKS.items()),
        ),
        ConnectField(
            "handle",
            gettext_lazy("Account name or link to your profile"),
            placeholder="svitinsat",
        ),
    )

    def connect(self, values: Mapping[str, str]) -> Connected:
        key = values.get("network", "")
        if key not in NETWORKS:
            raise Refused(_("Choose a network from the list."), field="network")
        link, handle = _link_and_handle(values.get("handle", ""))
        if not handle:
            raise Refused(
                _("Type the name of your account, or paste the link to your profile."),
                field="handle",
            )
        network = NETWORKS[key]
        url = link or network.profile.format(handle=quote(handle, safe="")) or network.open_url
        account = Account(f"{key}:{handle.casefold()}", handle, handle, url)
        return Connected(account, {}, {"network": key, "handle": handle, "profile": link})

    def display(self, settings: Mapping[str, Any]) -> Display:
        network = _network(settings)
        return Display(
            network.name,
            network.colour,
            network.icon,
            look=network.look,
            fold=network.fold,
            shape=network.shape,
            album=network.album,
        )

    def network_name(self, settings: Mapping[str, Any]) -> str:
        return str(_network(settings).name)

    def open_url(self, settings: Mapping[str, Any]) -> str:
        handle = quote(str(settings.get("handle", "")), safe="")
        return _network(settings).open_url.format(handle=handle) or str(settings.get("profile", ""))

    def limits(self, settings: Mapping[str, Any]) -> Limits:
        network, key = _network(settings), str(settings.get("network", ""))
        picture = PICTURES.get(key, ANY_PICTURE)
        return Limits(
            text=network.text,
            pictures=network.pictures,
            picture_bytes=picture.bytes,
            picture_mimes=picture.mimes,
            picture_side=picture.side,
            picture_pixels=picture.pixels,
            picture_ratio=picture.ratio,
            alt=1000,
            video=VIDEOS.get(key, ANY_VIDEO),
            counting=network.counting,
        )

    def posts_a_day(self, settings: Mapping[str, Any]) -> int | None:
        return _network(settings).posts_a_day

    def count(self, text: str, settings: Mapping[str, Any]) -> Count:
        network = _network(settings)
        return Count(measure(text, network.counting), network.text, gettext_lazy("characters"))

    def further_parts(self, settings: Mapping[str, Any]) -> int:
        return _network(settings).parts

    def comment_limit(self, settings: Mapping[str, Any]) -> int:
        return _network(settings).comment

    def check(self, post: Post, settings: Mapping[str, Any]) -> list[Problem]:
        network = _network(settings)
        text = _final_text(post, network)
        count = self.count(text, settings)
        if post.reply_to and post.reply_to.as_comment:
            count = replace(count, limit=self.comment_limit(settings))
        elif post.pictures:
            count = replace(count, limit=network.counting.get("with_pictures") or count.limit)
        problems = length_problems(count) + tally_problems(text, network.counting)
        problems += picture_problems(post, self.limits(settings))
        if network.needs_picture and not (post.pictures or post.videos or post.reply_to):
            message = _("%(network)s takes no post without a picture. Add one.")
            problems.append(Problem("pictures", message % {"network": network.name}))
        elif not (post.text.strip() or post.pictures or post.videos or post.link):
            problems.append(Problem("text", _("The post is empty. Write a text.")))
        return problems


def _network(settings: Mapping[str, Any]) -> Network:
    return NETWORKS.get(str(settings.get("network", "")), NETWORKS["other"])


def _final_text(post: Post, network: Network) -> str:
    """The text that the person pastes there, with the link where there is no place for it."""
    return with_link(post.text, post.link) if "adds_link" in network.counting else post.text


def _link_and_handle(typed: str) -> tuple[str, str]:
    """``"https://x.com/me"`` → the link and ``"me"``; ``"@me"`` → no link and ``"me"``."""
    typed = typed.strip()
    if not typed.lower().startswith(("http://", "https://")):
        return "", typed.lstrip("@").strip("/ ")
    parts = urlsplit(typed)
    last = parts.path.rstrip("/").rpartition("/")[2].lstrip("@")
    return typed, last or (parts.hostname or "")

"""The contract that every network keeps: plain values in, plain values out.

A provider is one file beside this one. It declares what it is as class attributes,
inherits one small ABC for each thing it can do, and touches no rows, no retries and
no logs: a method returns a value or raises one of :mod:`waypost.providers.errors`.
"Can it?" is ``isinstance(provider, Publishes)``.

Everything that crosses this line is frozen and JSON-able where it is stored
(``Connected.settings``, staged results), so that a delivery can be taken up again by
another process after a crash.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Literal

from waypost.providers.allowance import Price
from waypost.providers.counting import Counting
from waypost.providers.display import Display, Shape, Text
from waypost.providers.media import Video, VideoLimits

Json = dict[str, Any]


# --- who we act as ---------------------------------------------------------------


@dataclass(frozen=True)
class Account:
    """The account a person connected, as the network names it."""

    remote_id: str  # never changes: a DID, an account id with its host
    handle: str  # what people type, without a leading @
    name: str
    url: str
    host: str = ""  # https origin of the server, empty where there is only one


@dataclass(frozen=True)
class Connected:
    """What a finished connect journey hands back, to be stored encrypted."""

    account: Account
    secrets: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)  # limits read off the server
    expires_at: datetime | None = None  # of the access token; None: does not expire
    ends_at: datetime | None = None
    """When a person must connect again, whatever is renewed; None: never, or not known."""


@dataclass(frozen=True)
class Credentials:
    """What a provider is given to act: decrypted for the length of one call."""

    remote_id: str
    handle: str
    host: str
    secrets: Mapping[str, str]
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Renewed:
    """Answer of :meth:`Refreshes.refresh`; replaces the stored secrets as a whole."""

    secrets: Mapping[str, str]
    expires_at: datetime | None
    ends_at: datetime | None = None  # as in Connected


# --- what is published -----------------------------------------------------------


@dataclass(frozen=True)
class Picture:
    """One picture of a post; ``read`` opens the stored file when it is needed."""

    read: Callable[[], bytes]
    mime: str
    size: int  # bytes
    width: int  # pixels
    height: int  # pixels
    alt: str = ""


@dataclass(frozen=True)
class Reply:
    """Which of our own posts a further part or a first comment stands under."""

    root: str  # remote id of the first part
    parent: str  # remote id of the part before; of the first part for a comment
    as_comment: bool = False


@dataclass(frozen=True)
class Post:
    """One post as it shall stand on one network: a whole one, a further part, a comment."""

    text: str
    link: str = ""
    language: str = ""  # BCP 47, e.g. "sl"
    pictures: Sequence[Picture] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    reply_to: Reply | None = None  # None: it stands for itself
    videos: Sequence[Video] = ()


@dataclass(frozen=True)
class Problem:
    """A reason why a post cannot go out as it is, for the owner."""

    field: str  # text | pictures | link | option name
    message: str


@dataclass(frozen=True)
class Count:
    """How long a text is in the network's own measure."""

    used: int
    limit: int
    unit: Text  # "characters"

    @property
    def left(self) -> int:
        return self.limit - self.used


@dataclass(frozen=True)
class Limits:
    """What the network takes; numbers may come from the server (``settings``).

    A picture that is larger than ``picture_bytes``, ``picture_side`` (pixels of the longer
    side) or ``picture_pixels``, of another type, or outside of ``picture_ratio`` (width by
    height, least and most) is made to fit before it is handed to the provider.
    """

    text: int  # in the unit that `count` counts
    pictures: int
    picture_bytes: int
    picture_mimes: tuple[str, ...]
    alt: int  # characters
    picture_side: int | None = None
    picture_pixels: int | None = None
    picture_ratio: Shape | None = None
    video: VideoLimits | None = None  # None: Waypost cannot send one there
    counting: Counting = field(default_factory=lambda: Counting(kind="graphemes"))
    """How the text is counted, here and in the browser while a person types."""


@dataclass(frozen=True)
class Published:
    remote_id: str
    url: str


class Lookup(StrEnum):
    """Answers of :meth:`Publishes.find` when the post was not found."""

    ABSENT = "absent"  # proved: it never went out, sending again is safe
    CANNOT_TELL = "cannot_tell"  # ask the owner


# --- how to connect --------------------------------------------------------------


@dataclass(frozen=True)
class ConnectField:
    """One field of a connect form, or one choice made for a single post.

    With ``choices`` it is a list to choose from; ``kind="check"`` is a box to tick,
    whose value is ``True`` or ``False``.
    """

    name: str
    label: Text
    help: Text = ""
    secret: bool = False
    required: bool = True
    initial: str = ""
    choices: tuple[tuple[str, Text], ...] = ()
    placeholder: str = ""
    kind: Literal["text", "check"] = "text"


@dataclass(frozen=True)
class App:
    """Our registration at a server (OAuth client)."""

    host: str
    client_id: str
    client_secret: str


class Provider(ABC):
    """What every network says about itself."""

    id: ClassVar[str]
    name: ClassVar[Text]
    colour: ClassVar[str]  # #rrggbb, from the network's brand
    icon: ClassVar[str] = ""  # slug of the mark in simple-icons, empty: a letter
    blurb: ClassVar[Text]  # one sentence for the list of networks
    setup_help: ClassVar[Text]  # what to do at the network before connecting
    api_version: ClassVar[str] = ""
    costs_money_per_link: ClassVar[bool] = False
    fields: ClassVar[tuple[ConnectField, ...]] = ()  # asked at the start of the journey

    def display(self, settings: Mapping[str, Any]) -> Display:
        """How a connection with these ``settings`` is shown."""
        return Display(self.name, self.colour, self.icon)

    def remote_id_of(self, url: str, *, account_id: str) -> str:
        """The remote id of our own post at ``url``; empty where an address does not tell it."""
        return ""


class ConnectsByForm(ABC):
    """Connecting is one form of secrets."""

    @abstractmethod
    def connect(self, values: Mapping[str, str]) -> Connected:
        """Log in with the form's values.

        Raises ``Refused`` (with ``field``) for wrong values, ``Busy`` when the server
        cannot be reached.
        """


class ConnectsByOAuth(ABC):
    """Connecting is a journey to the network and back (authorization code, PKCE)."""

    @abstractmethod
    def host_of(self, values: Mapping[str, str]) -> str:
        """The https origin that the person means; raises ``Refused(field=…)``."""

    @abstractmethod
    def register(self, host: str, redirect_uri: str) -> App:
        """Register Waypost at ``host`` (done once per host and redirect address)."""

    @abstractmethod
    def authorize_url(self, app: App, *, redirect_uri: str, state: str, challenge: str) -> str:
        """Where to send the person; ``challenge`` is the S256 PKCE challenge."""

    @abstractmethod
    def exchange(self, app: App, *, code: str, redirect_uri: str, verifier: str) -> Connected:
        """Turn the code of the way back into credentials."""


class Refreshes(ABC):
    """The access token ends and can be renewed without the person."""

    refresh_ahead: ClassVar[timedelta] = timedelta(minutes=10)
    """How long before its end an access token is renewed; days where it lasts for weeks."""
    reuse: ClassVar[timedelta]
    """How long the network still takes a renewal token after it answered with a new one.

    Within it an answer that never reached our database (a crash, a cut connection) does no
    harm: the renewal is done again. With nothing of it, such a loss ends the connection, and
    a person must connect again.
    """

    @abstractmethod
    def refresh(self, credentials: Credentials) -> Renewed:
        """New secrets. Only an explicit refusal raises ``Disconnected``."""


# --- what it can do --------------------------------------------------------------


class Composes(ABC):
    """A person can write a post for it: it has limits, a counter and rules."""

    options: ClassVar[tuple[ConnectField, ...]] = ()  # asked for each post

    @abstractmethod
    def limits(self, settings: Mapping[str, Any]) -> Limits: ...

    def posts_a_day(self, settings: Mapping[str, Any]) -> int | None:
        """How many posts the network takes of one account within any 24 hours.

        ``None`` where it documents no such number; what it counts in calls or points it
        tells in the headers of its answers.
        """
        return None

    @abstractmethod
    def count(self, text: str, settings: Mapping[str, Any]) -> Count: ...

    @abstractmethod
    def check(self, post: Post, settings: Mapping[str, Any]) -> list[Problem]:
        """All reasons why the network would refuse ``post``; empty when it is fine."""


class Publishes(Composes):
    """Waypost can send to it.

    Staging is repeatable: ``steps`` names what must be prepared, ``stage`` does one
    step and answers a JSON-able result that is stored before the next. A step that waits
    for the network's own work raises ``Processing`` until that is done. ``publish`` is
    the one irreversible call and is made at most once per client key.
    """

    keys_are_names: ClassVar[bool] = False
    """The key is the post's own name, so that two calls at once cannot make two posts."""

    def price(self, step: str) -> Price:
        """What the call of ``step`` costs of the network's budgets.

        ``step`` is one of ``steps``, "find", or the name of a call that makes something
        visible, such as "publish".
        """
        return Price()

    @abstractmethod
    def new_key(self) -> str:
        """A fresh client key (rkey, Idempotency-Key …), stored before ``publish``."""

    def steps(self, post: Post) -> list[str]:
        """Names of the staging steps in order, e.g. ``["picture-0", "card"]``."""
        return []

    def stage(
        self, step: str, post: Post, credentials: Credentials, done: Mapping[str, Any]
    ) -> Json:
        """Do one step; ``done`` holds the results of the steps before it."""
        raise LookupError(step)

    @abstractmethod
    def publish(
        self, post: Post, credentials: Credentials, *, key: str, staged: Mapping[str, Any]
    ) -> Published:
        """Make the post visible."""

    @abstractmethod
    def find(
        self,
        post: Post,
        credentials: Credentials,
        *,
        key: str,
        staged: Mapping[str, Any],
        sent_at: datetime,
    ) -> Published | Lookup:
        """After an unknown outcome: is it there?

        ``sent_at`` (UTC) is when ``publish`` was called. Raises ``Busy`` when the
        network cannot be asked now.
        """

    def same_key_is_safe(
        self, settings: Mapping[str, Any], *, sent_at: datetime, now: datetime
    ) -> bool:
        """Whether ``publish`` may be called again with the key that was sent at ``sent_at``.

        True only where the network itself keeps a second post with the same key away;
        then an unknown outcome is cleared by sending again.
        """
        return False


class HandsOver(Composes):
    """A person posts it themselves; Waypost shows the finished text and asks for the link."""

    @abstractmethod
    def network_name(self, settings: Mapping[str, Any]) -> str: ...

    @abstractmethod
    def open_url(self, settings: Mapping[str, Any]) -> str:
        """Where the person goes to post."""


class Measures(ABC):
    """It tells numbers. Keys are the unified metric names of :data:`METRICS`."""

    account_metrics: ClassVar[tuple[str, ...]]
    post_metrics: ClassVar[tuple[str, ...]]

    @abstractmethod
    def measure_account(self, credentials: Credentials) -> dict[str, int]: ...

    @abstractmethod
    def measure_posts(
        self, credentials: Credentials, remote_ids: Sequence[str]
    ) -> dict[str, dict[str, int]]:
        """Current totals by remote id; a post that is gone is left out."""


METRICS = (
    "followers",
    "reach",
    "impressions",
    "views",
    "likes",
    "comments",
    "shares",
    "saves",
    "link_clicks",
)

"""What only some networks can do with a post: go on, be commented, change, go away.

Each is a small ABC beside those of :mod:`waypost.providers.base`, asked for with
``isinstance``. Whether one account can do it may depend on its server, so the first two
also answer with a number that may be 0.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from waypost.providers.base import Composes, Credentials, Post, Published


class Threads(ABC):
    """A post may go on in further parts, each an answer to the part before.

    A part is a ``Post`` with ``reply_to``; it is checked, counted, staged, published and
    looked for by the same methods as the first one.
    """

    @abstractmethod
    def further_parts(self, settings: Mapping[str, Any]) -> int:
        """How many parts may follow the first; 0 where this account can have none."""


class Comments(ABC):
    """We may write the first comment below our own post.

    It is a ``Post`` whose ``reply_to`` says ``as_comment``.
    """

    @abstractmethod
    def comment_limit(self, settings: Mapping[str, Any]) -> int:
        """Its longest text in the unit of ``count``; 0 where this account can have none."""


class Deletes(ABC):
    """A post of ours can be taken away."""

    @abstractmethod
    def delete(self, remote_id: str, credentials: Credentials) -> None:
        """Take it away. One that is gone already is no error, so it may be called again."""


class Edits(ABC):
    """The text of a post that is out can be changed, and people see that it was."""

    @abstractmethod
    def edit(self, remote_id: str, post: Post, credentials: Credentials) -> Published:
        """Write ``post`` over it; pictures stay. May be called again with the same post.

        Raises ``Refused`` when it is not there any more.
        """


class Recognises(ABC):
    """It can say whether the post behind a link is one of ours."""

    @abstractmethod
    def recognise(self, url: str, credentials: Credentials) -> Published:
        """The post of this account at ``url``.

        Raises ``Refused(field="url")`` with a sentence for the owner when there is none,
        ``Busy`` when the network cannot be asked now.
        """


def parts_after(composer: Composes, settings: Mapping[str, Any]) -> int:
    """How many further parts a post of this account may have."""
    return composer.further_parts(settings) if isinstance(composer, Threads) else 0


def comment_length(composer: Composes, settings: Mapping[str, Any]) -> int:
    """How long the first comment of this account may be; 0: it has none."""
    return composer.comment_limit(settings) if isinstance(composer, Comments) else 0

"""What becomes of one field when two people may have changed it: a three-way merge."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    KEEP = "keep"  # the stored value stands: the person changed nothing, or agrees with it
    WRITE = "write"
    JOIN = "join"  # both texts are written, one below the other
    CLASH = "clash"  # nothing is written before the person has chosen


class Choice(Enum):
    """What a person answered to a clash."""

    NONE = ""
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"

    @classmethod
    def read(cls, text: str) -> "Choice":
        return cls(text) if text in {each.value for each in cls} else cls.NONE


@dataclass(frozen=True)
class Trace:
    """Who changed a value last, and when, as far as it is known."""

    by: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Clash:
    """Somebody changed the field while this person was changing it."""

    name: str  # in the form's data
    theirs: str  # as it is read, not as it is stored
    seen: str  # fingerprint of theirs; what a choice refers to
    trace: Trace
    joins: bool  # whether the two texts can stand one below the other


def judge(new: str, was: str, stored: str, choice: Choice, seen: str) -> Verdict:
    """All are fingerprints: ``new`` of what came back, ``was`` of what had been shown,
    ``stored`` of what stands there now, ``seen`` of theirs when the choice was made.
    """
    if choice is Choice.THEIRS:
        return Verdict.KEEP
    if choice is not Choice.NONE and seen == stored:
        return Verdict.JOIN if choice is Choice.BOTH else Verdict.WRITE
    if new in {was, stored}:
        return Verdict.KEEP
    return Verdict.WRITE if stored == was else Verdict.CLASH


def joined(theirs: str, mine: str) -> str:
    """Both texts, the stored one first."""
    return "\n\n".join(text for text in (theirs.strip(), mine.strip()) if text)

"""What a file brings, whatever it was: plain values between reading and writing."""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class InCard:
    title: str
    stood_in: str  # name of the list or column it stood in
    source: str = ""  # names the card where it comes from, so that it comes once
    description: str = ""
    people: list[str] = field(default_factory=list)
    reviewer: str = ""
    labels: list[str] = field(default_factory=list)
    due: str = ""  # ISO day
    priority: str = ""
    role: str = ""
    hold_reason: str = ""
    is_done: bool = False
    is_closed: bool = False
    steps: list[tuple[str, bool]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)  # name, address
    comments: list[tuple[str, str, str]] = field(default_factory=list)  # who, when, text
    row: int = 0  # in the file

    @property
    def due_date(self) -> dt.date | None:
        return dt.date.fromisoformat(self.due) if self.due else None


@dataclass
class Incoming:
    name: str
    cards: list[InCard] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)  # name → colour
    notes: list[str] = field(default_factory=list)  # what was left out, and why

    @property
    def lists(self) -> list[str]:
        """In the order of the file."""
        return list(dict.fromkeys(card.stood_in for card in self.cards))

    @property
    def people(self) -> list[str]:
        named = (name for card in self.cards for name in (*card.people, card.reviewer) if name)
        return list(dict.fromkeys(named))

    def packed(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> "Incoming":
        cards = [
            InCard(
                **{
                    **card,
                    "steps": [(text, done) for text, done in card["steps"]],
                    "links": [(name, url) for name, url in card["links"]],
                    "comments": [(who, at, text) for who, at, text in card["comments"]],
                }
            )
            for card in kept["cards"]
        ]
        return cls(kept["name"], cards, kept["labels"], kept["notes"])

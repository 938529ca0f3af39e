"""What a person says about a file before it is brought in, and what is remembered of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from waypost.accounts.models import Business
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.moments import Order, order_in
from waypost.content.models import ImportMemory


@dataclass(frozen=True)
class Choices:
    """``channels`` goes from a plain word of the file to a connection's key, 0 for none."""

    columns: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    for_all: tuple[int, ...] = ()  # connections of every row that names no channel
    order: str = ""  # of days with slashes
    skip_pictures: bool = False  # those that have to be fetched

    def packed(self) -> dict[str, Any]:
        return {
            "columns": {str(place): name for place, name in self.columns.items()},
            "channels": dict(self.channels),
            "for_all": list(self.for_all),
            "order": self.order,
            "skip_pictures": self.skip_pictures,
        }

    @classmethod
    def unpacked(cls, data: Mapping[str, Any]) -> "Choices":
        return cls(
            {int(place): name for place, name in data.get("columns", {}).items()},
            data.get("channels", {}),
            tuple(data.get("for_all", ())),
            data.get("order", ""),
            bool(data.get("skip_pictures")),
        )


def first_choices(business: Business, file: CalendarFile) -> Choices:
    """What was said about the last file of this kind, else what the headings tell."""
    memory = business.calendar_memories.filter(headings=file.fingerprint).first()
    known = Choices.unpacked(memory.choices) if memory else Choices(file.part.columns)
    order = order_of_file(file, known.columns).known
    return replace(known, order=order, skip_pictures=False)


def order_of_file(file: CalendarFile, columns: Mapping[int, str]) -> Order:
    part = file.part.mapped(columns)
    return order_in(part.values(line).get("date") for line in part.lines)


def remember(business: Business, file: CalendarFile, choices: Choices) -> None:
    """Everything but the order of days: another file may be written otherwise."""
    kept = replace(choices, order="", skip_pictures=False)
    ImportMemory.objects.update_or_create(
        business=business, headings=file.fingerprint, defaults={"choices": kept.packed()}
    )

"""A state machine as a value: it stands above its model and is checked when it is made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices

from waypost.flow.one_statement import compare_and_set


class BrokenGraph(ValueError):
    """The moves do not make a sound state machine; raised at import."""


class NotAllowed(ValueError):
    """This move is not in the graph: a fault of the caller, not of the data."""


@dataclass(frozen=True)
class StateGraph:
    """Which state may follow which.

    Every state must be listed, reachable from ``initial``, and name only known states.
    """

    states: type[TextChoices]
    initial: str
    moves: Mapping[str, Iterable[str]]

    def __post_init__(self) -> None:
        known = set(self.states.values)
        listed = set(self.moves)
        if listed != known:
            raise BrokenGraph(f"states without a line, or unknown: {sorted(listed ^ known)}")
        for state, following in self.moves.items():
            if unknown := set(following) - known:
                raise BrokenGraph(f"{state} leads to unknown states {sorted(unknown)}")
        if lost := known - self._reachable():
            raise BrokenGraph(f"never reached from {self.initial}: {sorted(lost)}")

    def _reachable(self) -> set[str]:
        seen: set[str] = set()
        open_states = [str(self.initial)]
        while open_states:
            state = open_states.pop()
            if state not in seen:
                seen.add(state)
                open_states += [str(following) for following in self.moves[state]]
        return seen

    def allows(self, old: str, new: str) -> bool:
        return new in set(self.moves[old])

    @property
    def final(self) -> set[str]:
        """States that nothing leaves."""
        return {state for state, following in self.moves.items() if not list(following)}

    def move(
        self,
        row: Model,
        old: str,
        new: str,
        *,
        holding: Mapping[str, Any] | None = None,
        **changes: Any,
    ) -> bool:
        """Compare and set: True when this caller moved ``row`` from ``old`` to ``new``.

        False means that another process got there first; nothing was written then.
        ``holding`` names further columns that must still have these values, such as a
        lease. ``changes`` are written in the same statement. Raises ``NotAllowed`` for a
        move that the graph does not have.
        """
        if not self.allows(old, new):
            raise NotAllowed(f"{type(row).__name__}: {old} → {new}")
        changes = {"status": new, **changes}
        if not compare_and_set(row, {"status": old, **(holding or {})}, changes):
            return False
        for name, value in changes.items():
            setattr(row, name, value)
        return True

"""What personas say together: who is met where, and how different they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.market.completeness import fields_answered
from waypost.market.models import Channel, Persona


@dataclass(frozen=True)
class Reached:
    """One line of the matrix: whether a persona is met on each channel."""

    persona: Persona
    on: list[bool]


@dataclass(frozen=True)
class Matrix:
    channels: list[Channel]
    lines: list[Reached]

    @property
    def counts(self) -> list[int]:
        """How many are met on each channel."""
        return [sum(line.on[number] for line in self.lines) for number in range(len(self.channels))]

    @property
    def idle(self) -> list[Channel]:
        """Channels on which nobody is met."""
        pairs = zip(self.channels, self.counts, strict=True)
        return [channel for channel, count in pairs if not count]

    @property
    def missed(self) -> list[Persona]:
        """Those who are met nowhere."""
        return [line.persona for line in self.lines if not any(line.on)]


def matrix(personas: Sequence[Persona], channels: Sequence[Channel]) -> Matrix:
    """Of customers alone; their channels should be read already."""
    lines = [Reached(each, _met(each, channels)) for each in personas if not each.negative]
    return Matrix(list(channels), lines)


def _met(persona: Persona, channels: Sequence[Channel]) -> list[bool]:
    used = {channel.pk for channel in persona.channels.all()}
    return [channel.pk in used for channel in channels]


def next_step(personas: Sequence[Persona]) -> str:
    """Finish one, then make a different one; empty while there is none."""
    meant = [each for each in personas if not each.negative]
    for each in meant:
        done, asked = fields_answered(each)
        if done < asked:
            return _(
                "Finish %(name)s first (answered: %(done)d of %(asked)d), then create somebody"
                " entirely different."
            ) % {"name": each.name, "done": done, "asked": asked}
    if not meant:
        return ""
    if len(meant) == 1:
        return _(
            "Now create somebody entirely different: another age, another place, other worries."
        )
    return alike(meant)


def alike(personas: Sequence[Persona]) -> str:
    """What all of them have in common, so that the next one is different."""
    shared = []
    if len({each.gender for each in personas}) == 1 and personas[0].gender in {"female", "male"}:
        shared.append(_("gender"))
    if len({each.income for each in personas}) == 1 and personas[0].income:
        shared.append(_("income"))
    if len({each.location.casefold() for each in personas}) == 1 and personas[0].location:
        shared.append(_("place"))
    spans = [(each.age_from or each.age_to, each.age_to or each.age_from) for each in personas]
    known = [(start, end) for start, end in spans if start is not None and end is not None]
    if (
        len(known) == len(personas)
        and max(end for _s, end in known) - min(start for start, _e in known) < 10
    ):
        shared.append(_("age"))
    if not shared:
        return ""
    return _("All your personas share: %(what)s. Let the next one differ in that.") % {
        "what": ", ".join(shared)
    }

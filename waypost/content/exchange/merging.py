"""Rows of one post, one for each channel: what they say about the post must be the same."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from waypost.content.exchange.columns import HEADINGS
from waypost.content.exchange.told import Fault, Told

PER_CHANNEL = {"text"}


def merged(group: Sequence[Told]) -> Told:
    """The first row with what only others say; raises ``Fault`` where two contradict."""
    first = group[0]
    for row in group[1:]:
        for name in row.values:
            if name not in PER_CHANNEL and row.values[name] != first.values[name]:
                raise Fault("", _contradiction(first, row, str(HEADINGS[name])))
        if row.when != first.when:
            raise Fault("", _contradiction(first, row, str(HEADINGS["date"])))
        if row.pictures != first.pictures:
            raise Fault("", _contradiction(first, row, str(HEADINGS["pictures"])))
    channels = dict.fromkeys(each for row in group for each in row.channels)
    return replace(first, channels=tuple(channels))


def _contradiction(first: Told, row: Told, heading: str) -> str:
    return _(
        "Rows %(one)s and %(other)s have one number, so they are one post, but “%(column)s”"
        " differs. Write the same in both."
    ) % {"one": first.line, "other": row.line, "column": heading}

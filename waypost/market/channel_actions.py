"""Verbs on channels and on the minutes that content takes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.market.channel_words import AIMS, habit, usual_metrics
from waypost.market.kinds import USUAL_MINUTES
from waypost.market.models import Channel, KindMinutes
from waypost.market.ordering import last_position

MIX = "mix_"  # before the kind, in the names of changes


@transaction.atomic
def add_channel(
    business: Business, *, name: str, network: str, aim: str, by: User | None
) -> Channel:
    """A channel below the others, with what is usual for its network and aim.

    Raises ``Refusal`` (field ``name``) for a name that another channel has.
    """
    if business.channels.filter(name__iexact=name.strip()).exists():
        raise Refusal(_("There is a channel of this name already."), field="name")
    return Channel.objects.create(
        business=business,
        name=name.strip(),
        network=network,
        standing=AIMS[aim].standing if aim in AIMS else Channel.Standing.SECONDARY,
        does_support=aim == "help",
        posts_per_week=habit(network).posts,
        metrics=usual_metrics(network, aim),
        position=last_position(business.channels.all()),
        updated_by=by,
    )


def edit_channel(channel: Channel, changes: Mapping[str, Any], *, by: User | None) -> None:
    """Write fields of the channel; ``mix_<kind>`` is a number of posts a week, or None.

    Of several primary channels each stays one: a business may sell in two places.
    """
    mix: dict[str, Any] = dict(channel.content_mix)
    for name, value in changes.items():
        if not name.startswith(MIX):
            setattr(channel, name, value)
        elif value:
            mix[name.removeprefix(MIX)] = _number(value)
        else:
            mix.pop(name.removeprefix(MIX), None)
    channel.content_mix, channel.updated_by = mix, by
    channel.save()


def _number(value: Decimal) -> int | float:
    """As JSON writes it."""
    return int(value) if value == int(value) else float(value)


@transaction.atomic
def set_minutes(business: Business, minutes: Mapping[str, int | None]) -> None:
    """How long one piece of each kind takes here; what is empty or usual is not kept."""
    for kind, number in minutes.items():
        if number is None or number == USUAL_MINUTES[kind]:
            business.kind_minutes.filter(kind=kind).delete()
        else:
            KindMinutes.objects.update_or_create(
                business=business, kind=kind, defaults={"minutes": number}
            )

"""What the pages of publishing show."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.connections.models import Connection
from waypost.content.models import Item, Variant
from waypost.publishing import parts, recalling
from waypost.publishing.attempts import Line, lines
from waypost.publishing.forms import FoundForm
from waypost.publishing.models import ATTENTION, COMMENT, Change, Delivery, Status


@dataclass(frozen=True)
class Piece:
    """The post on a channel, a further part of it or its first comment, and how that went."""

    number: int  # of the part
    text: str
    delivery: Delivery | None
    attempts: list[Line]
    found_form: FoundForm | None

    @property
    def name(self) -> str:
        """What tells it from the other pieces; parts are numbered as readers count them."""
        if self.number == COMMENT:
            return _("First comment")
        return _("Part %(number)d") % {"number": self.number + 1}

    @property
    def status(self) -> str:
        return self.delivery.status if self.delivery else ""

    @property
    def state(self) -> str:
        """The word for it; empty before the item falls due."""
        if self.delivery and self.delivery.processing_since and self.status == Status.SCHEDULED:
            return Status.STAGING
        return self.status

    @property
    def doing(self) -> str:
        """What is being done with a post that is out."""
        change = self.delivery.change if self.delivery else ""
        return str(Change(change).label) if change else ""

    @property
    def is_comment(self) -> bool:
        return self.number == COMMENT

    @property
    def can_retry(self) -> bool:
        return self.status in (Status.FAILED, Status.BLOCKED)

    @property
    def is_unclear(self) -> bool:
        return self.status == Status.UNCONFIRMED

    @property
    def is_your_turn(self) -> bool:
        return self.status == Status.YOUR_TURN

    @property
    def can_edit(self) -> bool:
        return self.delivery is not None and recalling.may_edit(self.delivery)


@dataclass(frozen=True)
class ChannelRow:
    """One channel of an item: what it gets and how that went."""

    connection: Connection
    pieces: list[Piece]

    @property
    def post(self) -> Piece:
        return self.pieces[0]

    @property
    def further(self) -> list[Piece]:
        return self.pieces[1:]

    @property
    def thread(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.is_comment]

    @property
    def is_thread(self) -> bool:
        return len(self.thread) > 1

    @property
    def out(self) -> int:
        """How many parts of the thread stand on the network."""
        return sum(piece.status == Status.PUBLISHED for piece in self.thread)

    @property
    def state(self) -> str:
        """The word for the whole: of the first piece that is not out, when there is one."""
        undone = (
            piece.state
            for piece in self.pieces
            if piece.status not in (Status.PUBLISHED, Status.WITHDRAWN, Status.WAITING)
        )
        return next(undone, self.post.state)

    @property
    def waits_for_person(self) -> bool:
        return any(piece.status in ATTENTION for piece in self.pieces)

    @property
    def can_delete(self) -> bool:
        sent = [piece.delivery for piece in self.pieces if piece.delivery]
        is_sure = all(each.status not in recalling.UNDER_WAY for each in sent)
        return is_sure and any(recalling.may_delete(each) for each in sent)

    @property
    def moves(self) -> bool:
        """Whether something is being done that the page should follow."""
        return any(piece.doing for piece in self.pieces)


def channel_rows(item: Item, found_forms: Mapping[int, FoundForm]) -> list[ChannelRow]:
    """Every channel that the item goes to, or went to, in a fixed order."""
    deliveries: dict[int, dict[int, Delivery]] = {}
    rows = Delivery.objects.filter(item=item).select_related("connection")
    for each in rows.prefetch_related("attempts"):
        deliveries.setdefault(each.connection_id, {})[each.part] = each
    variants = {
        each.connection_id: each
        for each in Variant.objects.filter(item=item).select_related("connection")
    }
    return [
        _row(item, variants.get(channel), deliveries.get(channel, {}), found_forms)
        for channel in dict.fromkeys([*variants, *deliveries])
        if channel in variants or _was_sent(deliveries[channel])
    ]


def _was_sent(deliveries: Mapping[int, Delivery]) -> bool:
    return any(each.status != Status.WITHDRAWN for each in deliveries.values())


def _row(
    item: Item,
    variant: Variant | None,
    deliveries: Mapping[int, Delivery],
    found_forms: Mapping[int, FoundForm],
) -> ChannelRow:
    source = variant or next(iter(deliveries.values()))
    if variant is not None:
        variant.item = item
    else:
        variant = Variant(item=item, connection=source.connection)
    numbers = {0, *deliveries, *parts.written(variant)}
    return ChannelRow(
        connection=source.connection,
        pieces=[
            _piece(variant, number, deliveries.get(number), found_forms)
            for number in sorted(numbers)
        ],
    )


def _piece(
    variant: Variant, number: int, delivery: Delivery | None, found_forms: Mapping[int, FoundForm]
) -> Piece:
    form = None
    if delivery and delivery.status in (Status.UNCONFIRMED, Status.FAILED):
        form = found_forms.get(delivery.pk) or FoundForm(prefix=f"d{delivery.pk}")
    return Piece(
        number=number,
        text=parts.text_of(variant, number),
        delivery=delivery,
        attempts=lines(delivery.attempts.all()) if delivery else [],
        found_form=form,
    )

"""Verbs on items: writing them, deciding about them, and what publishing says of them."""

from waypost.content.actions.deciding import (
    approve,
    back_to_draft,
    cancel,
    may,
    move,
    restore,
    schedule,
    submit_for_review,
    unschedule,
)
from waypost.content.actions.handing_over import hand_over_items
from waypost.content.actions.outcomes import (
    back_to_scheduled,
    mark_failed,
    mark_published,
    mark_skipped,
    reopen,
    start_publishing,
)
from waypost.content.actions.placing import place
from waypost.content.actions.queueing import (
    add_to_queue,
    leave_queue,
    reorder,
    shuffle,
    skip,
    step,
)
from waypost.content.actions.writing import (
    ChannelDraft,
    Clash,
    Draft,
    PictureDraft,
    bring_back,
    correct,
    rewrite,
    write,
)
from waypost.content.posts import problems

__all__ = [
    "ChannelDraft",
    "Clash",
    "Draft",
    "PictureDraft",
    "add_to_queue",
    "approve",
    "back_to_draft",
    "back_to_scheduled",
    "bring_back",
    "cancel",
    "correct",
    "hand_over_items",
    "leave_queue",
    "mark_failed",
    "mark_published",
    "mark_skipped",
    "may",
    "move",
    "place",
    "problems",
    "reopen",
    "reorder",
    "restore",
    "rewrite",
    "schedule",
    "shuffle",
    "skip",
    "start_publishing",
    "step",
    "submit_for_review",
    "unschedule",
    "write",
]

"""Which state a post of a file may have, and what is said where it may not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, Member, User
from waypost.connections.models import Health
from waypost.content.actions import Draft
from waypost.content.actions.approving import approvers
from waypost.content.actions.deciding import GRACE
from waypost.content.exchange.told import Fault
from waypost.content.models import MOVABLE, Item, Status
from waypost.content.posts import media_of
from waypost.kit.screen import status_word
from waypost.providers.base import Post

ON_ITS_WAY = {Status.PUBLISHING, Status.FAILED}
GUARDED = {Status.APPROVED, Status.SCHEDULED}
FROM: Mapping[str, tuple[str, ...]] = {
    Status.DRAFT: (
        Status.IDEA,
        Status.IN_REVIEW,
        Status.APPROVED,
        Status.SCHEDULED,
        Status.CANCELLED,
    ),
    Status.IN_REVIEW: (Status.IDEA, Status.DRAFT, Status.APPROVED),
    Status.APPROVED: (Status.DRAFT, Status.IN_REVIEW),
    Status.SCHEDULED: (Status.IDEA, Status.DRAFT, Status.APPROVED),
    Status.CANCELLED: MOVABLE,
}
"""Where a file may lead a post that is here, and from where."""


@dataclass(frozen=True)
class Start:
    """What the person who brings the file may decide."""

    by: int  # key of the person
    may_approve: bool
    approves_own: bool  # nobody else could
    member: Member | None = None
    pictures_follow: bool = False  # some still have to be fetched

    @classmethod
    def of(cls, business: Business, by: User) -> "Start":
        member = business.members.filter(user=by).first()
        may = member is not None and member.may("content.approve")
        return cls(by.pk, may, may and len(approvers(business)) <= 1, member)

    def refuse_channels(self, draft: Draft) -> None:
        """Whoever works on some accounts only brings no post for others; raises ``Fault``."""
        barred = [
            str(each.connection)
            for each in draft.channels
            if self.member and not self.member.may_use(each.connection.pk)
        ]
        if barred:
            said = _("You do not work on %(channels)s. Take the row out, or ask an owner.")
            raise Fault("channel", said % {"channels": ", ".join(barred)})

    def of_new(self, told: str, draft: Draft) -> tuple[str, Sequence[str]]:
        """The state that a new post gets, and why it is not the one that the file says."""
        if told == Status.PUBLISHED:
            if draft.due_at is None or draft.due_at > timezone.now():
                raise Fault("status", _("A post that is published needs a day in the past."))
            return told, [_("It counts as published. Waypost does not send it.")]
        if told in ON_ITS_WAY:
            return Status.DRAFT, [_("Nobody knows whether it went out, so it becomes a draft.")]
        if told == Status.APPROVED and not self.approves_own:
            return Status.IN_REVIEW, [_("Somebody else has to approve it, so it goes to review.")]
        if told == Status.SCHEDULED and (why := self.why_not_scheduled(draft)):
            return Status.DRAFT, [_("It becomes a draft: %(why)s") % {"why": why}]
        return told or Status.DRAFT, []

    def why_not_scheduled(self, draft: Draft) -> str:
        """As a part of a sentence; empty when it can be."""
        if not self.may_approve:
            return _("your role may not schedule posts.")
        if draft.due_at is None:
            return _("it has no day.")
        if draft.due_at < timezone.now() - GRACE:
            return _("its time is past.")
        if not draft.channels:
            return _("it goes to no channel.")
        return next(_problems(draft, self.pictures_follow), "")


def wanted_state(item: Item, told: str, draft: Draft, start: Start) -> str:
    """The state that a post shall be moved to, empty for none; raises ``Fault``."""
    if not told or told == item.status:
        return ""
    if item.status not in FROM.get(told, ()):
        message = _("It is “%(old)s” now; a file cannot make it “%(new)s”.")
        words = {"old": status_word(item.status), "new": status_word(told)}
        raise Fault("status", message % words)
    if (told in GUARDED or item.status in GUARDED) and not start.may_approve:
        raise Fault("status", _("Your role does not allow this. Ask an editor or the owner."))
    if told == Status.APPROVED and item.author_id == start.by and not start.approves_own:
        raise Fault("status", _("You wrote this post, so somebody else approves it."))
    if told == Status.SCHEDULED and (why := start.why_not_scheduled(draft)):
        raise Fault("status", _("It cannot be scheduled: %(why)s") % {"why": why})
    return told


def _problems(draft: Draft, pictures_follow: bool) -> Iterator[str]:
    """What the networks would refuse; no query. Pictures that are not here yet may mend it."""
    shown = [(use.asset, use.alt) for use in draft.pictures]
    for each in draft.channels:
        connection = each.connection
        if connection.health != Health.CONNECTED:
            yield _("%(channel)s must be connected again.") % {"channel": connection}
        pictures, videos = media_of(shown, connection)
        text = each.text or draft.text
        post = Post(text, draft.link, draft.language, pictures, each.options, videos=videos)
        for problem in connection.composer.check(post, connection.settings):
            if not (pictures_follow and problem.field == "pictures"):
                yield f"{connection}: {problem.message}"

"""Somebody leaves the business: what they hold, to whom it goes, and the end of their access.

All of it happens at once or not at all. What is over (goals archived, posts published, tasks
done) keeps its name: it is history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from waypost.accounts import actions as accounts
from waypost.accounts import staffing
from waypost.accounts.hat_actions import hand_over_hats
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Member, User
from waypost.accounts.staffing import Staff, Worn
from waypost.board.actions import hand_over_tasks
from waypost.board.models import Task
from waypost.content.actions import hand_over_items
from waypost.content.models import Item
from waypost.goals.actions import hand_over_goals, hand_over_initiatives, sharing
from waypost.goals.models import Goal, Initiative, RoadmapLink
from waypost.kit.errors import Refusal

KINDS = {
    "goals": _("Goals"),
    "initiatives": _("Initiatives"),
    "tasks": _("Tasks"),
    "upcoming": _("Posts with a time"),
    "drafts": _("Drafts and ideas"),
}
NOBODY = 0  # key of "nobody for now" among the choices


@dataclass(frozen=True)
class Bundle:
    """Things that go to one successor: a hat with its work, or everything else of one kind."""

    key: str
    title: str
    usual: Member | None  # who gets it unless somebody else is chosen
    worn: Worn | None = None
    things: Sequence[Any] = ()


@dataclass(frozen=True)
class Leaving:
    """What ``member`` holds; each list is read already."""

    member: Member
    staff: Staff
    goals: list[Goal]
    initiatives: list[Initiative]
    tasks: list[Task]
    items: list[Item]
    links: list[RoadmapLink] = field(default_factory=list)

    @cached_property
    def others(self) -> list[Member]:
        """Who may take something over."""
        return [each for each in self.staff.members if each.pk != self.member.pk]

    @cached_property
    def hats(self) -> list[Worn]:
        return self.staff.worn_of(self.member)

    @property
    def backs_up(self) -> list[Worn]:
        return [worn for worn in self.staff.hats if worn.row.backup_id == self.member.pk]

    @cached_property
    def usual(self) -> Member | None:
        """Who steps in for them most, else who leads, else another owner."""
        backups = [worn.row.backup for worn in self.hats if worn.row.backup]
        if backups:
            return max(backups, key=backups.count)
        lead = self.staff.rows.get(Hat.LEAD)
        if lead and lead.holder and lead.holder.pk != self.member.pk:
            return lead.holder
        return next((each for each in self.others if each.may("accounts.manage")), None)

    @cached_property
    def bundles(self) -> list[Bundle]:
        rest: dict[str, Sequence[Any]] = {
            "goals": self.goals,
            "initiatives": [each for each in self.initiatives if not self._hat_of(each)],
            "tasks": [each for each in self.tasks if not self._hat_of(each.initiative)],
            "upcoming": [each for each in self.items if each.due_at],
            "drafts": [each for each in self.items if not each.due_at],
        }
        kinds = [Bundle(key, str(KINDS[key]), self.usual, things=rest[key]) for key in KINDS]
        return [*map(self._of_hat, self.hats), *(each for each in kinds if each.things)]

    def _of_hat(self, worn: Worn) -> Bundle:
        own = [each for each in self.initiatives if each.owner_role == worn.hat]
        todo = [each for each in self.tasks if self._hat_of(each.initiative) == worn.hat]
        usual = worn.row.backup or self.usual
        return Bundle(worn.hat.value, str(worn.hat.label), usual, worn, [*own, *todo])

    def _hat_of(self, initiative: Initiative | None) -> str:
        """The hat of theirs that an initiative goes with; empty when it goes with none."""
        role = initiative.owner_role if initiative else ""
        return role if role in {worn.hat.value for worn in self.hats} else ""


@dataclass(frozen=True)
class Passed:
    """How much went to somebody else."""

    hats: int
    things: int


def gather(business: Business, member: Member) -> Leaving:
    """Seven queries, whatever they hold."""
    user = member.user
    return Leaving(
        member=member,
        staff=staffing.read(business),
        goals=list(business.goals.held_by(user)),
        initiatives=list(business.initiatives.held_by(user)),
        tasks=list(business.tasks.held_by(user).select_related("initiative")),
        items=list(business.items.held_by(user)),
        links=list(sharing.active_links(business).filter(created_by=user)),
    )


@transaction.atomic
def leave(
    leaving: Leaving,
    successors: Mapping[str, Member | None],
    *,
    close_links: bool,
    by: User,
) -> Passed:
    """Hand everything over and end the membership.

    ``successors`` goes by the key of a bundle; what is not named goes the usual way, also
    what was given to them after the page was opened. Raises ``Refusal`` for the last owner.
    """
    business, user = leaving.member.business, leaving.member.user
    to = {each.key: successors.get(each.key, each.usual) for each in leaving.bundles}
    to = {key: to.get(key, leaving.usual) for key in (*Hat.values, *KINDS)}
    if leaving.member in to.values():
        raise Refusal(str(_("What they leave must go to somebody else.")))
    things = 0
    for worn in leaving.hats:
        hat = worn.hat.value
        given: dict[str, Any] = {"from_user": user, "to_user": _user(to[hat]), "hat": hat}
        things += hand_over_tasks(business, **given)
        things += hand_over_initiatives(business, **given)
    things += hand_over_tasks(business, from_user=user, to_user=_user(to["tasks"]))
    things += hand_over_initiatives(business, from_user=user, to_user=_user(to["initiatives"]))
    things += hand_over_goals(business, from_user=user, to_user=_user(to["goals"]))
    for key, drafts in (("drafts", True), ("upcoming", False)):
        things += hand_over_items(
            business, from_user=user, to_user=_user(to[key]), without_time=drafts
        )
    hats = hand_over_hats(leaving.member, to, by=by)
    if close_links:
        for link in leaving.links:
            sharing.revoke(link)
    accounts.remove_member(leaving.member, by=by)
    return Passed(hats, things)


def _user(member: Member | None) -> User | None:
    return member.user if member else None

"""Whether somebody else can look at a task before it is done."""

from dataclasses import dataclass

from waypost.accounts import staffing
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import PERMISSIONS
from waypost.accounts.staffing import Staff

WORKING = tuple(role for role, names in PERMISSIONS.items() if "board.write" in names)


@dataclass(frozen=True)
class Team:
    staff: Staff

    @property
    def workers(self) -> list[Member]:
        """Who may move tasks."""
        return [each for each in self.staff.members if each.role in WORKING]

    @property
    def is_solo(self) -> bool:
        """One person alone, or one who wears every hat: review may be skipped."""
        return len(self.workers) < 2 or self.staff.solo is not None

    @property
    def shares_work(self) -> bool:
        """Somebody other than who did it can review."""
        return len(self.workers) > 1

    def usual_reviewer(self, assignee: User | None) -> User | None:
        """Who leads, else an owner, else anybody; never who did the task."""
        lead = self.staff.rows.get(Hat.LEAD)
        wanted = [lead.holder] if lead and lead.holder else []
        owners = [each for each in self.workers if each.may("accounts.manage")]
        for member in (*wanted, *owners, *self.workers):
            if assignee is None or member.user_id != assignee.pk:
                return member.user
        return None


def team_of(business: Business) -> Team:
    """Two queries."""
    return Team(staffing.read(business))

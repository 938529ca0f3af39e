"""The demo's report on the month before: answered, partly on the board, and signed."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone, translation

from waypost.accounts.models import Business, User
from waypost.home.demo.story import Story
from waypost.reviews import actions
from waypost.reviews.models import Report
from waypost.reviews.times import month_of


def load_report(story: Story, business: Business, people: Mapping[str, User], *, by: User) -> None:
    """The numbers must be there: they are kept as they are now."""
    told = story["report"]
    today = timezone.localdate(timezone=story.zone)
    month = story.month(date.fromisoformat(f"{told['month']}-01"))
    if month_of(month).last >= today:  # laid out for a day that has not come yet
        return
    report = actions.start(business, month_of(month), by=by)
    answers = {name: story.told(told[name]) for name in Report.ANSWERS}
    actions.answer(report, answers, by=by)
    with translation.override(story.language):
        for each in told["tasks"]:
            actions.make_task(
                report,
                question="next",
                text=report.lines("next")[each["line"]],
                assignee=people[each["who"]],
                due_date=today + timedelta(days=each["in_days"]),
                by=by,
            )
    actions.sign(report, by=by)

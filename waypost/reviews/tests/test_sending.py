"""The report of a month goes out by itself, to those who chose it."""

import datetime as dt

import pytest
from django.core import mail

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.notices import sending
from waypost.notices.actions import choose
from waypost.notices.kinds import Kind, Way
from waypost.notices.models import Notice
from waypost.reviews import actions
from waypost.reviews.actions.reminding import remind
from waypost.reviews.actions.sending import send_reports
from waypost.reviews.models import Report
from waypost.reviews.tests.world import publish
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SECOND = dt.datetime(2026, 10, 2, 7, 37, tzinfo=dt.UTC)  # 9:37 in Ljubljana


def told() -> list[tuple[User, str]]:
    rows = Notice.objects.filter(kind=Kind.REPORT_OUT).order_by("pk")
    return [(notice.user, notice.thing) for notice in rows]


def by_mail(user: User) -> None:
    choose(user, [(Kind.REPORT_OUT, Way.MAIL)])


def test_nobody_gets_a_report_who_did_not_ask_for_it(business: Business, owner: User) -> None:
    send_reports(SECOND)
    assert told() == []
    assert not Report.objects.exists()


def test_who_chose_it_gets_a_mail_with_a_link_once(
    business: Business, owner: User, editor: User
) -> None:
    by_mail(editor)
    for hours in range(60):
        send_reports(SECOND + dt.timedelta(hours=hours))
    assert told() == [(editor, "September 2026")]
    sending.send_due(SECOND + dt.timedelta(days=30))
    [letter] = mail.outbox
    report = Report.objects.get()
    assert letter.to == [editor.email]
    assert letter.subject == "Candle shop: The report is there: September 2026"
    assert f"/b/{business.slug}/reviews/{report.pk}/" in letter.body
    assert "Nobody has signed it yet" in letter.body


def test_the_report_that_was_written_goes_out(
    business: Business, owner: User, report: Report
) -> None:
    actions.sign(report, by=owner)
    by_mail(owner)
    send_reports(SECOND)
    assert Report.objects.get() == report
    notice = Notice.objects.get(kind=Kind.REPORT_OUT)
    assert (notice.url.endswith(f"/reviews/{report.pk}/"), notice.why) == (True, "")


@pytest.mark.parametrize(
    ("day", "hour", "number"), [(1, 12, 0), (2, 5, 0), (2, 6, 1), (5, 12, 1), (6, 12, 0)]
)
def test_it_goes_out_on_the_second_or_soon_after(
    business: Business, owner: User, day: int, hour: int, number: int
) -> None:
    by_mail(owner)
    send_reports(dt.datetime(2026, 10, day, hour, 37, tzinfo=dt.UTC))
    assert len(told()) == number


def test_a_person_of_two_businesses_gets_both_and_no_other(business: Business, owner: User) -> None:
    second, _third = factories.make_business(owner=owner), factories.make_business()
    by_mail(owner)
    send_reports(SECOND)
    places = set(Notice.objects.values_list("business", "user"))
    assert places == {(business.pk, owner.pk), (second.pk, owner.pk)}
    assert Report.objects.count() == 2


def test_a_demo_sends_nothing(business: Business, owner: User) -> None:
    Business.objects.update(is_demo=True)
    by_mail(owner)
    send_reports(SECOND)
    assert told() == []


def test_what_waypost_began_keeps_no_reminder_back(
    business: Business, owner: User, channel: Connection
) -> None:
    publish(channel, dt.date(2026, 9, 9), 4)
    by_mail(owner)
    send_reports(SECOND)
    remind(SECOND)
    assert Notice.objects.filter(kind=Kind.REPORT, thing="September 2026").count() == 1

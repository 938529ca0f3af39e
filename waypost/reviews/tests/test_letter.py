"""The report in a mail: as short as a phone, with the numbers of the page and the PDF."""

import datetime as dt
import io
import re
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.notices import sending
from waypost.notices.actions import choose
from waypost.notices.kinds import Kind, Way
from waypost.reviews import actions
from waypost.reviews.actions.sending import send_reports
from waypost.reviews.chapters import channel_table, sentence, summary
from waypost.reviews.models import Report
from waypost.reviews.tests.world import ANSWERS, RICH, rich
from waypost.tests.factories import make_goal

pytestmark = pytest.mark.django_db
SECOND = dt.datetime(2026, 10, 2, 7, 37, tzinfo=dt.UTC)
SENT = SECOND + dt.timedelta(days=30)


@pytest.fixture
def written(report: Report, owner: User) -> Report:
    """September with numbers of every shape; its owner wants the mail."""
    choose(owner, [(Kind.REPORT_OUT, Way.MAIL)])
    return rich(report)


def sent() -> Any:
    send_reports(SECOND)
    sending.send_due(SENT)
    [letter] = mail.outbox
    return letter


def words(letter: Any) -> str:
    """What stands in the HTML of a letter."""
    [(page, kind)] = letter.alternatives
    assert kind == "text/html"
    return unescape(re.sub(r"<[^>]+>", "\n", page))


def test_both_forms_say_the_numbers_of_the_report(written: Report) -> None:
    letter = sent()
    for told in (letter.body, words(letter)):
        for card in summary(RICH).cards:
            assert card.value in told
        for channel in RICH.channels:
            assert channel.name in told
            assert sentence(channel) in told
        assert "Slightly behind: 8,640, target 12,000\u00a0followers; 44.1\u00a0%" in told


def test_both_forms_say_the_answers_and_what_is_next(written: Report) -> None:
    letter = sent()
    lines = ["Write to six influencers", "Film the reels", "Write captions on Thursdays"]
    why = "Partly. Facebook costs more than it brings."
    for told in (letter.body, words(letter)):
        assert [each for each in (ANSWERS["result"], why, *lines) if each not in told] == []


def test_the_whole_report_is_attached_as_pdf(written: Report) -> None:
    letter = sent()
    [(name, content, kind)] = letter.attachments
    assert (name, kind) == (f"{written.business.slug}-report-2026-09.pdf", "application/pdf")
    assert io.BytesIO(content).read(5) == b"%PDF-"


def test_the_button_opens_the_report_and_the_foot_ends_the_mail(written: Report) -> None:
    [(page, _kind)] = sent().alternatives
    path = reverse("reviews:report", args=[written.business.slug, written.pk])
    first, last = re.findall(r'href="http://127\.0\.0\.1:8000([^"]+)"', page)
    assert first == path
    assert last.startswith("/notices/off/")


def test_a_draft_says_that_it_is_one_and_a_signed_report_who_signed_it(
    written: Report, owner: User
) -> None:
    assert "Nobody has signed it yet" in words(sent())
    mail.outbox.clear()
    Report.objects.all().delete()
    owner.notices.all().delete()
    report = actions.start(written.business, written.period, by=owner)
    actions.answer(report, ANSWERS, by=owner)
    actions.sign(report, by=owner)
    told = words(sent())
    assert "Nobody has signed it yet" not in told
    assert f"Version 1, signed by {owner}" in told


def test_what_is_being_written_after_the_signature_stays_out_of_the_mail(
    written: Report, owner: User
) -> None:
    actions.sign(written, by=owner)
    actions.answer(written, {"result": "Not yet for everybody"}, by=owner)
    letter = sent()
    for told in (letter.body, words(letter)):
        assert "Not yet for everybody" not in told
        assert ANSWERS["result"] in told


def test_it_speaks_the_language_of_the_reader(written: Report, owner: User) -> None:
    User.objects.filter(pk=owner.pk).update(language="sl")
    letter = sent()
    for told in (letter.body, words(letter)):
        assert "Sledilci +1,7\u00a0%, doseg +21\u00a0%, interakcije +31,1\u00a0%, 14 objav." in told
        assert "Celotno poročilo je priloženo kot PDF." in told


def test_a_report_that_is_removed_meanwhile_leaves_a_plain_mail(written: Report) -> None:
    send_reports(SECOND)
    Report.objects.all().delete()
    sending.send_due(SENT)
    letter: Any
    [letter] = mail.outbox
    assert (letter.alternatives, letter.attachments) == ([], [])
    assert "The report is there: September 2026." in letter.body


def test_a_month_without_anything_is_a_short_mail_and_no_error(
    business: Business, owner: User
) -> None:
    choose(owner, [(Kind.REPORT_OUT, Way.MAIL)])
    told = words(sent())
    assert "No channel has numbers of this time yet." in told
    assert "What is next" not in told


def test_a_goal_without_a_value_says_only_how_it_stands(business: Business, owner: User) -> None:
    choose(owner, [(Kind.REPORT_OUT, Way.MAIL)])
    make_goal(business, title="12,000 followers", start_date=dt.date(2026, 9, 1))
    told = [line for line in words(sent()).split("\n") if line]
    assert told[told.index("12,000 followers") + 1] == "No data yet"


def test_the_mail_never_says_more_than_the_page(written: Report) -> None:
    """Its numbers are those of the chapters, not others that were formatted anew."""
    table = {
        cell for channel in RICH.channels for row in channel_table(channel).rows for cell in row
    }
    told = sentence(RICH.channels[0])
    assert set(re.findall(r"[+−][\d,.]+\u00a0%", told)) <= table

"""The list, the report with its questions, signed versions."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.reviews import actions
from waypost.reviews.figures import packed
from waypost.reviews.models import Report
from waypost.reviews.tests.world import ANSWERS, RICH, SEPTEMBER, rich
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"reviews:{name}", args=[business.slug, *args])


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_an_empty_list_says_what_will_be_here_and_starts_the_month_before(
    business: Business, owner: User, sign_in: SignIn
) -> None:
    page = text(sign_in(owner).get(url(business, "list")))
    assert "No report yet" in page
    assert "Start report for September 2026" in page


def test_one_click_starts_the_report_of_last_month(
    business: Business, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    sent = {"from": "2026-09-01", "to": "2026-09-30"}
    answer = client.post(url(business, "start"), sent)
    report = business.reports.get()
    assert report.period == SEPTEMBER
    assert answer.headers["Location"] == url(business, "report", report.pk)
    assert "Start report for September" not in text(client.get(url(business, "list")))


def test_a_time_that_is_not_over_is_refused_beside_its_field(
    business: Business, owner: User, sign_in: SignIn
) -> None:
    sent = {"from": "2026-10-01", "to": "2026-10-31"}
    answer = sign_in(owner).post(url(business, "start"), sent)
    assert answer.status_code == 422
    assert "choose a last day before today" in text(answer)
    assert not business.reports.exists()


def test_the_numbers_of_the_report_stand_on_its_page(
    report: Report, owner: User, sign_in: SignIn
) -> None:
    rich(report)
    page = text(sign_in(owner).get(url(report.business, "report", report.pk)))
    for shown in ("12,000 German followers", "+255", "+0.8 points", "Carousel: wax", "1,313.45"):
        assert shown in page


def test_answers_save_themselves(report: Report, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner)
    page = client.get(url(report.business, "report", report.pk))
    form = page.context["form"]
    sent = {f"was-{name}": was for name, was in form.was.items()} | ANSWERS
    sent |= {"result": "Better than ever", "careful-user": str(owner.pk)}
    answer = client.post(
        url(report.business, "report", report.pk), sent, headers={"X-Autosave": "1"}
    )
    assert answer.json()["written"] == ["result"]
    report.refresh_from_db()
    assert (report.result, report.next, report.updated_by) == (
        "Better than ever",
        ANSWERS["next"],
        owner,
    )


def test_a_week_shows_two_questions(business: Business, owner: User, sign_in: SignIn) -> None:
    client = sign_in(owner)
    client.post(url(business, "start"), {"from": "2026-10-05", "to": "2026-10-11"})
    page = client.get(url(business, "report", business.reports.get().pk))
    assert list(page.context["form"].fields) == ["result", "next"]


def test_each_line_has_a_button_until_it_is_a_task(
    report: Report, owner: User, sign_in: SignIn
) -> None:
    client, page = sign_in(owner), url(report.business, "report", report.pk)
    assert text(client.get(page)).count("Make task") == 3
    sent = {
        "question": "next",
        "text": "Film the reels",
        "assignee": str(owner.pk),
        "due_date": "2026-10-20",
    }
    answer = client.post(url(report.business, "line_task", report.pk), sent)
    assert answer.headers["Location"] == f"{page}#tasks"
    task = report.business.tasks.get()
    assert (task.title, task.assignee) == ("Film the reels", owner)
    shown = text(client.get(page))
    assert shown.count("Make task") == 2
    assert reverse("board:task", args=[report.business.slug, task.pk]) in shown


def test_a_line_goes_to_nobody_outside(
    report: Report, owner: User, stranger: User, sign_in: SignIn
) -> None:
    sent = {"question": "next", "text": "Film the reels", "assignee": str(stranger.pk)}
    answer = sign_in(owner).post(url(report.business, "line_task", report.pk), sent)
    assert said(answer) == ["This line cannot become a task. Check the day and the person."]
    assert not report.business.tasks.exists()


def test_signing_keeps_a_version_that_can_be_opened(
    report: Report, owner: User, sign_in: SignIn
) -> None:
    client = sign_in(owner)
    rich(report)
    client.post(url(report.business, "sign", report.pk))
    actions.answer(report, {"result": "Something else"}, by=owner)
    page = text(client.get(url(report.business, "version", report.pk, 1)))
    assert ANSWERS["result"] in page
    assert "Something else" not in page
    assert "Version 1, signed by Olga Owner" in page
    assert "Changed since it was signed" in text(client.get(url(report.business, "list")))


def test_signing_too_early_says_why(report: Report, owner: User, sign_in: SignIn) -> None:
    actions.answer(report, {"improve": ""}, by=owner)
    answer = sign_in(owner).post(url(report.business, "sign", report.pk))
    assert said(answer) == ["Answer every question before you sign: a few words are enough."]


def test_an_editor_writes_and_does_not_sign(report: Report, editor: User, sign_in: SignIn) -> None:
    client = sign_in(editor)
    page = text(client.get(url(report.business, "report", report.pk)))
    assert "Save answers" in page
    assert "Sign report" not in page
    assert client.post(url(report.business, "sign", report.pk)).status_code == 403


def test_a_viewer_reads_the_answers_and_changes_nothing(report: Report, sign_in: SignIn) -> None:
    client = sign_in(factories.make_member(report.business, Role.VIEWER).user)
    address = url(report.business, "report", report.pk)
    page = text(client.get(address))
    assert ANSWERS["result"] in page
    assert "Partly" in page
    assert "Save answers" not in page
    client.post(address, {"result": "Hacked"})
    report.refresh_from_db()
    assert report.result == ANSWERS["result"]


def test_a_draft_is_thrown_away_and_a_signed_one_stays(
    report: Report, owner: User, sign_in: SignIn
) -> None:
    client, business = sign_in(owner), report.business
    actions.sign(report, by=owner)
    answer = client.post(url(business, "remove", report.pk))
    assert said(answer) == ["A signed report is kept."]
    report.versions.all().delete()
    client.post(url(business, "remove", report.pk))
    assert not business.reports.exists()


def test_goals_initiatives_and_best_posts_lead_to_what_they_are(
    report: Report, owner: User, sign_in: SignIn
) -> None:
    business = report.business
    goal = factories.make_goal(business, title="<b>Goal</b>")
    initiative = factories.make_initiative(goal, title="Influencers")
    item = factories.make_item(business, title="Carousel: wax")
    figures = replace(
        RICH,
        goals=(replace(RICH.goals[0], pk=goal.pk, title=goal.title),),
        initiatives=(replace(RICH.initiatives[0], pk=initiative.pk),),
        best=(replace(RICH.best[0], pk=item.pk),),
    )
    report.figures = packed(figures)
    report.save()
    client = sign_in(owner)
    page = client.get(url(business, "report", report.pk)).content.decode()
    found = dict(re.findall(r'<th scope="row"[^>]*><a class="link" href="([^"]+)">(.*?)</a>', page))
    assert found == {
        reverse("reviews:trace_goal", args=[business.slug, goal.pk]): "&lt;b&gt;Goal&lt;/b&gt;",
        reverse("insights:initiative", args=[business.slug, initiative.pk]): "Influencers",
        reverse("reviews:trace_post", args=[business.slug, item.pk]): "Carousel: wax",
    }
    assert [client.get(address).status_code for address in found] == [200, 200, 200]


def test_a_report_opens_with_few_queries(
    report: Report, owner: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    rich(report, RICH.channels * 10)
    for line in report.lines("next"):
        actions.make_task(report, question="next", text=line, by=owner)
    client = sign_in(owner)
    with django_assert_max_num_queries(15):
        client.get(url(report.business, "report", report.pk))

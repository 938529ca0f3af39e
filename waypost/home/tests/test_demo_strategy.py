"""The demo's strategy is complete and true to its story."""

from datetime import date

import pytest

from waypost.accounts.models import Business
from waypost.home.demo import loading
from waypost.home.demo.strategy import ITEMS_TOUCHED
from waypost.strategy.differences import compare
from waypost.strategy.models import State
from waypost.strategy.onepage import one_page
from waypost.strategy.progress import outline
from waypost.strategy.reading import Chapter, read

ANCHOR = date(2026, 10, 12)


@pytest.fixture
def demo(svit: Business) -> Business:
    return svit


def test_every_question_is_answered(demo: Business) -> None:
    open_ones = [told.key for told in outline(demo).progress.told if told.state != State.ANSWERED]
    assert open_ones == []


def test_no_task_contradicts_the_progress_that_the_story_tells(demo: Business) -> None:
    counted: dict[str, list[bool]] = {}
    for task in demo.tasks.filter(initiative__isnull=False).select_related("initiative"):
        assert task.initiative is not None
        counted.setdefault(task.initiative.title, []).append(task.done_at is not None)
    shares = {title: 100 * sum(done) // len(done) for title, done in counted.items()}
    wrong = [
        one.title
        for one in demo.initiatives.filter(title__in=shares)
        if one.counts_tasks and one.progress != shares[one.title]
    ]
    assert (demo.tasks.filter(report_line=None).count(), wrong) == (18, [])


def test_the_page_answers_all_ten(demo: Business) -> None:
    page = one_page(demo)
    assert (page.answered, page.asked) == (10, 10)


def test_the_page_tells_the_limits_and_the_goals(demo: Business) -> None:
    told = {one.question.key: one.text for one in one_page(demo).told}
    assert told["limits"] == "10,582.00 EUR for social media in 2026\n34 hours a week"
    assert "Double the German Instagram audience in 6 months" in told["goals"]


def test_one_answer_changed_since_the_approved_version(demo: Business) -> None:
    version = demo.strategy_versions.get()
    old = [Chapter.from_json(told) for told in version.content]
    changed = compare(old, read(demo))
    assert [line.ask for chapter in changed for line in chapter.lines] == [
        "How fast is an order on its way?"
    ]


def test_each_conclusion_led_to_an_initiative(demo: Business) -> None:
    lines = demo.conclusions.filter(section="swot").select_related("initiative")
    assert [line.pairing for line in lines] == ["SO", "WO", "ST", "WT"]
    assert [line.initiative for line in lines if line.initiative is None] == []


def test_both_changes_are_on_record_with_what_they_touch(demo: Business) -> None:
    changes = demo.strategy_changes.prefetch_related("initiatives", "goals")
    told = {change.trigger: change for change in changes}
    assert set(told) == {"Courier strike in Germany", "Wax price +11 %"}
    assert [change.date for change in changes] == [date(2026, 9, 28), date(2026, 8, 14)]
    assert [change.initiatives.count() for change in changes] == [1, 1]
    assert [change.goals.count() for change in changes] == [1, 1]
    lines = [[line.initiative_id for line in change.lines.all()] for change in changes]
    touched = [change.initiatives.get() for change in changes]
    assert sum(map(len, lines)) > 0
    assert [{*named} - {one.pk} for named, one in zip(lines, touched, strict=True)] == [set()] * 2
    assert all(0 < change.items.count() <= ITEMS_TOUCHED for change in changes)


def test_the_journey_was_walked_and_what_is_broken_waits_to_be_mended(demo: Business) -> None:
    checks = {check.step: check.works for check in demo.step_checks.all()}
    assert len(checks) == 12
    assert [step for step, works in checks.items() if not works] == ["track"]
    [line] = demo.conclusions.filter(section="journey")
    assert line.text == "Mend: How do you follow the delivery?"


def test_somebody_asks_about_an_answer_and_is_answered(demo: Business) -> None:
    asked, answered = demo.comments.filter(thread="strategy/journey.track").order_by("pk")
    assert answered.reply_to == asked
    assert [mention.user.name for mention in asked.mentions.all()] == ["Neža Lipar"]


def test_it_is_told_in_slovenian_too(db: None) -> None:
    loading.load(today=ANCHOR, language="sl")
    demo = Business.objects.get(is_demo=True)
    story = demo.answers.get(key="company.story").value["text"]
    assert story.startswith("Neža je leta 2019 pustila delo")
    assert demo.strategy_versions.get().language == "sl"

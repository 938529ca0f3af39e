"""The lines of the roadmap's table, as the tag writes them."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from waypost.accounts.models import Business
from waypost.goals.models import Initiative
from waypost.goals.roadmap import Flag, Row, labels
from waypost.tests import factories

START, END = dt.date(2026, 9, 1), dt.date(2026, 9, 14)


@pytest.fixture
def initiative(business: Business) -> Initiative:
    goal = factories.make_goal(business)
    fields: dict[str, Any] = {"start_date": START, "end_date": END}
    return factories.make_initiative(goal, title="Win <Anna> & Co", **fields)


def lines(*rows: Row, swapped: bool = False, **context: Any) -> str:
    page = Template("{% load roadmap %}{% initiative_rows rows swapped %}")
    return page.render(Context({"rows": rows, "swapped": swapped, "labels": labels(), **context}))


def row(initiative: Initiative, **fields: Any) -> Row:
    return Row(initiative, None, move_url="/move/", page_url="/page/", **fields)


def test_a_line_tells_dates_days_and_progress(initiative: Initiative) -> None:
    html = lines(row(initiative))
    assert html.startswith(f'<tr id="initiative-{initiative.pk}"><th scope="row">Win &lt;Anna&gt;')
    assert '<td data-label="Start"><time datetime="2026-09-01">1 Sep 2026</time></td>' in html
    assert '<td data-label="Days" class="num">14</td>' in html
    assert '<td data-label="Progress" class="num">0 %</td>' in html
    assert '<td data-label="Begins after">–</td>' in html
    assert "<a " not in html


def test_a_milestone_has_no_length(initiative: Initiative) -> None:
    initiative.end_date = initiative.start_date
    assert '<td data-label="Days" class="num">Milestone</td>' in lines(row(initiative))


def test_names_lead_to_their_pages_where_there_are_pages(initiative: Initiative) -> None:
    html = lines(row(initiative), business=initiative.business)
    assert '<a href="/page/">Win &lt;Anna&gt; &amp; Co</a>' in html


def test_who_may_edit_can_move_it_and_comes_back_to_the_same_view(initiative: Initiative) -> None:
    html = lines(row(initiative), may_edit=True, query="?goal=1&scale=week")
    assert 'href="/move/?goal=1&amp;scale=week" hx-get="/move/"' in html
    assert 'aria-label="Move: Win &lt;Anna&gt; &amp; Co">Move</a></td></tr>' in html


def test_a_line_that_was_moved_takes_its_own_place(initiative: Initiative) -> None:
    html = lines(row(initiative), swapped=True)
    opening = f'<template><tr id="initiative-{initiative.pk}" hx-swap-oob="true">'
    assert html.startswith(opening)
    assert html.endswith("</tr></template>")


def test_what_is_wrong_is_told_in_words_beside_its_colour(initiative: Initiative) -> None:
    flag = Flag("late", "Late", "It should have ended.", "bad", "alarm-clock")
    initiative.end_date = initiative.goal.deadline_date + dt.timedelta(days=1)
    html = lines(Row(initiative, flag))
    assert "<span><b>Late.</b> It should have ended.</span>" in html
    assert "<span>It ends after the deadline of its goal.</span>" in html
    assert html.count("roadmap-flag") == 2


def test_an_end_other_than_the_approved_one_is_told(initiative: Initiative) -> None:
    initiative.baseline_end_date = dt.date(2026, 9, 10)
    assert "approved: 10 Sep 2026</span>" in lines(row(initiative))
    initiative.baseline_end_date = END
    assert "approved" not in lines(row(initiative))


def test_lines_speak_the_language_of_the_reader(initiative: Initiative) -> None:
    with translation.override("sl"):
        html = lines(row(initiative))
    assert '<time datetime="2026-09-01">1. 9. 2026</time>' in html
    assert 'data-label="Začetek"' in html


def test_no_rows_are_no_lines(db: None) -> None:
    assert lines() == ""

"""The rows of the roadmap's table; written here, since a plan has hundreds."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.template import Library
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waypost.goals.models import Initiative
from waypost.goals.roadmap import Row
from waypost.kit.screen import icon, status
from waypost.kit.spelled import spelled

register = Library()

LINE = (
    '<tr id="initiative-{}"{}><th scope="row">{}{}</th>'
    '<td data-label="{}">{}</td><td data-label="{}">{}{}</td>'
    '<td data-label="{}" class="num">{}</td><td data-label="{}">{}</td>'
    '<td data-label="{}" class="num">{} %</td><td data-label="{}">{}</td>'
    '<td data-label="{}">{}</td><td data-label="{}">{}</td>{}</tr>'
)
SWAPPED = SafeString(' hx-swap-oob="true"')


@register.simple_tag(takes_context=True)
def initiative_rows(context: Context, rows: Iterable[Row], swapped: bool = False) -> SafeString:
    """A line for each of ``rows``; ``swapped`` lines take the place of those on the page.

    The page gives ``labels`` (:func:`waypost.goals.roadmap.labels`), ``business`` where names
    lead to pages, ``may_edit``, and ``query``, which the link to move one keeps.
    """
    labels = context["labels"]
    linked, movable = bool(context.get("business")), bool(context.get("may_edit"))
    lines = Lines(labels, linked, movable, str(context.get("query") or ""))
    words = [lines.line(row, swapped=swapped) for row in rows]
    return format_html_join("", "<template>{}</template>" if swapped else "{}", zip(words))


class Lines:
    """What all lines of a table have in common, worked out once."""

    def __init__(self, labels: Mapping[str, str], linked: bool, movable: bool, query: str) -> None:
        self.labels = {key: str(word) for key, word in labels.items()}
        self.linked, self.movable, self.query = linked, movable, query
        self.risks = {key: str(word) for key, word in Initiative.Risk.choices}
        self.status: Callable[[str], SafeString] = cache(status)

    def line(self, row: Row, *, swapped: bool) -> SafeString:
        it, labels = row.initiative, self.labels
        return format_html(
            LINE,
            it.pk,
            SWAPPED if swapped else "",
            self._title(row),
            self._flags(row),
            labels["start"],
            _day(it.start_date),
            labels["end"],
            _day(it.end_date),
            _approved(row),
            labels["days"],
            labels["milestone"] if it.is_milestone else it.days,
            labels["status"],
            self.status(it.status),
            labels["progress"],
            it.progress,
            labels["risk"],
            self.risks[it.risk],
            labels["after"],
            row.after_words,
            labels["owner"],
            row.owner_name,
            self._move(row) if self.movable else "",
        )

    def _title(self, row: Row) -> Any:
        title = row.initiative.title
        return format_html('<a href="{}">{}</a>', row.page_url, title) if self.linked else title

    def _flags(self, row: Row) -> SafeString:
        flags = SafeString()
        if row.flag:
            words = format_html("<b>{}.</b> {}", row.flag.word, row.flag.reason)
            flags += _flag(row.flag.tone, row.flag.icon, words)
        if row.is_past_deadline:
            flags += _flag("warn", "flag", self.labels["past_deadline"])
        return flags

    def _move(self, row: Row) -> SafeString:
        return format_html(
            '<td class="roadmap-dates"><a class="btn btn-plain btn-sm" id="move-{}" href="{}{}"'
            ' hx-get="{}" hx-target="#roadmap-dialog-body" aria-label="{}: {}">{}</a></td>',
            row.pk,
            row.move_url,
            self.query,
            row.move_url,
            self.labels["move"],
            row.initiative.title,
            self.labels["move"],
        )


def _flag(tone: str, sign: str, words: str) -> SafeString:
    return format_html(
        ' <span class="roadmap-flag tone-{}">{}<span>{}</span></span>', tone, icon(sign), words
    )


def _day(day: dt.date) -> SafeString:
    words = spelled(day, "SHORT_DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


def _approved(row: Row) -> SafeString | str:
    approved = row.initiative.baseline_end_date
    if not approved or not row.drift:
        return ""
    day = spelled(approved, "SHORT_DATE_FORMAT")
    words = _("approved: %(day)s") % {"day": day}
    return format_html('<span class="roadmap-approved">{}</span>', words)
